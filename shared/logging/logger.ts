import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import { maskedFields, maskText } from '../privacy/index.ts';
import { currentScope, currentSpanId, currentTraceId } from '../tracing/index.ts';
import { writeLine } from './line.ts';

/** What a line says beside its sentence: ids, names, counts; an error as `error`. Personal data is masked. */
export type Fields = { readonly [field: string]: unknown };

/** Writes facts, one a line. The sentence is fixed, so that it can be searched; what varies is in the fields. */
export interface Log {
  /** Only where LOG_LEVEL is DEBUG. */
  debug(sentence: string, fields?: Fields): void;
  info(sentence: string, fields?: Fields): void;
  /** Something that the house copes with, but a person may want to know. */
  warn(sentence: string, fields?: Fields): void;
  /** Something that a person has to look at. */
  error(sentence: string, fields?: Fields): void;
}

type Attributes = Parameters<LogFormatter['formatAttributes']>[0];

/** The line of the house: level, sentence and time, then where it comes from, then the fields. */
class HouseFormatter extends LogFormatter {
  override formatAttributes({ logLevel, message, timestamp }: Attributes, extra: Fields): LogItem {
    const scope = currentScope();
    const base = {
      level: logLevel,
      message: maskText(message),
      timestamp: timestamp.toISOString(),
      system: process.env.SYSTEM,
      function: scope?.function,
      correlationId: scope?.correlationId,
      traceId: currentTraceId(),
      spanId: currentSpanId(),
    };
    // First and last: a field can neither replace what the line itself says nor come before it.
    const fields = maskedFields(extra.fields ?? {});
    return new LogItem({ attributes: { ...base, ...fields, ...base } });
  }
}

/** Powertools decides what is written, by LOG_LEVEL and the runtime's own level; one writer writes it all. */
class HouseLogger extends Logger {
  protected override printLog(_level: number, item: LogItem): void {
    item.prepareForPrint();
    writeLine(item.getAttributes());
  }
}

let log: Log | undefined;

/** The log of this process: `logger().info('payment held', { paymentId })`. */
export const logger = (): Log => {
  log ??= linesOf(new HouseLogger({ logFormatter: new HouseFormatter() }));
  return log;
};

/** Powertools drops fields that have the names of its own, and says so each time; under one name they do not meet. */
const linesOf = (powertools: Logger): Log => ({
  debug: (sentence, fields = {}) => powertools.debug(sentence, { fields }),
  info: (sentence, fields = {}) => powertools.info(sentence, { fields }),
  warn: (sentence, fields = {}) => powertools.warn(sentence, { fields }),
  error: (sentence, fields = {}) => powertools.error(sentence, { fields }),
});
