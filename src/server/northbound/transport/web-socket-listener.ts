import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer, Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { EventMessage, ServerMessage } from '../../../ctios/transport.js';
import { type ListenAddress, limitSockets, listenAt, webSocketUrl } from '../../listen.js';
import type { ClientSessions } from '../session/session-registry.js';
import type { Grants } from '../session/settings.js';
import { readClientMessage } from './client-message.js';
import { ConnectionAdmission, rejectUpgrade } from './connection-admission.js';

export interface WebSocketListenerOptions {
  sessions: Pick<ClientSessions, 'accept' | 'audit' | 'clock'>;
  grants: Grants;
  /** @default '127.0.0.1' */
  host?: string;
  /** 0: a port of the system's choice. */
  port: number;
  /** Absent: no TLS. With `ca` and `requestCert` clients have to show a certificate. */
  tls?: TlsOptions;
  /** What may wait for a client that does not read, before it is given up. @default 8 MiB */
  maxQueueBytes?: number;
  /** Connections at a time. @default 10000 */
  maxConnections?: number;
  /** How long a socket may take to ask for a WebSocket, in milliseconds. @default 10000 */
  upgradeTimeoutMs?: number;
  /** Of those, from one address (one /64 network, with IPv6). @default 5000 */
  maxConnectionsPerAddress?: number;
  /**
   * Web pages that may connect, by their origin ("https://desk.example.com"). None by default: any page a person opens
   * could otherwise reach a server on that person's machine.
   */
  origins?: readonly string[];
}

export interface WebSocketListener extends ListenAddress {
  readonly url: string;
  /** Connections there are. */
  readonly connections: number;
  /** Bytes that wait for the client that reads slowest. */
  readonly deepestQueue: number;
  /**
   * Uses another certificate for new connections; those that are there go on.
   * @throws Error where the listener has no TLS, or the certificate or key is not valid: the old one stays in use
   */
  renewTls(tls: TlsOptions): void;
  /** Says goodbye to the clients and takes no more. */
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 10_000;
const MAX_CONNECTIONS_PER_ADDRESS = 5_000;
/** Sockets beside those of clients: they have not asked for a WebSocket yet, or receive the reason for a refusal. */
const NOT_YET_CLIENTS = 1_000;
/** Of those, from one address. */
const NOT_YET_CLIENTS_PER_NETWORK = 100;
/** How long a socket may take to ask for a WebSocket; `helloMs` of the settings is for what follows. */
const UPGRADE_MS = 10_000;
const MAX_QUEUE_BYTES = 8 * 1024 * 1024;
/** No request comes near it. */
const MAX_FRAME_BYTES = 256 * 1024;
/** Of a close that a client does not answer. */
const CLOSE_MS = 3_000;

/** Codes of WebSocket closes (RFC 6455, 7.4.1). */
const NORMAL = 1000;
const UNSUPPORTED = 1003;
const POLICY = 1008;

/**
 * Clients over the network: WebSocket, one JSON text frame per message. An event is serialised once for all who get it.
 * @throws (the promise rejects) where the port cannot be had or the certificate is no good
 */
export async function listenForWebSockets(options: WebSocketListenerOptions): Promise<WebSocketListener> {
  const { sessions, host = '127.0.0.1', port, tls, origins = [], upgradeTimeoutMs = UPGRADE_MS } = options;
  const { maxConnections = MAX_CONNECTIONS, maxConnectionsPerAddress = MAX_CONNECTIONS_PER_ADDRESS } = options;
  const patience = {
    headersTimeout: upgradeTimeoutMs,
    requestTimeout: upgradeTimeoutMs,
    connectionsCheckingInterval: upgradeTimeoutMs / 2,
  };
  const http: Server =
    // A client whose certificate is no good is refused at the upgrade, with the reason.
    tls === undefined
      ? createHttpServer(patience, explain)
      : createHttpsServer(
          { ...patience, handshakeTimeout: upgradeTimeoutMs, minVersion: 'TLSv1.2', ...tls, rejectUnauthorized: false },
          explain,
        );
  const admission = new ConnectionAdmission({
    origins,
    maxConnections,
    maxConnectionsPerAddress,
    askCertificate: tls?.requestCert === true && tls.rejectUnauthorized !== false,
  });
  limitSockets(http, {
    total: maxConnections + NOT_YET_CLIENTS,
    perNetwork: maxConnectionsPerAddress + NOT_YET_CLIENTS_PER_NETWORK,
  });
  const upgrades = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false });
  const clients = new Set<WebSocketClient>();
  const serialise = serialiser();

  http.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const refusal = admission.refusal(request);
    if (refusal !== undefined) {
      const { code, message } = refusal;
      sessions.audit({
        time: sessions.clock.now(),
        what: 'refused',
        peer: socket.remoteAddress ?? 'unknown',
        code,
        reason: message,
      });
      rejectUpgrade(socket, refusal);
      return;
    }
    socket.setNoDelay(true);
    upgrades.handleUpgrade(request, socket, head, (webSocket) => {
      const client = new WebSocketClient(webSocket, socket, options, serialise);
      const left = admission.enter(socket);
      clients.add(client);
      webSocket.once('close', () => {
        clients.delete(client);
        left();
      });
    });
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
    renewTls(renewed) {
      if (!(http instanceof TlsServer)) throw new Error('This listener has no TLS.');
      http.setSecureContext(renewed);
    },
    close: () => close(http, clients),
  };
}

