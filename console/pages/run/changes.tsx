/** What differs between two payloads, place by place. */
import Box from '@cloudscape-design/components/box';
import { payloadChanges } from '../../model/payload.ts';
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
          {one === undefined ? null : <del>{one}</del>}
          {other === undefined ? null : <ins>{other}</ins>}
        </li>
      ))}
    </ul>
  );
};
