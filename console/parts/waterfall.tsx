/** A trace as a waterfall: what called what, when and for how long, with the log lines of the span that is looked at. */
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { LogLine, TraceRow } from '../../functions/platform/contract.ts';
import { lengthIn, numberIn } from '../words/format.ts';
import { useLanguage, type Words } from '../words/language.tsx';
import { Code } from './payload.tsx';
import { Status } from './status.tsx';

const WORDS = {
  spans: { en: 'Spans', hi: 'स्पैन' },
  nothing: { en: 'No span has arrived.', hi: 'कोई स्पैन नहीं आया।' },
  attributes: { en: 'Attributes', hi: 'विशेषताएँ' },
  logs: { en: 'Log lines', hi: 'लॉग की पंक्तियाँ' },
  noLogs: { en: 'It logged nothing.', hi: 'इसने कुछ लॉग नहीं किया।' },
  lines: (n: string) => ({ en: `${n} log lines`, hi: `लॉग की ${n} पंक्तियाँ` }),
} as const satisfies Words;

const ROW_PX = 26;
const OVERSCAN = 16;
const INDENT_REM = 0.8;

export const Waterfall = ({ rows }: { readonly rows: readonly TraceRow[] }) => {
  const { t } = useLanguage();
  const [open, setOpen] = useState<string>();
  const scroller = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
  });
  const [from, whole] = useMemo(() => {
    const start = Math.min(...rows.map(({ offsetMs }) => offsetMs));
    const end = Math.max(...rows.map(({ offsetMs, durationMs }) => offsetMs + durationMs));
    return [start, Math.max(1, end - start)];
  }, [rows]);
  const chosen = rows.find(({ spanId }) => spanId === open);
  if (rows.length === 0) return <Box color="text-body-secondary">{t(WORDS.nothing)}</Box>;
  return (
    <div className="waterfall">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard (axe: scrollable-region-focusable) */}
      <section className="timeline" ref={scroller} tabIndex={0} aria-label={t(WORDS.spans)}>
        <ul style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <SpanRow
                key={row.spanId}
                {...{ row, start, from, whole, isOpen: row.spanId === open }}
                onOpen={() => setOpen(row.spanId === open ? undefined : row.spanId)}
              />
            );
          })}
        </ul>
      </section>
      {chosen === undefined ? null : <SpanDetail row={chosen} />}
    </div>
  );
};

interface SpanRowProps {
  readonly row: TraceRow;
  readonly start: number;
  readonly from: number;
  readonly whole: number;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

const SpanRow = ({ row, start, from, whole, isOpen, onOpen }: SpanRowProps) => {
  const { t, language } = useLanguage();
  const { depth, name, system, function: worker, offsetMs, durationMs, status, logs } = row;
  const isBad = status !== 'ok' && status !== 'unset';
  return (
    <li className="span-row" style={{ transform: `translateY(${start}px)`, height: ROW_PX }}>
      <button
        type="button"
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
          <span className="quiet" title={t(WORDS.lines(numberIn(language, logs.length)))}>
            {' '}
            ≡{logs.length}
          </span>
        ) : null}
      </span>
    </li>
  );
};

const SpanDetail = ({ row }: { readonly row: TraceRow }) => {
  const { t } = useLanguage();
  const { name, attributes = {}, logs } = row;
  return (
    <div>
      <Box variant="h3">{name}</Box>
      <Box variant="h4">{t(WORDS.attributes)}</Box>
      <Code text={JSON.stringify(attributes, null, 2)} />
      <Box variant="h4">{t(WORDS.logs)}</Box>
      <LogLines lines={logs} />
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
