import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { nodeHttp, proxyOfEnvironment, proxyOfSettings, readProxy } from '../../src/delivery/index.js';
import { Receiver } from './helpers.js';

/** From the rules of Node-RED's http request node and curl's manual: environment, target, proxy. */
const CHOICES: readonly [NodeJS.ProcessEnv, string, string | undefined][] = [
  [{}, 'https://crm.example/', undefined],
  [{ https_proxy: 'http://proxy:3128' }, 'https://crm.example/', 'http://proxy:3128/'],
  [{ https_proxy: 'http://proxy:3128' }, 'http://crm.example/', undefined],
  [{ HTTPS_PROXY: 'http://proxy:3128' }, 'https://crm.example/', 'http://proxy:3128/'],
  [{ https_proxy: 'http://lower:1', HTTPS_PROXY: 'http://upper:2' }, 'https://crm.example/', 'http://lower:1/'],
  [{ https_proxy: ' ', HTTPS_PROXY: 'http://upper:2' }, 'https://crm.example/', 'http://upper:2/'],
  [{ all_proxy: 'http://proxy:3128' }, 'http://crm.example/', 'http://proxy:3128/'],
  [{ http_proxy: 'proxy:3128' }, 'http://crm.example/', 'http://proxy:3128/'],
  [{ https_proxy: 'proxy:3128' }, 'https://crm.example/', 'http://proxy:3128/'],
  [{ http_proxy: 'http://u:p%40@proxy:3128' }, 'http://crm.example/', 'http://u:p%40@proxy:3128/'],
  ...(
    [
      ['*', 'http://crm.example/', false],
      ['crm.example', 'http://crm.example/', false],
      ['CRM.example', 'http://crm.EXAMPLE/', false],
      ['crm.example', 'http://www.crm.example/', true],
      ['.example', 'http://crm.example/', false],
      ['*.example', 'http://crm.example/', false],
      ['*.example', 'http://example/', true],
      ['other, crm.example', 'http://crm.example/', false],
      ['other crm.example', 'http://crm.example/', false],
      ['crm.example:8080', 'http://crm.example/', true],
      ['crm.example:8080', 'http://crm.example:8080/', false],
      ['crm.example:80', 'http://crm.example/', false],
      ['127.0.0.1,localhost', 'http://localhost:1880/', false],
      ['[::1]', 'http://[::1]:1880/', false],
      ['', 'http://crm.example/', true],
    ] as const
  ).map(([no_proxy, target, proxied]): [NodeJS.ProcessEnv, string, string | undefined] => [
    { http_proxy: 'http://proxy:3128', no_proxy },
    target,
    proxied ? 'http://proxy:3128/' : undefined,
  ]),
];

describe('the proxy of an HTTP request', () => {
  for (const [env, target, proxy] of CHOICES) {
    it(`${JSON.stringify(env)}: ${target} ${proxy === undefined ? 'directly' : `through ${proxy}`}`, () => {
      assert.equal(proxyOfEnvironment(env)(new URL(target))?.href, proxy);
    });
  }

  for (const value of ['socks5://secret@proxy:1080', 'http://', 'http://a b']) {
    it(`an environment variable "${value}" is an error that names it, without its value`, () => {
      const choose = proxyOfEnvironment({ HTTPS_PROXY: value });
      assert.throws(() => choose(new URL('https://crm.example/')), {
        message: 'The environment variable HTTPS_PROXY is not the URL of an HTTP proxy.',
      });
    });
  }

  it('a configured proxy has exceptions of its own', () => {
    const choose = proxyOfSettings({ url: readProxy('proxy:3128')!, except: ['.corp.example'] });
    assert.equal(choose(new URL('https://crm.example/'))?.href, 'http://proxy:3128/');
    assert.equal(choose(new URL('https://crm.corp.example/')), undefined);
  });
});

