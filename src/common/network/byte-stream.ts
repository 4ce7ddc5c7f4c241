import type { CertificateFacts } from './certificates.js';

/**
 * A connected, reliable stream of bytes: the part of a socket that the protocols need. Both ends of a CTI Server link
 * use it, so the same code runs over TCP, over TLS and over an in-memory pipe under a virtual clock.
 */
export interface ByteStream {
  /** Queues bytes; false if the peer does not keep up and the writer should wait for `onDrain`. */
  write(bytes: Buffer): boolean;
  /** Bytes accepted by `write` and not yet handed to the network. */
  readonly pendingBytes: number;
  /** Sends what is queued, then closes the stream gracefully. */
  end(): void;
  /** Drops the stream at once. `onClose` still follows, once. */
  destroy(): void;
  /** Handlers, to be set in the turn in which the stream is received. Each handler has one owner. */
  onData: (bytes: Buffer) => void;
  /** The last call of a stream; `error` is set if it was not closed gracefully. */
  onClose: (error?: Error) => void;
  onDrain: () => void;
  /** The certificate presented by the peer, if TLS is used. */
  readonly certificate?: CertificateFacts | undefined;
  /** The peer, for display: "10.1.2.3:42027". */
  readonly peer: string;
}

/** Where a server listens. */
export interface Endpoint {
  host: string;
  port: number;
}

/**
 * Opens a stream. Exactly one of the callbacks is called, never in the turn of the call itself.
 * @returns a function that cancels the attempt; after it neither callback is called
 */
export type Dial = (
  endpoint: Endpoint,
  opened: (stream: ByteStream) => void,
  failed: (error: Error) => void,
) => () => void;