async function close(http: Server, clients: ReadonlySet<WebSocketClient>): Promise<void> {
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  for (const client of clients) client.close();
  await closed;
}

/** For people who open the port in a browser. */
function explain(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(426, { 'content-type': 'text/plain; charset=utf-8', connection: 'close', upgrade: 'websocket' });
  response.end('This is a ctios-server: it speaks WebSocket, one JSON text frame per message.\n');
}

/** Remembers the last event: it is handed to one client after the other. */
function serialiser(): (message: ServerMessage) => Buffer {
  let last: EventMessage | undefined;
  let bytes: Buffer | undefined;
  return (message) => {
    if (message.kind !== 'event') return Buffer.from(JSON.stringify(onlyTheMessage(message)));
    if (message !== last || bytes === undefined) {
      last = message;
      bytes = Buffer.from(JSON.stringify(eventOnly(message)));
    }
    return bytes;
  };
}

/** A publication knows for whom it is; that stays here. */
function eventOnly({ kind, event, args, recovered }: EventMessage): EventMessage {
  return recovered === true ? { kind, event, args, recovered } : { kind, event, args };
}

function onlyTheMessage(message: Exclude<ServerMessage, EventMessage>): ServerMessage {
  return message.kind === 'done' && message.conf !== undefined
    ? { ...message, conf: eventOnly(message.conf) }
    : message;
}

/** One connection. */
class WebSocketClient {
  readonly #receive: (data: RawData, isBinary: boolean) => void;
  readonly #gone: () => void;
  #corked = false;
  #closing = false;
  /** Bytes sent in this turn, and in the turn that sent most. */
  #burst = 0;
  #largestBurst = 0;

  constructor(
    private readonly webSocket: WebSocket,
    private readonly socket: Socket,
    private readonly options: WebSocketListenerOptions,
    private readonly serialise: (message: ServerMessage) => Buffer,
  ) {
    const accepted = options.sessions.accept({
      peer: socket.remoteAddress ?? 'unknown',
      grants: options.grants,
      send: (message) => this.#send(message),
      // Behind all that was written before.
      flushed: (then) => this.socket.write('', (error) => (error === undefined || error === null ? then() : undefined)),
      close: (code) => (code === undefined ? this.close() : this.close(POLICY, code)),
    });
    this.#receive = (data, isBinary) => {
      if (this.#closing) return;
      const message = isBinary ? 'a message must be a text frame' : read(data);
      if (typeof message !== 'string') accepted.receive(message);
      else
        this.#giveUp('CTIOS_BAD_MESSAGE', `What was received is no message of the protocol: ${message}.`, UNSUPPORTED);
    };
    webSocket.on('message', this.#receive);
    webSocket.on('error', () => {});
    this.#gone = () => accepted.closed();
    webSocket.once('close', this.#gone);
  }

  /** Bytes on their way to the client. */
  get queued(): number {
    return this.webSocket.bufferedAmount;
  }

  close(code = NORMAL, reason = ''): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#uncork();
    this.webSocket.close(code, reason);
    const timer = setTimeout(() => this.webSocket.terminate(), CLOSE_MS);
    timer.unref();
    this.webSocket.once('close', () => clearTimeout(timer));
  }

  #send(message: ServerMessage): void {
    if (this.#closing || this.webSocket.readyState !== this.webSocket.OPEN) return;
    if (!this.#corked && this.#stalls()) {
      // The reason stands in the close frame, behind all that waits: the client has CLOSE_MS to read as far as that.
      this.close(POLICY, 'CTIOS_CLIENT_TOO_SLOW');
      // For the server it has gone: its agent has no desktop here any more.
      this.#gone();
      return;
    }
    const bytes = this.serialise(message);
    this.#cork();
    this.#burst += bytes.length;
    this.webSocket.send(bytes, { binary: false });
  }

  /** More waits from earlier turns than may. What one turn gave it, such as a snapshot, no client can have read yet. */
  #stalls(): boolean {
    const most = this.options.maxQueueBytes ?? MAX_QUEUE_BYTES;
    return this.webSocket.bufferedAmount > most + this.#largestBurst;
  }

  #giveUp(code: string, text: string, closeCode: number): void {
    this.#send({ kind: 'closing', code, message: text });
    this.close(closeCode, code);
  }

  /** What is sent within one turn goes out in one write. */
  #cork(): void {
    if (this.#corked) return;
    this.#corked = true;
    this.socket.cork();
    setImmediate(() => this.#uncork());
  }

  #uncork(): void {
    if (!this.#corked) return;
    this.#corked = false;
    this.#largestBurst = Math.max(this.#largestBurst, this.#burst);
    this.#burst = 0;
    this.socket.uncork();
  }
}

function read(data: RawData): ReturnType<typeof readClientMessage> {
  try {
    return readClientMessage(JSON.parse(data.toString()));
  } catch {
    return 'it is not JSON';
  }
}
