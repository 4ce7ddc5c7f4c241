/**
 * Attacks on a `ctios-server`: a separate process with little memory, on real sockets. Each case once crashed or
 * stopped the server, filled its memory, or wrote what it should not.
 */
import assert from 'node:assert/strict';
import { AnyClient, ServerProcess } from './server-process.js';

const LONG = 'x'.repeat(100_000);

/** Verifies that the server still serves other clients. */
async function serves(server: ServerProcess): Promise<void> {
  const client = await AnyClient.greeted(server.url, 'honest');
  client.request(1, 'SetMessageFilter', { Filter: '' });
  const done = await client.until(({ kind }) => kind === 'done');
  assert.equal(done.kind === 'done' && done.outcome, 'confirmed');
  client.end();
  assert.equal(server.exitCode, undefined, server.log.join('\n'));
}

describe('attackers of a ctios-server', function () {
  this.timeout(120_000);
  let server: ServerProcess;
  afterEach(() => server.stop());

  it('cannot fill the memory with unknown request names', async () => {
    server = await ServerProcess.start(['--max-request-rate', '100000']);
    const client = await AnyClient.greeted(server.url, LONG);
    const COUNT = 5_000;
    for (let id = 1; id <= COUNT; id++) {
      client.request(id, `Nonsense${id}${LONG.slice(0, 20_000)}`, {}, `call.${id}.${LONG.slice(0, 1_000)}`);
      if (id % 200 === 0) await client.until((message) => message.kind === 'done' && message.id === id);
    }
    const metrics = await server.metrics();
    assert.match(metrics, /ctios_requests_total\{request="unknown",outcome="failed"\} 5000/);
    assert.ok(metrics.length < 20_000, `${metrics.length} bytes of metrics`);
    await serves(server);
  });

  it('cannot stop it with a thousand snapshots in one write', async () => {
    server = await ServerProcess.start([], 500);
    const honest = await AnyClient.greeted(server.url, 'honest');
    const client = await AnyClient.greeted(server.url);
    for (let id = 1; id <= 1_000; id++) client.request(id, 'SetMessageFilter', { Filter: '' });
    honest.say({ kind: 'heartbeat', id: 1 });
    await honest.until(({ kind }) => kind === 'heartbeat');
    const answered = client.messages.filter(({ kind }) => kind === 'done').length;
    assert.ok(answered <= 1_000);
    await serves(server);
    honest.end();
    client.end();
  });

  it('cannot write lines or control characters into its log', async () => {
    server = await ServerProcess.start();
    const name = 'a"}\n{"level":"error","event":"forged"}\r\u001b[31m\u2028\u0000';
    const client = await AnyClient.greeted(server.url, name);
    client.request(1, `Hold\n{"event":"forged"}\u001b[2J`, {}, 'call.5000.1.\n2001');
    await client.until(({ kind }) => kind === 'done');
    client.end();
    await serves(server);
    for (const line of server.log) {
      const entry = JSON.parse(line) as { event?: string };
      assert.notEqual(entry.event, 'forged');
      assert.ok(
        [...line].every((each) => each >= ' ' && each !== '\u007f'),
        line,
      );
    }
  });

  for (const [what, message] of [
    ['nothing', 'null'],
    ['a list', '[]'],
    ['what is no JSON', '{'],
    ['a message of no kind', '{"kind":"constructor"}'],
    ['a request without a number', '{"kind":"request","request":"Hold","args":{},"answerMs":1}'],
    ['a request with null for its arguments', '{"kind":"request","id":1,"request":"Hold","args":null,"answerMs":1}'],
    ['a time of no end', '{"kind":"request","id":1,"request":"Hold","args":{},"answerMs":1e999}'],
    ['a message of a megabyte', JSON.stringify({ kind: 'hello', version: 1, client: 'x'.repeat(1e6) })],
  ] as const)
    it(`are disconnected for ${what}, without effects on others`, async () => {
      server = await ServerProcess.start();
      const client = await AnyClient.greeted(server.url);
      client.say(message);
      assert.ok((await client.closed) > 1000);
      await serves(server);
    });

  it('gain nothing from arguments a thousand levels deep, or many', async () => {
    server = await ServerProcess.start(['--allow-monitor-control']);
    const client = await AnyClient.greeted(server.url);
    client.request(1, 'SetMessageFilter', { Filter: '' });
    const deep = `${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`;
    const many = JSON.stringify(Object.fromEntries(Array.from({ length: 12_000 }, (_, n) => [`k${n}`, n])));
    let id = 1;
    for (const args of [deep, `{"CallVariable1":${deep}}`, `{"ECC":${deep}}`, many, `{"ECC":${many}}`]) {
      for (const request of ['Hold', 'SetCallData', 'SendChatMessage']) {
        client.say(
          `{"kind":"request","id":${++id},"request":"${request}","target":"call.5000.1.2001","args":${args},"answerMs":5000}`,
        );
      }
    }
    for (let each = 2; each <= id; each++) {
      const done = await client.until((message) => message.kind === 'done' && message.id === each);
      assert.equal(done.kind === 'done' && done.outcome, 'failed', JSON.stringify(done));
      assert.ok(JSON.stringify(done).length < 2_000, 'what was sent is not sent back');
    }
    await serves(server);
    client.end();
  });

  it('change nothing with the property names that every object has', async () => {
    server = await ServerProcess.start(['--allow-monitor-control']);
    const client = await AnyClient.greeted(server.url);
    client.request(1, 'SetMessageFilter', { Filter: '' });
    await client.until((message) => message.kind === 'done' && message.id === 1);
    let id = 1;
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']) {
      client.request(++id, name);
      client.request(++id, 'Hold', {}, name);
      client.request(++id, 'Hold', {}, `call.5000.${name}`);
      client.say(
        `{"kind":"request","id":${++id},"request":"SetCallData","target":"call.5000.1.2001","args":{"${name}":{"${name}":"x"}},"answerMs":5000}`,
      );
    }
    for (let each = 2; each <= id; each++) {
      const done = await client.until((message) => message.kind === 'done' && message.id === each);
      assert.equal(done.kind === 'done' && done.outcome, 'failed', JSON.stringify(done));
    }
    await serves(server);
    client.end();
  });

  it('are served while the disk of the audit log is full, and the log reports that entries are missing', async () => {
    server = await ServerProcess.start(['--audit-log', '/dev/full']);
    await serves(server);
    await serves(server);
    assert.ok(
      server.log.some((line) => line.includes('audit log not written') && line.includes('ENOSPC')),
      server.log.join('\n'),
    );
  });
});
