/**
 * The files that use the timers of Node.js directly. All others receive a `Clock`, so that tests can run in virtual
 * time. The architecture page explains each entry of this list.
 */
import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');

/** The functions used by each file, by path. */
const USES: Readonly<Record<string, readonly string[]>> = {
  'src/common/clock.ts': ['Date.now', 'performance.now', 'setInterval', 'setTimeout'],
  'src/common/network/net-stream.ts': ['setImmediate'],
  'src/common/network/tls-errors.ts': ['Date.now'],
  'src/cil/connection/process-keep-alive.ts': ['setInterval'],
  'src/cli/ctios-server.ts': ['Date.now'],
  'src/delivery/store/sqlite-file.ts': ['setImmediate'],
  'src/doctor/examine-session.ts': ['performance.now'],
  'src/doctor/examine.ts': ['Date.now'],
  'src/doctor/exchange.ts': ['performance.now', 'setTimeout'],
  'src/doctor/reach.ts': ['setTimeout'],
  'src/server/northbound/transport/connection-admission.ts': ['Date.now'],
  'src/server/northbound/transport/memory-connector.ts': ['setImmediate'],
  'src/server/northbound/transport/web-socket-client.ts': ['setImmediate'],
  'src/testing/http/duplex-pair.ts': ['setImmediate', 'setTimeout'],
  'src/testing/http/network.ts': ['setImmediate'],
  'src/testing/test-center.ts': ['setImmediate'],
  'src/testing/virtual-time.ts': ['hrtime', 'performance.now', 'setImmediate', 'setInterval', 'setTimeout'],
  'nodes/ctios-simulate/ctios-simulate.ts': ['Date.now'],
  'nodes/ctios-wait/ctios-wait.ts': ['setTimeout'],
  'nodes/shared/contacts/visit-journal.ts': ['Date.now', 'setImmediate'],
  'nodes/shared/kinds/action-response.ts': ['Date.now'],
  'nodes/shared/kinds/event-sender.ts': ['Date.now', 'setTimeout'],
  'nodes/shared/session/opening/test-session.ts': ['setTimeout'],
  'nodes/shared/session/session-host.ts': ['queueMicrotask', 'setImmediate'],
};

const FORMS =
  /\b(setTimeout|setInterval|setImmediate|queueMicrotask|nextTick|Date\.now|performance\.now|hrtime)\b|\bnew Date\(\)|node:timers/g;

describe('the timers of Node.js', () => {
  it('are used by the files of the list, and by no others', () => {
    assert.deepEqual(uses(), Object.fromEntries(Object.entries(USES).sort(([a], [b]) => (a < b ? -1 : 1))));
  });

  it('are explained in the architecture page for each of them', () => {
    const page = readFileSync(join(ROOT, 'docs', 'explanation', 'architecture.md'), 'utf8');
    const section = /\n## Time and order\n(.*?)\n## /s.exec(page)?.[1] ?? '';
    // A table row names files, or folders with a trailing slash, below src/.
    const places = section
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .flatMap((line) => [...line.split('|')[1]!.matchAll(/`([^`]+)`/g)].map(([, place]) => place!));
    const explained = (file: string) =>
      places.some((place) => {
        const path = place.startsWith('nodes/') ? place : `src/${place}`;
        return place.endsWith('/') ? file.startsWith(path) : file === path;
      });
    assert.deepEqual(
      Object.keys(USES).filter((file) => !explained(file)),
      [],
    );
  });
});

function uses(): Record<string, string[]> {
  const found: [string, string[]][] = [];
  for (const path of sources()) {
    const code = readFileSync(join(ROOT, path), 'utf8')
      .replace(/\/\*.*?\*\//gs, '')
      .replace(/(^|\s)\/\/.*$/gm, '');
    const names = new Set([...code.matchAll(FORMS)].map(([name]) => name));
    if (names.size > 0) found.push([path, [...names].sort()]);
  }
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The sources that run in Node.js; the editor runs in a browser. */
function sources(): string[] {
  return ['src', 'nodes']
    .flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.startsWith('nodes/editor/') && !path.startsWith('src/generated/'));
}
