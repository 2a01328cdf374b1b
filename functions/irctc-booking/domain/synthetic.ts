/** What no source says and this city decided, as the page prints it: a sentence for each comment that begins "Synthetic:". */

export interface SyntheticRule {
  /** The file whose comment it is. */
  readonly where: string;
  readonly en: string;
  readonly hi: string;
}

export const SYNTHETIC_RULES: readonly SyntheticRule[] = [
  {
    where: 'seed.ts',
    en: 'Routes are those of the original, not of the real trains; distances, hours and days are about right for them, and each train has few coaches, so that it sells out.',
    hi: 'रूट मूल उदाहरण के हैं, असली ट्रेनों के नहीं; दूरी, समय और दिन उनके हिसाब से अनुमानित हैं, और हर ट्रेन में कम कोच हैं ताकि वह भर जाए।',
  },
  {
    where: 'domain/layout.ts',
    en: 'The last four of the 46 berths in 2A are two lower and two upper ones, without side berths.',
    hi: '2A की 46 में से आख़िरी चार बर्थ दो निचली और दो ऊपरी हैं, साइड बर्थ के बिना।',
  },
  {
    where: 'domain/layout.ts',
    en: 'The 73 seats of CC stand in 14 rows of five (window, middle, aisle, aisle, window) and a last row of three.',
    hi: 'CC की 73 सीटें पाँच-पाँच की 14 कतारों (खिड़की, बीच, गलियारा, गलियारा, खिड़की) और तीन की एक आख़िरी कतार में हैं।',
  },
  {
    where: 'domain/train.ts',
    en: 'A Rajdhani sets aside as many lower berths for seniors as any other train.',
    hi: 'राजधानी में वरिष्ठ नागरिकों के लिए उतनी ही निचली बर्थ हैं, जितनी दूसरी ट्रेनों में।',
  },
  {
    where: 'domain/train.ts',
    en: 'Tatkal has 20 % of the berths of each class of a train, rounded down.',
    hi: 'तत्काल में ट्रेन की हर श्रेणी की 20 % बर्थ हैं, पूर्ण संख्या में नीचे की ओर।',
  },
  {
    where: 'domain/train.ts',
    en: 'The side lower berths that RAC passengers share are the first of each coach.',
    hi: 'RAC यात्रियों की साझा साइड लोअर बर्थ हर कोच की पहली बर्थ हैं।',
  },
  {
    where: 'domain/train.ts',
    en: 'The ladies quota is the first bay of the first coach in SL and in 3A, without its side berths: six berths.',
    hi: 'महिला कोटा SL और 3A के पहले कोच का पहला खंड है, साइड बर्थ के बिना: छह बर्थ।',
  },
  {
    where: 'domain/train.ts',
    en: 'The lower berths for seniors are the first of each coach that are not in the ladies quota.',
    hi: 'वरिष्ठ नागरिकों की निचली बर्थ हर कोच की पहली हैं, जो महिला कोटे में नहीं हैं।',
  },
  {
    where: 'domain/train.ts',
    en: 'Tatkal has the last of the berths that are left; the general quota has the others.',
    hi: 'बची हुई बर्थों में से आख़िरी तत्काल की हैं; बाक़ी सामान्य कोटे की।',
  },
  {
    where: 'domain/train.ts',
    en: 'For the cap of the waiting list, the berths that RAC passengers share count as berths of the general quota.',
    hi: 'प्रतीक्षा सूची की सीमा में RAC यात्रियों की साझा बर्थ सामान्य कोटे में गिनी जाती हैं।',
  },
  {
    where: 'domain/passengers.ts',
    en: 'Children count among the passengers of a ticket, those without a berth too.',
    hi: 'बच्चे टिकट के यात्रियों में गिने जाते हैं, बिना बर्थ वाले भी।',
  },
  {
    where: 'domain/passengers.ts',
    en: 'Passengers who are neither men nor women are seniors from 60.',
    hi: 'जो यात्री न पुरुष हैं न महिला, वे 60 साल से वरिष्ठ हैं।',
  },
  {
    where: 'domain/passengers.ts',
    en: 'In the ladies quota girls may travel alone; any other child under 12 needs a woman of at least 12 on the ticket.',
    hi: 'महिला कोटे में लड़कियाँ अकेली जा सकती हैं; 12 साल से छोटे किसी और बच्चे के साथ टिकट पर कम से कम 12 साल की महिला ज़रूरी है।',
  },
  {
    where: 'domain/fare.ts',
    en: 'The base fare is so many paise a kilometre in three slabs (to 500, to 1,000, beyond), rounded to the rupee.',
    hi: 'मूल किराया तीन दूरी-खंडों (500 तक, 1,000 तक, उससे आगे) में प्रति किलोमीटर पैसे से बनता है, पूरे रुपये में।',
  },
  {
    where: 'domain/fare.ts',
    en: 'The Tatkal charge in 1A has the bounds of 2A: Rs 400 to 500.',
    hi: '1A में तत्काल शुल्क की सीमाएँ 2A वाली हैं: 400 से 500 रुपये।',
  },
  {
    where: 'domain/fare.ts',
    en: 'Every payment counts as UPI, so the convenience fee of a ticket is Rs 20 in AC and Rs 10 in SL, and 18 % GST.',
    hi: 'हर भुगतान UPI माना जाता है, इसलिए टिकट का सुविधा शुल्क AC में 20 और SL में 10 रुपये है, और उस पर 18 % GST।',
  },
  {
    where: 'domain/fare.ts',
    en: 'A child without a berth pays half of the base fare and of the superfast surcharge, and no reservation or Tatkal charge.',
    hi: 'बिना बर्थ वाला बच्चा मूल किराए और सुपरफ़ास्ट अधिभार का आधा देता है, आरक्षण या तत्काल शुल्क नहीं।',
  },
  {
    where: 'domain/fare.ts',
    en: 'A train is superfast if its number begins with 12, 20 or 22.',
    hi: 'ट्रेन सुपरफ़ास्ट है अगर उसका नंबर 12, 20 या 22 से शुरू होता है।',
  },
  {
    where: 'domain/fare.ts',
    en: 'Until 19 Mar 2020 seniors had no concession on Tatkal tickets; who is neither man nor woman had that of men.',
    hi: '19 मार्च 2020 तक तत्काल टिकट पर वरिष्ठ नागरिक छूट नहीं थी; जो न पुरुष हैं न महिला, उन्हें पुरुषों वाली छूट थी।',
  },
  {
    where: 'domain/window.ts',
    en: 'The chart of December 2025 (20:00 the day before, or ten hours before) counts for trains from 15 Dec 2025 on.',
    hi: 'दिसंबर 2025 का चार्ट नियम (एक दिन पहले 20:00 या दस घंटे पहले) 15 दिसंबर 2025 से चलने वाली ट्रेनों पर लागू है।',
  },
  {
    where: 'domain/window.ts',
    en: 'Trains that leave at 05:00 or at 14:00 sharp are charted the evening before.',
    hi: 'ठीक 05:00 या ठीक 14:00 बजे चलने वाली ट्रेनों का चार्ट एक दिन पहले शाम को बनता है।',
  },
  {
    where: 'domain/window.ts',
    en: 'The sale ends with the first chart; what is left then is not sold.',
    hi: 'पहले चार्ट के साथ बिक्री बंद होती है; बची हुई बर्थ नहीं बिकतीं।',
  },
  {
    where: 'domain/refund.ts',
    en: 'The clerkage is Rs 60 in SL too.',
    hi: 'SL में भी क्लर्केज 60 रुपये है।',
  },
  {
    where: 'domain/refund.ts',
    en: 'The refund rule of April 2026 counts for what is cancelled from 15 Apr 2026 on, and keeps nothing more because of a chart.',
    hi: 'अप्रैल 2026 का रिफ़ंड नियम 15 अप्रैल 2026 से रद्द टिकटों पर लागू है, और चार्ट बनने से ज़्यादा नहीं कटता।',
  },
  {
    where: 'domain/refund.ts',
    en: 'No cancellation charge is more than what the passenger paid.',
    hi: 'रद्दीकरण शुल्क यात्री के दिए हुए किराए से ज़्यादा कभी नहीं होता।',
  },
  {
    where: 'domain/refund.ts',
    en: 'Whoever is still waiting when the chart is made gets the fare back, less the clerkage.',
    hi: 'चार्ट बनने पर भी जो प्रतीक्षा सूची में हैं, उन्हें क्लर्केज काटकर किराया वापस मिलता है।',
  },
];
