import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { limitSockets, listenAt } from '../../src/server/listen.js';

describe('the limit on sockets', () => {
  let server: Server;
  const sockets: Socket[] = [];
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    server.close();
    await once(server, 'close');
  });

  async function open(port: number, host: string): Promise<Socket> {
    const socket = connect(port, host).on('error', () => {});
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  }

  it('counts the silent sockets of an address, and leaves other addresses their share', async () => {
    server = createServer((_, response) => void response.end('ok'));
    limitSockets(server, { total: 100, perNetwork: 3 });
    const accepted: Socket[] = [];
    server.on('connection', (socket: Socket) => accepted.push(socket));
    const { port } = await listenAt(server, 0, '127.0.0.1');
    const silent = await Promise.all([1, 2, 3].map(() => open(port, '127.0.0.1')));
    const beyond = await open(port, '127.0.0.1');
    await once(beyond, 'close');
    // From 127.0.0.2: another address of this machine.
    const other = connect({ port, host: '127.0.0.1', localAddress: '127.0.0.2' });
    sockets.push(other);
    other.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    const [answer] = await once(other, 'data');
    assert.match(String(answer), /^HTTP\/1\.1 200/);
    const leaving = accepted.find(({ remotePort }) => remotePort === silent[0]!.localPort)!;
    silent[0]!.destroy();
    await once(leaving, 'close');
    const again = await open(port, '127.0.0.1');
    again.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    assert.match(String((await once(again, 'data'))[0]), /^HTTP/);
  });
});
