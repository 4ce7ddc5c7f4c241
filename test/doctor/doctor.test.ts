import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { type DoctorOptions, type Examination, examine, type FindingCode } from '../../src/doctor/index.js';
import { encode, type MessageInit, StatusCode } from '../../src/ged188/index.js';
import { Simulator, type SimulatorOptions } from '../../src/simulator/index.js';
import { ccxServer, listen, stopAll, type Tamper, tampered } from './tampering.js';

const TLS = join(__dirname, '../../../test/fixtures/tls');
const pem = (name: string) => readFileSync(join(TLS, name));
const COMMAND = resolve(__dirname, '../../src/cli/ctios-doctor.js');

const simulators = new Set<Simulator>();

async function simulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const started = new Simulator({ agents: 3, traffic: 'off', ...options });
  simulators.add(started);
  await started.start();
  return started;
}

const at = (port: number, host = '127.0.0.1') => ({ host, port });

function diagnose(port: number, options: Partial<DoctorOptions> = {}): Promise<Examination> {
  return examine({ sides: { A: at(port) }, clientId: 'lab', eventMs: 50, limitMs: 2_000, ...options });
}

const codes = ({ findings }: Examination, ...severities: string[]) =>
  findings.filter(({ severity }) => severities.includes(severity)).map(({ code }) => code);

/** A CTI Server that refuses each OPEN_REQ. */
const refusing = (status: number) =>
  tampers((message) =>
    message.type === 'OPEN_CONF' ? [{ type: 'FAILURE_CONF', InvokeID: message.InvokeID, Status: status }] : undefined,
  );

async function tampers(tamper: Tamper): Promise<number> {
  const { listening } = await simulator();
  return tampered(listening.portA, tamper);
}

const openConf = (change: (conf: Record<string, unknown>) => object) =>
  tampers((message) =>
    message.type === 'OPEN_CONF'
      ? [{ ...message, ...change(message as unknown as Record<string, unknown>) } as MessageInit]
      : undefined,
  );

const tlsSimulator = (cert: string, more: object = {}) =>
  simulator({ tls: { cert: pem(`${cert}.crt`), key: pem(`${cert}.key`), ...more } });
const CONF = encode(
  { type: 'OPEN_CONF', InvokeID: 1, ServicesGranted: 0xffffffff, PeripheralOnline: true, PeripheralType: 17 },
  25,
);
const trusting = { ca: pem('authority.crt'), servername: 'localhost' };

