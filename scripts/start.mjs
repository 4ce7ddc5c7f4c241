// `npm start`: builds what has changed, then runs dist/scripts/start.js with the same arguments. It does not build
// while a Node-RED runs from this working copy, because that would remove its files.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isCurrent } from './build-state.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const args = process.argv.slice(2);

if (!isCurrent(root)) {
  if (await isRunning())
    console.log('  Not built: a Node-RED runs from this working copy. Stop it to see your changes.');
  else build();
}
const child = spawn(process.execPath, [join(root, 'dist', 'scripts', 'start.js'), ...args], { stdio: 'inherit' });
// Ctrl-C reaches both processes; the child shuts down on its own.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});

function build() {
  console.log('  Building, which takes about half a minute ...');
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** In the specified user directory, or the default one. */
async function isRunning() {
  const file = join(root, 'dist', 'scripts', 'start', 'only-one.js');
  if (!existsSync(file)) return false;
  const { runningIn } = (await import(pathToFileURL(file).href)).default;
  const asked = args.indexOf('--user-dir');
  const folders = [join(root, '.user-dir'), ...(asked < 0 ? [] : [resolve(args[asked + 1] ?? '')])];
  const found = await Promise.all(folders.map((folder) => runningIn(folder)));
  return found.some((url) => url !== undefined);
}
