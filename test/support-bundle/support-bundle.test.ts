import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import { encode } from '../../src/ged188/index.js';
import { pcapngOf, type Recording, readCaptureFile, redactRecording } from '../../src/recording/index.js';
import { RecentLines, type SupportFacts, supportBundle, withoutNames } from '../../src/support/index.js';

const SECRETS = ['cti-a.bank.example', 'crm-client', '0301234567', '10.20.30.40', 'Mustermann', 'swordfish'];

/** A recording of a message with a warning. */
function recording(): Buffer {
  const open = encode({ type: 'OPEN_REQ', InvokeID: 1, VersionNumber: 24, ClientID: 'crm-client' }, 24);
  const odd = encode(
    { type: 'BEGIN_CALL_EVENT', ANI: '0301234567', unknown: [{ tag: 299, data: Buffer.from('Mustermann') }] },
    24,
  );
  const taken: Recording = {
    redacted: false,
    sessions: [
      {
        id: 1,
        side: 'A',
        peer: 'cti-a.bank.example:42027',
        openedAt: 0,
        dropped: 0,
        frames: [
          { at: 0, from: 'client', bytes: open },
          { at: 1, from: 'server', bytes: odd },
        ],
      },
    ],
  };
  return pcapngOf(redactRecording(taken), 'test');
}

const facts: SupportFacts = {
  at: Date.UTC(2027, 0, 31),
  versions: { package: '1.2.3', node: 'v22.0.0' },
  settings: {
    connect: 'ctiserver',
    hostA: 'cti-a.bank.example',
    portA: 42_027,
    clientId: 'crm-client',
    tls: '',
    agentId: '1001',
    'record-personal-data': false,
    'max-queue': 20_000,
  },
  status: { phase: 'offline', reason: 'cti-a.bank.example:42027 refused the connection', counters: { events: 12_345 } },
  log: ['2027-01-31T10:11:12.123Z offline the session knows no agent 0301234567 at 10.20.30.40'],
  recording: recording(),
};

describe('the support bundle', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'ctios-support-'));
    writeFileSync(join(folder, 'bundle.tar.gz'), supportBundle(facts));
    // Must be readable by other programs.
    const { status, stderr } = spawnSync('tar', ['-xzf', 'bundle.tar.gz'], { cwd: folder, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  });
  after(() => rmSync(folder, { recursive: true }));

  const read = (name: string) => readFileSync(join(folder, 'ctios-support', name));
  const json = (name: string) => JSON.parse(read(name).toString()) as Record<string, unknown>;

  it('is an archive with a file for each subject, and one that explains them', () => {
    assert.deepEqual(readdirSync(join(folder, 'ctios-support')).sort(), [
      'README.txt',
      'log.txt',
      'oddities.json',
      'recording.pcapng',
      'settings.json',
      'status.json',
      'versions.json',
    ]);
    assert.equal(json('versions.json').package, '1.2.3');
  });

  it('shows which settings are set, and the values only of harmless ones', () => {
    assert.deepEqual(json('settings.json'), {
      connect: 'ctiserver',
      hostA: 'set',
      portA: 42_027,
      clientId: 'set',
      tls: 'blank',
      agentId: 'set',
      'record-personal-data': false,
      'max-queue': 20_000,
    });
  });

  it('contains the counters, and reasons without addresses', () => {
    assert.deepEqual(json('status.json'), {
      phase: 'offline',
      reason: '***:##### refused the connection',
      counters: { events: 12_345 },
    });
  });

  it('contains the lines of the log with their times, without numbers that may be personal', () => {
    assert.equal(
      read('log.txt').toString(),
      '2027-01-31T10:11:12.123Z offline the session knows no agent ########## at ***\n',
    );
  });

  it('contains messages with warnings as bytes, and the recording', () => {
    const [odd] = JSON.parse(read('oddities.json').toString()) as { type: string; oddities: string[]; bytes: string }[];
    assert.equal(odd!.type, 'BEGIN_CALL_EVENT');
    assert.match(odd!.oddities.join(), /tag 299/);
    const { sessions, redacted } = readCaptureFile(read('recording.pcapng'));
    assert.equal(redacted, true);
    assert.equal(sessions[0]!.frames[1]!.bytes.toString('hex'), odd!.bytes);
  });

  it('contains no secrets and no personal data in any file', () => {
    for (const name of readdirSync(join(folder, 'ctios-support'))) {
      const bytes = read(name);
      for (const secret of SECRETS) {
        assert.ok(!bytes.includes(secret), `${secret} is in ${name}`);
        assert.ok(!bytes.includes(Buffer.from(secret).toString('hex')), `the bytes of ${secret} are in ${name}`);
      }
    }
  });

  it('contains nothing of what settings and log lines name, in any form', () => {
    const settings = {
      'cti-server': [{ host: 'cti-b.bank.example', port: 42_027 }],
      peer: ['wss://peer.bank.example:42029/', 'wss://[2001:db8:77::dead:beef]:42029'],
      agents: ['773319'],
      natsServers: 'nats://n1.bank.example:4222, nats://n2.bank.example:4222',
      'audit-log': 'C:\\Users\\alice\\audit "q".log',
      'tls-key': '/home/alice/keys/server.key',
      retries: 'on',
    };
    const details = {
      client: 'Wolfeschlegel desk',
      peer: 'fe80::1',
      reason:
        'wss://peer.bank.example:42029/: getaddrinfo ENOTFOUND other.bank.example; n1.bank.example cti-b.bank.example',
      about: 'called 06 12 98 43 57 and +49 (30) 123-45; hubert@bank.example; 2001:db8:77::dead:beef, 10.20.30.40',
      cause: "ENOENT: no such file or directory, open '/home/alice/other/key.pem'",
      path: settings['audit-log'],
      agents: settings.agents,
    };
    const file = gunzipSync(
      supportBundle({
        ...facts,
        settings,
        status: {
          reason: 'cannot connect to wss://peer.bank.example:42029',
          oddities: [{ kind: 'unknown-tag', message: 'AGENT_STATE_EVENT', field: '299', count: 2 }],
        },
        log: [`2027-01-31T10:11:12.123Z warn peer not linked ${JSON.stringify(withoutNames(details))}`],
      }),
    ).toString('latin1');
    for (const hidden of [
      'bank.example',
      'alice',
      '773319',
      '12 98',
      '123-45',
      'dead:beef',
      'Wolf',
      'hubert',
      'fe80',
      '10.20',
    ])
      assert.ok(!file.includes(hidden), `${hidden} is in the bundle`);
    assert.match(file, /"field": "299"/, 'tag numbers are what a fault is found by');
    assert.match(file, /peer not linked .*ENOTFOUND/);
  });

  it('keeps the last lines of a log in memory, without consecutive duplicates', () => {
    const clock = new VirtualClock();
    const log = new RecentLines(clock, 3);
    for (const text of ['one', 'one', 'two', 'three\nof two lines', 'x'.repeat(9_999)]) {
      log.add(text);
      clock.advance(1_000);
    }
    assert.equal(log.lines.length, 3);
    assert.match(log.lines[1]!, /^\d{4}-\d\d-\d\dT.*Z three of two lines$/);
    assert.ok(log.lines[2]!.length < 600);
  });
});
