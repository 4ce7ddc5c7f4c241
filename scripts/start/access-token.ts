/**
 * The token in the address that `npm start` prints. Opening that address sets a cookie; without it there is no
 * editor, no start page and no admin API, so that other people on the same computer cannot deploy code here. The pages and
 * endpoints of flows stay open on loopback: a CRM, or a script, calls them by their plain address.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { forbidSocket } from './same-site.js';

const FILE = '.start-token';
const PARAMETER = 'token';
/** Of Node-RED's editor. */
const EDITOR_SOCKET = '/comms';

type Asked = Pick<IncomingMessage, 'headers' | 'url'>;

export class AccessToken {
  readonly #cookie: string;

  /** @param port part of the cookie's name, because all ports of a host share their cookies */
  constructor(
    private readonly token: string,
    port: number,
  ) {
    this.#cookie = `ctios-start-${port}`;
  }

  /** The address with the token in it. */
  inAddress(url: string): string {
    const address = new URL(url);
    address.searchParams.set(PARAMETER, this.token);
    return address.href;
  }

  /** @returns whether the request brought the token in its address, and was answered with the cookie and the plain address */
  enter({ url = '/' }: IncomingMessage, response: ServerResponse): boolean {
    const address = new URL(url, 'http://127.0.0.1');
    const given = address.searchParams.get(PARAMETER);
    if (given === null || !this.#is(given)) return false;
    address.searchParams.delete(PARAMETER);
    response
      .writeHead(303, {
        'set-cookie': `${this.#cookie}=${this.token}; Path=/; HttpOnly; SameSite=Lax`,
        'cache-control': 'no-store',
        location: `${address.pathname.replace(/^\/+/, '/')}${address.search}`,
      })
      .end();
    return true;
  }

  /** Whether the request has the cookie, or the token as a program sends it: `Authorization: Bearer …`. */
  allows({ headers }: Asked): boolean {
    const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    if (bearer !== undefined && this.#is(bearer)) return true;
    const cookies = (headers.cookie ?? '').split(';').map((each) => each.trim());
    const own = cookies.find((each) => each.startsWith(`${this.#cookie}=`));
    return own !== undefined && this.#is(own.slice(this.#cookie.length + 1));
  }

  /** Rejects connections to the editor's WebSocket without the token. */
  guardEditorSocket(server: Server): void {
    server.prependListener('upgrade', (request: IncomingMessage, socket: Duplex) => {
      if (pathOf(request) !== EDITOR_SOCKET || this.allows(request)) return;
      forbidSocket(socket);
    });
  }

  #is(given: string): boolean {
    return timingSafeEqual(digest(given), digest(this.token));
  }
}

/** As the editor reads it: also of "http://127.0.0.1/comms" and "/comms#x", which are valid request targets. */
function pathOf({ url = '' }: IncomingMessage): string {
  return URL.canParse(url, 'http://127.0.0.1') ? new URL(url, 'http://127.0.0.1').pathname : EDITOR_SOCKET;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The token of a user directory, made at the first start: a bookmarked address stays valid. */
export function tokenOf(userDir: string): string {
  const file = join(userDir, FILE);
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** The response to a browser that opens the address without the token. */
export function explainToken(response: ServerResponse): void {
  response
    .writeHead(403, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    .end('Open the address that npm start has printed. It has a token in it: this Node-RED has no password.\n');
}
