/** Whether an eye tells pictures apart that have no colour. */
import type { Locator, Page } from 'playwright-core';

export const GREY = 'html { filter: grayscale(1) }';

/** One status may be told in several places, each a PNG in base64. */
export type Picture = readonly string[];

export const shot = async (of: Locator): Promise<string> =>
  (await of.screenshot({ animations: 'disabled' })).toString('base64');

/** Pairs of statuses that an eye would take for one another: nowhere a handful of points that clearly differ. */
export const alikeIn = (page: Page, pictures: ReadonlyMap<string, Picture>): Promise<readonly string[]> =>
  page.evaluate(
    async (all) => {
      const POINTS = 12;
      const CLEARLY = 40;
      const pointsOf = async (base64: string) => {
        const image = new Image();
        image.src = `data:image/png;base64,${base64}`;
        await image.decode();
        const canvas = new OffscreenCanvas(600, 100);
        const drawing = canvas.getContext('2d');
        drawing?.drawImage(image, 0, 0);
        return drawing?.getImageData(0, 0, 600, 100).data ?? new Uint8ClampedArray();
      };
      const drawn = await Promise.all(
        all.map(async ([name, parts]) => ({ name, parts: await Promise.all(parts.map(pointsOf)) })),
      );
      const differ = (one: Uint8ClampedArray, other: Uint8ClampedArray) => {
        let points = 0;
        // Of grey, red says all.
        for (let at = 0; at < one.length; at += 4) {
          if (Math.abs((one[at] ?? 0) - (other[at] ?? 0)) >= CLEARLY) points += 1;
        }
        return points >= POINTS;
      };
      return drawn.flatMap((one, at) =>
        drawn.slice(at + 1).flatMap((other) => {
          const isApart = one.parts.some((part, nth) => differ(part, other.parts[nth] ?? part));
          return isApart ? [] : [`${one.name} and ${other.name}`];
        }),
      );
    },
    [...pictures],
  );
