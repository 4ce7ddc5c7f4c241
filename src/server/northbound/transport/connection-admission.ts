import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { describeCertificate, peerCertificate, whyRefused } from '../../../common/certificates.js';
import { NetworkCounts, networkOf } from '../../../common/network.js';

export interface AdmissionOptions {
  /** Web pages that may connect, by their origin. */
  readonly origins: readonly string[];
  readonly maxConnections: number;
  /** Of those, from one address (`networkOf`). */
  readonly maxConnectionsPerAddress: number;
  /** Clients have to show a certificate. */
  readonly askCertificate: boolean;
}

/** Why somebody is not let in: the answer to the request for a WebSocket. */
export interface UpgradeRefusal {
  readonly status: 403 | 503;
  readonly code: string;
  readonly message: string;
}

/** Who may open a WebSocket, before a word of the protocol is spoken. Counts who is inside. */
export class ConnectionAdmission {
  #inside = 0;
  readonly #byNetwork = new NetworkCounts();

  constructor(private readonly options: AdmissionOptions) {}

  /** @returns undefined for who may come in */
  refusal({ headers, socket }: IncomingMessage): UpgradeRefusal | undefined {
    const { origins, maxConnections, maxConnectionsPerAddress, askCertificate } = this.options;
    const uncertified = askCertificate ? whyUncertified(socket as TLSSocket) : undefined;
    if (uncertified !== undefined) return { status: 403, code: 'CTIOS_CLIENT_CERTIFICATE', message: uncertified };
    if (headers.origin !== undefined && !origins.includes(headers.origin)) {
      const message = 'This server does not let web pages of that origin connect.';
      return { status: 403, code: 'CTIOS_ORIGIN', message };
    }
    if (this.#inside >= maxConnections) return tooMany(`This server takes ${maxConnections} clients, and has as many.`);
    if (this.#byNetwork.of(placeOf(socket)) < maxConnectionsPerAddress) return undefined;
    return tooMany(
      `This server takes ${maxConnectionsPerAddress} clients of one address, and has as many of this one.`,
    );
  }

  /** @returns to be called when it goes */
  enter(socket: Socket): () => void {
    const place = placeOf(socket);
    this.#inside++;
    this.#byNetwork.add(place);
    return () => {
      this.#inside--;
      this.#byNetwork.remove(place);
    };
  }
}

/** Answers in words: the body is the message `refused` of the protocol. */
export function rejectUpgrade(socket: Socket, { status, code, message }: UpgradeRefusal): void {
  const body = JSON.stringify({ kind: 'refused', code, message });
  socket.on('error', () => {});
  socket.end(
    `HTTP/1.1 ${status} ${status === 403 ? 'Forbidden' : 'Service Unavailable'}\r\n` +
      `Connection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function tooMany(message: string): UpgradeRefusal {
  return { status: 503, code: 'CTIOS_TOO_MANY_CLIENTS', message };
}

/**
 * TLS lets a client without a good certificate as far as this check, and no further, since an alert of TLS could not say
 * which certificate is meant, nor until when it was valid.
 */
function whyUncertified(socket: TLSSocket): string | undefined {
  if (socket.authorized) return undefined;
  const facts = peerCertificate(socket);
  if (facts === undefined) return 'This server asks for a client certificate, and none was shown.';
  // Node.js types it as an error; it is its code.
  const code = String(socket.authorizationError as unknown);
  return `The client certificate (${describeCertificate(facts)}) ${whyRefused(code, facts, Date.now())}.`;
}

function placeOf(socket: Socket): string {
  return networkOf(socket.remoteAddress ?? 'unknown');
}
