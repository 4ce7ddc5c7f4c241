/** The connection to one peer: text frames in order. Their content does not matter here. */
export interface PeerTransport {
  /** Address of the other end, for display. */
  readonly address: string;
  /** Bytes queued for the other end. */
  readonly queued: number;
  send(text: string): void;
  /** Closes gracefully, once everything is sent; `onClosed` follows. */
  close(): void;
  /** Closes immediately; `onClosed` follows. */
  drop(): void;
  /** Handlers, set in the turn in which the transport is received. A frame that is not text is undefined. */
  onFrame: (frame: string | undefined) => void;
  /** Last call of a transport, never in the turn of `close` or `drop`. */
  onClosed: (why?: string) => void;
}

/**
 * Opens a transport. Exactly one of the callbacks is called, never in the turn of the call itself.
 * @returns cancels the attempt
 */
export type PeerDial = (
  url: string,
  opened: (wire: PeerTransport) => void,
  failed: (why: string) => void,
) => () => void;
