/** Shared by the ports for clients and for peers: an HTTP server, with or without TLS, that only opens WebSockets. */
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer, Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { type WebSocket, WebSocketServer } from 'ws';
import { limitSockets, type SocketLimits } from './listen.js';

export interface WebSocketServerOptions {
  /** Absent: no TLS. */
  readonly tls: TlsOptions | undefined;
  /** How long a socket may take to request a WebSocket, including TLS, in milliseconds. */
  readonly upgradeMs: number;
  readonly limits: SocketLimits;
  readonly maxFrameBytes: number;
  /** The text shown when the port is opened in a browser. */
  readonly about: string;
  /** Whether a socket may become a WebSocket; otherwise this function responds and closes it. */
  admit(request: IncomingMessage, socket: Socket): boolean;
  opened(webSocket: WebSocket, socket: Socket): void;
}

/** @throws Error if the certificate is not valid */
export function webSocketServer(options: WebSocketServerOptions): Server {
  const { tls, upgradeMs, limits, maxFrameBytes, about, admit, opened } = options;
  const times = { headersTimeout: upgradeMs, requestTimeout: upgradeMs, connectionsCheckingInterval: upgradeMs / 2 };
  const explain = (_request: IncomingMessage, response: ServerResponse): void => {
    const headers = { 'content-type': 'text/plain; charset=utf-8', connection: 'close', upgrade: 'websocket' };
    response.writeHead(426, headers).end(about);
  };
  const http =
    tls === undefined
      ? createHttpServer(times, explain)
      : createHttpsServer({ ...times, handshakeTimeout: upgradeMs, minVersion: 'TLSv1.2', ...tls }, explain);
  limitSockets(http, limits);
  // Frames are small and many: compressing each costs more than it saves.
  const upgrades = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes, perMessageDeflate: false });
  http.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (!admit(request, socket)) return;
    socket.setNoDelay(true);
    upgrades.handleUpgrade(request, socket, head, (webSocket) => opened(webSocket, socket));
  });
  return http;
}

/**
 * Uses another certificate for new connections; existing ones continue.
 * @throws Error if the server has no TLS, or the certificate or key is invalid: the old one stays in use
 */
export function renewTls(http: Server, { minVersion = 'TLSv1.2', ...tls }: TlsOptions): void {
  if (!(http instanceof TlsServer)) throw new Error('This listener has no TLS.');
  http.setSecureContext({ minVersion, ...tls });
}
