/** Who shares a berth and who waits for one, in each quota, in their order; who moves up is seen to move. */
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import type { ChartView, EntryOnChart } from '../../../functions/irctc-booking/contract.charts.ts';
import { keyOf } from '../../model/rail-moves.ts';
import { numberIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { storyLink } from './berth.tsx';
import { useGlide } from './use-glide.ts';
import { GENDERS, QUOTAS, shortOf, WORDS } from './words.ts';

interface ListsProps {
  readonly lists: ChartView['lists'];
  readonly news: ReadonlySet<string>;
}

export const Lists = ({ lists, news }: ListsProps) => {
  const { t } = useLanguage();
  const glide = useGlide();
  return (
    <Container
      header={
        <Header variant="h2" description={t(WORDS.listsHelp)}>
          {t(WORDS.lists)}
        </Header>
      }
    >
      <div className="rail-lists" ref={glide}>
        {lists.map((list) => (
          <QuotaLists key={list.quota} {...{ list, news }} />
        ))}
      </div>
    </Container>
  );
};

const STATES = { open: WORDS.open, closing: WORDS.closing, charted: WORDS.made } as const;

interface QuotaProps extends Pick<ListsProps, 'news'> {
  readonly list: ListsProps['lists'][number];
}

const QuotaLists = ({ list, news }: QuotaProps) => {
  const { t, language } = useLanguage();
  const { quota, state, free, rac, sharing, waiting } = list;
  const n = (value: number) => numberIn(language, value);
  const counted =
    waiting.most === 0 ? n(waiting.length) : t(WORDS.ofMost(n(waiting.length), n(waiting.most)));
  return (
    <section className="quota-lists" aria-label={t(QUOTAS[quota])}>
      <div className="quota-head">
        <h3>{t(QUOTAS[quota])}</h3>
        <span>{`${t(WORDS.free(n(free)))} · ${t(STATES[state])}`}</span>
      </div>
      {quota === 'GN' || rac > 0 ? (
        <Line label={t(WORDS.rac)} counted={n(rac)} length={rac} entries={sharing} news={news} />
      ) : null}
      {waiting.most > 0 || waiting.length > 0 ? (
        <Line
          label={t(WORDS.waiting)}
          counted={counted}
          length={waiting.length}
          entries={waiting.first}
          news={news}
        />
      ) : null}
    </section>
  );
};

interface LineProps extends Pick<ListsProps, 'news'> {
  readonly label: string;
  readonly counted: string;
  readonly length: number;
  readonly entries: readonly (EntryOnChart & { readonly seat?: string })[];
}

const Line = ({ label, counted, length, entries, news }: LineProps) => {
  const { t, language } = useLanguage();
  return (
    <div className="rail-line">
      <div className="rail-line-label">
        {label}
        <div className="lasted">{counted}</div>
      </div>
      <ol aria-label={label}>
        {entries.map((entry) => (
          <Entry key={keyOf(entry)} entry={entry} isNews={news.has(keyOf(entry))} />
        ))}
      </ol>
      {length > entries.length ? (
        <Box variant="small" color="text-body-secondary">
          {t(WORDS.more(numberIn(language, length - entries.length)))}
        </Box>
      ) : null}
    </div>
  );
};

const Entry = ({
  entry,
  isNews,
}: {
  readonly entry: LineProps['entries'][number];
  readonly isNews: boolean;
}) => {
  const { t, language } = useLanguage();
  const { place, booking, passenger, seat, gender } = entry;
  const nth = t(WORDS.nth(numberIn(language, passenger)));
  const spoken = [
    `${t(WORDS.booking)} ${booking}`,
    nth,
    t(GENDERS[gender]),
    ...(seat === undefined ? [] : [seat]),
  ];
  return (
    <li className={isNews ? 'rail-entry is-news' : 'rail-entry'} data-glide={keyOf(entry)}>
      <a href={storyLink(booking)}>
        <span className="visually-hidden">{`${place}: ${spoken.join(', ')}`}</span>
        <span className="rail-place" aria-hidden="true">
          {place}
        </span>
        <span className="rail-who" aria-hidden="true">
          {shortOf(booking)}·{passenger}
          {seat === undefined ? null : <span className="rail-seat">{seat}</span>}
        </span>
      </a>
    </li>
  );
};
