/** What moved since somebody looks, in words; the newest is read out. */
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import type { Move } from '../../model/rail-moves.ts';
import { numberIn, secondIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { storyLink } from './berth.tsx';
import { moveText, shortOf, standingText, WORDS } from './words.ts';

interface MovesProps {
  /** Newest first. */
  readonly moves: readonly Move[];
  /** How many there were. */
  readonly count: number;
  /** Those of the last look at which anything moved. */
  readonly last: readonly Move[];
}

export const Moves = ({ moves, count, last }: MovesProps) => {
  const { t, language } = useLanguage();
  return (
    <Container
      header={
        <Header variant="h2" counter={`(${numberIn(language, count)})`} description={t(WORDS.movesHelp)}>
          {t(WORDS.moves)}
        </Header>
      }
    >
      <Said last={last} />
      {moves.length === 0 ? (
        <Box color="text-body-secondary">{t(WORDS.noMoves)}</Box>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard (axe: scrollable-region-focusable)
        <section className="rail-moves" aria-label={t(WORDS.moves)} tabIndex={0}>
          <table className="lens">
            <thead>
              <tr>
                <th scope="col">{t(WORDS.time)}</th>
                <th scope="col">{t(WORDS.who)}</th>
                <th scope="col">{t(WORDS.from)}</th>
                <th scope="col">{t(WORDS.to)}</th>
              </tr>
            </thead>
            <tbody>
              {moves.map((move) => (
                <MoveRow key={move.number} move={move} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {count > moves.length ? (
        <Box variant="small" color="text-body-secondary">
          {t(WORDS.letGo(numberIn(language, moves.length), numberIn(language, count)))}
        </Box>
      ) : null}
    </Container>
  );
};

const MoveRow = ({ move: { booking, passenger, from, to, seenAt } }: { readonly move: Move }) => {
  const { t, language } = useLanguage();
  return (
    <tr className={`move-${to === undefined ? 'gone' : to.where}`}>
      <td className="lasted">{secondIn(language, new Date(seenAt).toISOString())}</td>
      <td className="lasted">
        <Link href={storyLink(booking)}>{shortOf(booking)}</Link>
        {`·${passenger}`}
      </td>
      <td>{from === undefined ? '–' : t(standingText(from))}</td>
      <td>{to === undefined ? '–' : <strong>{t(standingText(to))}</strong>}</td>
    </tr>
  );
};

/** So many are read out one by one. */
const MOST_SAID = 3;

/** For those who do not see it move; a screen reader says it when it has nothing else to say. */
const Said = ({ last }: Pick<MovesProps, 'last'>) => {
  const { t, language } = useLanguage();
  const said = last.slice(0, MOST_SAID).map((move) => t(moveText(move)));
  const others = last.length - said.length;
  return (
    <div className="visually-hidden" aria-live="polite">
      {[...said, ...(others > 0 ? [t(WORDS.others(numberIn(language, others)))] : [])].join('; ')}
    </div>
  );
};
