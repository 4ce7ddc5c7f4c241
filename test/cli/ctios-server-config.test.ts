import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonLog } from '../../src/cli/ctios-server/log.js';
import { configSchema } from '../../src/cli/ctios-server/options/config-schema.js';
import { deskSettings } from '../../src/cli/ctios-server/options/desk-options.js';
import { helpText } from '../../src/cli/ctios-server/options/help.js';
import { options } from '../../src/cli/ctios-server/options/options.js';
import { readConfig } from '../../src/cli/ctios-server/options/read-config.js';
import { secret } from '../../src/cli/secrets.js';
import { UsageError } from '../../src/cli/usage-error.js';
import { defaultSettings } from '../../src/server/index.js';

function configOf(...argv: string[]) {
  return readConfig(argv).config();
}

function refusal(...argv: string[]): string {
  try {
    configOf(...argv);
  } catch (error) {
    assert.ok(error instanceof UsageError);
    return error.message;
  }
  return assert.fail(`accepted ${argv.join(' ')}`);
}

describe('the options of ctios-server', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ctios-server-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function file(name: string, text: string): string {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  }

  it('require only the CTI Server, and bind to loopback', () => {
    const config = configOf('--cti-server', 'cti-a.example.com:42027,cti-b.example.com:43027');
    assert.deepEqual(config['cti-server'], [
      { host: 'cti-a.example.com', port: 42027 },
      { host: 'cti-b.example.com', port: 43027 },
    ]);
    assert.deepEqual(config.listen, { host: '127.0.0.1', port: 42028 });
    assert.equal(config['allow-monitor-control'], false);
    assert.equal(config['max-monitor-sessions'], undefined);
    assert.equal(config.health, undefined);
  });

  it('report their errors', () => {
    const server = ['--cti-server', 'a:1'] as const;
    assert.match(refusal(), /--cti-server is required/);
    assert.match(refusal('--cti-server', 'nowhere'), /"nowhere" is not host:port/);
    assert.match(refusal('--cti-server', 'cti:0'), /"cti:0" must have a port from 1 to 65535/);
    assert.match(refusal('--cti-server', 'a:1,b:2,c:3'), /one or two/);
    assert.match(refusal('--cti-server', 'a:70000'), /not host:port/);
    assert.match(refusal(...server, '--heartbeat', 'soon'), /--heartbeat must be a whole number from 0/);
    assert.match(refusal(...server, '--protocol-version', '26'), /from 13 to 25/);
    assert.match(refusal(...server, '--tls-cert', 'x'), /--tls-cert and --tls-key must be used together/);
    assert.match(refusal(...server, '--tls-ca', 'x'), /--tls-ca needs/);
    assert.match(refusal(...server, '--config', join(folder, 'none.json')), /none\.json/);
    assert.throws(() => readConfig(['--fly']), /--fly/);
    assert.match(refusal(...server, '--peer', 'b.example.com:42030'), /"b.example.com:42030" is not a ws:/);
    assert.match(refusal(...server, '--peer', 'http://b'), /not a ws:/);
    assert.match(refusal(...server, '--peer', 'ws://b:1,ws://B:1/'), /ws:\/\/b:1\/ twice/);
    assert.match(refusal(...server, '--peer', 'ws://me:walnut@b:1'), /^(?!.*walnut).*secret does not belong/);
    assert.match(refusal(...server, '--peer', 'http://me:walnut@b:1'), /^(?!.*walnut)/);
    assert.match(
      refusal(...server, '--supervisor-chat-level', 'primarySupervisor'),
      /one of: disabled, team, unrestricted/,
    );
  });

  it('do not open agent mode to other machines by mistake', () => {
    const server = ['--cti-server', 'a:1'] as const;
    const everywhere = [...server, '--listen', '0.0.0.0:42028'] as const;
    assert.match(refusal(...everywhere), /--agent-passwords FILE or --agent-check URL.*--unproven-agents/);
    assert.equal(configOf(...everywhere, '--agent-passwords', 'x')['agent-passwords'], 'x');
    assert.equal(configOf(...everywhere, '--agent-check', 'https://x')['agent-check'], 'https://x');
    assert.equal(configOf(...everywhere, '--unproven-agents')['unproven-agents'], true);
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '127.1.2.3']) configOf(...server, '--listen', `${host}:1`);
    for (const host of ['[::]', '10.0.0.1', '127.0.0.1.example.com', 'ctios']) {
      assert.match(refusal(...server, '--listen', `${host}:1`), /lets other machines connect/, host);
    }
    assert.match(refusal(...everywhere, '--agent-passwords', 'x', '--unproven-agents'), /cannot be combined/);
    assert.match(refusal(...everywhere, '--agent-passwords', 'x', '--agent-check', 'https://x'), /cannot be combined/);
    assert.match(refusal(...server, '--agent-check-ca', 'x'), /--agent-check-ca needs --agent-check/);
  });

  it('accept no password on the command line', () => {
    assert.throws(() => readConfig(['--client-password', 'x']), UsageError);
  });

  it('are also read from a file, with precedence for the command line', () => {
    const path = file(
      'server.json',
      JSON.stringify({
        ctiServer: ['a:1', 'b:2'],
        listen: '0.0.0.0:4000',
        unprovenAgents: true,
        name: 'one',
        'allow-monitor-control': true,
      }),
    );
    const config = configOf('--config', path, '--name', 'two', '--listen', '[::1]:5000');
    assert.equal(config['cti-server']?.length, 2);
    assert.deepEqual(config.listen, { host: '::1', port: 5000 });
    assert.equal(config.name, 'two');
    assert.equal(config['allow-monitor-control'], true);
  });

  it('reject a file with unknown keys, secrets or invalid values', () => {
    assert.match(refusal('--config', file('a.json', '{"ctiSrever": "a:1"}')), /no option "ctiSrever"/);
    assert.match(refusal('--config', file('b.json', '{"clientPassword": "x"}')), /secrets are read from/);
    assert.match(refusal('--config', file('c.json', '[1]')), /JSON object/);
    assert.match(refusal('--config', file('d.json', '{')), /d\.json/);
    assert.match(
      refusal('--config', file('e.json', '{"cti-server":"a:1","cti-tls":"yes"}')),
      /--cti-tls must be true or false/,
    );
  });

  it('have a schema for their file that contains each of them', () => {
    const { properties, required } = configSchema();
    assert.deepEqual(required, ['cti-server']);
    for (const name of Object.keys(options)) assert.ok(properties[name], name);
    assert.deepEqual(properties.heartbeat, {
      type: 'integer',
      minimum: 0,
      maximum: 3_600_000,
      default: 60_000,
      description: options.heartbeat.about,
    });
  });

  it('define the statistics for desktops, and the end of silent monitoring', () => {
    const at = ['--cti-server', 'cti:42027'];
    const plain = deskSettings(configOf(...at));
    for (const [name, value] of Object.entries(plain)) {
      assert.deepEqual(value, defaultSettings[name as keyof typeof plain], `${name} has another default`);
    }
    const said = deskSettings(
      configOf(
        ...at,
        ...['--agent-statistics-every', '15', '--skill-group-statistics-every', '30', '--stop-monitor-on-other-calls'],
        ...['--agent-statistics', 'AvailTimeToday, HandledCallsToday', '--whole-statistics-for-monitors'],
      ),
    );
    assert.deepEqual(said, {
      stopSilentMonitorOnNonAcdCall: true,
      pollForAgentStatsAtEndCall: false,
      agentPollingIntervalSec: 15,
      skillGroupPollingIntervalSec: 30,
      agentStatisticsColumns: ['AvailTimeToday', 'HandledCallsToday'],
      skillGroupStatisticsColumns: [],
      disableMonitorModeStatsMinimization: true,
    });
  });

  it('are all described in the help', () => {
    const help = helpText();
    for (const name of Object.keys(options)) assert.ok(help.includes(`--${name}`), name);
    for (const line of help.split('\n')) assert.ok(line.length <= 100, line);
  });
});

