/** A trace as a waterfall: what called what, when and for how long, with the log lines of the span that is looked at. */
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { type CSSProperties, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { LogLine, TraceRow } from '../../functions/platform/contract.ts';
import { lengthIn, numberIn } from '../words/format.ts';
import { useLanguage, type Words } from '../words/language.tsx';
import { Code } from './payload.tsx';
import { Rows, useRows } from './rows.tsx';
import { Status } from './status.tsx';

const WORDS = {
  spans: { en: 'Spans', hi: 'स्पैन' },
  nothing: { en: 'No span has arrived.', hi: 'कोई स्पैन नहीं आया।' },
  attributes: { en: 'Attributes', hi: 'विशेषताएँ' },
  logs: { en: 'Log lines', hi: 'लॉग की पंक्तियाँ' },
  noLogs: { en: 'It logged nothing.', hi: 'इसने कुछ लॉग नहीं किया।' },
  toLogs: (n: string, name: string) => ({
    en: `${n} log lines of ${name}`,
    hi: `${name} के लॉग की ${n} पंक्तियाँ`,
  }),
  toSpan: { en: 'Back to the span', hi: 'स्पैन पर वापस' },
} as const satisfies Words;

const INDENT_REM = 0.8;

interface WaterfallProps {
  readonly rows: readonly TraceRow[];
  /** Which span is looked at, where that stands in the address; or else the waterfall remembers it. */
  readonly looked?: {
    readonly span: string | undefined;
    readonly look: (span: string | undefined) => void;
  };
  /** What else a page knows of a span. */
  readonly about?: (row: TraceRow) => ReactNode;
}

export const Waterfall = ({ rows, looked, about }: WaterfallProps) => {
  const { t } = useLanguage();
  const own = useState<string>();
  const [open, look] = looked === undefined ? own : [looked.span, looked.look];
  /** Raised by each jump to the log lines. */
  const [jumps, setJumps] = useState(0);
  const list = useRows(rows.length);
  const { virtual } = list;
  const [from, whole] = useMemo(() => {
    const start = Math.min(...rows.map(({ offsetMs }) => offsetMs));
    const end = Math.max(...rows.map(({ offsetMs, durationMs }) => offsetMs + durationMs));
    return [start, Math.max(1, end - start)];
  }, [rows]);
  const place = rows.findIndex(({ spanId }) => spanId === open);
  const chosen = rows[place];
  // The span of an address comes into view; where one stays, nothing moves.
  // biome-ignore lint/correctness/useExhaustiveDependencies: new rows of a live trace do not scroll it
  useEffect(() => {
    if (place >= 0) virtual.scrollToIndex(place, { align: 'auto' });
  }, [open]);
  const toSpan = () => {
    virtual.scrollToIndex(place, { align: 'auto' });
    requestAnimationFrame(() => document.getElementById(`span-${open}`)?.focus());
  };
  if (rows.length === 0) return <Box color="text-body-secondary">{t(WORDS.nothing)}</Box>;
  return (
    <div className="waterfall">
      <Rows of={list} label={t(WORDS.spans)}>
        {(index, at) => {
          const row = rows[index];
          return row === undefined ? null : (
            <SpanRow
              key={row.spanId}
              {...{ row, at, from, whole, isOpen: row.spanId === open }}
              onOpen={() => look(row.spanId === open ? undefined : row.spanId)}
              onLogs={() => {
                look(row.spanId);
                setJumps((before) => before + 1);
              }}
            />
          );
        }}
      </Rows>
      {chosen === undefined ? null : <SpanDetail {...{ row: chosen, about, jumps, toSpan }} />}
    </div>
  );
};

interface SpanRowProps {
  readonly row: TraceRow;
  readonly at: CSSProperties;
  readonly from: number;
  readonly whole: number;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  readonly onLogs: () => void;
}

const SpanRow = ({ row, at, from, whole, isOpen, onOpen, onLogs }: SpanRowProps) => {
  const { t, language } = useLanguage();
  const { depth, name, system, function: worker, offsetMs, durationMs, status, logs } = row;
  const isBad = status !== 'ok' && status !== 'unset';
  return (
    <li className="span-row" style={at}>
      <button
        type="button"
        id={`span-${row.spanId}`}
        className="state-button"
        aria-expanded={isOpen}
        style={{ paddingInlineStart: `${depth * INDENT_REM}rem` }}
        onClick={onOpen}
      >
        {name}
      </button>
      <span className="quiet" title={worker}>
        {worker === '-' ? system : worker}
      </span>
      <div className="bars" aria-hidden>
        <div
          className={`bar-attempt ${isBad ? 'is-failed' : 'is-succeeded'}`}
          style={{
            left: `${((offsetMs - from) / whole) * 100}%`,
            width: `max(2px, ${(durationMs / whole) * 100}%)`,
          }}
        />
      </div>
      <span className="lasted">
        {lengthIn(language, durationMs)} {isBad ? <Status status="failed" /> : null}
        {logs.length > 0 ? (
          <button
            type="button"
            className="state-button"
            aria-label={t(WORDS.toLogs(numberIn(language, logs.length), name))}
            onClick={onLogs}
          >
            ≡{numberIn(language, logs.length)}
          </button>
        ) : null}
      </span>
    </li>
  );
};

interface SpanDetailProps {
  readonly row: TraceRow;
  readonly about: WaterfallProps['about'];
  readonly jumps: number;
  readonly toSpan: () => void;
}

const SpanDetail = ({ row, about, jumps, toSpan }: SpanDetailProps) => {
  const { t } = useLanguage();
  const { name, attributes = {}, logs } = row;
  const lines = useRef<HTMLElement>(null);
  useEffect(() => {
    if (jumps > 0) lines.current?.focus();
  }, [jumps]);
  return (
    <div>
      <Box variant="h3" tagOverride="h2">
        {name}
      </Box>
      {about?.(row)}
      <Box variant="h4" tagOverride="h3">
        {t(WORDS.attributes)}
      </Box>
      <Code text={JSON.stringify(attributes, null, 2)} />
      <section ref={lines} tabIndex={-1} aria-label={t(WORDS.logs)}>
        <Box variant="h4" tagOverride="h3">
          {t(WORDS.logs)} <Button onClick={toSpan}>{t(WORDS.toSpan)}</Button>
        </Box>
        <LogLines lines={logs} />
      </section>
    </div>
  );
};

const LogLines = ({ lines }: { readonly lines: readonly LogLine[] }) => {
  const { t } = useLanguage();
  if (lines.length === 0) return <Box color="text-body-secondary">{t(WORDS.noLogs)}</Box>;
  return (
    <>
      {lines.map((line, index) => (
        // Two lines may say the same at the same moment.
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a span do not move
        <div key={index}>
          <Badge color={line.level === 'ERROR' ? 'red' : 'grey'}>{line.level}</Badge> {line.message}
          {line.fields === undefined ? null : <Code text={JSON.stringify(line.fields, null, 2)} />}
        </div>
      ))}
    </>
  );
};
