import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { NetworkCounts, networkOf } from '../common/network.js';

/**
 * Connections that the system may hold for us while we are busy: as many as come at once after another server has died.
 * The system's own limit may be lower (Linux: net.core.somaxconn).
 */
const BACKLOG = 8_192;

/** Where a server listens. */
export interface ListenAddress {
  readonly host: string;
  /** The port that it has got, where it asked for any (0). */
  readonly port: number;
}

/**
 * Listens at an address.
 * @param port 0: a port of the system's choice
 * @returns rejects where the address cannot be had; afterwards an accept that fails (out of descriptors) ends nothing
 */
export function listenAt(server: Server, port: number, host: string): Promise<ListenAddress> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, BACKLOG, () => {
      server.removeListener('error', reject);
      server.on('error', () => {});
      const address = server.address();
      resolve({ host, port: typeof address === 'object' && address !== null ? address.port : port });
    });
  });
}

export interface SocketLimits {
  readonly total: number;
  /** Of those, from one address (`networkOf`). */
  readonly perNetwork: number;
}

/**
 * Closes connections beyond these limits as soon as they are accepted, before TLS and HTTP: sockets that never send
 * anything count like all others.
 */
export function limitSockets(server: Server, { total, perNetwork }: SocketLimits): void {
  const counts = new NetworkCounts();
  server.maxConnections = total;
  server.on('connection', (socket: Socket) => {
    const network = networkOf(socket.remoteAddress ?? 'unknown');
    if (counts.of(network) >= perNetwork) {
      socket.destroy();
      return;
    }
    counts.add(network);
    socket.once('close', () => counts.remove(network));
  });
}

/** The address as a client is told it. */
export function webSocketUrl({ host, port }: ListenAddress, secure: boolean): string {
  return `${secure ? 'wss' : 'ws'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
