/**
 * Receivers that violate HTTP, with a webhook node in a real Node-RED: no delivery ends with the response to another
 * one.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { NodeMessage } from 'node-red';
import { collectedBy, inNodeRed, load, node, tab } from './runtime.js';

type Sent = NodeMessage & {
  delivery: { key: string; attempts: number };
  statusCode?: number;
  error?: { code: string };
};

const answer = (status: number, body: string): string =>
  `HTTP/1.1 ${status} Said\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

/** Exceeds the buffers at both ends of a socket. */
const LARGE = 'x'.repeat(14_000_000);

describe('ctios-webhook with a receiver that violates HTTP', function () {
  this.timeout(60_000);
  inNodeRed();
  let server: Server;
  let sockets: Socket[];

  /** @param behavior handles each connection, with the number of connections so far */
  async function receiver(behavior: (socket: Socket, count: number) => void): Promise<string> {
    sockets = [];
    server = createServer((socket) => {
      sockets.push(socket.on('error', () => {}));
      behavior(socket, sockets.length);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });

  const open = (url: string) =>
    load([
      {
        ...{ id: 'n', z: tab.id, type: 'ctios-webhook', url, urlType: 'str', key: 'key', keyType: 'msg' },
        ...{ ordering: 'one', orderingType: 'str', firstDelay: 0.01, maxDelay: 0.05, maxBody: 16_384 },
        wires: [['delivered'], ['givenUp']],
      },
      ...['delivered', 'givenUp'].map((id) => ({ id, z: tab.id, type: 'collector', wires: [] })),
    ]);
  const give = (key: string, payload: string): void => node('n').receive({ key, payload } as never);
  const ended = async (id: string): Promise<Sent> => ((await collectedBy(id)) as Sent[])[0]!;

  it('does not accept the response to an earlier request', async () => {
    const url = await receiver((socket) => {
      let requests = 0;
      socket.setEncoding('utf8').on('data', (text: string) => {
        requests += text.split('POST ').length - 1;
        // The second request on a connection first receives another response to the first one.
        if (requests > 1) socket.write(answer(200, '"again"'));
        socket.write(text.includes('refuse me') ? answer(422, '"no"') : answer(200, '"yes"'));
      });
    });
    await open(url);
    give('a', 'take me');
    give('b', 'refuse me');
    const refused = await ended('givenUp');
    assert.deepEqual([refused.delivery.key, refused.statusCode], ['b', 422]);
    assert.equal((await ended('delivered')).delivery.key, 'a');
  });

  it('repeats a delivery whose response arrived before the receiver had the request', async () => {
    const url = await receiver((socket, count) => {
      if (count === 1) {
        // The rest is never read, and its sender encounters a closed connection.
        socket.once('readable', () => {
          socket.read(1_000);
          socket.write(answer(200, '"early"'), () => setImmediate(() => socket.destroy()));
        });
        return;
      }
      let received = 0;
      socket.on('data', (part) => {
        received += part.length;
        if (received > LARGE.length) socket.end(answer(200, '"read"'));
      });
    });
    await open(url);
    give('a', LARGE);
    const { delivery, payload } = await ended('delivered');
    assert.deepEqual([delivery.attempts, payload], [2, 'read']);
  });

  it('accepts a refusal that arrives before the receiver has read the request', async () => {
    const url = await receiver((socket) => {
      socket.once('readable', () => {
        socket.read(1_000);
        socket.write(answer(413, '"too large"'));
      });
    });
    await open(url);
    give('a', LARGE);
    const { delivery, statusCode, error } = await ended('givenUp');
    assert.deepEqual([delivery.attempts, statusCode, error?.code], [1, 413, 'CTIOS_DELIVERY_REFUSED']);
  });
});