describe('secrets of ctios-server', () => {
  it('are read from a file, otherwise from the environment', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ctios-server-'));
    try {
      const path = join(folder, 'password');
      writeFileSync(path, 'swordfish\n');
      assert.equal(secret(path, 'other'), 'swordfish');
      assert.equal(secret(undefined, 'other'), 'other');
      assert.equal(secret(undefined, ''), undefined);
      writeFileSync(path, '');
      assert.throws(() => secret(path, undefined), /is empty/);
      assert.throws(() => secret(join(folder, 'none'), undefined), UsageError);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('are not written to the log', () => {
    const lines: string[] = [];
    const log = jsonLog(
      (line) => lines.push(line),
      () => 0,
      false,
    );
    log('info', 'x', { clientPassword: 'swordfish', nested: { AgentPassword: 'hunter2' } });
    assert.deepEqual(JSON.parse(lines[0]!), {
      time: '1970-01-01T00:00:00.000Z',
      level: 'info',
      event: 'x',
      clientPassword: '***',
      nested: { AgentPassword: '***' },
    });
  });

  it('are not the only thing that a quiet log omits', () => {
    const lines: string[] = [];
    const log = jsonLog(
      (line) => lines.push(line),
      () => 0,
      true,
    );
    log('info', 'chatter');
    log('warn', 'trouble');
    assert.equal(lines.length, 1);
  });
});
