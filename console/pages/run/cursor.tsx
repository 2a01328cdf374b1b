/** One cursor for everything on the page: at which event the run is looked at. */
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useState } from 'react';
import { clockIn, numberIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import type { RunInView } from './use-run.ts';
import { WORDS } from './words.ts';

const PLAY_MS = 350;

export const CursorBar = ({ run: { cursor, history } }: { readonly run: RunInView }) => {
  const { t, language } = useLanguage();
  const [playing, setPlaying] = useState(false);
  const { place, event, isLast, move } = cursor;
  useEffect(() => {
    if (!playing) return undefined;
    if (isLast) {
      setPlaying(false);
      return undefined;
    }
    const timer = setTimeout(() => move(place + 1), PLAY_MS);
    return () => clearTimeout(timer);
  }, [playing, isLast, place, move]);
  const count = history.events.length;
  const n = (value: number) => numberIn(language, value);
  const told =
    event === undefined
      ? ''
      : `${t(WORDS.eventOf(n(event.id), n(history.total)))} · ${event.type} · ${clockIn(language, event.at)}`;
  return (
    <section className="cursor" aria-label={t(WORDS.cursor)}>
      <SpaceBetween direction="horizontal" size="xxs">
        <Button
          iconName="angle-left-double"
          variant="icon"
          ariaLabel={t(WORDS.first)}
          disabled={place === 0}
          onClick={() => move(0)}
        />
        <Button
          iconName="angle-left"
          variant="icon"
          ariaLabel={t(WORDS.back)}
          disabled={place === 0}
          onClick={() => move(place - 1)}
        />
        <Button
          iconName={playing ? 'pause' : 'play'}
          variant="icon"
          ariaLabel={t(playing ? WORDS.pause : WORDS.play)}
          onClick={() => {
            if (isLast) move(0);
            setPlaying(!playing);
          }}
        />
        <Button
          iconName="angle-right"
          variant="icon"
          ariaLabel={t(WORDS.on)}
          disabled={isLast}
          onClick={() => move(place + 1)}
        />
        <Button
          iconName="angle-right-double"
          variant="icon"
          ariaLabel={t(WORDS.end)}
          disabled={isLast}
          onClick={() => move(count - 1)}
        />
      </SpaceBetween>
      <input
        type="range"
        min={0}
        max={Math.max(0, count - 1)}
        value={Math.max(0, place)}
        aria-label={t(WORDS.cursor)}
        aria-valuetext={told}
        title={t(WORDS.cursorHelp)}
        onChange={({ target }) => move(Number(target.value))}
      />
      <output>{told}</output>
    </section>
  );
};
