/**
 * The way to a `ctios-server` over the network: one WebSocket, one JSON text frame per message, TLS with `wss:`. It
 * moves messages; time-outs, heartbeats and retries are the connection's (`connection.ts`).
 */
import type { ConnectionOptions } from 'node:tls';
import { type RawData, WebSocket } from 'ws';
import { systemClock } from '../common/clock.js';
import type { ClientMessage, Connector, ServerMessage, Transport } from '../ctios/transport.js';

/** No message of the protocol comes near it: an event is some hundred bytes. */
const MAX_FRAME_BYTES = 4 * 1024 * 1024;
/** Of a close that the peer does not answer, before the socket is destroyed. */
const CLOSE_MS = 3_000;

const KINDS: ReadonlySet<string> = new Set(['welcome', 'refused', 'event', 'done', 'heartbeat', 'closing']);

/**
 * @param url "ws://…" or "wss://…"
 * @param tls for `wss:`: authorities, client certificate, minimum version (TLS 1.2 unless set)
 * @param headers sent with the upgrade, e.g. an authorisation
 * @throws TypeError for a url that is none
 */
export function webSocketConnector(
  url: string,
  tls: ConnectionOptions = {},
  headers: Readonly<Record<string, string>> = {},
): Connector {
  const { protocol, host } = new URL(url);
  if (protocol !== 'ws:' && protocol !== 'wss:') throw new TypeError(`${url} is not a ws: or wss: address`);
  return {
    // Without path and user: it is shown to people and written to logs.
    name: `${protocol}//${host}`,
    remote: true,
    connect(opened, failed) {
      let socket: WebSocket;
      try {
        socket = new WebSocket(url, {
          minVersion: 'TLSv1.2',
          ...tls,
          headers: { ...headers },
          maxPayload: MAX_FRAME_BYTES,
          // Frames are small and many: compressing each costs more than it saves.
          perMessageDeflate: false,
        });
      } catch (error) {
        // A certificate or key that cannot be read is found at once; whoever connects is told in a later turn.
        const timer = systemClock.after(0, () => failed(error as Error));
        return () => timer.cancel();
      }
      let settled = false;
      const refused = (error: Error) => {
        if (settled) return;
        settled = true;
        failed(error);
      };
      socket.once('open', () => {
        if (settled) return;
        settled = true;
        socket.removeListener('error', refused);
        opened(transportOf(socket));
      });
      socket.on('error', refused);
      return () => {
        settled = true;
        socket.on('error', () => {});
        socket.terminate();
      };
    },
  };
}

function transportOf(socket: WebSocket): Transport {
  const transport: Transport = {
    onMessage: () => {},
    onClosed: () => {},
    send(message: ClientMessage) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    close() {
      socket.close(1000);
      const timer = systemClock.after(CLOSE_MS, () => socket.terminate());
      socket.once('close', () => timer.cancel());
    },
  };
  let failure: Error | undefined;
  socket.on('message', (data, isBinary) => {
    const message = isBinary ? undefined : parse(data);
    if (message !== undefined) transport.onMessage(message);
    else {
      failure = new Error('it sent something that is no message of the protocol');
      socket.close(1003);
    }
  });
  socket.on('error', (error) => {
    failure = error;
  });
  socket.once('close', (code, reason) => {
    // 1000 and 1001 are good order; the server has said why in words before.
    if (failure === undefined && code !== 1000 && code !== 1001) {
      failure = new Error(reason.length > 0 ? reason.toString() : `WebSocket code ${code}`);
    }
    transport.onClosed(failure);
  });
  return transport;
}

function parse(data: RawData): ServerMessage | undefined {
  try {
    const message: unknown = JSON.parse(data.toString());
    if (typeof message !== 'object' || message === null) return undefined;
    const { kind } = message as { kind?: unknown };
    return typeof kind === 'string' && KINDS.has(kind) ? (message as ServerMessage) : undefined;
  } catch {
    return undefined;
  }
}
