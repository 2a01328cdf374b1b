/** Lets whoever has another place in a drawing go there, instead of being there: for those who want motion. */
import { type RefObject, useLayoutEffect, useRef } from 'react';

/** Done before the next look comes. */
const GLIDE_MS = 900;
const LESS_MOTION = '(prefers-reduced-motion: reduce)';

interface Spot {
  readonly left: number;
  readonly top: number;
}

/**
 * Everything with a `data-glide` inside goes from where the same name was at the last drawing to where it is now.
 * @returns for the element around them, which their places are measured from
 */
export const useGlide = (): RefObject<HTMLDivElement | null> => {
  const around = useRef<HTMLDivElement>(null);
  const spots = useRef<ReadonlyMap<string, Spot>>(new Map());
  useLayoutEffect(() => {
    const all = [...(around.current?.querySelectorAll<HTMLElement>('[data-glide]') ?? [])];
    const before = spots.current;
    // By the layout, which a glide that is under way does not change.
    spots.current = new Map(
      all.map((one) => [one.dataset.glide ?? '', { left: one.offsetLeft, top: one.offsetTop }]),
    );
    if (matchMedia(LESS_MOTION).matches) return;
    for (const one of all) {
      const name = one.dataset.glide ?? '';
      const [from, to] = [before.get(name), spots.current.get(name)];
      if (from === undefined || to === undefined || (from.left === to.left && from.top === to.top)) continue;
      const way = `translate(${from.left - to.left}px, ${from.top - to.top}px)`;
      one.animate([{ transform: way }, { transform: 'none' }], { duration: GLIDE_MS, easing: 'ease-in-out' });
    }
  });
  return around;
};
