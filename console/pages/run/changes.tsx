/** What differs between two payloads, place by place. */
import Box from '@cloudscape-design/components/box';
import { useState } from 'react';
import { payloadChanges } from '../../model/payload.ts';
import { WORDS as COMMON } from '../../parts/words.ts';
import { numberIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { WORDS } from './words.ts';

/** Texts that are not here are too long for a list, or were never given. */
export const Changes = ({
  one,
  other,
}: {
  readonly one: string | undefined;
  readonly other: string | undefined;
}) => {
  const { t } = useLanguage();
  if (one === undefined || other === undefined) return <Box>{t(WORDS.notCompared)}</Box>;
  const changes = payloadChanges(one, other);
  if (changes.length === 0) return <Box color="text-body-secondary">{t(WORDS.unchanged)}</Box>;
  return (
    <ul className="changes">
      {changes.map(({ path, one, other }) => (
        <li key={path}>
          <code>{path}</code>
          {one === undefined ? null : (
            <del>
              <Value text={one} />
            </del>
          )}
          {other === undefined ? null : (
            <ins>
              <Value text={other} />
            </ins>
          )}
        </li>
      ))}
    </ul>
  );
};

/** From here on a value is cut, and says how much of it is shown. */
const MOST_SHOWN = 120;

const Value = ({ text }: { readonly text: string }) => {
  const { t, language } = useLanguage();
  const [whole, setWhole] = useState(false);
  if (whole || text.length <= MOST_SHOWN) return text;
  const of = t(COMMON.nOfM(numberIn(language, MOST_SHOWN), numberIn(language, text.length)));
  return (
    <>
      {text.slice(0, MOST_SHOWN)}…{' '}
      <button type="button" className="state-button" onClick={() => setWhole(true)}>
        {of}
      </button>
    </>
  );
};
