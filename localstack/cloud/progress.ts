import { styleText } from 'node:util';

/** Tells the user how a long command goes. */
export interface Progress {
  /** Shows a step while it runs, and how long it took; `detail` replaces what stands behind its title. */
  step<T>(title: string, work: (detail: (text: string) => void) => Promise<T>): Promise<T>;
  /** A line for good. */
  note(text: string): void;
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 80;

type Output = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;

/**
 * A spinner on a terminal, plain lines with the time elsewhere.
 *
 * Written by hand because the spinner of @clack/prompts ends the process at Ctrl-C, before anything was cleaned up.
 */
export const progress = ({
  verbose = false,
  out = process.stderr as Output,
}: {
  verbose?: boolean;
  out?: Output;
} = {}): Progress => (out.isTTY && !verbose ? onTerminal(out) : inLines(out));

const inLines = (out: Output): Progress => {
  const line = (text: string) => out.write(`${new Date().toLocaleTimeString('en-GB')} ${text}\n`);
  return {
    note: line,
    step: async (title, work) => {
      line(`${title} …`);
      const started = performance.now();
      const result = await work((text) => line(`  ${text}`)).catch((thrown: unknown) => {
        line(`${title}: failed after ${seconds(started)}`);
        throw thrown;
      });
      line(`${title}: done in ${seconds(started)}`);
      return result;
    },
  };
};

const onTerminal = (out: Output): Progress => ({
  note: (text) => out.write(`  ${text}\n`),
  step: async (title, work) => {
    const started = performance.now();
    let detail = '';
    let frame = 0;
    const draw = (mark: string, rest: string) => {
      const text = `${title}${rest}`;
      // One row: a wrapped line could not be drawn over.
      out.write(`\r\x1b[K${mark} ${text.slice(0, Math.max(10, (out.columns || 80) - 4))}`);
    };
    const tick = () => {
      frame = (frame + 1) % FRAMES.length;
      draw(styleText('cyan', FRAMES[frame] ?? ''), ` ${seconds(started)}${detail && ` · ${detail}`}`);
    };
    const timer = setInterval(tick, FRAME_MS);
    const end = (mark: string) => {
      clearInterval(timer);
      draw(mark, ` ${styleText('dim', seconds(started))}`);
      out.write('\n');
    };
    try {
      const result = await work((text) => {
        detail = text;
      });
      end(styleText('green', '✓'));
      return result;
    } catch (thrown) {
      end(styleText('red', '✗'));
      throw thrown;
    }
  },
});

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;
