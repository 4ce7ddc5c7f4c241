import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { NetworkCounts, networkOf } from '../common/network/network.js';

/**
 * Backlog: connections that the system queues while this process is busy; after another server has failed, many arrive
 * at once. The system's own limit may be lower (Linux: net.core.somaxconn).
 */
const BACKLOG = 8_192;

/** Where a server listens. */
export interface ListenAddress {
  readonly host: string;
  /** The actual port, if any free one was requested (0). */
  readonly port: number;
}

/**
 * Listens at an address.
 * @param port 0: any free port
 * @returns rejects if the address is not available; a later failure to accept (no file descriptors left) is not fatal
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
  /** Maximum per address (`networkOf`). */
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

/** The address as shown to clients. */
export function webSocketUrl({ host, port }: ListenAddress, secure: boolean): string {
  return `${secure ? 'wss' : 'ws'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
