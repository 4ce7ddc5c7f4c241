import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { siteCheck } from '../../../src/cli/ctios-server/agents/site-check.js';
import { UsageError } from '../../../src/cli/usage-error.js';
import { systemClock } from '../../../src/common/clock.js';
import { VirtualClock } from '../../../src/common/virtual-clock.js';

const pem = (name: string) => readFileSync(join(resolve(__dirname, '../../../../test/fixtures/tls'), name));
const CLAIM = { peripheralId: 5000, agentId: '007', password: 'geheim' };

describe("the site's own check of agents", () => {
  const open: Array<() => void> = [];
  afterEach(() => {
    for (const close of open.splice(0)) close();
  });

  async function site(
    answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
    tls?: string,
  ) {
    const handle = (request: IncomingMessage, response: ServerResponse): void => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      request.once('end', () => answer(request, response, body));
    };
    const server: Server =
      tls === undefined
        ? createServer(handle)
        : createTlsServer({ cert: pem(`${tls}.crt`), key: pem(`${tls}.key`) }, handle);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    open.push(() => {
      server.close();
      server.closeAllConnections();
    });
    return `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}/agents`;
  }

  function check(url: string, more: Partial<Parameters<typeof siteCheck>[0]> = {}) {
    const made = siteCheck({ url, clock: systemClock, ...more });
    open.push(() => made.close());
    return made;
  }

  it('receives the credentials as JSON, with the token', async () => {
    const seen: unknown[] = [];
    const url = await site((request, response, body) => {
      seen.push(
        request.method,
        request.url,
        request.headers.authorization,
        request.headers['content-type'],
        JSON.parse(body),
      );
      response.writeHead(204).end();
    });
    assert.equal(await check(url, { token: 't0ken' })(CLAIM), true);
    assert.deepEqual(seen, ['POST', '/agents', 'Bearer t0ken', 'application/json', CLAIM]);
  });

  for (const [status, known] of [
    [200, true],
    [204, true],
    [401, false],
    [403, false],
  ] as const) {
    it(`${known ? 'accepts' : 'rejects'} the agent with ${status}`, async () => {
      const url = await site((_, response) => response.writeHead(status).end('whatever'));
      assert.equal(await check(url)(CLAIM), known);
    });
  }

  for (const status of [302, 400, 404, 429, 500, 503]) {
    it(`fails with ${status}`, async () => {
      const url = await site((_, response) => response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end());
      await assert.rejects(async () => check(url)(CLAIM), new RegExp(`answered ${status}`));
    });
  }

  it('times out', async () => {
    const clock = new VirtualClock();
    const url = await site(() => clock.advance(5_000));
    await assert.rejects(async () => check(url, { clock })(CLAIM), /did not answer within 5 s/);
    assert.equal(clock.pending, 0);
  });

  it('fails if no server listens, or if it closes the connection', async () => {
    const url = await site((request) => void request.socket.destroy());
    await assert.rejects(async () => check(url)(CLAIM), /cannot be asked/);
    await assert.rejects(async () => check('http://127.0.0.1:1/')(CLAIM), /cannot be asked: .*ECONNREFUSED/);
  });

  it('is trusted over TLS only with a trusted certificate', async () => {
    const ok = (_: unknown, response: ServerResponse) => void response.writeHead(200).end();
    assert.equal(await check(await site(ok, 'good'), { ca: pem('authority.crt') })(CLAIM), true);
    const expired = await site(ok, 'expired');
    await assert.rejects(async () => check(expired, { ca: pem('authority.crt') })(CLAIM), /cannot be asked: .*expired/);
    const unknown = await site(ok, 'good');
    await assert.rejects(async () => check(unknown)(CLAIM), /cannot be asked/);
  });

  it('must not be remote without TLS, or contain secrets in its address', () => {
    for (const [url, problem] of [
      ['http://people.example.com/', /must be an https: URL/],
      ['ftp://people.example.com/', /must be an https: URL/],
      ['people', /must be a URL/],
      ['https://user:geheim@people.example.com/', /secrets do not belong in a URL/],
    ] as const) {
      assert.throws(
        () => siteCheck({ url, clock: systemClock }),
        (error) => {
          assert.ok(error instanceof UsageError);
          assert.match(error.message, problem);
          assert.ok(!error.message.includes('geheim'));
          return true;
        },
      );
    }
    for (const url of [
      'http://localhost:8080/',
      'http://[::1]:1/',
      'http://127.0.0.1/',
      'https://people.example.com/',
    ]) {
      siteCheck({ url, clock: systemClock }).close();
    }
  });
});
