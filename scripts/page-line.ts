/**
 * The live connection of an example's page, opened in the same way as the page opens it: a ticket over HTTP, then a
 * WebSocket.
 */
import { request as http } from 'node:http';
import { request as https } from 'node:https';
import { WebSocket } from 'ws';

export type Headers = Record<string, string>;

/**
 * Certificates are not verified, because they are this computer's and may be self-signed.
 * @param page its address, without a slash at the end
 * @returns the ticket, or the status of the refusal
 */
export function ticketFor(page: string, headers: Headers = {}): Promise<string | number> {
  const send = page.startsWith('https:') ? https : http;
  return new Promise((answered, failed) => {
    const request = send(`${page}/ticket`, { method: 'POST', headers, rejectUnauthorized: false, agent: false });
    request.on('error', failed);
    request.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('error', failed);
      response.on('end', () =>
        answered(response.statusCode === 200 ? (JSON.parse(body) as { ticket: string }).ticket : response.statusCode!),
      );
    });
    request.end();
  });
}

/** A WebSocket of the page. It shows the ticket when it opens, unless none is given. */
export function lineOf(page: string, ticket?: string, headers: Headers = {}): WebSocket {
  const socket = new WebSocket(`${page.replace(/^http/, 'ws')}/live`, {
    handshakeTimeout: 1_000,
    rejectUnauthorized: false,
    headers,
  });
  socket.on('error', () => {});
  if (ticket !== undefined) socket.on('open', () => socket.send(JSON.stringify({ ticket })));
  return socket;
}

/** What a page says. */
export interface Spoken<T> {
  greeting?: object;
  reply?: (message: T) => object | undefined;
}

/**
 * The first message that satisfies `wanted`. As a page does, it connects again when a deploy cuts the line, or when the
 * flow does not listen yet.
 * @param options.greeting sent when the line is open; `reply`: what is sent after a message, if anything; `over`: true
 *   when there is nothing to wait for any more
 */
export function heardOn<T>(
  page: string,
  wanted: (message: T) => boolean,
  { headers, greeting, reply, over = () => false }: Spoken<T> & { headers?: Headers; over?: () => boolean } = {},
): Promise<T> {
  return new Promise((found) => {
    const connect = async () => {
      if (over()) return;
      const ticket = await ticketFor(page, headers).catch(() => undefined);
      if (typeof ticket !== 'string') return void setTimeout(connect, 20);
      const socket = lineOf(page, ticket);
      let done = false;
      socket.on('open', () => greeting && socket.send(JSON.stringify(greeting)));
      socket.on('close', () => {
        if (!done) setTimeout(connect, 20);
      });
      socket.on('message', (data) => {
        const message = JSON.parse(String(data)) as T & { reconnect?: true; link?: object };
        if (message.reconnect) return socket.close();
        // The session's status, which every page receives.
        if (message.link !== undefined) return;
        const answer = reply?.(message);
        if (answer !== undefined) socket.send(JSON.stringify(answer));
        if (done || !wanted(message)) return;
        done = true;
        socket.terminate();
        found(message);
      });
    };
    void connect();
  });
}
