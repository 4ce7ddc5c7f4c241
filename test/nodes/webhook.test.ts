/** The webhook node in a real Node-RED: accepted messages, results of deliveries, and the effects of deploys. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NodeMessage } from 'node-red';
import { Webhook } from 'standardwebhooks';
import { Receiver } from '../delivery/helpers.js';
import { collected, collectedBy, deploy, inNodeRed, load, node, settle, statusOf, tab } from './runtime.js';

type Sent = NodeMessage & {
  delivery: Record<string, unknown>;
  error?: { code: string; message: string };
  sent?: unknown;
  statusCode?: number;
};
/** As any node of the tab reads it. */
const deployedValue = (name: string): string =>
  (node('n') as unknown as { _flow: { getSetting(name: string): string } })._flow.getSetting(name);
const collector = (id: string) => ({ id, z: tab.id, type: 'collector', wires: [] });

describe('ctios-webhook', () => {
  inNodeRed();
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await Receiver.start();
  });
  afterEach(() => receiver.stop());

  const flow = (changes: object = {}, wires = [['delivered'], ['givenUp']]): Record<string, unknown>[] => [
    {
      id: 'n',
      z: tab.id,
      type: 'ctios-webhook',
      name: '',
      url: receiver.url,
      urlType: 'str',
      firstDelay: 0.01,
      maxDelay: 0.05,
      ...changes,
      wires,
    },
    ...['delivered', 'givenUp', 'completed', 'failed'].map(collector),
    { id: 'k1', z: tab.id, type: 'catch', scope: null, wires: [['failed']] },
    { id: 'k2', z: tab.id, type: 'complete', scope: ['n'], wires: [['completed']] },
  ];
  const give = (message: object): void => node('n').receive(message as never);
  const all = (id: string, count = 1): Promise<Sent[]> => collectedBy(id, count) as Promise<Sent[]>;
  const codes = (id: string): string[] => ((collected.get(id) ?? []) as Sent[]).map(({ error }) => error?.code ?? '');

  it('delivers the payload, completes the message, and sends the response', async () => {
    receiver.behavior = (_, response) =>
      void response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"42"}');
    await load(flow());
    give({ _msgid: 'm1', payload: { key: 'j.1-a', event: 'pop', journey: 'j.1', n: 1 }, topic: 'pop' });
    const [message] = await all('delivered');
    await all('completed');
    assert.deepEqual(message?.payload, { id: '42' });
    assert.deepEqual(message?.sent, { key: 'j.1-a', event: 'pop', journey: 'j.1', n: 1 });
    assert.equal(message?.statusCode, 201);
    assert.equal(message?.topic, 'pop');
    const { key, ordering, attempts, state, method } = message.delivery;
    assert.deepEqual([key, ordering, attempts, state, method], ['j.1-a-pop', 'j.1', 1, 'sent', 'POST']);
    const [request] = receiver.requests;
    assert.equal(request?.headers['idempotency-key'], 'j~2e1-a-pop');
    assert.equal(request?.headers['content-type'], 'application/json');
    assert.equal(request?.body, '{"key":"j.1-a","event":"pop","journey":"j.1","n":1}');
    assert.deepEqual(codes('failed'), []);
    while (statusOf('n') !== 'green dot') await settle();
  });

  it('uses the proxy of a proxy node, except for its exceptions', async () => {
    const proxied: unknown[] = [];
    const proxy = createServer().on('connect', ({ url, headers }, client) => {
      proxied.push([url, headers['proxy-authorization']]);
      client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const { host, hostname, port } = new URL(receiver.url);
    const { port: proxyPort } = proxy.address() as AddressInfo;
    const config = { id: 'p', type: 'http proxy', url: `http://127.0.0.1:${proxyPort}`, noproxy: [] };
    const credentials = { p: { username: 'ada', password: 'top-secret' } };
    await load([...flow({ proxy: 'p', maxAge: 0 }), config], credentials);
    give({ payload: { a: 1 } });
    const [message] = await all('givenUp');
    assert.match(message?.error?.message ?? '', new RegExp(`The proxy 127.0.0.1:${proxyPort} answered 502\\.$`));
    assert.deepEqual(proxied, [[host, `Basic ${Buffer.from('ada:top-secret').toString('base64')}`]]);
    await deploy(
      [...flow({ proxy: 'p', maxAge: 0 }), { ...config, noproxy: [`${hostname}:${port}`] }],
      'full',
      credentials,
    );
    give({ payload: { a: 2 } });
    await all('delivered');
    assert.equal(proxied.length, 1);
    proxy.close();
  });

  it('rejects a message while its proxy node is missing, instead of going around it', async () => {
    await load(flow({ proxy: 'p' }));
    give({ payload: { a: 1 } });
    const [message] = await all('failed');
    assert.equal(message?.error?.code, 'CTIOS_BAD_SETTINGS');
    assert.match(message?.error?.message ?? '', /The selected proxy is missing, disabled or not deployed yet\./);
    assert.equal(receiver.requests.length, 0);
  });

  it('rejects a message while its proxy node has no usable URL, without repeating it', async () => {
    await load([
      ...flow({ proxy: 'p' }),
      { id: 'p', type: 'http proxy', url: 'ftp://ada:top-secret@proxy', noproxy: [] },
    ]);
    give({ payload: { a: 1 } });
    const [message] = await all('failed');
    assert.equal(message?.error?.code, 'CTIOS_BAD_SETTINGS');
    assert.doesNotMatch(message?.error?.message ?? '', /top-secret/);
  });

  const queueOn = (session: object): Record<string, unknown>[] => [
    ...flow({ store: 'stream', session: 's' }),
    { id: 's', type: 'ctios-session', ...session },
  ];

  it('rejects a queue on a session without an event stream', async () => {
    await load(queueOn({ connect: 'simulator' }));
    give({ payload: { a: 1 } });
    const [message] = await all('failed');
    assert.equal(message?.error?.code, 'CTIOS_BAD_SETTINGS');
    assert.match(message?.error?.message ?? '', /the session has no event stream/);
  });

  it('rejects a message while the event stream of its queue is unreachable, with that reason', async () => {
    await load(queueOn({ connect: 'nats', natsServers: 'nats://127.0.0.1:1', natsSite: 'site', natsGroup: 'g' }));
    give({ payload: { a: 1 } });
    const [message] = await all('failed');
    assert.equal(message?.error?.code, 'CTIOS_STORE_AWAY');
    assert.match(message?.error?.message ?? '', /The delivery queue of site site, group g cannot be reached: /);
    while (statusOf('n') !== 'red dot') await settle();
    assert.deepEqual(collected.get('completed') ?? [], []);
  });

  it('gives up with the reason and the message on the second output', async () => {
    receiver.behavior = (_, response) => void response.writeHead(410).end('gone');
    await load(flow());
    give({ payload: { a: 1 }, customer: 'Ada' });
    const [message] = await all('givenUp');
    assert.deepEqual(message?.payload, { a: 1 });
    assert.equal((message as never as { customer: string }).customer, 'Ada');
    assert.equal(message?.error?.code, 'CTIOS_DELIVERY_REFUSED');
    assert.equal(message?.statusCode, 410);
    assert.equal(receiver.requests.length, 1);
    assert.deepEqual(codes('failed'), [], 'an accepted message is not an error of the node');
  });

  it('repeats in the order of the key', async () => {
    let broken = 3;
    receiver.behavior = ({ body }, response) =>
      void response.writeHead(body.includes('"n":1') && broken-- > 0 ? 503 : 200).end();
    await load(flow());
    for (const n of [1, 2]) give({ payload: { key: `k${n}`, journey: 'j', n } });
    const messages = await all('delivered', 2);
    assert.deepEqual(
      messages.map(({ delivery }) => [delivery.key, delivery.attempts]),
      [
        ['k1', 4],
        ['k2', 1],
      ],
    );
  });

  it('takes URL, method, headers, body and keys from the sources in the dialog', async () => {
    await load(
      flow({
        url: '',
        method: '',
        body: 'payload.body',
        bodyType: 'msg',
        key: 'payload.id',
        keyType: 'msg',
        ordering: 'fixed',
        orderingType: 'str',
        headers: [
          { key: 'X-Line', value: 'payload.line', type: 'msg' },
          { key: 'Content-Type', value: 'text/csv', type: 'str' },
        ],
      }),
    );
    give({ url: `${receiver.url}/a?b=c`, method: 'patch', payload: { id: 7, line: 'L1', body: 'x;y' } });
    const [{ delivery }] = (await all('delivered')) as [Sent];
    assert.deepEqual([delivery.key, delivery.ordering], ['7', 'fixed']);
    const [{ method, path, body, headers }] = receiver.requests as [(typeof receiver.requests)[number]];
    assert.deepEqual(
      [method, path, body, headers['x-line'], headers['content-type']],
      ['PATCH', '/a?b=c', 'x;y', 'L1', 'text/csv'],
    );
  });

  it('gives a pop, each of its updates and its end separate keys', async () => {
    await load(flow({}));
    const about = { key: 'icm.1.1/5000.1001/100.2001', journey: 'icm.1.1' };
    const told = [
      { ...about, event: 'pop', time: '2026-11-29T02:00:00.000Z' },
      { ...about, event: 'update', time: '2026-11-29T02:00:01.000Z' },
      { ...about, event: 'update', time: '2026-11-29T02:00:02.000Z' },
      { ...about, event: 'ended', time: '2026-11-29T02:00:03.000Z' },
    ];
    for (const payload of told) give({ payload });
    await all('delivered', 4);
    const keys = receiver.requests.map(({ headers }) => headers['idempotency-key']);
    assert.equal(new Set(keys).size, 4, keys.join());
  });

  for (const [what, changes, msg, pattern] of [
    ['no URL', { url: '' }, {}, /URL: "" is not a URL/],
    ['no http URL', { url: 'ftp://x/' }, {}, /"ftp:" is not supported/],
    ['a URL with a password', { url: 'http://u:p@x/' }, {}, /URL: it contains a user or a password/],
    ['an unknown method', { method: '' }, { method: 'BREW' }, /Method: "BREW" is not one of POST/],
    ['a header with a line break', { headers: [{ key: 'X', value: 'a\nb', type: 'str' }] }, {}, /Header "X"/],
    ['a header name that is none', { headers: [{ key: 'X Y', value: 'a', type: 'str' }] }, {}, /Header "X Y"/],
    ['a header of its own', { headers: [{ key: 'Authorization', value: 'a', type: 'str' }] }, {}, /the node sets it/],
    ['a buffer', {}, { payload: Buffer.from('x') }, /Body: it is a buffer/],
    ['a circle', {}, { payload: circle() }, /cannot be written as JSON/],
    ['a key that is none', { key: 'payload', keyType: 'msg' }, { payload: {} }, /Idempotency key: it must be/],
    [
      'a long key',
      { key: 'payload', keyType: 'msg' },
      { payload: 'x'.repeat(1001) },
      /1001 characters; the limit is 1000/,
    ],
  ] as const) {
    it(`rejects ${what}, with that reason`, async () => {
      await load(flow(changes));
      give({ payload: { a: 1 }, ...msg });
      const [message] = await all('failed');
      assert.equal(message?.error?.code, 'CTIOS_INVALID_ARGUMENT');
      assert.match(message?.error?.message ?? '', pattern);
      assert.equal(receiver.requests.length, 0);
    });
  }

  it('rejects a body over its limit, with both sizes', async () => {
    await load(flow({ maxBody: 1 }));
    give({ payload: 'x'.repeat(1025) });
    const [message] = await all('failed');
    assert.equal(message?.error?.code, 'CTIOS_BODY_TOO_LARGE');
    assert.match(message?.error?.message ?? '', /1025 bytes; the limit is 1024/);
  });

  for (const [what, changes, credentials, pattern] of [
    ['no token', { authentication: 'bearer' }, {}, /Token: a value is missing/],
    ['no token URL', { authentication: 'oauth2', user: 'u' }, { secret: 's' }, /Token URL: "" is not a URL/],
    ['a weak signature secret', { signed: true }, { signingSecret: 'whsec_abc' }, /24 to 64 bytes/],
    ['a variable without a secret', { signed: true, signingVariable: 'NOT_SET' }, {}, /Signature secret: a value/],
    [
      'a key that is none',
      { authentication: 'jwt', user: 'org', scope: 'center' },
      { secret: 'abc' },
      /RSA key in PEM/,
    ],
    ['a JWT of nobody', { authentication: 'jwt', scope: 'center' }, { secret: 'abc' }, /Issuer: a value is missing/],
    ['status codes that are none', { retryOn: '5xx' }, {}, /Retry on: "5xx"/],
  ] as const) {
    it(`shows a red status for ${what}, and ends each message with the reason`, async () => {
      await load(flow(changes), { n: credentials });
      assert.equal(statusOf('n'), 'red dot');
      give({ payload: 1 });
      const [message] = await all('failed');
      assert.equal(message?.error?.code, 'CTIOS_BAD_SETTINGS');
      assert.match(message?.error?.message ?? '', pattern);
    });
  }

  it('sends its credentials, and reveals them nowhere', async () => {
    receiver.behavior = (_, response) => void response.writeHead(400).end();
    await load(flow({ authentication: 'bearer' }), { n: { secret: 'top-secret' } });
    give({ payload: { a: 1 } });
    const [message] = await all('givenUp');
    assert.equal(receiver.requests[0]?.headers.authorization, 'Bearer top-secret');
    assert.ok(!JSON.stringify(message).includes('top-secret'));
  });

  for (const [which, entered, used] of [
    ['of the variable where none is entered', '', 'v'],
    ['that is entered', 'e', 'e'],
  ] as const)
    it(`signs with the secret ${which}, and reveals it nowhere`, async () => {
      const secret = (letter: string) => `whsec_${Buffer.from(letter.repeat(32)).toString('base64')}`;
      const variable = { ...tab, env: [{ name: 'HOOK', value: secret('v'), type: 'str' }] };
      const flows = [variable, ...flow({ signed: true, signingVariable: 'HOOK' })];
      await load(flows, { n: { signingSecret: entered && secret(entered) } });
      give({ payload: { a: 1 } });
      const [message] = await all('delivered');
      const { headers, body } = receiver.requests.at(-1)!;
      assert.deepEqual(new Webhook(secret(used)).verify(body, headers as Record<string, string>), { a: 1 });
      assert.ok(!JSON.stringify(message).includes(secret(used).slice(6)));
    });

  it('signs with the secret that its tab has now, after a deploy that restarts only another node', async () => {
    const random = '$join([1..32].$string($floor($random() * 10)), "")';
    const HOOK = { name: 'HOOK', type: 'jsonata', value: `"whsec_" & $base64encode(${random})` };
    const flows = [{ ...tab, env: [HOOK] }, ...flow({ signed: true, signingVariable: 'HOOK' })];
    await load(flows);
    const before = deployedValue('HOOK');
    await deploy([...flows, collector('another')], 'nodes');
    const secret = deployedValue('HOOK');
    assert.notEqual(secret, before, 'the expression is evaluated again');
    give({ payload: { a: 1 } });
    await all('delivered');
    const { headers, body } = receiver.requests.at(-1)!;
    assert.deepEqual(new Webhook(secret).verify(body, headers as Record<string, string>), { a: 1 });
  });

  it('sends a JWT that its receiver can verify, from a key pasted as one line', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().replaceAll('\n', '');
    await load(flow({ authentication: 'jwt', user: '00D1', scope: 'Center' }), { n: { secret: pem } });
    give({ payload: 1 });
    await all('delivered');
    const token = String(receiver.requests[0]?.headers.authorization).replace('Bearer ', '');
    const [head, claims, signature] = token.split('.');
    const read = (part: string | undefined) => JSON.parse(Buffer.from(part!, 'base64url').toString()) as object;
    const { iss, sub, iat, exp } = read(claims) as Record<string, number>;
    assert.deepEqual([read(head), iss, sub, exp! - iat!], [{ alg: 'RS256', typ: 'JWT' }, '00D1', 'Center', 900]);
    const content = Buffer.from(`${head}.${claims}`);
    assert.ok(verify('RSA-SHA256', content, publicKey, Buffer.from(signature!, 'base64url')));
  });

  it('makes only one attempt if its maximum age allows no more', async () => {
    receiver.behavior = (_, response) => void response.writeHead(503).end();
    await load(flow({ maxAge: 0 }));
    give({ payload: 1 });
    const [message] = await all('givenUp');
    assert.deepEqual([message?.error?.code, receiver.requests.length], ['CTIOS_DELIVERY_EXPIRED', 1]);
  });

  it('never stores or passes on an agent password', async () => {
    await load(flow());
    give({ payload: { AgentID: '1', AgentPassword: 'pw-1' } });
    const [message] = await all('delivered');
    assert.ok(!JSON.stringify(message).includes('pw-1'));
    assert.ok(!receiver.requests[0]?.body.includes('pw-1'));
  });

  for (const [what, kind, changes] of [
    ['the node was edited', 'nodes', { name: 'edited' }],
    ['wires of its flow were changed', 'flows', { rewired: true }],
    ['nothing was changed', 'full', {}],
  ] as const) {
    it(`loses nothing and delivers nothing twice in a deploy of "${kind}" with ${what}`, async () => {
      let broken = true;
      receiver.behavior = (_, response) => void response.writeHead(broken ? 503 : 200).end();
      const { rewired = false, ...saved } = changes as { rewired?: boolean };
      await load(flow());
      for (const n of [1, 2, 3]) give({ payload: { key: `k${n}`, journey: n === 3 ? 'other' : 'j', n } });
      await all('completed', 3);
      await deploy(flow(saved, rewired ? [['delivered'], ['givenUp', 'failed']] : undefined), kind);
      broken = false;
      const messages = await all('delivered', 3);
      assert.deepEqual(messages.map(({ delivery }) => delivery.key).sort(), ['k1', 'k2', 'k3']);
      const keys = messages.map(({ delivery }) => delivery.key);
      assert.ok(keys.indexOf('k1') < keys.indexOf('k2'));
      give({ payload: { key: 'k4' } });
      await all('delivered', 4);
      assert.deepEqual(codes('failed'), []);
    });
  }

  it('keeps the deliveries of a deleted node, and makes them when it is restored', async () => {
    receiver.behavior = (_, response) => void response.writeHead(503).end();
    await load(flow());
    give({ payload: { key: 'k1' } });
    await all('completed');
    await deploy(flow().slice(1), 'full');
    receiver.behavior = (_, response) => void response.end();
    await deploy(flow(), 'full');
    const [message] = await all('delivered');
    assert.equal(message?.delivery.key, 'k1');
  });
});

function circle(): object {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  return circle;
}
