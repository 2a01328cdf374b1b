/** What the stories say, in both languages. */
export type Language = 'en' | 'hi';

export type Text = { readonly en: string; readonly hi: string };

export const ACTS: { readonly [act: string]: Text } = {
  cast: {
    en: 'The operator registers payers, merchants and bank accounts; two payers fill their wallets.',
    hi: 'संचालक ग्राहक, दुकानदार और बैंक खाते दर्ज करता है; दो ग्राहक अपना वॉलेट भरते हैं।',
  },
  'three side by side': {
    en: 'Three payments start side by side: vada pav by UPI, a phone from the wallet, and one by a blocked user.',
    hi: 'तीन भुगतान साथ-साथ शुरू होते हैं: UPI से वड़ा पाव, वॉलेट से मोबाइल, और एक बंद खाते से।',
  },
  'frozen half-way': {
    en: 'A fourth waits for its bank; meanwhile the merchant’s settlement account is frozen: it must be undone.',
    hi: 'चौथा अपने बैंक के जवाब की राह देखता है; तभी दुकानदार का निपटान खाता रोका जाता है: उसे वापस लेना होगा।',
  },
  'started twice': {
    en: 'An impatient client sends the same payment twice, at the same moment.',
    hi: 'एक बेसब्र ग्राहक वही भुगतान एक ही पल में दो बार भेजता है।',
  },
  'two at once': {
    en: 'Two payments at once on one wallet that has money for one.',
    hi: 'एक ही वॉलेट पर एक साथ दो भुगतान, पैसे केवल एक के।',
  },
  'given back': {
    en: 'The vada pav was cold: its merchant gives a third of the money back, and the commission on it comes back too.',
    hi: 'वड़ा पाव ठंडा था: दुकानदार एक तिहाई पैसे लौटाता है, और उस पर लगा कमीशन भी वापस होता है।',
  },
  'rough day': {
    en: 'A rough day, all at once: a merchant is frozen while the payer’s account takes no money back; a QR that nobody scans; and fifty payments whose bank is out for ten seconds.',
    hi: 'एक कठिन दिन, सब एक साथ: दुकानदार का खाता रुकता है और ग्राहक का खाता पैसे वापस नहीं लेता; एक QR जिसे कोई स्कैन नहीं करता; और पचास भुगतान, जिनका बैंक दस सेकंड बंद रहता है।',
  },
  'rough endings': {
    en: 'The first needed a person: when the account took money again, the operator let it go on. The QR expired.',
    hi: 'पहले को किसी व्यक्ति की ज़रूरत पड़ी: खाता फिर चालू हुआ तो संचालक ने उसे आगे बढ़ाया। QR की अवधि समाप्त हुई।',
  },
  'the rush': { en: 'How the fifty ended:', hi: 'पचास भुगतानों का नतीजा:' },
  'as it begins': {
    en: 'Rahul, Priya and Amit have ordered, as in the original; Priya’s and Amit’s are where it begins:',
    hi: 'राहुल, प्रिया और अमित ने ऑर्डर किया है, जैसे मूल में; प्रिया और अमित के ऑर्डर वहाँ हैं जहाँ वह शुरू होता है:',
  },
  'followed live': {
    en: 'Rahul’s are two burgers from Bandra. Who ordered them and who cooks follow them over a WebSocket; a stranger is told that there is no such order.',
    hi: 'राहुल के बांद्रा से दो बर्गर हैं। ग्राहक और रसोई WebSocket पर उन्हें देखते हैं; अजनबी से कहा जाता है कि ऐसा कोई ऑर्डर नहीं।',
  },
  'cut and resumed': {
    en: 'They write to each other, the rider drives to Colaba, and the customer’s connection breaks on the way: they miss nothing.',
    hi: 'वे एक-दूसरे को लिखते हैं, राइडर कोलाबा जाता है, और रास्ते में ग्राहक का कनेक्शन टूटता है: कुछ नहीं छूटता।',
  },
  'the log': { en: 'What stands in the log of the order:', hi: 'ऑर्डर के लॉग में यह लिखा है:' },
  'out to eat': {
    en: 'Somebody hungry in Mumbai looks for a restaurant, reads its menu, and is sent to the door of the sign-in.',
    hi: 'मुंबई में एक भूखा ग्राहक रेस्तराँ खोजता है, मेन्यू पढ़ता है, और उसे पहले साइन इन करने को कहा जाता है।',
  },
  'three orders': {
    en: 'Rahul signs up, links his wallet and orders: one that is brought, one that he cancels, one that his friend cannot pay.',
    hi: 'राहुल खाता बनाता है, वॉलेट जोड़ता है और ऑर्डर करता है: एक जो पहुँचता है, एक जिसे वह रद्द करता है, और उसके दोस्त का एक, जिसके पैसे कम हैं।',
  },
  'kitchen and rider': {
    en: 'The kitchen cooks what is paid, two riders want it, one of them brings it.',
    hi: 'रसोई वही पकाती है जिसका भुगतान हो चुका; दो राइडर उसे चाहते हैं, एक उसे पहुँचाता है।',
  },
  'what is refused': {
    en: 'A dish of another kitchen, a second cancellation, another’s list, and the sixth guess at a password.',
    hi: 'दूसरी रसोई का व्यंजन, दूसरी बार रद्द करना, किसी और की सूची, और पासवर्ड का छठा अनुमान।',
  },
  'a train with few berths': {
    en: 'The operator publishes the trains of the original, and a special from Mumbai with one coach of 3A:',
    hi: 'संचालक मूल प्रोग्राम की ट्रेनें और मुंबई से 3A के एक कोच वाली एक विशेष ट्रेन जोड़ता है:',
  },
  'nine parties of six': {
    en: 'Nine parties of six ask for it, one behind the other in one line; the first of them has no money.',
    hi: 'छह-छह लोगों के नौ समूह एक ही कतार में माँगते हैं; पहले समूह के पास पैसे नहीं हैं।',
  },
  'confirmed, RAC, waiting': {
    en: 'The first one’s payment is refused, so its six berths go to whoever is next. Who has a ticket, and which:',
    hi: 'पहले का भुगतान अस्वीकार हुआ, तो उसकी छह बर्थ अगले लोगों को मिलीं। किसके पास कौन सा टिकट है:',
  },
  'one is cancelled': {
    en: 'A confirmed ticket is cancelled: RAC moves up to whole berths, and the waiting list to RAC.',
    hi: 'एक कन्फ़र्म टिकट रद्द होता है: RAC को पूरी बर्थ मिलती है, और प्रतीक्षा सूची RAC में आती है।',
  },
  'followed on the list': {
    en: 'The last party follows its booking over a WebSocket; its connection breaks as the other ticket is cancelled, and it misses nothing. What it was told:',
    hi: 'आखिरी समूह अपनी बुकिंग WebSocket पर देखता है; दूसरा टिकट रद्द होते समय उसका कनेक्शन टूटता है, और कुछ नहीं छूटता। उसे यह बताया गया:',
  },
  'a notice that could not be sent': {
    en: 'A message with a wrong word in it cannot be worked on and is parked with its reason; the operator mends the word and sends it back.',
    hi: 'एक संदेश में एक शब्द गलत है, उस पर काम नहीं हो सकता, और वह कारण के साथ park होता है; संचालक शब्द सुधारकर उसे वापस भेजता है।',
  },
  endings: { en: 'How they ended:', hi: 'नतीजा:' },
  books: { en: 'The books:', hi: 'बहीखाता:' },
};

export const LABELS = {
  reference: { en: 'payment', hi: 'भुगतान' },
  amount: { en: 'amount', hi: 'रकम' },
  method: { en: 'method', hi: 'तरीका' },
  status: { en: 'status', hi: 'स्थिति' },
  steps: { en: 'steps', hi: 'चरण' },
  undone: { en: 'undone', hi: 'वापस लिए' },
  reason: { en: 'reason', hi: 'कारण' },
  allHold: { en: 'Everything is as it should be.', hi: 'सब कुछ ठीक है।' },
  differs: { en: 'Something differs:', hi: 'कुछ अलग है:' },
} as const satisfies { readonly [label: string]: Text };
