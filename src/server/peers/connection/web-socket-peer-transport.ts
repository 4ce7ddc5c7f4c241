/**
 * Transports over the network: WebSocket, with TLS for `wss:`. Peers have a port of their own, because different
 * machines need access to it than to the clients' port, and because many clients must not be able to lock a peer out.
 */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionOptions, TlsOptions } from 'node:tls';
import { WebSocket } from 'ws';
import type { Clock } from '../../../common/clock.js';
import { secureWebSocket } from '../../../common/network/secure-web-socket.js';
import { closeWebSocket, WebSocketClose } from '../../../common/network/web-socket-close.js';
import { type ListenAddress, listenAt, webSocketUrl } from '../../listen.js';
import { renewTls, webSocketServer } from '../../web-socket-server.js';
import type { PeerDial, PeerTransport } from './peer-transport.js';

/** Far above any message between peers. */
const MAX_FRAME_BYTES = 64 * 1024;
/** A pair has two servers; more sockets than this are a mistake or an attack. */
const SOCKETS = { total: 200, perNetwork: 20 };
/** How long a connection may take until its WebSocket upgrade, including TLS. */
const UPGRADE_MS = 5_000;
/** How long connections may take to end when the listener closes. */
const CLOSE_MS = 3_000;

/**
 * @param tls for `wss:`: CAs, and the certificate that this server presents; a function is called before each
 * connection
 */
export function webSocketDial(clock: Clock, tls: ConnectionOptions | (() => ConnectionOptions) = {}): PeerDial {
  return (url, opened, failed) => {
    let socket: WebSocket;
    let explain = (error: Error): Error => error;
    try {
      const { protocol, host } = new URL(url);
      const secure = secureWebSocket(typeof tls === 'function' ? tls() : tls, host);
      explain = secure.explain;
      socket = new WebSocket(url, {
        ...(protocol === 'wss:' && { createConnection: secure.createConnection }),
        maxPayload: MAX_FRAME_BYTES,
        perMessageDeflate: false,
      });
    } catch (error) {
      // An unreadable certificate is detected immediately; the caller is notified in a later turn.
      const timer = clock.after(0, () => failed((error as Error).message));
      return () => timer.cancel();
    }
    let settled = false;
    const refused = (error: Error) => {
      if (settled) return;
      settled = true;
      failed(explain(error).message);
    };
    socket.on('error', refused);
    socket.once('open', () => {
      if (settled) return;
      settled = true;
      opened(wireOf(socket, url, clock, explain));
    });
    return () => {
      settled = true;
      socket.terminate();
    };
  };
}

export interface PeerListenerOptions {
  /** Called for each opened connection. */
  accept(wire: PeerTransport): void;
  /** @default '127.0.0.1' */
  host?: string;
  /** 0: any free port. */
  port: number;
  /** Absent: no TLS. With `ca` and `requestCert` peers must present a certificate. */
  tls?: TlsOptions;
  clock: Clock;
}

export interface PeerListener extends ListenAddress {
  readonly url: string;
  /**
   * Uses another certificate for new connections; existing ones continue.
   * @throws Error if the listener has no TLS, or the certificate or key is invalid: the old one stays in use
   */
  renewTls(tls: TlsOptions): void;
  close(): Promise<void>;
}

/** @throws (rejects) if the port is not available or the certificate is invalid */
export async function listenForPeers({
  accept,
  host = '127.0.0.1',
  port,
  tls,
  clock,
}: PeerListenerOptions): Promise<PeerListener> {
  const http = webSocketServer({
    tls: tls && { rejectUnauthorized: tls.requestCert === true, ...tls },
    upgradeMs: UPGRADE_MS,
    limits: SOCKETS,
    maxFrameBytes: MAX_FRAME_BYTES,
    about: 'Here a ctios-server listens for its peers; clients have another port.\n',
    admit(request, socket) {
      // No web page is a peer.
      if (request.headers.origin === undefined) return true;
      forbid(socket);
      return false;
    },
    opened: (webSocket, socket) => accept(wireOf(webSocket, socket.remoteAddress ?? 'unknown', clock)),
  });
  const sockets = new Set<Socket>();
  http.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const address = await listenAt(http, port, host);
  return {
    ...address,
    url: webSocketUrl(address, tls !== undefined),
    renewTls: (renewed) => renewTls(http, renewed),
    close: () => close(http, sockets, clock),
  };
}

/** Peers were notified before; the listener does not wait for a peer that does not close. */
async function close(http: Server, sockets: ReadonlySet<Socket>, clock: Clock): Promise<void> {
  const timer = clock.after(CLOSE_MS, () => {
    for (const socket of sockets) socket.destroy();
  });
  await new Promise<void>((resolve) => {
    http.close(() => resolve());
    http.closeIdleConnections();
  });
  timer.cancel();
}

function forbid(socket: Socket): void {
  socket.on('error', () => {});
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

function wireOf(
  socket: WebSocket,
  address: string,
  clock: Clock,
  explain: (error: Error) => Error = (error) => error,
): PeerTransport {
  const wire: PeerTransport = {
    address,
    get queued() {
      return socket.bufferedAmount;
    },
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close() {
      closeWebSocket(socket, clock);
    },
    drop: () => socket.terminate(),
    onFrame: () => {},
    onClosed: () => {},
  };
  let trouble: string | undefined;
  socket.on('message', (data, isBinary) => wire.onFrame(isBinary ? undefined : data.toString()));
  socket.on('error', (error) => {
    trouble = explain(error).message;
  });
  socket.once('close', (code) =>
    wire.onClosed(trouble ?? (code === WebSocketClose.normal ? undefined : `WebSocket code ${code}`)),
  );
  return wire;
}
