/** The way to one peer: text frames in order. What is in them is not its business. */
export interface PeerTransport {
  /** Where the other end is, for people. */
  readonly address: string;
  /** Bytes that wait for the other end to read. */
  readonly queued: number;
  send(text: string): void;
  /** Closes in good order, once what was sent is out; `onClosed` follows. */
  close(): void;
  /** Ends it at once; `onClosed` follows. */
  drop(): void;
  /** Handlers, set in the turn in which the wire is received. A frame that is no text is undefined. */
  onFrame: (frame: string | undefined) => void;
  /** Last call of a wire, never in the turn of `close` or `drop`. */
  onClosed: (why?: string) => void;
}

/**
 * Opens a wire. Exactly one of the callbacks is called, never in the turn of the call itself.
 * @returns gives the attempt up
 */
export type PeerDial = (
  url: string,
  opened: (wire: PeerTransport) => void,
  failed: (why: string) => void,
) => () => void;
