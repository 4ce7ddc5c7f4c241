/**
 * Connects to a `ctios-server` over the network: one WebSocket, one JSON text frame per message, TLS with `wss:`. It
 * only transports messages; time-outs, heartbeats and retries are up to the connection (`connection.ts`).
 */
import type { IncomingMessage } from 'node:http';
import type { ConnectionOptions } from 'node:tls';
import { type RawData, WebSocket } from 'ws';
import { systemClock } from '../../common/clock.js';
import { type CertificateFacts, peerCertificate } from '../../common/network/certificates.js';
import { secureWebSocket } from '../../common/network/secure-web-socket.js';
import { closeWebSocket, WebSocketClose } from '../../common/network/web-socket-close.js';
import { readKind, serverMessages } from '../../ctios/message-schema.js';
import type { ClientMessage, Connector, ServerMessage, Transport } from '../../ctios/transport.js';

/** Far above any message of the protocol: an event has some hundred bytes. */
const MAX_FRAME_BYTES = 4 * 1024 * 1024;

/** Maximum size of the response of a server that refuses the connection. */
const MAX_ANSWER_BYTES = 4096;

/**
 * @param url "ws://…" or "wss://…"
 * @param tls for `wss:`: CAs, client certificate, minimum version (default TLS 1.2)
 * @param headers sent with the upgrade request, e.g. an authorization
 * @throws TypeError if the url is invalid
 */
export function webSocketConnector(
  url: string,
  tls: ConnectionOptions = {},
  headers: Readonly<Record<string, string>> = {},
): Connector {
  const { protocol, host } = new URL(url);
  if (protocol !== 'ws:' && protocol !== 'wss:') throw new TypeError(`${url} is not a ws: or wss: address`);
  return {
    // Without path and user, because it is displayed and logged.
    name: `${protocol}//${host}`,
    remote: true,
    connect(opened, failed) {
      let socket: WebSocket;
      let certificate: CertificateFacts | undefined;
      const { createConnection, explain } = secureWebSocket(tls, host, (tlsSocket) => {
        certificate = peerCertificate(tlsSocket);
      });
      try {
        socket = new WebSocket(url, {
          headers: { ...headers },
          maxPayload: MAX_FRAME_BYTES,
          // Frames are small and many: compressing each would cost more than it saves.
          perMessageDeflate: false,
          ...(protocol === 'wss:' && { createConnection }),
        });
      } catch (error) {
        // An unreadable certificate or key is detected immediately; the caller is notified in a later turn.
        const timer = systemClock.after(0, () => failed(error as Error));
        return () => timer.cancel();
      }
      let settled = false;
      const refused = (error: Error) => {
        if (settled) return;
        settled = true;
        failed(explain(error));
      };
      socket.on('unexpected-response', (_request, response) => {
        wordsOf(response, (words) => {
          refused(new Error(words));
          socket.terminate();
        });
      });
      socket.once('open', () => {
        if (settled) return;
        settled = true;
        socket.removeListener('error', refused);
        opened(transportOf(socket, explain, certificate));
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

function transportOf(
  socket: WebSocket,
  explain: (error: Error) => Error,
  certificate: CertificateFacts | undefined,
): Transport {
  const transport: Transport = {
    ...(certificate === undefined ? {} : { certificate }),
    onMessage: () => {},
    onClosed: () => {},
    send(message: ClientMessage) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    close() {
      closeWebSocket(socket, systemClock);
    },
  };
  let failure: Error | undefined;
  socket.on('message', (data, isBinary) => {
    // Messages after an invalid one are not trusted either.
    if (failure !== undefined) return;
    const { message, wrong } = isBinary ? { wrong: 'it is no text' } : read(data);
    if (message !== undefined) transport.onMessage(message);
    if (wrong === undefined) return;
    failure = new Error(`it sent something that is no message of the protocol (${wrong})`);
    socket.close(WebSocketClose.unsupported);
  });
  socket.on('error', (error) => {
    failure = explain(error);
  });
  socket.once('close', (code, reason) => {
    // These two codes are a regular close; the server has already sent its reason as a message.
    if (failure === undefined && code !== WebSocketClose.normal && code !== WebSocketClose.goingAway) {
      failure = new Error(reason.length > 0 ? reason.toString() : `WebSocket code ${code}`);
    }
    transport.onClosed(failure);
  });
  return transport;
}

/** The response of a server that does not open a WebSocket: the text of its `refused` message, or the HTTP status. */
function wordsOf(response: IncomingMessage, told: (words: string) => void): void {
  const status = `HTTP status ${response.statusCode}`;
  let text = '';
  let over = false;
  const end = (): void => {
    if (over) return;
    over = true;
    told(sentenceIn(text) ?? `it opens no WebSocket: ${status} ${response.statusMessage ?? ''}`.trim());
  };
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    text += chunk;
    if (text.length > MAX_ANSWER_BYTES) end();
  });
  response.once('close', end);
  response.on('error', end);
}

function sentenceIn(text: string): string | undefined {
  try {
    const { kind, message } = JSON.parse(text) as { kind?: unknown; message?: unknown };
    return kind === 'refused' && typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}

/** @returns the message, or a sentence that describes what is wrong with it; neither for a kind of a later version */
function read(data: RawData): { message?: ServerMessage; wrong?: string } {
  try {
    const message: unknown = JSON.parse(data.toString());
    const { kind, wrong } = readKind(serverMessages, message);
    if (wrong !== undefined) return { wrong };
    return kind === undefined ? {} : { message: message as ServerMessage };
  } catch {
    return { wrong: 'it is no JSON' };
  }
}
