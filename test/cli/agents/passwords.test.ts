import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { makePasswordLine } from '../../../src/cli/ctios-server/agents/make-password.js';
import { PasswordFile } from '../../../src/cli/ctios-server/agents/password-file.js';
import { fits, makeHash, readHash } from '../../../src/cli/ctios-server/agents/password-hash.js';
import { passwordOf, readPasswordList } from '../../../src/cli/ctios-server/agents/password-list.js';
import { UsageError } from '../../../src/cli/usage-error.js';
import { VirtualClock } from '../../../src/common/virtual-clock.js';

/** "one", made with Python's hashlib.scrypt (N=1024, r=8, p=1, salt 0123456789abcdef). */
const OLD_HASH = 'scrypt$N=1024,r=8,p=1$MDEyMzQ1Njc4OWFiY2RlZg==$Re3rZYuMc97VAuUMiyl6AQpn9hs7RpAtlESihTob18Y=';

describe('a stored password', () => {
  it('may have the form of an earlier version', async () => {
    const old = readHash(OLD_HASH);
    assert.equal(old?.outdated, true);
    assert.equal(await fits('one', old), true);
    assert.equal(await fits('two', old), false);
  });

  it('matches only the correct password, and does not reveal it', async () => {
    const [one, other] = [await makeHash('Grün 1'), await makeHash('Grün 1')];
    assert.match(one, /^\$scrypt\$ln=14,r=8,p=5\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    assert.equal(readHash(one)?.outdated, false);
    assert.notEqual(one, other, 'each has a salt of its own');
    assert.equal(await fits('Grün 1', readHash(one)!), true);
    for (const wrong of ['', 'Grün', 'grün 1', 'Grün 1 '])
      assert.equal(await fits(wrong, readHash(one)!), false, wrong);
  });

  it('is rejected if it is not valid, too weak, or would exceed the memory limit', async () => {
    const good = await makeHash('x');
    for (const bad of [
      '',
      'secret',
      'scrypt$',
      good.replace('ln=14', 'ln=2'),
      good.replace('ln=14,r=8', 'ln=26,r=64'),
      good.replace('p=5', 'p=999'),
      OLD_HASH.replace('N=1024', 'N=1025'),
      OLD_HASH.replace('N=1024', 'N=2'),
      good.replace(/\$[^$]*$/, '$'),
      `${good} `,
    ]) {
      assert.equal(readHash(bad), undefined, bad);
    }
  });
});

describe('a list of agents and passwords', () => {
  it('identifies agents by ID, and by peripheral if it is given', async () => {
    const [a, b] = [await makeHash('a'), await makeHash('b')];
    const list = readPasswordList(`# agents\r\n\r\n007:${a}\r\n5001/007:${b}\r\n`);
    assert.equal(await fits('a', passwordOf(list, { peripheralId: 5000, agentId: '007' })!), true);
    assert.equal(await fits('b', passwordOf(list, { peripheralId: 5001, agentId: '007' })!), true);
    assert.equal(passwordOf(list, { peripheralId: 5000, agentId: '7' }), undefined);
  });

  it('names each invalid line by its number, without its content', async () => {
    const good = await makeHash('a');
    assert.throws(
      () => readPasswordList(`1001:${good}\n1002:swordfish\nnonsense\n\n1001:${good}\n1003 :${good}`),
      (error: Error) => {
        assert.match(error.message, /line 2 .*line 3 .*line 5 is about the same agent as line 1.*line 6/);
        assert.ok(!/swordfish|nonsense|scrypt/.test(error.message));
        return true;
      },
    );
  });
});

describe('a generated line of the list', () => {
  it('is made of the first line of the input', async () => {
    const line = await makePasswordLine('5000/1001', Readable.from(['swordfish\nsecond\n']));
    const kept = passwordOf(readPasswordList(line), { peripheralId: 5000, agentId: '1001' });
    assert.equal(await fits('swordfish', kept!), true);
  });

  it('is not made without a password, or for an invalid agent ID', async () => {
    await assert.rejects(makePasswordLine('1001', Readable.from([])), /there is none/);
    await assert.rejects(makePasswordLine('a:b', Readable.from(['x\n'])), /agent ID of at most 12/);
    await assert.rejects(makePasswordLine('1234567890123', Readable.from(['x\n'])), UsageError);
  });
});

describe('a file of agents and passwords', () => {
  let folder: string;
  let path: string;
  const logged: Array<[string, string, unknown]> = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ctios-agents-'));
    path = join(folder, 'agents');
    logged.length = 0;
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function write(...passwords: [string, string][]): Promise<void> {
    const lines = await Promise.all(passwords.map(async ([agent, password]) => `${agent}:${await makeHash(password)}`));
    // Like editors and configuration tools: writes a new file, then replaces the old one.
    writeFileSync(`${path}.new`, `${lines.join('\n')}\n`);
    renameSync(`${path}.new`, path);
  }
  const open = () => new PasswordFile(path, (level, event, details) => logged.push([level, event, details]));
  const claim = (agentId: string, password: string) => ({ peripheralId: 5000, agentId, password });

  it('accepts the correct password of an agent repeatedly, and rejects others', async () => {
    await write(['1001', 'one']);
    const file = open();
    for (let n = 0; n < 3; n++) {
      assert.equal(await file.check(claim('1001', 'one')), true);
      assert.equal(await file.check(claim('1001', 'two')), false);
      assert.equal(await file.check(claim('1002', 'one')), false);
      assert.equal(await file.check(claim('1001', '')), false);
    }
  });

  it('is read again when it changes', async () => {
    await write(['1001', 'one']);
    const clock = new VirtualClock();
    const file = open();
    file.watch(clock);
    assert.equal(await file.check(claim('1001', 'one')), true);
    await write(['1001', 'new one'], ['1002', 'two']);
    clock.advance(5_000);
    assert.equal(await file.check(claim('1001', 'one')), false);
    assert.equal(await file.check(claim('1001', 'new one')), true);
    assert.equal(await file.check(claim('1002', 'two')), true);
    assert.deepEqual(logged, [['info', 'agents read', { file: path, agents: 2 }]]);
    clock.advance(60_000);
    assert.equal(logged.length, 1, 'what has not changed is not read');
    file.stop();
    assert.equal(clock.pending, 0);
  });

  it('remains in effect unchanged while the new file is invalid or missing', async () => {
    await write(['1001', 'one']);
    const file = open();
    writeFileSync(path, '1001:swordfish\n');
    file.reload();
    rmSync(path);
    file.reload();
    assert.equal(await file.check(claim('1001', 'one')), true);
    assert.deepEqual(
      logged.map(([level, event]) => [level, event]),
      [
        ['error', 'agents not read'],
        ['error', 'agents not read'],
      ],
    );
    assert.match(JSON.stringify(logged), /line 1 holds no password/);
    assert.ok(!JSON.stringify(logged).includes('swordfish'));
  });

  it('renews outdated hashes when their agents log in, and changes nothing else', async () => {
    await write(['1002', 'two']);
    const rest = readFileSync(path, 'utf8');
    writeFileSync(path, `# agents\n1001:${OLD_HASH}\n5001/1001:${OLD_HASH}\n${rest}`);
    chmodSync(path, 0o640);
    const clock = new VirtualClock();
    const file = open();
    file.watch(clock);
    assert.equal(await file.check(claim('1001', 'wrong')), false);
    assert.equal(await file.check(claim('1001', 'one')), true);
    while (clock.pending < 2) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(1_000);
    const [comment, first, second, third] = readFileSync(path, 'utf8').split('\n');
    assert.equal(comment, '# agents');
    assert.match(first ?? '', /^1001:\$scrypt\$ln=14,r=8,p=5\$/);
    assert.match(second ?? '', /^5001\/1001:\$scrypt\$ln=14/);
    assert.equal(`${third}\n`, rest);
    assert.equal(statSync(path).mode & 0o777, 0o640);
    assert.equal(await file.check(claim('1001', 'one')), true);
    assert.equal(await file.check(claim('1002', 'two')), true);
    file.stop();
    assert.deepEqual(readdirSync(folder), ['agents']);
  });

  it('remains unchanged if it cannot be written, and reports this once', async () => {
    writeFileSync(path, `1001:${OLD_HASH}\n`);
    const clock = new VirtualClock();
    const file = open();
    file.watch(clock);
    mkdirSync(`${path}.new`);
    assert.equal(await file.check(claim('1001', 'one')), true);
    while (clock.pending < 2) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(1_000);
    assert.equal(readFileSync(path, 'utf8'), `1001:${OLD_HASH}\n`);
    assert.deepEqual(
      logged.map(([level, event]) => [level, event]),
      [['warn', 'agent passwords not renewed']],
    );
    file.stop();
  });

  it('is required at startup, and rejected with its invalid lines', () => {
    assert.throws(open, UsageError);
    writeFileSync(path, 'what\n');
    assert.throws(open, /agents: line 1 does not begin with an agent ID/);
  });
});
