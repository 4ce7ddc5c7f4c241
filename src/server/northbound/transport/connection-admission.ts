import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { describeCertificate, peerCertificate, whyRefused } from '../../../common/network/certificates.js';
import { NetworkCounts, networkOf } from '../../../common/network/network.js';

export interface AdmissionOptions {
  /** Origins of the web pages that may connect. */
  readonly origins: readonly string[];
  readonly maxConnections: number;
  /** Maximum per address (`networkOf`). */
  readonly maxConnectionsPerAddress: number;
  /** Clients must present a certificate. */
  readonly askCertificate: boolean;
}

/** Why a connection is refused: the response to the WebSocket upgrade. */
export interface UpgradeRefusal {
  readonly status: 403 | 503;
  readonly code: string;
  readonly message: string;
}

/** Decides who may open a WebSocket, before any message of the protocol. Counts the open connections. */
export class ConnectionAdmission {
  #inside = 0;
  readonly #byNetwork = new NetworkCounts();

  constructor(private readonly options: AdmissionOptions) {}

  /** @returns undefined if the connection is accepted */
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

  /** @returns to be called when it closes */
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

/** The body of the response is the protocol's `refused` message. */
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
 * TLS accepts clients without a valid certificate up to this check, because a TLS alert could not name the
 * certificate or its expiry date.
 */
function whyUncertified(socket: TLSSocket): string | undefined {
  const facts = peerCertificate(socket);
  // Node.js considers a resumed session of TLS 1.3 authorized even if it began without a certificate.
  if (facts === undefined) return 'This server requires a client certificate, but none was presented.';
  const now = Date.now();
  // A certificate may have expired since the session began that is resumed.
  if (socket.authorized && now < facts.validTo) return undefined;
  // Node.js declares it as an error, but the value is the error's code.
  const code = socket.authorized ? 'CERT_HAS_EXPIRED' : String(socket.authorizationError as unknown);
  return `The client certificate (${describeCertificate(facts)}) ${whyRefused(code, facts, now)}.`;
}

function placeOf(socket: Socket): string {
  return networkOf(socket.remoteAddress ?? 'unknown');
}
