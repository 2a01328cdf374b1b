/** What a person reads about the console's refusals, in both languages. */
import { defineMessages, told } from '../../shared/messages/index.ts';
import { REDRIVABLE_DAYS } from './contract.ts';

export const messages = defineMessages({
  RunGoesOnError: {
    en: ({ run }) =>
      `${told(run, 'This execution')} is under way. Only one that has ended, and not well, is redriven.`,
    hi: ({ run }) =>
      `${told(run, 'यह एक्ज़ीक्यूशन')} अभी चल रहा है। रीड्राइव केवल उसका होता है जो समाप्त हो चुका हो और सफल न हुआ हो।`,
  },
  RunTooOldError: {
    en: ({ run }) =>
      `${told(run, 'This execution')} ended more than ${REDRIVABLE_DAYS} days ago; Step Functions redrives nothing older.`,
    hi: ({ run }) =>
      `${told(run, 'यह एक्ज़ीक्यूशन')} ${REDRIVABLE_DAYS} दिन से ज़्यादा पहले समाप्त हुआ; Step Functions इससे पुराना कुछ रीड्राइव नहीं करता।`,
  },
  NotRedrivableError: {
    en: ({ run, runStatus }) =>
      runStatus === 'SUCCEEDED'
        ? `${told(run, 'This execution')} has succeeded; only what failed, timed out or was stopped is redriven.`
        : `Step Functions does not redrive ${told(run, 'this execution')}: its history is full, or its machine is being deleted.`,
    hi: ({ run, runStatus }) =>
      runStatus === 'SUCCEEDED'
        ? `${told(run, 'यह एक्ज़ीक्यूशन')} सफल हुआ है; रीड्राइव केवल उसका होता है जो विफल हुआ, जिसका समय समाप्त हुआ या जो रोका गया।`
        : `Step Functions ${told(run, 'इस एक्ज़ीक्यूशन')} को रीड्राइव नहीं करता: इसका इतिहास भर चुका है, या इसकी मशीन हटाई जा रही है।`,
  },
});
