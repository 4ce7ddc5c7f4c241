/**
 * Compiles on each change and runs tests again: `npm run test:watch` the fast ones, `npm run test:watch -- FILES` these.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);
const files = process.argv.slice(2);
const run = (script, ...args) => spawn(process.execPath, [script, ...args], { stdio: 'inherit' });

const children = [
  run('node_modules/typescript/bin/tsc', '--watch', '--preserveWatchOutput'),
  run(
    resolve('mocha/bin/mocha.js'),
    '--watch',
    '--watch-files',
    'dist/**/*.js',
    ...(files.length > 0 ? files : ['--config', '.mocharc.fast.json']),
  ),
];

/** One that ends, ends the other. */
for (const child of children) {
  child.on('exit', (code) => {
    for (const each of children) each.kill();
    process.exitCode ??= code ?? 0;
  });
}