/** Faults, and what the doctor must find: exactly this, and no other error or warning. */
const faults: Readonly<Record<string, [FindingCode, () => Promise<Examination>]>> = {
  'a name that does not exist': [
    'name-unknown',
    () => examine({ sides: { A: at(42_027, 'cti.invalid') }, clientId: 'lab', limitMs: 5_000 }),
  ],
  'a port where nothing listens': ['port-closed', () => diagnose(1)],
  'a server that accepts and says nothing': [
    'no-cti-answer',
    async () => diagnose(await listen(() => {}), { limitMs: 200 }),
  ],
  'a server that hangs up': [
    'closed-at-once',
    async () => diagnose(await listen((socket) => void socket.on('data', () => socket.end()))),
  ],
  'a web server': [
    'another-protocol',
    async () => {
      const server = createHttpServer();
      await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
      try {
        return await diagnose((server.address() as AddressInfo).port);
      } finally {
        server.close();
      }
    },
  ],
  'an SSH server': [
    'another-protocol',
    async () => diagnose(await listen((socket) => void socket.write('SSH-2.0-OpenSSH_9.6\r\n'))),
  ],
  'a server that sends back what it receives': [
    'another-protocol',
    async () => diagnose(await listen((socket) => void socket.pipe(socket)), { limitMs: 200 }),
  ],
  'an answer that stops in the middle': [
    'no-cti-answer',
    async () => diagnose(await listen((socket) => socket.write(CONF.subarray(0, 6))), { limitMs: 200 }),
  ],
  'a connection that is cut in the middle of the answer': [
    'closed-at-once',
    async () => diagnose(await listen((socket) => void socket.on('data', () => socket.end(CONF.subarray(0, 20))))),
  ],
  'a TLS server that says nothing more': [
    'no-cti-answer',
    async () => {
      const server = createTlsServer({ cert: pem('good.crt'), key: pem('good.key') });
      await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
      try {
        return await diagnose((server.address() as AddressInfo).port, { tls: trusting, limitMs: 300 });
      } finally {
        server.close();
      }
    },
  ],
  'a port that does not respond to a TLS handshake': [
    'tls-no-answer',
    async () => diagnose(await listen(() => {}), { tls: trusting, limitMs: 200 }),
  ],
  'a TLS handshake that stops in the middle': [
    'tls-no-answer',
    async () =>
      diagnose(
        await listen((socket) => void socket.on('data', () => socket.write(Buffer.from([0x16, 3, 3, 0, 80, 2, 0])))),
        { tls: trusting, limitMs: 200 },
      ),
  ],
  'an answer with the number of another request': [
    'answer-odd',
    async () => diagnose(await openConf(({ InvokeID }) => ({ InvokeID: Number(InvokeID) + 77 }))),
  ],
  'answers to queries with the number of another request': [
    'answer-odd',
    async () =>
      diagnose(
        await tampers((message) =>
          message.type === 'QUERY_AGENT_STATE_CONF' || message.type === 'HEARTBEAT_CONF'
            ? [{ ...message, InvokeID: message.InvokeID + 77 }]
            : undefined,
        ),
      ),
  ],
  'an answer that is shorter than its version requires': [
    'answer-odd',
    async () =>
      diagnose(
        await tampers((message) => {
          if (message.type !== 'OPEN_CONF') return undefined;
          const short = encode(message, 25).subarray(0, 20);
          short.writeUInt32BE(12, 0);
          return [short];
        }),
      ),
  ],
  'another message than the answer': [
    'refused-otherwise',
    async () =>
      diagnose(await tampers(({ type }) => (type === 'OPEN_CONF' ? [{ type: 'SYSTEM_EVENT' }] : undefined)), {
        limitMs: 400,
      }),
  ],
  'a server that hangs up after it has opened the session': [
    'session-lost',
    async () => diagnose(await listen((socket) => void socket.on('data', () => socket.end(CONF)))),
  ],
  'bytes that are nothing known': [
    'another-protocol',
    async () => diagnose(await listen((socket) => void socket.write(Buffer.alloc(40, 0xee)))),
  ],
  'TLS where plain TCP was tried': ['tls-expected', async () => diagnose((await tlsSimulator('good')).listening.portA)],
  'plain TCP where TLS was tried': [
    'tls-not-spoken',
    async () => diagnose((await simulator()).listening.portA, { tls: trusting }),
  ],
  'a certificate of an unknown authority': [
    'tls-not-trusted',
    async () => diagnose((await tlsSimulator('untrusted')).listening.portA, { tls: trusting }),
  ],
  'a certificate for another name': [
    'tls-wrong-name',
    async () => diagnose((await tlsSimulator('other-name')).listening.portA, { tls: trusting }),
  ],
  'a certificate that has expired': [
    'tls-expired',
    async () => diagnose((await tlsSimulator('expired')).listening.portA, { tls: trusting }),
  ],
  'a certificate that is about to expire': [
    'tls-expiring',
    async () => diagnose((await tlsSimulator('good')).listening.portA, { tls: trusting, now: beforeExpiry }),
  ],
  'a key that does not belong to the client certificate': [
    'tls-own-settings',
    async () =>
      diagnose((await tlsSimulator('good')).listening.portA, {
        tls: { ...trusting, cert: pem('client.crt'), key: pem('good.key') },
      }),
  ],
  'a server that wants a client certificate': [
    'tls-client-certificate',
    async () =>
      diagnose((await tlsSimulator('good', { ca: pem('authority.crt') })).listening.portA, {
        tls: trusting,
      }),
  ],
  'a wrong password': [
    'password-refused',
    async () => {
      const { listening } = await simulator({ credentials: { clientId: 'lab', clientPassword: 'right' } });
      return diagnose(listening.portA, { sameId: true, password: 'wrong' });
    },
  ],
  'a server that admits configured client IDs only': [
    'test-id-refused',
    async () => {
      const { listening } = await simulator({ credentials: { clientId: 'lab', clientPassword: 'right' } });
      return diagnose(listening.portA, { password: 'right' });
    },
  ],
  'a server that is too old': [
    'version-unsupported',
    async () => diagnose(await refusing(StatusCode.E_CTI_INVALID_VERSION)),
  ],
  'a version that the server does not speak': [
    'version-not-spoken',
    async () => diagnose(await refusing(StatusCode.E_CTI_INVALID_VERSION), { protocolVersion: 14 }),
  ],
  'the side that is not the active one': ['not-master', async () => diagnose((await simulator()).listening.portB)],
  'a server that says that it is not the master': [
    'not-master',
    async () => diagnose(await refusing(StatusCode.E_CTI_SERVER_NOT_MASTER)),
  ],
  'a server that is off-line': [
    'cti-server-offline',
    async () => diagnose(await refusing(StatusCode.E_CTI_CTI_SERVER_OFFLINE)),
  ],
  'a server in maintenance': [
    'in-maintenance',
    async () => diagnose(await refusing(StatusCode.E_CTI_SERVER_IN_MAINTENANCE_MODE)),
  ],
  'a refusal of another kind': [
    'refused-otherwise',
    async () => diagnose(await refusing(StatusCode.E_CTI_UNSPECIFIED_FAILURE)),
  ],
  'a pair without an active side': [
    'no-active-side',
    async () => {
      const { listening } = await simulator();
      return examine({
        sides: { A: at(listening.portB), B: at(listening.portB) },
        clientId: 'lab',
        eventMs: 50,
        limitMs: 2_000,
      });
    },
  ],
  'a side B that is not there': [
    'port-closed',
    async () => {
      const { listening } = await simulator();
      return examine({ sides: { A: at(listening.portA), B: at(1) }, clientId: 'lab', eventMs: 50, limitMs: 2_000 });
    },
  ],
  'services that are not granted': [
    'services-missing',
    async () => diagnose(await openConf((conf) => ({ ServicesGranted: Number(conf.ServicesGranted) & ~0x80 }))),
  ],
  'essential services that are not granted': [
    'services-essential',
    async () => diagnose(await openConf((conf) => ({ ServicesGranted: Number(conf.ServicesGranted) & ~0x04 }))),
  ],
  'a central controller that is lost': [
    'controller-down',
    async () => {
      const center = await simulator();
      center.run('centralControllerOffline', {});
      return diagnose(center.listening.portA);
    },
  ],
  'an OPC that is down': ['opc-down', async () => diagnose(await openConf(() => ({ PGStatus: 1 })))],
  'a gateway with limited function': [
    'limited-function',
    async () => diagnose(await openConf(() => ({ PGStatus: 16 }))),
  ],
  'a peripheral that is off-line': [
    'peripheral-offline',
    async () => {
      const center = await simulator();
      center.run('peripheralOffline', {});
      return diagnose(center.listening.portA);
    },
  ],
  'a peripheral that is not there': [
    'peripheral-unknown',
    async () => diagnose((await simulator()).listening.portA, { peripheralId: 5_999 }),
  ],
  'a clock that is wrong': [
    'clock-differs',
    async () =>
      diagnose(await openConf((conf) => ({ ICMCentralControllerTime: Number(conf.ICMCentralControllerTime) - 3_600 }))),
  ],
  'heartbeats that are not answered': [
    'heartbeat-unanswered',
    async () =>
      diagnose(await tampers((message) => (message.type === 'HEARTBEAT_CONF' ? [] : undefined)), { limitMs: 400 }),
  ],
  'a long way': [
    'round-trip-long',
    async () =>
      diagnose(
        await tampers((message, later) => {
          if (message.type !== 'HEARTBEAT_CONF') return undefined;
          later(encode(message, 25), 700);
          return [];
        }),
      ),
  ],
  'agents that cannot be queried': [
    'agents-refused',
    async () =>
      diagnose(
        await tampers((message) =>
          message.type === 'QUERY_AGENT_STATE_CONF'
            ? [{ type: 'FAILURE_CONF', InvokeID: message.InvokeID, Status: StatusCode.E_CTI_FUNCTION_NOT_AVAILABLE }]
            : undefined,
        ),
      ),
  ],
  'queries that are not answered': [
    'agents-unanswered',
    async () =>
      diagnose(await tampers((message) => (message.type === 'QUERY_AGENT_STATE_CONF' ? [] : undefined)), {
        limitMs: 400,
      }),
  ],
  'an agent that does not exist': [
    'agent-unknown',
    async () => diagnose((await simulator()).listening.portA, { agents: ['4711'] }),
  ],
  'another client under the same ID': [
    'id-fought-for',
    async () =>
      diagnose(
        await tampers((message) =>
          message.type === 'QUERY_AGENT_STATE_CONF'
            ? [message, { type: 'FAILURE_EVENT', Status: StatusCode.E_CTI_NEW_SESSION_OPENED }]
            : undefined,
        ),
      ),
  ],
  'a session that the server ends': [
    'session-lost',
    async () =>
      diagnose(
        await tampers((message) =>
          message.type === 'QUERY_AGENT_STATE_CONF'
            ? [message, { type: 'FAILURE_EVENT', Status: StatusCode.E_CTI_TIMEOUT }]
            : undefined,
        ),
      ),
  ],
  'bytes that are changed on the way': [
    'messages-broken',
    async () =>
      diagnose(
        await tampers((message) =>
          message.type === 'QUERY_AGENT_STATE_CONF' ? [message, Buffer.alloc(16, 0xff)] : undefined,
        ),
      ),
  ],
};

