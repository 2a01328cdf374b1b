/** What is written in an order, and all that happened to it. */
import Box from '@cloudscape-design/components/box';
import { useEffect, useRef } from 'react';
import type { LogItem } from '../../../functions/swiggy-tracking/contract.views.ts';
import { chatOf, type Feed } from '../../model/live-order.ts';
import { clockIn, numberIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { SENDERS, WORDS } from './words.ts';

interface OfFeed {
  readonly feed: Feed;
}

/** Oldest first, as it was written; the newest is in view. */
export const Chat = ({ feed }: OfFeed) => {
  const { t, language } = useLanguage();
  const messages = chatOf(feed);
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another message is what makes it longer
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [messages.length]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard (axe: scrollable-region-focusable)
    <div className="chat" role="log" aria-label={t(WORDS.chat)} tabIndex={0} ref={list}>
      {messages.length === 0 ? <Box color="text-body-secondary">{t(WORDS.noChat)}</Box> : null}
      {messages.map(({ sequence, from, at, text }) => (
        <div key={sequence} className={`message is-${from}`}>
          <div className="message-head">{`${t(SENDERS[from])} · ${clockIn(language, at)}`}</div>
          <div dir="auto">{text}</div>
        </div>
      ))}
    </div>
  );
};

/** Newest first. What was written stands in the chat, and here that it was. */
export const Log = ({ feed }: OfFeed) => {
  const { t, language } = useLanguage();
  const what = (item: LogItem): string =>
    item.kind === 'chat' ? t(WORDS.wrote(t(SENDERS[item.from]))) : item.text;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard (axe: scrollable-region-focusable)
    <section className="order-log" aria-label={t(WORDS.log)} tabIndex={0}>
      <table className="lens">
        <thead>
          <tr>
            <th scope="col">{t(WORDS.number)}</th>
            <th scope="col">{t(WORDS.time)}</th>
            <th scope="col">{t(WORDS.what)}</th>
          </tr>
        </thead>
        <tbody>
          {feed.items.toReversed().map((item) => (
            <tr key={item.sequence}>
              <td>{numberIn(language, item.sequence)}</td>
              <td className="lasted">{clockIn(language, item.at)}</td>
              <td>{what(item)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
