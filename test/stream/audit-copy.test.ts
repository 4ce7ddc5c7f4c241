import assert from 'node:assert/strict';
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NatsServer } from '../../scripts/ha/nats-server.js';
import { ServerProcess } from '../../scripts/ha/server-process.js';
import { Session, webSocketConnector } from '../../src/cil/index.js';
import { systemClock } from '../../src/common/clock.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import { Simulator } from '../../src/simulator/index.js';
import type { EventLog } from '../../src/stream/engine.js';
import { AuditCopy, type AuditCopyReport, NatsEngine } from '../../src/stream/index.js';
import { MemoryBroker } from './memory-engine.js';
import { needsNatsServer } from './needs-nats-server.js';

describe('the copy of an audit log', () => {
  let folder: string;
  let file: string;
  let clock: VirtualClock;
  let broker: MemoryBroker;
  const copies: AuditCopy[] = [];
  let reports: AuditCopyReport[];
  let lines = 0;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ctios-audit-'));
    file = join(folder, 'audit.log');
    clock = new VirtualClock();
    broker = new MemoryBroker(clock);
    reports = [];
    lines = 0;
  });
  afterEach(async () => {
    for (const copy of copies.splice(0)) await copy.stop();
    rmSync(folder, { recursive: true });
  });

  const write = (count: number) => {
    for (let n = 0; n < count; n++) appendFileSync(file, `{"line":${++lines},"text":"Grüße ${'x'.repeat(200)}"}\n`);
  };
  const copied = () => broker.audit.map(({ body }) => (JSON.parse(body) as { line: number }).line);
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

  function start(engine = broker.connect(), log: EventLog = engine.audit) {
    const report = (each: AuditCopyReport) => void reports.push(each);
    const copy = new AuditCopy({ engine, log, subject: 'ctios.berlin.audit.a', file, clock, report });
    copies.push(copy);
    copy.start();
    return { copy, engine };
  }

  /** Files are read in real time: advances virtual time until the condition is met. */
  async function until(fulfilled: () => boolean): Promise<void> {
    while (!fulfilled()) {
      clock.advance(500);
      await new Promise((turn) => setImmediate(turn));
    }
  }
  const has = (count: number) => until(() => broker.audit.length >= count);

  it('contains every line once and in order, including lines written before it started', async () => {
    write(700);
    start();
    await has(700);
    write(700);
    await has(1_400);
    assert.deepEqual(copied(), numbers(1_400));
  });

  it('resends after an outage without duplicates, and reports the outage once', async () => {
    const { engine } = start();
    write(10);
    await has(10);
    // The record is stored, but the confirmation is lost.
    engine.deaf = true;
    write(1);
    await until(() => reports.length === 1);
    engine.deaf = false;
    broker.reachable = false;
    write(500);
    clock.advance(60_000);
    broker.reachable = true;
    await has(511);
    assert.deepEqual(copied(), numbers(511));
    assert.deepEqual(
      reports.map(({ what }) => what),
      ['failed', 'copying'],
    );
  });

  it('continues after a restart where it stopped', async () => {
    write(10);
    const { copy } = start();
    await has(10);
    await copy.stop();
    write(10);
    start();
    await has(20);
    assert.deepEqual(copied(), numbers(20));
  });

  it('does not send a line again after a restart, because the last record sent contains the byte offset', async () => {
    write(10);
    const { copy } = start();
    await has(10);
    await copy.stop();
    const offset = () => Number(broker.audit.at(-1)!.id.split(':')[1]);
    assert.equal(offset(), statSync(file).size);
    write(10);
    const engine = broker.connect();
    const sent: string[] = [];
    // The engine discards duplicates, but only for a few minutes.
    start(engine, {
      append: (record, condition) => {
        sent.push(record.body);
        return engine.audit.append(record, condition);
      },
      last: (subject) => engine.audit.last(subject),
      read: (from, each) => engine.audit.read(from, each),
    });
    await has(20);
    assert.deepEqual(
      sent.map((body) => (JSON.parse(body) as { line: number }).line),
      numbers(20).slice(10),
    );
    assert.equal(offset(), statSync(file).size);
  });

  it('copies the rest of a file that was rotated meanwhile, and the files after it', async () => {
    write(10);
    const { copy } = start();
    await has(10);
    broker.reachable = false;
    write(5);
    renameSync(file, join(folder, 'audit.log.1'));
    writeFileSync(join(folder, 'audit.log.0.gz'), 'not a log\n');
    write(5);
    broker.reachable = true;
    await has(20);
    await copy.stop();
    write(5);
    renameSync(file, join(folder, 'audit.log.2'));
    utimesSync(join(folder, 'audit.log.2'), 2e9, 2e9);
    write(5);
    utimesSync(file, 3e9, 3e9);
    start();
    await has(30);
    assert.deepEqual(copied(), numbers(30));
  });

  describe('the copy of the audit log of a ctios-server on NATS', function () {
    this.timeout(60_000);
    let nats: NatsServer;
    let simulator: Simulator;
    let server: ServerProcess;
    let reader: NatsEngine;

    beforeEach(async function () {
      needsNatsServer(this);
      nats = await new NatsServer().start();
      simulator = new Simulator({ agents: 1, traffic: 'off', automatic: false });
      const { portA } = await simulator.start();
      const more = ['--audit-log', file, '--nats-audit-days', '30', '--health', '0'];
      server = await new ServerProcess('side-a', portA, nats.url, more).started();
      await server.logged('stream leader');
    });
    afterEach(async () => {
      await reader?.close();
      server?.kill('SIGKILL');
      await simulator?.stop();
      await nats?.remove();
    });

    /** A client connects and disconnects: two lines of the log. */
    async function visit(): Promise<void> {
      const session = new Session({ connectors: [webSocketConnector(server.url)] });
      session.connect();
      await session.setMessageFilter('');
      await session.disconnect();
    }

    it('is complete after an outage of NATS and after the server stops', async () => {
      await visit();
      await nats.stop();
      await server.logged('NATS disconnected');
      for (let n = 0; n < 5; n++) await visit();
      await nats.start();
      await visit();
      await server.end('SIGTERM');
      const written = readFileSync(file, 'utf8').trimEnd().split('\n');
      assert.ok(written.length >= 14, String(written.length));
      reader = new NatsEngine({ servers: [nats.url], site: 'site', name: 'auditor' }, systemClock, () => {});
      const connected = new Promise<void>((done) => void reader.onConnected(() => done()));
      reader.start();
      await connected;
      const found: string[] = [];
      await reader.audit.read(1, ({ subject, body }) => {
        assert.equal(subject, 'ctios.site.audit.side-a');
        found.push(body);
      });
      assert.deepEqual(found, written);
    });
  });
});
