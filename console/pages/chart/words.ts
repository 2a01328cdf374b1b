import type { BerthKind, Gender, Quota } from '../../../functions/irctc-booking/contract.codes.ts';
import type { Look } from '../../model/rail-chart.ts';
import type { Move, Standing } from '../../model/rail-moves.ts';
import type { Text, Words } from '../../words/language.tsx';

export const WORDS = {
  title: { en: 'Railway chart', hi: 'रेल चार्ट' },
  help: {
    en: 'Who has which berth of a train, who waits for one, and what the queues behind it hold, every two seconds.',
    hi: 'ट्रेन की कौन सी बर्थ किसकी है, कौन इंतज़ार में है, और पीछे की कतारों में क्या है, हर दो सेकंड में।',
  },
  operatorsOnly: {
    en: 'Who sits where is shown to operators alone; you are signed in as a viewer.',
    hi: 'कौन कहाँ बैठा है, यह केवल ऑपरेटर को दिखता है; आप दर्शक के रूप में साइन इन हैं।',
  },
  notDeployed: {
    en: 'Railway booking (irctc-booking) is not deployed in this city. This deploys it:',
    hi: 'रेल बुकिंग (irctc-booking) इस शहर में डिप्लॉय नहीं है। इससे डिप्लॉय होती है:',
  },
  noTrains: { en: 'No train is published.', hi: 'कोई ट्रेन प्रकाशित नहीं है।' },
  howToBook: {
    en: 'This publishes trains, and fills one until people wait:',
    hi: 'इससे ट्रेनें प्रकाशित होती हैं, और एक इतनी भरती है कि लोग इंतज़ार करते हैं:',
  },
  train: { en: 'Train', hi: 'ट्रेन' },
  date: { en: 'Day of departure', hi: 'प्रस्थान का दिन' },
  class: { en: 'Class', hi: 'श्रेणी' },
  otherTrain: (number: string) => ({ en: `${number}, not listed`, hi: `${number}, सूची में नहीं` }),
  way: (from: string, to: string) => ({ en: `${from} to ${to}`, hi: `${from} से ${to}` }),
  busy: { en: 'Where something happened last', hi: 'जहाँ अभी कुछ हुआ' },
  leaves: (time: string) => ({ en: `Leaves ${time}`, hi: `प्रस्थान ${time}` }),
  chartAt: (time: string) => ({ en: `chart made ${time}`, hi: `चार्ट ${time} पर बनता है` }),
  charted: { en: 'the chart is made', hi: 'चार्ट बन चुका है' },
  lookedAt: (time: string) => ({ en: `Live, as of ${time}`, hi: `लाइव, ${time} तक` }),
  partly: {
    en: 'There are more bookings than one look reads: of some berths it is not told who has them, and of nobody that they have gone.',
    hi: 'बुकिंग इतनी हैं कि एक बार में सब नहीं पढ़ी जातीं: कुछ बर्थ किसकी हैं और कौन हट गया, यह नहीं बताया जाता।',
  },
  coaches: { en: 'Coaches', hi: 'कोच' },
  coach: (name: string) => ({ en: `Coach ${name}`, hi: `कोच ${name}` }),
  keys: {
    en: 'arrow keys go from berth to berth, Enter opens one',
    hi: 'तीर वाली कुंजियाँ बर्थ से बर्थ ले जाती हैं, Enter एक खोलता है',
  },
  aisle: { en: 'Aisle', hi: 'गलियारा' },
  drawn: { en: 'Drawn', hi: 'चित्र' },
  table: { en: 'As a table', hi: 'तालिका' },
  views: { en: 'How it is shown', hi: 'कैसे दिखे' },
  legend: { en: 'What the marks mean', hi: 'निशानों का अर्थ' },
  legendQuota: {
    en: 'A berth with letters is sold by another quota than the general one. Of one that two share, each half has its own state.',
    hi: 'जिस बर्थ पर अक्षर हैं, वह सामान्य के अलावा किसी कोटे की है। जो दो लोगों की है, उसके हर आधे की अपनी अवस्था है।',
  },
  berth: { en: 'Berth', hi: 'बर्थ' },
  kind: { en: 'Lies', hi: 'कहाँ' },
  bay: { en: 'Bay', hi: 'खंड' },
  quota: { en: 'Quota', hi: 'कोटा' },
  state: { en: 'State', hi: 'अवस्था' },
  who: { en: 'Passenger', hi: 'यात्री' },
  pnr: { en: 'PNR', hi: 'PNR' },
  booking: { en: 'Booking', hi: 'बुकिंग' },
  half: (half: string) => ({ en: `half ${half}`, hi: `आधा ${half}` }),
  shared: { en: 'shared in RAC', hi: 'RAC में साझा' },
  nth: (n: string) => ({ en: `passenger ${n}`, hi: `यात्री ${n}` }),
  aged: (name: string, age: string, gender: string) => ({
    en: `${name}, ${age}, ${gender}`,
    hi: `${name}, ${age} वर्ष, ${gender}`,
  }),
  untold: { en: 'not told', hi: 'बताया नहीं गया' },
  nobody: { en: 'nobody', hi: 'कोई नहीं' },
  close: { en: 'Close', hi: 'बंद करें' },
  noSuchBerth: { en: 'This class has no such berth.', hi: 'इस श्रेणी में ऐसी बर्थ नहीं है।' },
  lists: { en: 'Who waits', hi: 'कौन इंतज़ार में' },
  listsHelp: {
    en: 'First in line at the left. Whoever gives a berth back gives it to the first in RAC, whose half goes to the first who waits.',
    hi: 'सबसे आगे वाला बाईं ओर। लौटाई गई बर्थ RAC के पहले को मिलती है, और उसका आधा प्रतीक्षा के पहले को।',
  },
  free: (n: string) => ({ en: `${n} free`, hi: `${n} खाली` }),
  rac: { en: 'RAC, share a berth', hi: 'RAC, बर्थ साझा' },
  waiting: { en: 'Waiting', hi: 'प्रतीक्षा' },
  ofMost: (n: string, most: string) => ({ en: `${n} of at most ${most}`, hi: `अधिकतम ${most} में से ${n}` }),
  more: (n: string) => ({ en: `and ${n} behind them`, hi: `और पीछे ${n}` }),
  closing: { en: 'being charted', hi: 'चार्ट बन रहा है' },
  open: { en: 'open', hi: 'खुली' },
  made: { en: 'charted', hi: 'चार्ट बना' },
  empty: { en: 'Nobody is on a list.', hi: 'किसी सूची में कोई नहीं।' },
  moves: { en: 'What moved', hi: 'क्या बदला' },
  movesHelp: {
    en: 'Since you look, newest first: seen from one look to the next, so the time is that of the look.',
    hi: 'जब से आप देख रहे हैं, नया पहले: एक नज़र से दूसरी के बीच देखा गया, इसलिए समय देखने का है।',
  },
  noMoves: { en: 'Nothing has moved since you look.', hi: 'जब से आप देख रहे हैं, कुछ नहीं बदला।' },
  letGo: (n: string, of: string) => ({ en: `The last ${n} of ${of}.`, hi: `${of} में से आख़िरी ${n}।` }),
  time: { en: 'Seen', hi: 'कब दिखा' },
  from: { en: 'From', hi: 'कहाँ से' },
  to: { en: 'To', hi: 'कहाँ' },
  others: (n: string) => ({ en: `and ${n} others moved`, hi: `और ${n} अन्य बदले` }),
} as const satisfies Words;

