/** Pages of other sites cannot access the Node-RED of `npm start`. */
import { deepEqual, equal } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer, WebSocket as WsClient } from 'ws';
import { refuseForeign, refuseForeignSockets } from '../../scripts/start/same-site.js';

describe('the server of npm start', () => {
  let server: Server;
  let port: number;
  let deployed = 0;
  const sockets: WebSocket[] = [];
  before(async () => {
    server = createServer((asked, response) => {
      if (refuseForeign(asked, response)) return;
      deployed++;
      response.end('done');
    });
    refuseForeignSockets(server);
    // As Node-RED does it.
    const comms = new WebSocketServer({ noServer: true });
    server.on('upgrade', (asked, socket, head) =>
      comms.handleUpgrade(asked, socket, head, (each) => sockets.push(each)),
    );
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    ({ port } = server.address() as AddressInfo);
  });
  after(() => {
    for (const socket of sockets) socket.terminate();
    server.close();
    server.closeAllConnections();
  });

  /** @returns the status of a POST with these headers */
  async function post(headers: Record<string, string>): Promise<number> {
    const asked = request({ host: '127.0.0.1', port, method: 'POST', path: '/flows', headers });
    asked.end('[]');
    const [response] = await once(asked, 'response');
    response.resume();
    return response.statusCode;
  }

  const rows: [what: string, headers: (port: number) => Record<string, string>, status: number][] = [
    ['a program', (p) => ({ host: `127.0.0.1:${p}` }), 200],
    ['its own page', (p) => ({ host: `127.0.0.1:${p}`, origin: `http://127.0.0.1:${p}` }), 200],
    ['its own page as localhost', (p) => ({ host: `localhost:${p}`, origin: `http://localhost:${p}` }), 200],
    ['its own page over IPv6', (p) => ({ host: `[::1]:${p}`, origin: `http://[::1]:${p}` }), 200],
    ['a page of another site', (p) => ({ host: `127.0.0.1:${p}`, origin: 'https://evil.example' }), 403],
    ['a page of another port', (p) => ({ host: `127.0.0.1:${p}`, origin: `http://127.0.0.1:${p + 1}` }), 403],
    ['a page over https', (p) => ({ host: `127.0.0.1:${p}`, origin: `https://127.0.0.1:${p}` }), 403],
    ['a file or sandbox', (p) => ({ host: `127.0.0.1:${p}`, origin: 'null' }), 403],
    ['a name that leads here', (p) => ({ host: `evil.example:${p}` }), 403],
    [
      'a name that leads here, with its page',
      (p) => ({ host: `evil.example:${p}`, origin: `http://evil.example:${p}` }),
      403,
    ],
    ['a name that looks like it', (p) => ({ host: `127.0.0.1.evil.example:${p}` }), 403],
    ['a name with a user', (p) => ({ host: `127.0.0.1:${p}@evil.example` }), 403],
  ];
  for (const [what, headers, status] of rows) {
    it(`${status === 200 ? 'accepts' : 'rejects'} ${what}`, async () => {
      const before = deployed;
      equal(await post(headers(port)), status);
      equal(deployed - before, status === 200 ? 1 : 0);
    });
  }

  it('opens a WebSocket only for its own pages', async () => {
    const outcome = (origin: string) =>
      new Promise<string>((end) => {
        const socket = new WsClient(`ws://127.0.0.1:${port}/comms`, { origin });
        socket.once('open', () => end('open'));
        socket.once('error', () => end('refused'));
      });
    deepEqual([await outcome('https://evil.example'), await outcome(`http://127.0.0.1:${port}`)], ['refused', 'open']);
  });
});
