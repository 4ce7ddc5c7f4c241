import { strict as assert } from 'node:assert';
import { generateKeyPairSync } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { systemClock } from '../../src/common/clock.js';
import {
  type Authentication,
  Authenticator,
  type Delivery,
  HttpSender,
  nodeHttp,
  type SenderSettings,
} from '../../src/delivery/index.js';
import { delivery, Receiver, retrySettings } from './helpers.js';

const stored = (url: string, changes: Partial<Delivery> = {}): Delivery => ({
  ...delivery({ url }),
  id: 1,
  state: 'waiting',
  acceptedAt: 0,
  agesFrom: 0,
  nextAt: 0,
  attempts: 0,
  ...changes,
});

describe('one attempt at a delivery', () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await Receiver.start();
  });
  afterEach(() => receiver.stop());

  function attempt(
    of: Delivery,
    settings: Partial<SenderSettings> = {},
    authentication: Authentication = { kind: 'none' },
  ) {
    const limits = { timeoutMs: 5_000 };
    const authenticator = new Authenticator(authentication, nodeHttp, systemClock, limits);
    const sender = new HttpSender(
      { ...limits, retry: retrySettings, ...settings },
      authenticator,
      nodeHttp,
      systemClock,
    );
    return sender.attempt(of, new AbortController().signal);
  }

  it('sends method, headers, body and key, and returns the response', async () => {
    const result = await attempt(stored(receiver.url, { key: 'j.1', method: 'PUT', body: '{"ü":1}' }));
    assert.equal(result.outcome, 'delivered');
    assert.equal(result.answer?.body, '{"id":"r1"}');
    const [request] = receiver.requests;
    assert.deepEqual(
      [request?.method, request?.body, request?.headers['content-type'], request?.headers['idempotency-key']],
      ['PUT', '{"ü":1}', 'application/json', 'j~2e1'],
    );
    assert.equal(request?.headers['webhook-signature'], undefined);
  });

  it('signs according to Standard Webhooks, including the key', async () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    await attempt(stored(receiver.url, { key: 'j.1' }), { signingSecret: () => secret });
    const { headers, body } = receiver.requests[0]!;
    const webhook = new Webhook(secret);
    assert.deepEqual(webhook.verify(body, headers as Record<string, string>), { a: 1 });
    assert.throws(() => webhook.verify(body, { ...(headers as Record<string, string>), 'webhook-id': 'another' }));
    assert.throws(() => webhook.verify(`${body} `, headers as Record<string, string>));
  });

  for (const [status, outcome] of [
    [200, 'delivered'],
    [204, 'delivered'],
    [301, 'refused'],
    [400, 'refused'],
    [401, 'refused'],
    [404, 'refused'],
    [409, 'refused'],
    [410, 'refused'],
    [408, 'failed'],
    [425, 'failed'],
    [429, 'failed'],
    [500, 'failed'],
    [503, 'failed'],
  ] as const) {
    it(`treats ${status} as ${outcome}`, async () => {
      receiver.behavior = (_, response) => response.writeHead(status).end();
      const result = await attempt(stored(receiver.url));
      assert.equal(result.outcome, outcome);
      assert.equal(result.answer?.status, status);
      assert.equal(receiver.requests.length, 1);
    });
  }

  it('returns the delay of Retry-After', async () => {
    receiver.behavior = (_, response) => response.writeHead(429, { 'retry-after': '7' }).end();
    const result = await attempt(stored(receiver.url));
    assert.ok(result.outcome === 'failed' && result.retryAfterMs === 7_000);
  });

  it('compares a date in Retry-After with the clock of the receiver', async () => {
    receiver.behavior = (_, response) =>
      response
        .writeHead(503, { date: 'Sun, 29 Nov 2020 02:00:00 GMT', 'retry-after': 'Sun, 29 Nov 2020 02:00:07 GMT' })
        .end();
    const result = await attempt(stored(receiver.url));
    assert.ok(result.outcome === 'failed' && result.retryAfterMs === 7_000);
  });

  it('fails, to be repeated, if the response is lost or late, or nothing listens', async () => {
    receiver.behavior = (_, response) => void response.destroy();
    assert.equal((await attempt(stored(receiver.url))).outcome, 'failed');
    receiver.behavior = (_, response) =>
      void response.writeHead(200, { 'content-length': '10' }).write('half', () => response.destroy());
    assert.equal((await attempt(stored(receiver.url))).outcome, 'failed');
    receiver.behavior = () => {};
    const late = await attempt(stored(receiver.url), { timeoutMs: 50 });
    assert.ok(late.outcome === 'failed' && /No answer within 0.05 s/.test(late.reason), JSON.stringify(late));
    assert.equal((await attempt(stored('http://127.0.0.1:1/'))).outcome, 'failed');
  });

  it('reads at most a megabyte of a response', async () => {
    receiver.behavior = (_, response) => void response.end('x'.repeat(3_000_000));
    const result = await attempt(stored(receiver.url));
    assert.equal(result.answer?.body.length, 1_048_576);
  });

  it('follows a redirect on the same host, with method, body and credentials', async () => {
    receiver.behavior = ({ path }, response) =>
      path === '/' ? response.writeHead(307, { location: '/new' }).end() : response.end('ok');
    const result = await attempt(stored(`${receiver.url}/`), {}, { kind: 'bearer', token: 't1' });
    assert.equal(result.outcome, 'delivered');
    assert.deepEqual(
      receiver.requests.map(({ method, path, body, headers }) => [method, path, body, headers.authorization]),
      [
        ['POST', '/', '{"a":1}', 'Bearer t1'],
        ['POST', '/new', '{"a":1}', 'Bearer t1'],
      ],
    );
  });

  it('does not follow a redirect to another host, or a redirect loop', async () => {
    const other = await Receiver.start();
    receiver.behavior = (_, response) => response.writeHead(308, { location: other.url }).end();
    const result = await attempt(stored(receiver.url), {}, { kind: 'bearer', token: 't1' });
    assert.ok(result.outcome === 'refused' && result.code === 'CTIOS_DELIVERY_REDIRECT');
    assert.equal(other.requests.length, 0);
    await other.stop();
    receiver.behavior = (_, response) => response.writeHead(307, { location: '/' }).end();
    const loop = await attempt(stored(receiver.url));
    assert.ok(loop.outcome === 'refused' && /loop/.test(loop.reason));
    for (const location of ['http://[', 'file:///etc/passwd', undefined]) {
      receiver.behavior = (_, response) => response.writeHead(307, location === undefined ? {} : { location }).end();
      assert.equal((await attempt(stored(receiver.url))).outcome, 'refused');
    }
  });

  describe('with credentials', () => {
    const oauth2 = (tokenUrl: string): Authentication => ({
      kind: 'oauth2',
      tokenUrl,
      clientId: 'client',
      clientSecret: 'secret & more',
      scope: 'read write',
    });

    it('sends a user and a password', async () => {
      await attempt(stored(receiver.url), {}, { kind: 'basic', user: 'ü', password: 'p:w' });
      const sent = String(receiver.requests[0]?.headers.authorization).replace('Basic ', '');
      assert.equal(Buffer.from(sent, 'base64').toString(), 'ü:p:w');
    });

    it('requests one token for many deliveries, and a new one when it is rejected', async () => {
      let tokens = 0;
      const token = await Receiver.start((_, response) => {
        tokens++;
        setImmediate(() => response.end(JSON.stringify({ access_token: `t${tokens}`, expires_in: 3600 })));
      });
      const authenticator = new Authenticator(oauth2(token.url), nodeHttp, systemClock, { timeoutMs: 5_000 });
      const sender = new HttpSender({ timeoutMs: 5_000, retry: retrySettings }, authenticator, nodeHttp, systemClock);
      const { signal } = new AbortController();
      await Promise.all([1, 2, 3].map((id) => sender.attempt(stored(receiver.url, { id }), signal)));
      assert.equal(tokens, 1);
      assert.equal(
        token.requests[0]?.body,
        'grant_type=client_credentials&client_id=client&client_secret=secret+%26+more&scope=read+write',
      );
      receiver.behavior = ({ headers }, response) =>
        response.writeHead(headers.authorization === 'Bearer t2' ? 200 : 401).end();
      assert.equal((await sender.attempt(stored(receiver.url), signal)).outcome, 'delivered');
      receiver.behavior = (_, response) => response.writeHead(401).end();
      const before = receiver.requests.length;
      assert.equal((await sender.attempt(stored(receiver.url), signal)).outcome, 'refused');
      assert.equal(receiver.requests.length - before, 2, 'once with the old, once with a new token');
      await token.stop();
    });

    it('signs one JWT for many deliveries, and a new one when it is rejected', async () => {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      let now = 1_750_000_000_000;
      const clock = { ...systemClock, now: () => now, monotonic: () => now };
      const jwt = { kind: 'jwt', issuer: 'i', subject: 's', privateKey } as const;
      const authenticator = new Authenticator(jwt, nodeHttp, clock, { timeoutMs: 5_000 });
      const sender = new HttpSender({ timeoutMs: 5_000, retry: retrySettings }, authenticator, nodeHttp, clock);
      const { signal } = new AbortController();
      const tokens = () => new Set(receiver.requests.map(({ headers }) => headers.authorization)).size;
      for (const ms of [0, 60_000, 839_000]) {
        now = 1_750_000_000_000 + ms;
        await sender.attempt(stored(receiver.url), signal);
      }
      assert.equal(tokens(), 1);
      now += 2_000;
      await sender.attempt(stored(receiver.url), signal);
      assert.equal(tokens(), 2, 'a new one a minute before its end');
      now += 1_000;
      receiver.behavior = (_, response) => response.writeHead(401).end();
      assert.equal((await sender.attempt(stored(receiver.url), signal)).outcome, 'refused');
      assert.equal(tokens(), 3);
    });

    it('waits as long as the token URL requests', async () => {
      const token = await Receiver.start((_, response) => response.writeHead(429, { 'retry-after': '20' }).end());
      const result = await attempt(stored(receiver.url), {}, oauth2(token.url));
      assert.ok(result.outcome === 'failed' && result.code === 'CTIOS_TOKEN_REFUSED');
      assert.equal(result.retryAfterMs, 20_000);
      await token.stop();
    });

    it('repeats a delivery if no token is available, and never reveals the secret', async () => {
      for (const answer of ['{"error":"invalid_client"}', 'not json', '{"access_token":""}']) {
        const token = await Receiver.start((_, response) => response.end(answer));
        const result = await attempt(stored(receiver.url), {}, oauth2(token.url));
        assert.ok(result.outcome === 'failed' && result.code === 'CTIOS_TOKEN_REFUSED');
        assert.ok(!result.reason.includes('secret & more'));
        await token.stop();
      }
      assert.equal(receiver.requests.length, 0);
    });
  });
});