/** The certificate remains valid for another week. */
function beforeExpiry(): number {
  const { X509Certificate } = require('node:crypto') as typeof import('node:crypto');
  return Date.parse(new X509Certificate(pem('good.crt')).validTo) - 7 * 86_400_000;
}

describe('the doctor', function () {
  this.timeout(60_000);
  afterEach(async () => {
    stopAll();
    for (const each of simulators) await each.stop();
    simulators.clear();
  });

  it('recognizes at least 25 faults', () => assert.ok(Object.keys(faults).length >= 25));

  for (const [fault, [code, run]] of Object.entries(faults))
    it(`finds ${fault}`, async () => {
      const result = await run();
      const bad = codes(result, 'error', 'warning');
      assert.ok(bad.includes(code), `${code} is not among ${bad.join(', ')}`);
      // A wrong time also shows in the clock message; for a pair each side is reported.
      const rest = bad.filter(
        (each) => each !== code && each !== 'not-master' && !(code === 'tls-expiring' && each === 'clock-differs'),
      );
      assert.deepEqual(rest, [], JSON.stringify(result.findings, undefined, 1));
      assert.equal(result.healthy, false);
      assert.ok(
        result.findings
          .filter(({ severity }) => severity === 'error' || severity === 'warning')
          .every(({ todo }) => todo !== undefined),
      );
    });

  for (const profile of ['standard', 'real-site'] as const)
    it(`raises no false alarm for a healthy site (${profile})`, async () => {
      const { listening } = await simulator({ profile, agents: 20, traffic: 'rush' });
      const sides = { A: at(listening.portA), B: at(listening.portB) };
      const result = await examine({ sides, clientId: 'lab', eventMs: 2_000, limitMs: 5_000 });
      assert.deepEqual(codes(result, 'error', 'warning'), [], JSON.stringify(result.findings, undefined, 1));
      assert.equal(result.healthy, true);
      assert.ok(codes(result, 'ok').includes('family-cce'));
    });

  for (const protocolVersion of [13, 14, 18, 19, 23])
    it(`raises no false alarm with version ${protocolVersion}`, async () => {
      const { listening } = await simulator();
      assert.deepEqual(codes(await diagnose(listening.portA, { protocolVersion }), 'error', 'warning'), []);
    });

  it('names the protocol of another service', async () => {
    for (const [greeting, name] of [
      ['SSH-2.0-OpenSSH_9.2p1\r\n', 'SSH'],
      ['220 mail.example.com ESMTP\r\n', 'mail or FTP'],
      ['+OK POP3 ready\r\n', 'mail or FTP'],
      ['* OK IMAP4rev1\r\n', 'mail or FTP'],
      ['SIP/2.0 400 Bad Request\r\n\r\n', 'SIP'],
      ['-ERR unknown command\r\n', 'Redis'],
      ['INFO {"server_id":"N"}\r\n', 'NATS'],
      ['J\0\0\0\x0a8.0.35\0', 'MySQL'],
      ['\xff\xfd\x18\xff\xfd\x20', 'Telnet'],
      ['\x03\0\0\x13\x0e\xd0\0\0', 'Remote Desktop'],
    ] as const) {
      const port = await listen((socket) => void socket.on('data', () => socket.write(greeting, 'latin1')));
      const { findings } = await diagnose(port, { limitMs: 200 });
      const [wrong, ...rest] = findings.filter(({ severity }) => severity === 'error');
      assert.equal(wrong?.code, 'another-protocol', name);
      assert.ok(wrong.message.includes(name), wrong.message);
      assert.deepEqual(rest, []);
    }
  });

  it('recognizes Unified CCX, and raises no false alarm for it', async () => {
    const result = await diagnose(await ccxServer());
    assert.deepEqual(codes(result, 'error', 'warning'), [], JSON.stringify(result.findings, undefined, 1));
    const family = result.findings.find(({ check }) => check === 'family');
    assert.equal(family?.code, 'family-ccx');
    assert.match(family?.message ?? '', /protocol version 18/);
  });

  it('reports that a session uses the client ID, without ending it', async () => {
    const center = await simulator();
    const { portA } = center.listening;
    const running = await sessionOf(portA, 'lab');
    const result = await diagnose(portA);
    const clients = result.findings.find(({ check }) => check === 'clients');
    assert.equal(clients?.code, 'id-in-use');
    assert.match(clients?.message ?? '', /2 all-events sessions/);
    assert.equal(result.healthy, true);
    assert.equal(running.destroyed, false);
    const open = () => center.run('status').sides.reduce((sum, { sessions }) => sum + sessions.length, 0);
    // The doctor has said goodbye; its connection closes a moment later.
    while (open() > 1) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(open(), 1);
  });

  it('reports the warnings about messages', async () => {
    const port = await tampers((message) =>
      message.type === 'QUERY_AGENT_STATE_CONF'
        ? [message, { type: 'AGENT_STATE_EVENT', AgentState: 99, unknown: [{ tag: 333, data: Buffer.from('x') }] }]
        : undefined,
    );
    const result = await diagnose(port);
    const messages = result.findings.find(({ check }) => check === 'messages');
    assert.equal(messages?.code, 'messages-odd');
    assert.match(messages?.message ?? '', /333/);
    assert.equal(result.healthy, true);
  });

  it('never reveals a password', async () => {
    const result = await diagnose((await simulator()).listening.portA, { password: 'swordfish' });
    assert.ok(!JSON.stringify(result).includes('swordfish'));
  });

  it('prints lines or JSON as a command, and has an exit code', async () => {
    const { listening } = await simulator();
    const run = async (...args: string[]) => {
      const child = spawn(process.execPath, [COMMAND, ...args, '--wait', '0', '--limit', '2'], { stdio: 'pipe' });
      let stdout = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      const [status] = (await once(child, 'close')) as [number];
      return { status, stdout };
    };
    const lines = await run('--cti-server', `127.0.0.1:${listening.portA},127.0.0.1:${listening.portB}`);
    assert.equal(lines.status, 0, lines.stdout);
    assert.match(lines.stdout, /^A ok {6}TCP connection: /m);
    assert.match(lines.stdout, /No problems found\.\n$/);
    const json = await run('--cti-server', '127.0.0.1:1', '--json');
    assert.equal(json.status, 1);
    assert.equal((JSON.parse(json.stdout) as Examination).findings.at(-1)?.code, 'port-closed');
    const old = await openConf((conf) => ({ ICMCentralControllerTime: Number(conf.ICMCentralControllerTime) - 3_600 }));
    assert.equal((await run('--cti-server', `127.0.0.1:${old}`)).status, 3);
    assert.equal((await run('--json')).status, 2);
  });
});

/** An all-events session of another client. */
async function sessionOf(port: number, clientId: string) {
  const { connect } = await import('node:net');
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(
    encode(
      {
        type: 'OPEN_REQ',
        InvokeID: 1,
        VersionNumber: 24,
        IdleTimeout: 60,
        PeripheralID: 0xffffffff,
        ServicesRequested: 0x10,
        ClientID: clientId,
      },
      24,
    ),
  );
  await once(socket, 'data');
  return socket;
}
