/** The page’s tables of RabbitMQ, and its picture of the way of a message, beside what the stack is made of. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pagesIn, type Table, tablesIn } from '../../shared/testing/page.fixture.ts';
import { events as saga } from '../paytm-saga/contract.events.ts';
import { events } from './contract.events.ts';
import {
  type BindingOf,
  bindings,
  differences,
  type ExchangeOf,
  exchanges,
  folded,
} from './contract.topology.ts';

const { read } = pagesIn(import.meta.dirname);
const LANGUAGES = [
  {
    page: 'README.md',
    language: 'en',
    all: 'all',
    heads: ['Exchange there', 'Queue there', 'Queue there', 'RabbitMQ'],
  },
  {
    page: 'README.hi.md',
    language: 'hi',
    all: 'सब',
    heads: ['वहाँ का exchange', 'वहाँ की queue', 'वहाँ की queue', 'RabbitMQ'],
  },
] as const;

/** Its tables of RabbitMQ, in their order. */
const tablesOf = (page: string, heads: readonly string[]): readonly Table[] => {
  const tables = tablesIn(read(page)).filter(({ head: [first = ''] }) => heads.includes(first));
  expect(tables.map(({ head: [first] }) => first)).toEqual(heads);
  return tables;
};
/** Without the name of the system, as the page has them. */
const short = (type: string): string => type.replace('irctc-booking.', '');
const asCode = (name: string | undefined): string => (name ? `\`${name}\`` : '–');
const endingOf = ({ fifo }: ExchangeOf): string => (fifo ? '.fifo' : '');
const topicOf = (exchange: ExchangeOf): string => `irctc-booking-${exchange.name}${endingOf(exchange)}`;
const bound: readonly BindingOf[] = bindings;

describe.each(LANGUAGES)('$page', ({ page, language, all, heads }) => {
  it('has each exchange of the original beside its topic, and what is told on it', () => {
    expect(tablesOf(page, heads)[0]?.rows).toEqual(
      Object.values(exchanges).map((exchange) => [
        exchange.original.replace(/^\S+/, asCode),
        asCode(topicOf(exchange)),
        exchange.types.map((type) => asCode(short(type))).join(', '),
      ]),
    );
  });

  it('has each queue beside the one that stands for it, with topic, filter, dead letters, and what differs', () => {
    expect(tablesOf(page, heads)[1]?.rows).toEqual(
      bound.map(({ consumer, exchange, types, original, differs }) => {
        const { name, ...topic } = exchanges[exchange];
        const ending = endingOf({ name, ...topic });
        return [
          ...[asCode(original?.queue), asCode(original?.key), asCode(`irctc-booking-${consumer}${ending}`)],
          ...[asCode(name), types?.map((type) => asCode(short(type))).join(', ') ?? all],
          ...[asCode(`irctc-booking-${consumer}-dead${ending}`), differs[language]],
        ];
      }),
    );
  });

  it('says of each queue that has none here why, and of each word of RabbitMQ what stands for it', () => {
    const [, , without, words] = tablesOf(page, heads);
    expect(without?.rows).toEqual(
      folded.map(({ queue, key, why }) => [asCode(queue), asCode(key), why[language]]),
    );
    expect(words?.rows).toEqual(differences.map(({ there, here }) => [there, here[language]]));
  });

  it('draws each topic, who gets what of it, every consumer, and no other', () => {
    const [, drawing = ''] = /```mermaid\n(flowchart[\s\S]*?)```/.exec(read(page)) ?? [];
    const told = (types: readonly string[]): string => types.map(short).join(', ');
    const lines = [
      ...Object.entries(exchanges).map(
        ([id, exchange]) => `  outbox -- "${told(exchange.types)}" --> ${id}[["${topicOf(exchange)}"]]`,
      ),
      ...bound.map(
        ({ exchange, consumer, types = exchanges[exchange].types }) =>
          `  ${exchange} -- "${told(types)}" --> ${consumer}`,
      ),
    ];
    const topics = Object.keys(exchanges).join('|');
    const drawn = drawing.split('\n').filter((line) => new RegExp(`^ {2}(${topics}) |\\[\\[`).test(line));
    expect(drawn).toEqual(lines);
    const heard = [saga.completed, saga.refused, saga.compensated, saga.refundCompleted];
    const names = heard.map(({ type }) => type.replace('paytm-saga.', '')).join(', ');
    expect(drawing).toContain(`  saga -- "${names}" --> hear-payment\n`);
    expect(drawing).toContain(`  outbox -- "${told([events.moved.type])}" --> bus`);
    const consumers = readdirSync(join(import.meta.dirname, 'consumers')).flatMap(
      (file) => /^([\w-]+)\.ts$/.exec(file)?.[1] ?? [],
    );
    const ends = [...drawing.matchAll(/ --> ([a-z]+(?:-[a-z]+)*)$/gm)].map(([, name = '']) => name);
    const doors = ['request-booking', 'cancel-booking', 'request-chart'];
    expect(
      [...new Set(ends)].filter((name) => ![...doors, 'outbox', 'saga'].includes(name)).toSorted(),
    ).toEqual(consumers.toSorted());
  });
});

it('every queue of the original is in one of the tables', () => {
  const theirs = [
    ...['booking.requests', 'payment.processing', 'seat.allocation', 'booking.confirmation'],
    ...['waitlist.management', 'notifications.queue', 'dead.letter.queue'],
  ];
  const ours = [
    ...bound.flatMap(({ original }) => original?.queue ?? []),
    ...folded.map(({ queue }) => queue),
  ];
  expect(new Set(ours)).toEqual(new Set(theirs));
});
