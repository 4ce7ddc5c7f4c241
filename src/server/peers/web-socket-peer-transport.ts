/**
 * Wires over the network: WebSocket, TLS with `wss:`. Peers have a port of their own: who may reach it are other machines
 * than those of clients, and a crowd of clients must not keep the peer out.
 */
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { ConnectionOptions, TlsOptions } from 'node:tls';
import { WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../../common/clock.js';
import { type ListenAddress, limitSockets, listenAt, webSocketUrl } from '../listen.js';
import type { PeerDial, PeerTransport } from './peer-transport.js';

/** Nothing that peers ask comes near it. */
const MAX_FRAME_BYTES = 64 * 1024;
/** A pair has two servers; more sockets than these belong to something else. */
const SOCKETS = { total: 200, perNetwork: 20 };
/** How long a socket may take to ask for a WebSocket, including TLS. */
const UPGRADE_MS = 5_000;
/** Of a close that the other end does not answer. */
const CLOSE_MS = 3_000;
/** WebSocket code of a close in good order (RFC 6455, 7.4.1). */
const NORMAL = 1000;

/** @param tls for `wss:`: authorities, and the certificate that this server shows */
export function webSocketDial(clock: Clock, tls: ConnectionOptions = {}): PeerDial {
  return (url, opened, failed) => {
    let socket: WebSocket;
    try {
      socket = new WebSocket(url, {
        minVersion: 'TLSv1.2',
        ...tls,
        maxPayload: MAX_FRAME_BYTES,
        perMessageDeflate: false,
      });
    } catch (error) {
      // A certificate that cannot be read is found at once; whoever calls is told in a later turn.
      const timer = clock.after(0, () => failed((error as Error).message));
      return () => timer.cancel();
    }
    let settled = false;
    const refused = (error: Error) => {
      if (settled) return;
      settled = true;
      failed(error.message);
    };
    socket.on('error', refused);
    socket.once('open', () => {
      if (settled) return;
      settled = true;
      opened(wireOf(socket, url, clock));
    });
    return () => {
      settled = true;
      socket.terminate();
    };
  };
}

export interface PeerListenerOptions {
  /** Told of each connection that was opened. */
  accept(wire: PeerTransport): void;
  /** @default '127.0.0.1' */
  host?: string;
  /** 0: a port of the system's choice. */
  port: number;
  /** Absent: no TLS. With `ca` and `requestCert` peers have to show a certificate. */
  tls?: TlsOptions;
  clock: Clock;
}

export interface PeerListener extends ListenAddress {
  readonly url: string;
  close(): Promise<void>;
}

/** @throws (the promise rejects) where the port cannot be had or the certificate is no good */
export async function listenForPeers({
  accept,
  host = '127.0.0.1',
  port,
  tls,
  clock,
}: PeerListenerOptions): Promise<PeerListener> {
  const times = {
    headersTimeout: UPGRADE_MS,
    requestTimeout: UPGRADE_MS,
    connectionsCheckingInterval: UPGRADE_MS / 2,
  };
  const http: Server =
    tls === undefined
      ? createHttpServer(times, explain)
      : createHttpsServer(
          {
            ...times,
            handshakeTimeout: UPGRADE_MS,
            minVersion: 'TLSv1.2',
            rejectUnauthorized: tls.requestCert === true,
            ...tls,
          },
          explain,
        );
  limitSockets(http, SOCKETS);
  const upgrades = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false });
  const sockets = new Set<Socket>();
  http.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  http.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    // No web page is a peer.
    if (request.headers.origin !== undefined) return forbid(socket);
    socket.setNoDelay(true);
    upgrades.handleUpgrade(request, socket, head, (webSocket) =>
      accept(wireOf(webSocket, socket.remoteAddress ?? 'unknown', clock)),
    );
  });
  const address = await listenAt(http, port, host);
  return { ...address, url: webSocketUrl(address, tls !== undefined), close: () => close(http, sockets, clock) };
}

/** Peers were told before; who does not close is not waited for. */
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

/** For people who open the port in a browser. */
function explain(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(426, { 'content-type': 'text/plain; charset=utf-8', connection: 'close', upgrade: 'websocket' });
  response.end('Here a ctios-server listens for its peers; clients have another port.\n');
}

function forbid(socket: Socket): void {
  socket.on('error', () => {});
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

function wireOf(socket: WebSocket, address: string, clock: Clock): PeerTransport {
  const wire: PeerTransport = {
    address,
    get queued() {
      return socket.bufferedAmount;
    },
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close() {
      socket.close(NORMAL);
      const timer = clock.after(CLOSE_MS, () => socket.terminate());
      socket.once('close', () => timer.cancel());
    },
    drop: () => socket.terminate(),
    onFrame: () => {},
    onClosed: () => {},
  };
  let trouble: string | undefined;
  socket.on('message', (data, isBinary) => wire.onFrame(isBinary ? undefined : data.toString()));
  socket.on('error', (error) => {
    trouble = error.message;
  });
  socket.once('close', (code) => wire.onClosed(trouble ?? (code === NORMAL ? undefined : `WebSocket code ${code}`)));
  return wire;
}
