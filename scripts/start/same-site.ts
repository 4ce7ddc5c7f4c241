/**
 * Limits access to the Node-RED of `npm start` to its own pages and to programs on this computer. It has no password, so
 * pages of other sites in the same browser must not reach it, neither across origins (`Origin`) nor through a host name
 * that resolves to this computer (`Host`, DNS rebinding).
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

const NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** @returns why a request is refused, as a sentence; undefined if it is accepted */
export function whyForeign({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  const host = nameIn(`http://${headers.host ?? ''}`);
  if (host === undefined || !NAMES.has(host.hostname)) {
    return `This Node-RED is reached as 127.0.0.1 or localhost, not as "${(headers.host ?? '').slice(0, 100)}".`;
  }
  const { origin } = headers;
  if (origin === undefined) return undefined;
  if (nameIn(origin)?.host === host.host && origin.startsWith('http://')) return undefined;
  return `Pages of ${origin.slice(0, 100)} may not reach this Node-RED.`;
}

function nameIn(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

/** @returns whether the request was refused, and answered */
export function refuseForeign(request: IncomingMessage, response: ServerResponse): boolean {
  const why = whyForeign(request);
  if (why === undefined) return false;
  response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(`${why}\n`);
  return true;
}

/** Runs before all other listeners. The same-origin policy does not apply to WebSockets, so any page could open one. */
export function refuseForeignSockets(server: Server): void {
  server.prependListener('upgrade', (request: IncomingMessage, socket: Duplex) => {
    if (whyForeign(request) === undefined) return;
    forbidSocket(socket);
  });
}

export function forbidSocket(socket: Duplex): void {
  socket.on('error', () => {});
  socket.write('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  socket.destroy();
}
