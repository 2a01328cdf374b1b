/**
 * `npm start`: installs what is missing, then hands over to `dabba up` on Node 24.
 *
 * Plain JavaScript without static imports, so that an old Node can read it far enough to say that it is too old.
 */

const OLDEST_NODE = 20;

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  console.error(
    `This is Node ${process.versions.node}; Node ${OLDEST_NODE} or newer is needed: https://nodejs.org`,
  );
  process.exitCode = 1;
} else {
  void import('./install.mjs').then(({ installThenRun }) =>
    installThenRun('localstack/cli/main.ts', ['up', ...process.argv.slice(2)]),
  );
}
