/** A trace as a waterfall: what called what, when, for how long, and how it ended. Pure. */
import { type LogLine, type SpanLine, TraceLine, type TraceRow } from '../contract.ts';

/**
 * The lines of what a query read under a trace id. Items without any are left out, as those of a collector that kept each
 * line by itself: they are gone when they are three days old.
 * @throws {Error} the lines of an item are not what the collector writes
 */
export const linesIn = (items: readonly object[]): readonly TraceLine[] =>
  items.flatMap((item) => ('lines' in item ? Lines.parse(JSON.parse(String(item.lines))) : []));

const Lines = TraceLine.array();

/**
 * The rows of a trace, parents before children, siblings by their start. The parent of a span may be missing (it is
 * outside of the city, or its line was lost): then the span stands at the left edge like a root.
 */
export const waterfall = (lines: readonly TraceLine[]): readonly TraceRow[] => {
  const spans = spansIn(lines);
  const logs = lines.flatMap((line) => (line.kind === 'log' ? [line.log] : []));
  const known = new Map(spans.map((span) => [span.spanId, span]));
  const start = startOf(lines);
  const rows: TraceRow[] = [];
  const placed = new Set<string>();

  const place = (span: SpanLine, depth: number): void => {
    if (placed.has(span.spanId)) return;
    placed.add(span.spanId);
    rows.push(rowOf(span, depth, start, logs));
    for (const child of spans) if (child.parentId === span.spanId) place(child, depth + 1);
  };

  for (const span of spans) if (span.parentId === undefined || !known.has(span.parentId)) place(span, 0);
  // Spans that name each other as parents are nonsense, but they are not to be hidden.
  for (const span of spans) place(span, 0);
  return rows;
};

/** The spans by their start, each once: a line may be delivered twice. */
export const spansIn = (lines: readonly TraceLine[]): readonly SpanLine[] => {
  const spans = lines.flatMap((line) => (line.kind === 'span' ? [line.span] : []));
  return [...new Map(spans.map((span) => [span.spanId, span])).values()].sort(
    (one, two) => one.startMs - two.startMs || one.endMs - two.endMs,
  );
};

const rowOf = (span: SpanLine, depth: number, start: number, logs: readonly LogLine[]): TraceRow => ({
  spanId: span.spanId,
  depth,
  offsetMs: Math.round(span.startMs - start),
  durationMs: Math.max(0, Math.round(span.endMs - span.startMs)),
  system: span.system ?? '-',
  function: span.function ?? '-',
  name: span.name,
  status: span.status,
  ...(span.attributes === undefined ? {} : { attributes: span.attributes }),
  logs: logs.filter(({ spanId }) => spanId === span.spanId).sort((one, two) => one.at - two.at),
});

/**
 * The waterfall as text, one line a span and its log lines under it, in columns of even width.
 *
 * @param logs whether log lines are shown; those that belong to no span stand at the end. Default: true
 */
export const render = (lines: readonly TraceLine[], { logs = true }: { logs?: boolean } = {}): string => {
  const rows = waterfall(lines);
  if (rows.length === 0) return 'No span of this trace has arrived.';
  const cells = rows.map((row) => [
    `${row.offsetMs} ms`,
    `${'  '.repeat(row.depth)}${row.name}`,
    `${row.durationMs} ms`,
    row.system,
    row.function,
    row.status,
  ]);
  const widths = columns.map((_, n) => Math.max(...[columns, ...cells].map((line) => line[n]?.length ?? 0)));
  const line = (texts: readonly string[]) =>
    texts
      .map((text, n) => (n === 0 || n === 2 ? text.padStart(widths[n] ?? 0) : text.padEnd(widths[n] ?? 0)))
      .join('  ')
      .trimEnd();
  const margin = ' '.repeat((widths[0] ?? 0) + 2);
  const body = rows.flatMap((row, n) => [
    line(cells[n] ?? []),
    ...(logs ? row.logs.map((log) => `${margin}${'  '.repeat(row.depth + 1)}${logText(log)}`) : []),
  ]);
  const loose = logs ? unplaced(lines, rows).map((log) => `${margin}${logText(log)}`) : [];
  return [headOf(rows), line(columns), ...body, ...loose].join('\n');
};

const columns = ['at', 'span', 'took', 'system', 'function', 'status'];

const headOf = (rows: readonly TraceRow[]): string => {
  const whole = Math.max(...rows.map(({ offsetMs, durationMs }) => offsetMs + durationMs));
  const systems = new Set(rows.map(({ system }) => system));
  return `${rows.length} spans in ${systems.size} systems, ${whole} ms`;
};

const logText = ({ level, message }: LogLine): string => `${level.toLowerCase()}: ${message}`;

const unplaced = (lines: readonly TraceLine[], rows: readonly TraceRow[]): readonly LogLine[] => {
  const shown = new Set(rows.flatMap((row) => row.logs));
  return lines
    .flatMap((line) => (line.kind === 'log' && !shown.has(line.log) ? [line.log] : []))
    .sort((one, two) => one.at - two.at);
};

/** When a trace began, in epoch milliseconds: with its first span. */
export const startOf = (lines: readonly TraceLine[]): number =>
  Math.min(...lines.flatMap((line) => (line.kind === 'span' ? [line.span.startMs] : [])));
