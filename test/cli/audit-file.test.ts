import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditFile } from '../../src/cli/ctios-server/files/audit-file.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';

describe('the audit log of ctios-server', () => {
  let folder: string;
  let file: string;
  let logged: [level: string, event: string, lost: unknown][];
  const clock = new VirtualClock();
  const log = (level: string, event: string, details: Readonly<Record<string, unknown>> = {}) =>
    void logged.push([level, event, details.lost]);
  const lines = () => readFileSync(file, 'utf8').split('\n').filter(Boolean);
  /** Waits for the file system. */
  const until = async (done: () => boolean) => {
    while (!done()) await new Promise((turn) => setImmediate(turn));
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ctios-audit-'));
    file = join(folder, 'log', 'audit.log');
    mkdirSync(join(folder, 'log'));
    logged = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('continues in a new file after a rotation', async () => {
    const audit = await AuditFile.open(file, clock, log);
    audit.write('one');
    await until(() => lines().length === 1);
    renameSync(file, `${file}.1`);
    audit.reopen();
    // Entries written before the file is open are kept, too.
    audit.write('two');
    await until(() => existsSync(file) && lines().length === 1);
    assert.deepEqual(lines(), ['two']);
    await audit.end();
  });

  it('reports that it cannot be written, counts the missing entries, and continues when it can', async () => {
    const audit = await AuditFile.open(file, clock, log);
    renameSync(join(folder, 'log'), join(folder, 'away'));
    audit.reopen();
    await until(() => logged.length === 1);
    assert.deepEqual(logged, [['error', 'audit log not written', undefined]]);
    audit.write('lost');
    audit.write('lost, too');
    renameSync(join(folder, 'away'), join(folder, 'log'));
    clock.advance(5_000);
    audit.write('this one asks for the file');
    await until(() => logged.length === 2);
    assert.deepEqual(logged[1], ['warn', 'audit log is written again', 3]);
    assert.equal(audit.lost, 3, 'the metric does not begin again');
    audit.write('found');
    await until(() => lines().includes('found'));
    await audit.end();
  });

  it('begins a new line after part of a line, which a full disk leaves', async () => {
    writeFileSync(file, 'whole\npart');
    const audit = await AuditFile.open(file, clock, log);
    audit.write('next');
    await until(() => lines().length === 3);
    audit.reopen();
    audit.write('after a rotation that moved nothing');
    await until(() => lines().length === 4);
    assert.equal(readFileSync(file, 'utf8'), 'whole\npart\nnext\nafter a rotation that moved nothing\n');
    await audit.end();
  });

  it('is rejected at startup if the folder does not exist', async () => {
    await assert.rejects(AuditFile.open(join(folder, 'nowhere', 'audit.log'), clock, log), { code: 'ENOENT' });
  });
});
