/**
 * The recipe for contact rows, with a separate PostgreSQL: Debian's package, on a Unix socket, in a temporary directory:
 * nobody else takes its address during an outage. Without it the test is skipped; in CI that is an error.
 */
import { strict as assert } from 'node:assert';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readExample } from '../../scripts/examples/files.js';
import { endProcess } from '../../scripts/ha/child-process.js';
import { type FlowNode, NodeRedProcess, temporaryDirectory } from '../support/node-red-process.js';

const RECIPE = 'cookbook/11 contact rows into PostgreSQL';
/** Text that would be a command, an end of the data, or nothing, if it were not escaped. */
const NASTY = "O'Brien \\. \\N é; DROP TABLE x; --";
const USER = 'nodered';
/** PostgreSQL does not run as root, so it runs as the user nobody. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** The directory of initdb and postgres, which is not in Debian's path. */
function programs(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const folders = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : [];
  return [...folders, ...(process.env.PATH ?? '').split(':')].find((folder) => existsSync(join(folder, 'initdb')));
}

describe('the recipe for PostgreSQL, with a database', function () {
  this.timeout(60_000);
  let database: Database;
  let nodeRed: NodeRedProcess;
  const shown: Array<{ node: string; text: string }> = [];
  let wake = (): void => {};

  before(async function () {
    const folder = programs();
    if (folder === undefined) {
      const message = 'no PostgreSQL installed: its recipe is not tried';
      if (process.env.CI) throw new Error(message);
      console.log(`      ${message}`);
      this.skip();
    }
    database = await Database.create(folder);
    const userDir = temporaryDirectory();
    writeFileSync(join(userDir, 'flows.json'), '[]');
    nodeRed = await NodeRedProcess.start({ userDir });
    nodeRed.watchDebug((node, message) => {
      shown.push({ node, text: String(message) });
      wake();
    });
    await nodeRed.deploy(recipe(database.url));
  });
  after(async () => {
    await nodeRed?.stop();
    await database?.stop();
  });

  /** The next output of a debug node. */
  async function next(name: string): Promise<string> {
    const seen = shown.length;
    for (;;) {
      const found = shown.slice(seen).find(({ node }) => node === name);
      if (found !== undefined) return found.text;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  const kept = (): string[] => shown.filter(({ node }) => node === 'kept').map(({ text }) => text);

  it('creates the table, and writes each record with its times', async () => {
    assert.match(await next('written'), /^\d+ rows$/);
    const rows =
      database.ask(`SELECT count(*), count(*) FILTER (WHERE record->>'key' = key AND agent ~ '^10' AND ended >= began
      AND direction = 'inbound' AND ring_seconds >= 0 AND talk_seconds >= 0 AND hold_seconds = 0 AND reason = 'ended'
      AND caller IS NOT NULL AND dialed ~ '^800') FROM contact_segments`);
    const [all, complete] = rows.split('|');
    assert.ok(Number(all) > 0);
    assert.equal(complete, all);
  });

  it("writes callers' data only as values", async () => {
    for (;;) {
      const found = database.ask(`SELECT record->'fields'->>'CallVariable1' FROM contact_segments
        WHERE record->'fields'->>'CallVariable9' = 'nasty' LIMIT 1`);
      if (found !== '') {
        assert.equal(found, NASTY);
        return;
      }
      await next('written');
    }
  });

  it('writes into a table of an older recipe, to which the site has added a column', async () => {
    database.ask('ALTER TABLE contact_segments DROP COLUMN customer, ADD COLUMN note text DEFAULT $$mine$$');
    // One that had begun before may end now, and the callers of the next rows may be withheld.
    const hasColumn = "SELECT count(*) FROM information_schema.columns WHERE column_name = 'customer'";
    const found = 'SELECT count(*) FROM contact_segments WHERE customer = caller AND note = $$mine$$';
    do await next('written');
    while (database.ask(hasColumn) === '0' || database.ask(found) === '0');
  });

  it('catches up after an outage of the database, with each record once', async () => {
    await database.stop();
    assert.match(await next('next time again'), /^psql ended with 2$/);
    assert.ok(shown.some(({ node, text }) => node === 'psql says' && /is the server running/i.test(text)));
    await next('kept');
    const before = kept();
    await database.start();
    for (;;) {
      await next('written');
      const keys = database.ask('SELECT key FROM contact_segments').split('\n');
      if (before.some((key) => !keys.includes(key))) continue;
      assert.equal(new Set(keys).size, keys.length);
      return;
    }
  });
});

/** The recipe with short times: calls end when they are answered, and the database is written every second. */
function recipe(url: string): FlowNode[] {
  const nodes = readExample(RECIPE) as unknown as FlowNode[];
  const { id: session } = nodes.find(({ type }) => type === 'ctios-session')!;
  const { id: tab } = nodes.find(({ type }) => type === 'tab')!;
  const faster: Record<string, object> = {
    tab: { env: [{ name: 'DATABASE_URL', value: url, type: 'str' }] },
    'ctios-session': { traffic: 'steady' },
    'ctios-contact': { when: 'ended' },
    inject: { onceDelay: '1', repeat: '1' },
    debug: { complete: 'topic' },
  };
  const texts: Record<string, object> = {
    kept: { complete: 'payload.key' },
    'psql says': { complete: 'payload' },
  };
  const more = (id: string, type: string, wires: string[], properties: object): FlowNode => ({
    ...{ id, type, z: tab, name: id, session, x: 0, y: 0, wires: [wires], version: 1 },
    ...properties,
  });
  const data = JSON.stringify({ CallVariable1: NASTY, CallVariable9: 'nasty' });
  return [
    ...nodes.map((node) => ({ ...node, ...faster[node.type], ...texts[node.name ?? ''] })),
    more('established', 'ctios-call-events', ['hang up'], { version: 4, events: ['OnCallEstablished'], filter: [] }),
    more('hang up', 'ctios-call', [], { request: 'ClearConnection', args: [] }),
    more('soon', 'inject', ['nasty'], { props: [], once: true, onceDelay: 1, repeat: '', crontab: '' }),
    more('nasty', 'ctios-simulate', [], { command: 'placeCall', args: [{ key: 'data', value: data, type: 'json' }] }),
  ];
}

class Database {
  #server: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly home: string,
  ) {}

  static async create(folder: string): Promise<Database> {
    const home = temporaryDirectory();
    if (NOBODY.uid !== undefined) chownSync(home, NOBODY.uid, NOBODY.gid);
    const created = new Database(folder, home);
    const options = ['-U', USER, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions'];
    const { status, stderr } = spawnSync(join(folder, 'initdb'), ['-D', join(home, 'data'), ...options], {
      ...{ ...NOBODY, cwd: home, encoding: 'utf8' },
    });
    assert.equal(status, 0, stderr);
    await created.start();
    return created;
  }

  get url(): string {
    return `postgresql:///postgres?host=${this.home}&user=${USER}`;
  }

  async start(): Promise<void> {
    const options = ['-c', 'listen_addresses=', '-k', this.home, '-c', 'fsync=off'];
    const server = spawn(join(this.folder, 'postgres'), ['-D', join(this.home, 'data'), ...options], {
      ...{ ...NOBODY, cwd: this.home, stdio: ['ignore', 'ignore', 'pipe'] },
    });
    this.#server = server;
    let said = '';
    await new Promise<void>((ready, failed) => {
      server.stderr!.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (said.includes('ready to accept connections')) ready();
      });
      server.once('exit', () => failed(new Error(`PostgreSQL ended: ${said}`)));
    });
  }

  /** Like `pg_ctl stop -m fast`. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    server.removeAllListeners('exit');
    await endProcess(server, 'SIGINT');
  }

  /** The result of a query: lines with columns separated by bars. */
  ask(query: string): string {
    const { status, stdout, stderr } = spawnSync('psql', ['-X', '-A', '-t', '-w', '-d', this.url, '-c', query], {
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    return stdout.trimEnd();
  }
}
