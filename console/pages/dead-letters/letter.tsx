/** One letter whole: why it is here, what it says, and what of it is to be another before it goes back. */
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type DeadLetterView, deadLetterRoutes } from '../../../functions/console/contract.ts';
import { ask } from '../../city/ask.ts';
import { PayloadText } from '../../parts/payload.tsx';
import { timeIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { WORDS } from './words.ts';

export interface Edit {
  readonly path: string;
  readonly json: string;
}

interface LetterProps {
  readonly letter: DeadLetterView;
  /** Absent for who may only look. */
  readonly edit?: { readonly edits: readonly Edit[]; readonly change: (edits: readonly Edit[]) => void };
}

export const Letter = ({ letter, edit }: LetterProps) => {
  const { t, language } = useLanguage();
  const { trail, queue, message, consumer, backTo, firstAt, traceId, body } = letter;
  return (
    <Container
      header={
        <Header variant="h2" description={trail}>
          {t(WORDS.letter)}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <KeyValuePairs
          columns={2}
          items={[
            { label: t(WORDS.message), value: message },
            { label: t(WORDS.consumer), value: consumer },
            { label: t(WORDS.backTo), value: backTo ?? t(WORDS.noWayBack) },
            { label: t(WORDS.first), value: timeIn(language, firstAt) },
            ...(traceId === undefined
              ? []
              : [{ label: t(WORDS.trace), value: <Link href={`#/traces/${traceId}`}>{traceId}</Link> }]),
          ]}
        />
        <section>
          <Header variant="h3">{t(WORDS.body)}</Header>
          <PayloadText
            payload={body}
            whole={{
              key: ['dead-letter', queue, trail],
              load: async (signal) => {
                const asked = { path: { trail }, query: { queue } };
                const { items } = await ask('console', deadLetterRoutes.getDeadLetter, asked, { signal });
                return items[0]?.body;
              },
            }}
          />
        </section>
        {edit === undefined || backTo === undefined ? null : <Edits {...edit} />}
      </SpaceBetween>
    </Container>
  );
};

const Edits = ({ edits, change }: NonNullable<LetterProps['edit']>) => {
  const { t } = useLanguage();
  const put = (at: number, next: Partial<Edit>) =>
    change(edits.map((one, index) => (index === at ? { ...one, ...next } : one)));
  return (
    <FormField label={t(WORDS.edit)} description={t(WORDS.editHelp)}>
      <SpaceBetween size="xs">
        {edits.map(({ path, json }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place: two may be empty alike
          <SpaceBetween key={at} direction="horizontal" size="xs">
            <Input
              value={path}
              placeholder={t(WORDS.place)}
              ariaLabel={t(WORDS.place)}
              onChange={({ detail }) => put(at, { path: detail.value })}
            />
            <Input
              value={json}
              placeholder={t(WORDS.value)}
              ariaLabel={t(WORDS.value)}
              onChange={({ detail }) => put(at, { json: detail.value })}
            />
            <Button
              iconName="remove"
              variant="icon"
              ariaLabel={t(WORDS.remove)}
              onClick={() => change(edits.toSpliced(at, 1))}
            />
          </SpaceBetween>
        ))}
        <Button onClick={() => change([...edits, { path: '', json: '' }])}>{t(WORDS.addEdit)}</Button>
      </SpaceBetween>
    </FormField>
  );
};
