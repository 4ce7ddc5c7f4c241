/** The network listener of a CTI Server: TCP, or TLS, optionally with client certificates. */
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { ByteStream } from '../../common/network/byte-stream.js';
import { socketStream } from '../../common/network/net-stream.js';
import type { SimulatorTls } from '../options.js';

export class Listener {
  #server: Server | undefined;
  #port: number;
  readonly #sockets = new Set<Socket>();

  constructor(
    readonly host: string,
    port: number,
    private readonly tls: SimulatorTls | undefined,
    private readonly accept: (stream: ByteStream, reset: () => void) => void,
  ) {
    this.#port = port;
  }

  /** The port in use; stays the same when the listener is closed and opened again. */
  get port(): number {
    return this.#port;
  }

  /** @throws the system's error (EADDRINUSE …) if the port is not available */
  open(): Promise<void> {
    const connected = (socket: Socket) => this.#connected(socket);
    const { tls } = this;
    const server = tls
      ? createTlsServer(
          {
            key: tls.key,
            cert: tls.cert,
            minVersion: 'TLSv1.2',
            ...(tls.passphrase !== undefined && { passphrase: tls.passphrase }),
            ...(tls.ca !== undefined && { ca: tls.ca, requestCert: true, rejectUnauthorized: true }),
          },
          connected,
        )
      : createServer(connected);
    this.#server = server;
    // A client that fails its handshake is ignored.
    server.on('tlsClientError', () => {});
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, this.host, () => {
        server.removeListener('error', reject);
        server.on('error', () => {});
        const address = server.address();
        if (address !== null && typeof address === 'object') this.#port = address.port;
        resolve();
      });
    });
  }

  /** Accepts no new connections; existing ones stay. The port is free immediately. */
  close(): void {
    this.#server?.close();
    this.#server = undefined;
  }

  /** Drops all remaining connections. */
  dropAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #connected(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    const stream = socketStream(socket);
    this.accept(stream, () => {
      // A reset, as caused by a crashing host or a firewall; TLS sockets have no such method.
      if (typeof socket.resetAndDestroy === 'function' && this.tls === undefined) socket.resetAndDestroy();
      else socket.destroy();
    });
  }
}