describe('a request through a proxy', () => {
  let proxy: Server;
  let receiver: Receiver;
  let asked: { target: string; authorization: string | undefined }[];
  let answer: string;
  const open = new Set<Socket>();

  beforeEach(async () => {
    asked = [];
    answer = '200 OK';
    receiver = await Receiver.start();
    proxy = createServer();
    proxy.on('connect', (request, client: Socket) => {
      asked.push({ target: request.url!, authorization: request.headers['proxy-authorization'] });
      client.on('error', () => {});
      if (answer === '') return void client.resume().on('end', () => client.end());
      client.write(`HTTP/1.1 ${answer}\r\n\r\n`);
      if (!answer.startsWith('200')) return void client.end();
      const [, host, port] = /^(.+):(\d+)$/.exec(request.url!)!;
      // The receiver is on this machine, whatever its address in the URL.
      const target = connect(Number(port), host === '192.0.2.1' ? '127.0.0.1' : host);
      client.pipe(target).pipe(client);
      for (const end of [client, target]) end.on('error', () => end.destroy());
    });
    proxy.on('connection', (socket: Socket) => {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
  });
  afterEach(async () => {
    await receiver.stop();
    for (const socket of open) socket.destroy();
    proxy.close();
    await once(proxy, 'close');
  });

  const place = () => `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const post = (url: string, credentials = '', more: { timeoutMs?: number; tls?: { ca: Buffer } } = {}) =>
    nodeHttp(
      {
        ...{ url, method: 'POST', headers: {}, body: '{"a":1}', timeoutMs: 5_000 },
        proxy: proxyOfSettings({ url: readProxy(`http://${credentials}${place()}`)!, except: [] }),
        ...more,
      },
      new AbortController().signal,
    );

  const fixture = (name: string) => readFileSync(join(__dirname, '..', '..', '..', 'test', 'fixtures', 'tls', name));

  /** Its certificate is for localhost and 127.0.0.1. */
  async function secureReceiver(): Promise<Server> {
    const secure = createTlsServer({ key: fixture('good.key'), cert: fixture('good.crt') }, (_, response) =>
      response.end('ok'),
    );
    secure.listen(0, '127.0.0.1');
    await once(secure, 'listening');
    return secure;
  }

  it('reaches the receiver over it, with its user and password', async () => {
    const { status } = await post(receiver.url, 'ada:s%20t@');
    assert.equal(status, 200);
    assert.equal(receiver.requests[0]?.body, '{"a":1}');
    assert.deepEqual(asked, [
      {
        target: new URL(receiver.url).host,
        authorization: `Basic ${Buffer.from('ada:s t').toString('base64')}`,
      },
    ]);
    assert.equal(receiver.requests[0]?.headers['proxy-authorization'], undefined);
  });

  it('checks the certificate of the receiver', async () => {
    const secure = await secureReceiver();
    const url = `https://localhost:${(secure.address() as AddressInfo).port}/`;
    assert.equal((await post(url, '', { tls: { ca: fixture('authority.crt') } })).body, 'ok');
    await assert.rejects(post(url), /certificate/);
    assert.equal(asked.length, 2);
    secure.close();
  });

  it('checks that the certificate names the address of the receiver, if the URL has no name', async () => {
    const secure = await secureReceiver();
    const { port } = secure.address() as AddressInfo;
    const refused = post(`https://192.0.2.1:${port}/`, '', { tls: { ca: fixture('authority.crt') } });
    await assert.rejects(refused, /not for 192\.0\.2\.1$/);
    secure.close();
  });

  it('says that the proxy refused, or could not be reached, without its password', async () => {
    answer = '407 Proxy Authentication Required';
    const needsUser = `The proxy ${place()} answered 407: it needs a user and a password, or rejects those it was given.`;
    await assert.rejects(post(receiver.url, 'ada:secret@'), { message: needsUser });
    answer = '403 Forbidden';
    await assert.rejects(post(receiver.url), { message: `The proxy ${place()} answered 403.` });
    const before = place();
    proxy.close();
    await once(proxy, 'close');
    const http = nodeHttp(
      {
        ...{ url: receiver.url, method: 'POST', headers: {}, body: '', timeoutMs: 5_000 },
        proxy: proxyOfSettings({ url: readProxy(`http://ada:secret@${before}`)!, except: [] }),
      },
      new AbortController().signal,
    );
    await assert.rejects(http, { message: `The proxy ${before}: connect ECONNREFUSED ${before}` });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    assert.equal(receiver.requests.length, 0);
  });

  it('has an end where the proxy does not answer, which closes its connection', async () => {
    answer = '';
    await assert.rejects(post(receiver.url, '', { timeoutMs: 50 }), { message: 'No answer within 0.05 s.' });
    for (const socket of open) if (!socket.destroyed) await once(socket, 'close');
  });
});
