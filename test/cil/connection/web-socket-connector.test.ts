import { deepEqual, equal, match, throws } from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';
import { webSocketConnector } from '../../../src/cil/index.js';
import type { Connector, ServerMessage, Transport } from '../../../src/ctios/index.js';

function connected(connector: Connector): Promise<Transport> {
  return new Promise((resolve, reject) => connector.connect(resolve, reject));
}

describe('The WebSocket connector', () => {
  let server: WebSocketServer;
  let accepted: Promise<WebSocket>;
  let url: string;

  beforeEach(async () => {
    server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await new Promise((resolve) => server.once('listening', resolve));
    url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ctios`;
    accepted = new Promise((resolve) => server.once('connection', resolve));
  });

  afterEach(async () => {
    for (const client of server.clients) client.terminate();
    await new Promise((resolve) => server.close(resolve));
  });

  it('sends and receives each message as one JSON text frame, in order', async () => {
    const transport = await connected(webSocketConnector(url));
    const received: ServerMessage[] = [];
    const two = new Promise<void>((resolve) => {
      transport.onMessage = (message) => {
        if (received.push(message) === 2) resolve();
      };
    });
    const peer = await accepted;
    const frame = new Promise<string>((resolve) => peer.once('message', (data) => resolve(data.toString())));
    transport.send({ kind: 'heartbeat', id: 7 });
    equal(await frame, '{"kind":"heartbeat","id":7}');
    peer.send('{"kind":"heartbeat","id":1}');
    peer.send('{"kind":"event","event":"OnCallBegin","args":{"ANI":"1"}}');
    await two;
    deepEqual(received, [
      { kind: 'heartbeat', id: 1 },
      { kind: 'event', event: 'OnCallBegin', args: { ANI: '1' } },
    ]);
  });

  it('closes cleanly, and reports it once', async () => {
    const transport = await connected(webSocketConnector(url));
    const ends: (Error | undefined)[] = [];
    const end = new Promise<void>((resolve) => {
      transport.onClosed = (error) => {
        ends.push(error);
        resolve();
      };
    });
    transport.close();
    transport.send({ kind: 'bye' });
    await end;
    deepEqual(ends, [undefined]);
  });

  it('reports why a connection was lost', async () => {
    const transport = await connected(webSocketConnector(url));
    const end = new Promise<Error | undefined>((resolve) => {
      transport.onClosed = resolve;
    });
    (await accepted).close(1008, 'you read too slowly');
    match(String(await end), /you read too slowly/);
    const second = await connected(webSocketConnector(url));
    const broken = new Promise<Error | undefined>((resolve) => {
      second.onClosed = resolve;
    });
    for (const client of server.clients) client.terminate();
    match(String(await broken), /1006/);
  });

  for (const [what, frame] of [
    ['a frame that is no JSON', 'hello'],
    ['a frame that is no message', '{"sort":"event"}'],
    ['null', 'null'],
    ['a binary frame', Buffer.from('{"kind":"heartbeat","id":1}')],
  ] as const) {
    it(`ends the connection on ${what}`, async () => {
      const transport = await connected(webSocketConnector(url));
      const messages: ServerMessage[] = [];
      transport.onMessage = (message) => messages.push(message);
      const end = new Promise<Error | undefined>((resolve) => {
        transport.onClosed = resolve;
      });
      (await accepted).send(frame);
      match(String(await end), /no message of the protocol/);
      deepEqual(messages, []);
    });
  }

  it('ignores messages of an unknown kind, which later servers may send', async () => {
    const transport = await connected(webSocketConnector(url));
    const first = new Promise<ServerMessage>((resolve) => {
      transport.onMessage = resolve;
    });
    const peer = await accepted;
    peer.send('{"kind":"surprise"}');
    peer.send('{"kind":"heartbeat","id":1}');
    deepEqual(await first, { kind: 'heartbeat', id: 1 });
  });

  it('fails asynchronously if nothing listens', async () => {
    const closed = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await new Promise((resolve) => closed.once('listening', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    let turn = 'same';
    const failure = new Promise<Error>((resolve) => {
      webSocketConnector(`ws://127.0.0.1:${port}`).connect(
        () => {},
        (error) => {
          equal(turn, 'later');
          resolve(error);
        },
      );
    });
    turn = 'later';
    match((await failure).message, /ECONNREFUSED/);
  });

  it('reports nothing about an attempt that was given up', async () => {
    const calls: string[] = [];
    const cancel = webSocketConnector(url).connect(
      () => calls.push('opened'),
      () => calls.push('failed'),
    );
    cancel();
    // A later attempt has connected, so the first one would have reported by now.
    await connected(webSocketConnector(url));
    deepEqual(calls, []);
  });

  it('hides the path and the user of its address, and rejects an invalid address', () => {
    equal(
      webSocketConnector('wss://user:geheim@ctios.example.com:42028/path?key=1').name,
      'wss://ctios.example.com:42028',
    );
    throws(() => webSocketConnector('http://example.com'), TypeError);
    throws(() => webSocketConnector('nonsense'), TypeError);
  });
});

describe('The WebSocket connector over TLS', () => {
  const fixture = (name: string) =>
    readFileSync(join(__dirname, '..', '..', '..', '..', 'test', 'fixtures', 'tls', name));

  async function attempt(certificate: 'good' | 'expired', tls: object): Promise<string> {
    const https = createServer({ key: fixture(`${certificate}.key`), cert: fixture(`${certificate}.crt`) });
    const server = new WebSocketServer({ server: https });
    https.listen(0, '127.0.0.1');
    await once(https, 'listening');
    try {
      const transport = await connected(
        webSocketConnector(`wss://localhost:${(https.address() as AddressInfo).port}`, tls),
      );
      transport.close();
      return 'opened';
    } catch (error) {
      return String((error as NodeJS.ErrnoException).code ?? error);
    } finally {
      for (const client of server.clients) client.terminate();
      server.close();
      await new Promise((resolve) => https.close(resolve));
    }
  }

  it('opens if the certificate is signed by a trusted authority', async () => {
    equal(await attempt('good', { ca: fixture('authority.crt') }), 'opened');
  });

  it('fails without throwing if a certificate cannot be read', async () => {
    match(await attempt('good', { cert: 'nonsense', key: 'nonsense' }), /ERR_|Error/);
  });

  it('fails if the authority is unknown or the certificate has expired', async () => {
    match(await attempt('good', {}), /SELF_SIGNED|UNABLE_TO/);
    equal(await attempt('expired', { ca: fixture('authority.crt') }), 'CERT_HAS_EXPIRED');
  });
});
