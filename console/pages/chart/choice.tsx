/** Which train, which day, which class; and where something happened last. */
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Link from '@cloudscape-design/components/link';
import Select from '@cloudscape-design/components/select';
import { ClassCode, JourneyDate, TrainNumber } from '../../../functions/irctc-booking/contract.codes.ts';
import type { TrainView } from '../../../functions/irctc-booking/contract.trains.ts';
import type { Busy } from '../../model/rail-busy.ts';
import { dayIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { type Change, type Chart, classesOf, datesOf, linkTo, todayIn } from './filter.ts';
import { WORDS } from './words.ts';

interface ChoiceProps {
  readonly trains: readonly TrainView[];
  readonly busy: readonly Busy[];
  readonly chart: Chart;
  readonly onChoose: (changed: Change) => void;
}

export const Choice = ({ trains, busy, chart, onChoose }: ChoiceProps) => {
  const { t, language } = useLanguage();
  const train = trains.find(({ number }) => number === chart.train);
  const trainOptions = trains.map(({ number, name, from, to }) => ({
    ...{ value: number as string, label: `${number} ${name}` },
    description: t(WORDS.way(from, to)),
  }));
  const unlisted = { value: chart.train, label: t(WORDS.otherTrain(chart.train)) };
  const dates = withOwn(train === undefined ? [] : datesOf(train, todayIn(Date.now())), chart.date);
  const dateOptions = dates.map((date) => ({ value: date as string, label: dayIn(language, date) }));
  const classes = withOwn(train === undefined ? [] : classesOf(train), chart.class);
  const classOptions = classes.map((value) => ({ value: value as string, label: value }));
  /** Another train may not run that day, nor have that class: then its own first ones are shown. */
  const chooseTrain = (number: string) => {
    const next = trains.find((one) => one.number === number);
    const [days, kinds] =
      next === undefined ? [[], []] : [datesOf(next, todayIn(Date.now())), classesOf(next)];
    const date = days.includes(chart.date) ? chart.date : days[0];
    const cls = kinds.includes(chart.class) ? chart.class : kinds[0];
    onChoose({
      train: TrainNumber.parse(number),
      ...(date === undefined ? {} : { date }),
      ...(cls === undefined ? {} : { class: cls }),
      berth: undefined,
    });
  };
  return (
    <div className="chart-choice">
      <FormField label={t(WORDS.train)}>
        <Select
          selectedOption={trainOptions.find(({ value }) => value === chart.train) ?? unlisted}
          options={train === undefined ? [unlisted, ...trainOptions] : trainOptions}
          filteringType="auto"
          onChange={({ detail }) => chooseTrain(detail.selectedOption.value ?? chart.train)}
        />
      </FormField>
      <FormField label={t(WORDS.date)}>
        <Select
          selectedOption={{ value: chart.date, label: dayIn(language, chart.date) }}
          options={dateOptions}
          onChange={({ detail }) =>
            onChoose({ date: JourneyDate.parse(detail.selectedOption.value), berth: undefined })
          }
        />
      </FormField>
      <FormField label={t(WORDS.class)}>
        <Select
          selectedOption={{ value: chart.class, label: chart.class }}
          options={classOptions}
          onChange={({ detail }) =>
            onChoose({ class: ClassCode.parse(detail.selectedOption.value), berth: undefined })
          }
        />
      </FormField>
      {busy.length === 0 ? null : (
        <div className="chart-busy">
          <Box variant="small" color="text-body-secondary">
            {t(WORDS.busy)}
          </Box>
          <ul>
            {busy.map((one) => (
              <li key={linkTo(one)}>
                <Link href={linkTo(one)}>{`${one.train} · ${dayIn(language, one.date)} · ${one.class}`}</Link>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
};

/** What is shown is among what can be chosen, however it came into the address. */
const withOwn = <T extends string>(all: readonly T[], own: T): readonly T[] =>
  all.includes(own) ? all : [own, ...all].toSorted();
