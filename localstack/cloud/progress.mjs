/**
 * Tells the user how a long command goes: a spinner on a terminal, plain lines with the time elsewhere. Plain
 * JavaScript, since the install of npm's packages is the longest step of all.
 *
 * Written by hand because the spinner of @clack/prompts ends the process at Ctrl-C, before anything was cleaned up.
 */

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 80;

export const progress = ({ verbose = false, out = process.stderr } = {}) =>
  out.isTTY && !verbose ? onTerminal(out) : inLines(out);

const inLines = (out) => {
  const line = (text) => out.write(`${new Date().toLocaleTimeString('en-GB')} ${text}\n`);
  return {
    note: line,
    result: (text) => process.stdout.write(`${text}\n`),
    step: async (title, work) => {
      line(`${title} …`);
      const started = performance.now();
      const result = await work((text) => line(`  ${text}`)).catch((thrown) => {
        line(`${title}: failed after ${secondsSince(started)}`);
        throw thrown;
      });
      line(`${title}: done in ${secondsSince(started)}`);
      return result;
    },
  };
};

const CYAN = 36;
const GREEN = 32;
const RED = 31;

const onTerminal = (out) => {
  // By hand, since util.styleText came with Node 20.12.
  const styled = (code, text) => (process.env.NO_COLOR ? text : `\x1b[${code}m${text}\x1b[0m`);
  return {
    note: (text) => out.write(`\r\x1b[K  ${text}\n`),
    result: (text) => {
      out.write('\r\x1b[K');
      process.stdout.write(`${text}\n`);
    },
    step: async (title, work) => {
      const started = performance.now();
      let detail = '';
      let frame = 0;
      const draw = (mark, rest) => {
        // One row: a wrapped line could not be drawn over.
        const text = `${title}${rest}`.slice(0, Math.max(10, (out.columns || 80) - 4));
        out.write(`\r\x1b[K${mark} ${text}`);
      };
      const tick = () => {
        frame = (frame + 1) % FRAMES.length;
        draw(styled(CYAN, FRAMES[frame]), ` ${secondsSince(started)}${detail && ` · ${detail}`}`);
      };
      const timer = setInterval(tick, FRAME_MS);
      const end = (mark) => {
        clearInterval(timer);
        draw(mark, ` ${secondsSince(started)}`);
        out.write('\n');
      };
      try {
        const result = await work((text) => {
          detail = text;
        });
        end(styled(GREEN, '✓'));
        return result;
      } catch (thrown) {
        end(styled(RED, '✗'));
        throw thrown;
      }
    },
  };
};

export const secondsSince = (started) => `${((performance.now() - started) / 1000).toFixed(1)} s`;
