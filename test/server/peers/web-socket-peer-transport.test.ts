import assert from 'node:assert/strict';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { systemClock } from '../../../src/common/clock.js';
import {
  listenForPeers,
  type PeerListener,
  type PeerTransport,
  webSocketDial,
} from '../../../src/server/peers/index.js';

describe('connections between peers over the network', () => {
  let listener: PeerListener;
  let accepted: Promise<PeerTransport>;
  const sockets: WebSocket[] = [];

  beforeEach(async () => {
    let accept: (wire: PeerTransport) => void = () => {};
    accepted = new Promise((resolve) => {
      accept = resolve;
    });
    listener = await listenForPeers({ port: 0, clock: systemClock, accept: (wire) => accept(wire) });
  });

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.terminate();
    await listener.close();
  });

  const dial = () =>
    new Promise<PeerTransport>((resolve, reject) => void webSocketDial(systemClock)(listener.url, resolve, reject));

  function socket(headers: Record<string, string> = {}): WebSocket {
    const opened = new WebSocket(listener.url, { headers });
    opened.on('error', () => {});
    sockets.push(opened);
    return opened;
  }

  it('transfer frames in order in both directions, and close cleanly after them', async () => {
    const near = await dial();
    const far = await accepted;
    const heard: Array<string | undefined> = [];
    far.onFrame = (frame) => heard.push(frame);
    const closed = new Promise<string | undefined>((resolve) => {
      far.onClosed = resolve;
    });
    for (let n = 0; n < 100; n++) near.send(String(n));
    near.close();
    assert.equal(await closed, undefined);
    assert.deepEqual(
      heard,
      Array.from({ length: 100 }, (_, n) => String(n)),
    );
  });

  it('report why they were lost', async () => {
    const near = await dial();
    const far = await accepted;
    const why = new Promise<string | undefined>((resolve) => {
      far.onClosed = resolve;
    });
    near.drop();
    assert.match((await why) ?? '', /1006/);
  });

  it('pass on a frame that is not text as undefined, and close on one that is too long', async () => {
    const stranger = socket();
    await once(stranger, 'open');
    const far = await accepted;
    const frame = new Promise<string | undefined>((resolve) => {
      far.onFrame = resolve;
    });
    stranger.send(Buffer.from('x'), { binary: true });
    assert.equal(await frame, undefined);
    stranger.send('x'.repeat(65 * 1024));
    const [code] = (await once(stranger, 'close')) as [number];
    assert.equal(code, 1009);
  });

  it('report how much data waits for an end that does not read', async () => {
    const near = await dial();
    const stalled = (await accepted) as PeerTransport & { queued: number };
    assert.equal(near.queued, 0);
    // Nothing is sent within a turn, so the data wait.
    for (let n = 0; n < 300; n++) near.send('x'.repeat(50_000));
    assert.ok(near.queued > 1024 * 1024);
    stalled.drop();
  });

  it('cannot be opened by a web page', async () => {
    const page = socket({ origin: 'https://page.example.com' });
    const [error] = (await once(page, 'error')) as [Error];
    assert.match(error.message, /403/);
  });

  it('show an explanation in a browser', async () => {
    const response = await fetch(listener.url.replace('ws:', 'http:'));
    assert.equal(response.status, 426);
    assert.match(await response.text(), /peers/);
  });

  it('fail with a message if nothing listens', async () => {
    const port = listener.port;
    await listener.close();
    const failed = new Promise<string>((resolve) => {
      webSocketDial(systemClock)(`ws://127.0.0.1:${port}`, () => {}, resolve);
    });
    assert.match(await failed, /ECONNREFUSED/);
  });

  it('are not opened after the attempt was given up', async () => {
    let settled = false;
    const cancel = webSocketDial(systemClock)(
      listener.url,
      () => {
        settled = true;
      },
      () => {
        settled = true;
      },
    );
    cancel();
    // A later attempt has connected; the first one would have, too.
    await dial();
    assert.equal(settled, false);
  });
});
