import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { ByteStream } from '../../src/common/network/byte-stream.js';
import { socketDial, socketStream } from '../../src/common/network/net-stream.js';
import { memoryPipe } from '../../src/common/network/pipe.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';

function closing(stream: ByteStream): Promise<Error | undefined> {
  return new Promise((resolve) => {
    stream.onClose = resolve;
  });
}

describe('an in-memory pipe', () => {
  it('delivers bytes in order, never synchronously, and only as the clock advances', () => {
    const clock = new VirtualClock();
    const [a, b] = memoryPipe(clock);
    const received: string[] = [];
    b.onData = (bytes) => received.push(bytes.toString());
    a.write(Buffer.from('one'));
    a.write(Buffer.from('two'));
    assert.deepEqual(received, []);
    clock.advance(0);
    assert.equal(received.join(''), 'onetwo');
  });

  it('sends queued bytes before a regular end, and drops them on destroy', () => {
    for (const [how, expected] of [
      ['end', 'bytes'],
      ['destroy', ''],
    ] as const) {
      const clock = new VirtualClock();
      const [a, b] = memoryPipe(clock);
      let received = '';
      let closed: unknown;
      b.onData = (bytes) => {
        received += bytes.toString();
      };
      b.onClose = (error) => {
        closed = error;
      };
      a.write(Buffer.from('bytes'));
      a[how]();
      clock.advance(1);
      assert.equal(received, expected);
      assert.equal(closed instanceof Error, how === 'destroy');
    }
  });
});

describe('a stream over a socket', () => {
  let server: Server;
  let accepted: Promise<Socket>;

  beforeEach(async () => {
    server = createServer();
    accepted = once(server, 'connection').then(([socket]) => socket as Socket);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    server.close();
    await once(server, 'close');
  });

  function dial(port = (server.address() as AddressInfo).port): Promise<ByteStream> {
    return new Promise((resolve, reject) => socketDial()({ host: '127.0.0.1', port }, resolve, reject));
  }

  it('transfers bytes in both directions and ends cleanly', async () => {
    const client = await dial();
    const peer = socketStream(await accepted);
    const atPeer = new Promise<string>((resolve) => {
      peer.onData = (bytes) => resolve(bytes.toString());
    });
    const atClient = new Promise<string>((resolve) => {
      client.onData = (bytes) => resolve(bytes.toString());
    });
    client.write(Buffer.from('ping'));
    assert.equal(await atPeer, 'ping');
    peer.write(Buffer.from('pong'));
    assert.equal(await atClient, 'pong');
    const both = Promise.all([closing(client), closing(peer)]);
    client.end();
    assert.deepEqual(await both, [undefined, undefined]);
  });

  it('passes on a large amount in portions, each in its own turn, completely and before the end', async () => {
    const client = await dial();
    const peer = socketStream(await accepted);
    const sent = Buffer.from(Array.from({ length: 500_000 }, (_, index) => index % 251));
    const received: Buffer[] = [];
    let inThisTurn = 0;
    let mostInATurn = 0;
    client.onData = (bytes) => {
      if (inThisTurn === 0) {
        setImmediate(() => {
          inThisTurn = 0;
        });
      }
      inThisTurn += bytes.length;
      mostInATurn = Math.max(mostInATurn, inThisTurn);
      received.push(Buffer.from(bytes));
    };
    const closed = closing(client);
    peer.write(sent);
    peer.end();
    assert.equal(await closed, undefined);
    assert.equal(Buffer.compare(Buffer.concat(received), sent), 0);
    assert.ok(mostInATurn < 65_536, `${mostInATurn} bytes in one turn`);
  });

  it('passes on what was received before a reset, and nothing after destroy', async () => {
    for (const how of ['reset', 'destroy'] as const) {
      const client = await dial();
      const socket = (await accepted) as Socket;
      accepted = once(server, 'connection').then(([next]) => next as Socket);
      let received = 0;
      let last = 0;
      const closed = closing(client);
      client.onData = (bytes) => {
        received += bytes.length;
        if (last > 0) return;
        last = received;
        if (how === 'reset') socket.resetAndDestroy();
        else client.destroy();
      };
      socket.on('error', () => {});
      socket.write(Buffer.alloc(60_000));
      await closed;
      if (how === 'destroy') assert.equal(received, last);
      else assert.ok(received >= last && last <= 8_192);
    }
  });

  it('reports a reset as the reason of the close, never as an uncaught error', async () => {
    const client = await dial();
    const socket = await accepted;
    const closed = closing(client);
    socket.resetAndDestroy();
    assert.match(String(await closed), /ECONNRESET/);
    assert.equal(client.write(Buffer.from('late')), false);
  });

  it('reports a refused connection as a failed dial', async () => {
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    await assert.rejects(dial(port), /ECONNREFUSED/);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  it('calls neither callback after the attempt was given up', async () => {
    const { port } = server.address() as AddressInfo;
    let called = false;
    const call = () => {
      called = true;
    };
    const giveUp = socketDial()({ host: '127.0.0.1', port }, call, call);
    giveUp();
    const second = await dial();
    const gone = closing(second);
    second.destroy();
    await gone;
    assert.equal(called, false);
  });
});
