import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditFile } from '../../src/cli/ctios-server/audit-file.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';

describe('the audit log of ctios-server', () => {
  let folder: string;
  let file: string;
  let logged: [level: string, event: string, lost: unknown][];
  const clock = new VirtualClock();
  const log = (level: string, event: string, details: Readonly<Record<string, unknown>> = {}) =>
    void logged.push([level, event, details.lost]);
  const lines = () => readFileSync(file, 'utf8').split('\n').filter(Boolean);
  /** Until the file system has answered. */
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

  it('goes on in a new file after a rotation', async () => {
    const audit = await AuditFile.open(file, clock, log);
    audit.write('one');
    await until(() => lines().length === 1);
    renameSync(file, `${file}.1`);
    audit.reopen();
    // Also what is written before the file is open.
    audit.write('two');
    await until(() => existsSync(file) && lines().length === 1);
    assert.deepEqual(lines(), ['two']);
    await audit.end();
  });

  it('reports that it cannot be written, counts what is missing, and goes on when it can', async () => {
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
    audit.write('found');
    await until(() => lines().includes('found'));
    await audit.end();
  });

  it('is refused at the start where there is no such folder', async () => {
    await assert.rejects(AuditFile.open(join(folder, 'nowhere', 'audit.log'), clock, log), { code: 'ENOENT' });
  });
});
