/** The journal of visits on disk: a process that starts reads what the previous one wrote. */
import { strict as assert } from 'node:assert';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VisitJournal, visitJournalOf } from '../../nodes/shared/contacts/visit-journal.js';
import { temporaryDirectory } from '../support/node-red-process.js';

const NAME = 'icm.1.1/5000.1001/100.2001';
const NOON = Date.UTC(2026, 10, 28, 12);
const HOUR = 3_600_000;
const at = (begun: number, found = false) => ({ begun, found, replayed: false, rereads: false, after: 0 });

describe('the journal of visits', () => {
  let directory: string;
  let path: string;
  const failures: Error[] = [];
  const started: VisitJournal[] = [];
  const start = (now = NOON) => {
    const journal = new VisitJournal(path, (error) => failures.push(error), now);
    started.push(journal);
    return journal;
  };

  beforeEach(() => {
    directory = temporaryDirectory();
    path = join(directory, 'ctios', 'visits-s1.jsonl');
    failures.length = 0;
  });
  afterEach(async () => {
    // A pending write would create a file in the directory while it is removed.
    for (const journal of started.splice(0)) await journal.flushed();
    rmSync(directory, { recursive: true, force: true });
  });

  it('continues the count of the previous process', async () => {
    const before = start();
    assert.equal(before.ledger.begin(NAME, at(NOON)), 1);
    before.ledger.end(NAME);
    await before.flushed();
    const after = start(NOON + HOUR);
    assert.equal(after.ledger.begin(NAME, at(NOON + HOUR)), 2);
    await after.flushed();
    assert.equal(start(NOON + HOUR).ledger.begin(NAME, at(NOON + HOUR, true)), 2, 'the visit goes on');
    assert.deepEqual(failures, []);
  });

  it('keeps the beginnings of visits under one name, to recognize them when a stream is read again', () => {
    const before = start();
    for (const begun of [NOON, NOON + 1, NOON + 2]) {
      before.ledger.begin(NAME, at(begun));
      before.ledger.end(NAME);
    }
    before.flushNow();
    start();
    const { ledger } = start();
    const again = [NOON, NOON + 1, NOON + 2, NOON + 3].map((begun) =>
      ledger.begin(NAME, { ...at(begun), replayed: true }),
    );
    assert.deepEqual(again, [1, 2, 3, 4]);
  });

  it('is complete at the end of the process, when asynchronous writes are not possible', () => {
    const before = start();
    before.ledger.begin(NAME, at(NOON));
    before.ledger.end(NAME);
    before.flushNow();
    assert.equal(start().ledger.begin(NAME, at(NOON)), 2);
  });

  it('reads the valid part of a file that was truncated or damaged', () => {
    const before = start();
    before.ledger.begin(NAME, at(NOON));
    before.ledger.end(NAME);
    before.flushNow();
    appendFileSync(path, `null\n7\n{"name":1}\n{"name":"x","number":"2","begun":3}\n{"name":"${NAME}","numb`);
    const after = start();
    assert.equal(after.ledger.size, 1);
    assert.equal(after.ledger.begin(NAME, at(NOON)), 2);
    assert.deepEqual(failures, []);
  });

  it('drops entries after a day, and stays small', async () => {
    const before = start();
    for (let turn = 0; turn < 6_000; turn++) {
      before.ledger.begin(NAME, at(NOON + turn));
      before.ledger.end(NAME);
      if (turn % 1_000 === 0) await before.flushed();
    }
    await before.flushed();
    assert.ok(readFileSync(path, 'utf8').split('\n').length < 6_000, 'written anew in between');
    assert.equal(start(NOON + HOUR).ledger.begin(NAME, at(NOON + HOUR)), 6_001);
    assert.equal(start(NOON + 26 * HOUR).ledger.size, 0);
  });

  it('reports once that it cannot be written, and keeps visits distinct until the end of the process', async () => {
    mkdirSync(join(directory, 'ctios'));
    writeFileSync(join(directory, 'ctios', 'visits-s1.jsonl.new'), '');
    rmSync(join(directory, 'ctios', 'visits-s1.jsonl.new'));
    mkdirSync(join(directory, 'ctios', 'visits-s1.jsonl.new'));
    const journal = start();
    journal.ledger.begin(NAME, at(NOON));
    journal.ledger.end(NAME);
    assert.equal(journal.ledger.begin(NAME, at(NOON)), 2);
    await journal.flushed();
    assert.equal(failures.length, 1);
  });

  it('is shared by all nodes of a session, in the user directory', async () => {
    const RED = { events: {}, settings: { userDir: directory }, log: { warn: (text: string) => assert.fail(text) } };
    const journal = visitJournalOf(RED, 'a/../b');
    assert.equal(visitJournalOf(RED, 'a/../b'), journal);
    assert.notEqual(visitJournalOf(RED, 's2'), journal);
    assert.equal(journal.path, join(directory, 'ctios', 'visits-a_.._b.jsonl'));
    await journal.flushed();
  });
});
