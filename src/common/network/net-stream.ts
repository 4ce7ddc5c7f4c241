import { connect as connectTcp, type Socket } from 'node:net';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import type { ByteStream, Dial } from './byte-stream.js';
import { peerCertificate } from './certificates.js';
import { connectSecurely } from './tls-errors.js';
import { tlsNames } from './tls-names.js';

/** Wraps a connected socket. Errors are never thrown: they are passed to `onClose`. */
export function socketStream(
  socket: Socket,
  peer = describePeer(socket),
  explain: (error: Error) => Error = (error) => error,
): ByteStream {
  socket.setNoDelay(true);
  let failure: Error | undefined;
  const portions = new Portions(socket, (bytes) => {
    // What the messages of a portion make this end write is one call of the kernel, not one for each.
    socket.cork();
    try {
      stream.onData(bytes);
    } finally {
      socket.uncork();
    }
  });
  const stream: ByteStream = {
    write: (bytes) => !socket.destroyed && socket.write(bytes),
    get pendingBytes() {
      return socket.writableLength;
    },
    end: () => void socket.end(),
    destroy() {
      portions.drop();
      socket.destroy();
    },
    onData: () => {},
    onClose: () => {},
    onDrain: () => {},
    peer,
    certificate: 'getPeerCertificate' in socket ? peerCertificate(socket as TLSSocket) : undefined,
  };
  socket.on('data', (bytes: Buffer) => portions.take(bytes));
  socket.on('drain', () => stream.onDrain());
  socket.on('error', (error) => {
    failure = explain(error);
  });
  socket.on('close', () => {
    portions.flush();
    stream.onClose(failure);
  });
  return stream;
}

/** Bytes processed in one turn of the event loop: about fifty messages. */
const PORTION = 8_192;

/**
 * Processes the effects of some bytes before more are read. Otherwise Node.js delivers up to 2 MB in one turn, and ten
 * thousand messages wait in queues, where each survives several garbage collections and is copied by them, which took a
 * quarter of the time of a burst.
 */
class Portions {
  #rest: Buffer | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly deliver: (bytes: Buffer) => void,
  ) {}

  take(bytes: Buffer): void {
    if (this.#rest !== undefined) {
      this.#rest = Buffer.concat([this.#rest, bytes]);
    } else if (bytes.length <= PORTION) {
      this.deliver(bytes);
    } else {
      this.socket.pause();
      this.#rest = bytes;
      this.#next();
    }
  }

  /** Delivers everything that has been read; no more will follow. */
  flush(): void {
    const rest = this.#rest;
    this.#rest = undefined;
    if (rest !== undefined) this.deliver(rest);
  }

  /** The rest is no longer wanted. */
  drop(): void {
    this.#rest = undefined;
  }

  #next(): void {
    const rest = this.#rest;
    if (rest === undefined) return;
    this.#rest = rest.length > PORTION ? rest.subarray(PORTION) : undefined;
    try {
      this.deliver(rest.subarray(0, PORTION));
    } finally {
      // Queued after the work that this portion has queued.
      setImmediate(() => {
        if (this.#rest === undefined) this.socket.resume();
        else this.#next();
      });
    }
  }
}

/**
 * Connects over TCP or, given TLS options, over TLS (at least 1.2, with the server's name checked). The dial throws if
 * these options cannot be used for any connection.
 * @param tls a function is called before each connection
 */
export function socketDial(tls?: ConnectionOptions | (() => ConnectionOptions)): Dial {
  return ({ host, port }, opened, failed) => {
    const peer = `${host}:${port}`;
    let explain = (error: Error): Error => error;
    let socket: Socket;
    if (tls === undefined) socket = connectTcp({ host, port });
    else {
      const given = typeof tls === 'function' ? tls() : tls;
      const options = { minVersion: 'TLSv1.2', ...given, ...tlsNames(host, given.servername), port } as const;
      ({ socket, explain } = connectSecurely(options, peer));
    }
    let settled = false;
    const settle = (error?: Error) => {
      if (settled) return;
      settled = true;
      socket.removeListener('error', settle);
      socket.removeListener('close', onClose);
      if (error) {
        socket.on('error', () => {});
        socket.destroy();
        failed(explain(error));
      } else opened(socketStream(socket, peer, explain));
    };
    const onClose = () => settle(new Error(`the connection to ${peer} was closed before it was established`));
    socket.once(tls ? 'secureConnect' : 'connect', () => settle());
    socket.on('error', settle);
    socket.on('close', onClose);
    return () => {
      if (settled) return;
      settled = true;
      socket.on('error', () => {});
      socket.destroy();
    };
  };
}

function describePeer(socket: Socket): string {
  return `${socket.remoteAddress ?? '?'}:${socket.remotePort ?? 0}`;
}
