import { connect as connectTcp, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import type { ByteStream, Dial } from './byte-stream.js';
import { peerCertificate } from './certificates.js';
import { explainTls } from './tls-errors.js';

/** Wraps a connected socket. Errors never escape: they become the argument of `onClose`. */
export function socketStream(
  socket: Socket,
  peer = describePeer(socket),
  explain: (error: Error) => Error = (error) => error,
): ByteStream {
  socket.setNoDelay(true);
  let failure: Error | undefined;
  const stream: ByteStream = {
    write: (bytes) => !socket.destroyed && socket.write(bytes),
    get pendingBytes() {
      return socket.writableLength;
    },
    end: () => void socket.end(),
    destroy: () => void socket.destroy(),
    onData: () => {},
    onClose: () => {},
    onDrain: () => {},
    peer,
    certificate: 'getPeerCertificate' in socket ? peerCertificate(socket as TLSSocket) : undefined,
  };
  socket.on('data', (bytes: Buffer) => stream.onData(bytes));
  socket.on('drain', () => stream.onDrain());
  socket.on('error', (error) => {
    failure = explain(error);
  });
  socket.on('close', () => stream.onClose(failure));
  return stream;
}

/** Dials over TCP or, given TLS options, over TLS (1.2 at least, the server's name checked). */
export function socketDial(tls?: ConnectionOptions): Dial {
  return ({ host, port }, opened, failed) => {
    const peer = `${host}:${port}`;
    let explain = (error: Error): Error => error;
    let socket: Socket;
    if (tls === undefined) socket = connectTcp({ host, port });
    else {
      const options = { minVersion: 'TLSv1.2', servername: isIpAddress(host) ? undefined : host, ...tls } as const;
      const secure = connectTls({ ...options, host, port });
      explain = explainTls(secure, options, peer);
      socket = secure;
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

function isIpAddress(host: string): boolean {
  return host.includes(':') || /^\d+(\.\d+){3}$/.test(host);
}
