/** A payload as it is: its size first, the whole where somebody asks for it, no number read as one. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Payload } from '../../functions/console/contract.ts';
import { setOut } from '../model/payload.ts';
import { sizeIn } from '../words/format.ts';
import { useLanguage } from '../words/language.tsx';
import { Trouble } from './trouble.tsx';
import { WORDS } from './words.ts';

interface PayloadTextProps {
  readonly payload: Payload | undefined;
  /** How the whole is asked for, and under which name it is remembered. */
  readonly whole?: {
    readonly key: readonly unknown[];
    readonly load: (signal: AbortSignal) => Promise<Payload | undefined>;
  };
}

export const PayloadText = ({ payload, whole }: PayloadTextProps) => {
  const { t, language } = useLanguage();
  const [wanted, setWanted] = useState(false);
  const loaded = useQuery({
    queryKey: whole?.key ?? ['no-payload'],
    queryFn: ({ signal }) => whole?.load(signal).then((found) => found ?? null) ?? null,
    enabled: wanted && whole !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (payload === undefined) return <Box color="text-body-secondary">{t(WORDS.notKept)}</Box>;
  const text = payload.text ?? loaded.data?.text;
  if (text !== undefined) return <Code text={setOut(text)} />;
  return (
    <>
      {loaded.error === null ? null : <Trouble error={loaded.error} again={loaded.refetch} />}
      <Box color="text-body-secondary">
        {sizeIn(language, payload.size)}{' '}
        {whole === undefined ? null : (
          <Button variant="inline-link" loading={loaded.isFetching} onClick={() => setWanted(true)}>
            {t(WORDS.whole)}
          </Button>
        )}
      </Box>
    </>
  );
};

export const Code = ({ text }: { readonly text: string }) => {
  const { t } = useLanguage();
  return (
    <div className="code">
      <CopyToClipboard
        variant="icon"
        textToCopy={text}
        copyButtonAriaLabel={t(WORDS.copy)}
        copySuccessText={t(WORDS.copied)}
        copyErrorText={t(WORDS.notCopied)}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard (axe: scrollable-region-focusable) */}
      <pre tabIndex={0}>{text}</pre>
    </div>
  );
};
