/**
 * The way to a `ctios-server` over the network: one WebSocket, one JSON text frame per message, TLS with `wss:`. It
 * moves messages; time-outs, heartbeats and retries are the connection's (`connection.ts`).
 */
import type { IncomingMessage } from 'node:http';
import { type createConnection, isIP } from 'node:net';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { type RawData, WebSocket } from 'ws';
import { type CertificateFacts, peerCertificate } from '../../common/certificates.js';
import { systemClock } from '../../common/clock.js';
import { explainTls } from '../../common/tls-errors.js';
import { readKind, serverMessages } from '../../ctios/message-schema.js';
import type { ClientMessage, Connector, ServerMessage, Transport } from '../../ctios/transport.js';

/** No message of the protocol comes near it: an event is some hundred bytes. */
const MAX_FRAME_BYTES = 4 * 1024 * 1024;
/** Of a close that the peer does not answer, before the socket is destroyed. */
const CLOSE_MS = 3_000;

/** Of the answer of a server that lets nobody in. */
const MAX_ANSWER_BYTES = 4096;

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
      let explain = (error: Error): Error => error;
      let certificate: CertificateFacts | undefined;
      // `ws` would dial by itself, but not tell which certificate it was that TLS refused.
      const dial = ({ host: name = '', port }: { host?: string; port?: number }): TLSSocket => {
        const servername = tls.servername || (isIP(name) === 0 ? name : '');
        const options: ConnectionOptions = {
          minVersion: 'TLSv1.2',
          ...tls,
          servername,
          host: name,
          port: Number(port),
        };
        const connection = connectTls(options, () => {
          certificate = peerCertificate(connection);
        });
        explain = explainTls(connection, options, host);
        return connection;
      };
      try {
        socket = new WebSocket(url, {
          headers: { ...headers },
          maxPayload: MAX_FRAME_BYTES,
          // Frames are small and many: compressing each costs more than it saves.
          perMessageDeflate: false,
          ...(protocol === 'wss:' && { createConnection: dial as unknown as typeof createConnection }),
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
      socket.close(1000);
      const timer = systemClock.after(CLOSE_MS, () => socket.terminate());
      socket.once('close', () => timer.cancel());
    },
  };
  let failure: Error | undefined;
  socket.on('message', (data, isBinary) => {
    // What comes behind the one that was no message is not trusted either.
    if (failure !== undefined) return;
    const { message, wrong } = isBinary ? { wrong: 'it is no text' } : read(data);
    if (message !== undefined) transport.onMessage(message);
    if (wrong === undefined) return;
    failure = new Error(`it sent something that is no message of the protocol (${wrong})`);
    socket.close(1003);
  });
  socket.on('error', (error) => {
    failure = explain(error);
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

/** What a server that opens no WebSocket says instead: in the words of its `refused`, or by the status of HTTP. */
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

/** @returns the message, or what is wrong with it, in words; neither for a kind of a later version */
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