export const LOOKS: { readonly [look in Look]: Text } = {
  free: { en: 'free', hi: 'खाली' },
  held: { en: 'held, being paid', hi: 'रोकी हुई, भुगतान बाकी' },
  taken: { en: 'booked', hi: 'बुक' },
  vacant: { en: 'vacant after the chart', hi: 'चार्ट के बाद खाली' },
};

export const KINDS: { readonly [kind in BerthKind]: Text } = {
  LB: { en: 'lower', hi: 'निचली' },
  MB: { en: 'middle', hi: 'बीच की' },
  UB: { en: 'upper', hi: 'ऊपरी' },
  SL: { en: 'side lower', hi: 'साइड निचली' },
  SU: { en: 'side upper', hi: 'साइड ऊपरी' },
  WS: { en: 'window', hi: 'खिड़की' },
  MS: { en: 'middle seat', hi: 'बीच की सीट' },
  AS: { en: 'aisle', hi: 'गलियारे की' },
};

export const QUOTAS: { readonly [quota in Quota]: Text } = {
  GN: { en: 'General', hi: 'सामान्य' },
  TQ: { en: 'Tatkal', hi: 'तत्काल' },
  LD: { en: 'Ladies', hi: 'महिला' },
  SS: { en: 'Senior citizens', hi: 'वरिष्ठ नागरिक' },
};

export const GENDERS: { readonly [gender in Gender]: Text } = {
  F: { en: 'woman', hi: 'महिला' },
  M: { en: 'man', hi: 'पुरुष' },
  T: { en: 'transgender', hi: 'ट्रांसजेंडर' },
};

/** As a table has it: `WL 3`, `RAC 2 (B1-7a)`, `B1-23`. */
export const standingText = (standing: Standing): Text => {
  switch (standing.where) {
    case 'berth': {
      const { code, state } = standing;
      return state === 'held'
        ? { en: `${code}, held`, hi: `${code}, रोकी हुई` }
        : { en: `${code}, booked`, hi: `${code}, बुक` };
    }
    case 'rac': {
      const text = `RAC ${standing.place} (${standing.seat})`;
      return inQuota(standing.quota, { en: text, hi: text });
    }
    case 'waiting':
      return inQuota(standing.quota, { en: `WL ${standing.place}`, hi: `WL ${standing.place}` });
  }
};

/** The general quota goes without saying. */
const inQuota = (quota: Quota, text: Text): Text =>
  quota === 'GN' ? text : { en: `${QUOTAS[quota].en} ${text.en}`, hi: `${QUOTAS[quota].hi} ${text.hi}` };

/** The end of an id, by which a person tells two apart. */
export const shortOf = (booking: string): string => booking.slice(-6);

/** A move as it is said: `…a1b2c3, passenger 2: from WL 1 to RAC 8 (B1-7a)`. */
export const moveText = ({ booking, passenger, from, to }: Move): Text => {
  const who = {
    en: `${shortOf(booking)}, passenger ${passenger}`,
    hi: `${shortOf(booking)}, यात्री ${passenger}`,
  };
  const [before, after] = [from && standingText(from), to && standingText(to)];
  if (before === undefined) return { en: `${who.en}: gets ${after?.en}`, hi: `${who.hi}: मिला ${after?.hi}` };
  if (after === undefined)
    return { en: `${who.en}: gone from ${before.en}`, hi: `${who.hi}: ${before.hi} से हटे` };
  return { en: `${who.en}: from ${before.en} to ${after.en}`, hi: `${who.hi}: ${before.hi} से ${after.hi}` };
};
