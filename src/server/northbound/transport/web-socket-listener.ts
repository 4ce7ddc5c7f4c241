import type { Server } from 'node:http';
import type { TlsOptions } from 'node:tls';
import { type ListenAddress, listenAt, webSocketUrl } from '../../listen.js';
import { renewTls, webSocketServer } from '../../web-socket-server.js';
import type { ClientSessions } from '../session/session-registry.js';
import { ConnectionAdmission, rejectUpgrade } from './connection-admission.js';
import { SendingTurn, WebSocketClient } from './web-socket-client.js';
import type { WebSocketClientOptions } from './web-socket-client-options.js';

export interface WebSocketListenerOptions extends WebSocketClientOptions {
  sessions: Pick<ClientSessions, 'accept' | 'audit' | 'clock'>;
  /** @default '127.0.0.1' */
  host?: string;
  /** 0: any free port. */
  port: number;
  /** Absent: no TLS. With `ca` and `requestCert` clients must present a certificate. */
  tls?: TlsOptions;
  /** Maximum number of connections. @default 10000 */
  maxConnections?: number;
  /** How long a connection may take until its WebSocket upgrade, in milliseconds. @default 10000 */
  upgradeTimeoutMs?: number;
  /** Maximum per address (per /64 network with IPv6). @default 5000 */
  maxConnectionsPerAddress?: number;
  /**
   * Origins of the web pages that may connect ("https://desk.example.com"). None by default: otherwise any page that a
   * user opens could reach a server on that user's machine.
   */
  origins?: readonly string[];
}

export interface WebSocketListener extends ListenAddress {
  readonly url: string;
  /** Number of connections. */
  readonly connections: number;
  /** Bytes queued for the slowest client. */
  readonly deepestQueue: number;
  /** How long the oldest message has been waiting for the slowest client, in milliseconds. */
  readonly longestWaitMs: number;
  /**
   * Uses another certificate for new connections; existing ones continue.
   * @throws Error if the listener has no TLS, or the certificate or key is invalid: the old one stays in use
   */
  renewTls(tls: TlsOptions): void;
  /** Closes the clients' sessions, and accepts no more clients. */
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 10_000;
const MAX_CONNECTIONS_PER_ADDRESS = 5_000;
/** Sockets in addition to those of clients: without a WebSocket yet, or receiving the reason for a refusal. */
const NOT_YET_CLIENTS = 1_000;
/** Of those, from one address. */
const NOT_YET_CLIENTS_PER_NETWORK = 100;
/** How long a connection may take until its upgrade; `helloMs` of the settings covers what follows. */
const UPGRADE_MS = 10_000;
/** Far above any request. */
const MAX_FRAME_BYTES = 256 * 1024;

/**
 * Clients over the network: WebSocket, one JSON text frame per message. An event is serialized once for all recipients.
 * @throws (rejects) if the port is not available or the certificate is invalid
 */
export async function listenForWebSockets(options: WebSocketListenerOptions): Promise<WebSocketListener> {
  const { sessions, host = '127.0.0.1', port, tls, origins = [], upgradeTimeoutMs = UPGRADE_MS } = options;
  const { maxConnections = MAX_CONNECTIONS, maxConnectionsPerAddress = MAX_CONNECTIONS_PER_ADDRESS } = options;
  const admission = new ConnectionAdmission({
    origins,
    maxConnections,
    maxConnectionsPerAddress,
    askCertificate: tls?.requestCert === true && tls.rejectUnauthorized !== false,
  });
  const clients = new Set<WebSocketClient>();
  const turn = new SendingTurn();
  const http = webSocketServer({
    // A client whose certificate is not valid is refused at the upgrade, with the reason.
    tls: tls && { ...tls, rejectUnauthorized: false },
    upgradeMs: upgradeTimeoutMs,
    limits: {
      total: maxConnections + NOT_YET_CLIENTS,
      perNetwork: maxConnectionsPerAddress + NOT_YET_CLIENTS_PER_NETWORK,
    },
    maxFrameBytes: MAX_FRAME_BYTES,
    about: 'This is a ctios-server: it speaks WebSocket, one JSON text frame per message.\n',
    admit(request, socket) {
      const refusal = admission.refusal(request);
      if (refusal === undefined) return true;
      const { code, message: reason } = refusal;
      const peer = socket.remoteAddress ?? 'unknown';
      sessions.audit({ time: sessions.clock.now(), what: 'refused', peer, code, reason });
      rejectUpgrade(socket, refusal);
      return false;
    },
    opened(webSocket, socket) {
      const client = new WebSocketClient(webSocket, socket, options, turn);
      const left = admission.enter(socket);
      clients.add(client);
      webSocket.once('close', () => {
        clients.delete(client);
        left();
      });
    },
  });

  const address = await listenAt(http, port, host);
  return {
    ...address,
    url: webSocketUrl(address, tls !== undefined),
    get connections() {
      return clients.size;
    },
    get deepestQueue() {
      let deepest = 0;
      for (const client of clients) deepest = Math.max(deepest, client.queued);
      return deepest;
    },
    get longestWaitMs() {
      let longest = 0;
      for (const client of clients) longest = Math.max(longest, client.waitMs);
      return longest;
    },
    renewTls: (renewed) => renewTls(http, renewed),
    close: () => close(http, clients),
  };
}

async function close(http: Server, clients: ReadonlySet<WebSocketClient>): Promise<void> {
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  for (const client of clients) client.close();
  await closed;
}
