import type { CertificateFacts } from './certificates.js';

/**
 * A connected, reliable stream of bytes, as little of a socket as the protocols need. Both ends of a CTI Server link
 * are written against it, so that the same code runs over TCP, over TLS and over a pipe in memory under a virtual clock.
 */
export interface ByteStream {
  /** Queues bytes; false when the peer does not keep up and `onDrain` should be awaited. */
  write(bytes: Buffer): boolean;
  /** Bytes accepted by `write` and not yet handed to the network. */
  readonly pendingBytes: number;
  /** Sends what is queued, then ends the stream in good order. */
  end(): void;
  /** Drops the stream at once. `onClose` still follows, once. */
  destroy(): void;
  /** Handlers, to be set in the turn in which the stream is received. Each handler belongs to one owner. */
  onData: (bytes: Buffer) => void;
  /** The last call of a stream; `error` says why if it did not end in good order. */
  onClose: (error?: Error) => void;
  onDrain: () => void;
  /** Certificate that the peer has shown, where there is TLS. */
  readonly certificate?: CertificateFacts | undefined;
  /** The peer, for people: "10.1.2.3:42027". */
  readonly peer: string;
}

/** Where a server listens. */
export interface Endpoint {
  host: string;
  port: number;
}

/**
 * Opens a stream. Exactly one of the callbacks is called, never in the turn of the call itself.
 * @returns a function that gives up the attempt; after it no callback comes
 */
export type Dial = (
  endpoint: Endpoint,
  opened: (stream: ByteStream) => void,
  failed: (error: Error) => void,
) => () => void;
