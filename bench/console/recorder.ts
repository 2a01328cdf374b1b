/** What runs inside the page and tells how it draws: when frames came, and which tasks held them up. */

/** What was seen of a while. */
export interface Drawn {
  /** Milliseconds from one frame to the next. */
  readonly frames: readonly number[];
  /** Tasks of more than 50 ms, as the browser counts them. */
  readonly longTasks: readonly number[];
  /** Elements of the document at its end. */
  readonly nodes: number;
}

export interface Recorder {
  /** Milliseconds since navigation began, when the first frame was drawn in which such an element is. */
  shown(selector: string): Promise<number>;
  /** Goes to an address of the page, and says how long it took until each of these was shown. */
  opened(hash: string, selectors: readonly string[]): Promise<number[]>;
  begin(): void;
  end(): Promise<Drawn>;
  /** Scrolls so many steps, one a frame, back from where there is an end; without a selector the whole page. */
  scroll(selector: string | undefined, steps: number): Promise<void>;
}

/** Of the browser, as far as it is needed here: the project's types know no page. */
interface Page {
  recorder: Recorder;
  performance: { now(): number };
  location: { hash: string };
  requestAnimationFrame(next: (at: number) => void): void;
  document: {
    scrollingElement: Scroller;
    querySelector(selector: string): Scroller | null;
    querySelectorAll(selector: string): { length: number };
  };
  PerformanceObserver: new (
    seen: (list: { getEntries(): readonly { startTime: number; duration: number }[] }) => void,
  ) => { observe(of: object): void };
}
interface Scroller {
  scrollTop: number;
  scrollHeight: number;
  clientHeight: number;
}

/** Installs itself; it is sent to the browser as text, so it knows nothing outside of itself. */
export const installRecorder = (): void => {
  const MOST_MS = 60_000;
  /** Four rows of a long list a frame, as fast as a wheel is turned. */
  const STEP_PX = 104;
  const page = globalThis as unknown as Page;
  const tasks: { startTime: number; duration: number }[] = [];
  new page.PerformanceObserver((list) => void tasks.push(...list.getEntries())).observe({
    ...{ type: 'longtask', buffered: true },
  });
  const frame = () => new Promise<number>((resolve) => page.requestAnimationFrame(resolve));
  let frames: number[] = [];
  const record = async (into: number[]) => {
    while (into === frames) into.push(await frame());
  };
  page.recorder = {
    async shown(selector) {
      const until = page.performance.now() + MOST_MS;
      while (page.document.querySelector(selector) === null) {
        if ((await frame()) > until) throw new Error(`never shown: ${selector}`);
      }
      // The frame that has it is on the screen when the next one begins.
      return frame();
    },
    async opened(hash, selectors) {
      const began = page.performance.now();
      page.location.hash = hash;
      return Promise.all(selectors.map(async (selector) => (await page.recorder.shown(selector)) - began));
    },
    begin() {
      frames = [];
      void record(frames);
    },
    async end() {
      await frame();
      const seen = frames;
      frames = [];
      const [from = 0, to = 0] = [seen.at(0), seen.at(-1)];
      return {
        frames: seen.slice(1).map((at, index) => at - (seen[index] ?? at)),
        longTasks: tasks
          .filter(({ startTime, duration }) => startTime + duration > from && startTime < to)
          .map(({ duration }) => duration),
        nodes: page.document.querySelectorAll('*').length,
      };
    },
    async scroll(selector, steps) {
      const of =
        selector === undefined ? page.document.scrollingElement : page.document.querySelector(selector);
      if (of === null) throw new Error(`nothing to scroll: ${selector}`);
      let by = STEP_PX;
      for (let step = 0; step < steps; step++) {
        const before = of.scrollTop;
        of.scrollTop += by;
        if (of.scrollTop === before) by = -by;
        await frame();
      }
    },
  };
};

/** The page's own recorder, for what is evaluated in it. */
export const inPage = {
  shown: (selector: string) => (globalThis as unknown as Page).recorder.shown(selector),
  opened: ([hash, selectors]: readonly [string, readonly string[]]) =>
    (globalThis as unknown as Page).recorder.opened(hash, selectors),
  begin: () => (globalThis as unknown as Page).recorder.begin(),
  end: () => (globalThis as unknown as Page).recorder.end(),
  scroll: ([selector, steps]: readonly [string | null, number]) =>
    (globalThis as unknown as Page).recorder.scroll(selector ?? undefined, steps),
};
