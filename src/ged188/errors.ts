/** Errors in received bytes, and in values that cannot be encoded. */
import { StatusCode } from './constants/status.js';

/**
 * A frame whose length is wrong: larger than the protocol allows, or cut off. The rest of the stream cannot be trusted,
 * so the session ends; `status` is the protocol's own name for the error.
 */
export class FrameError extends Error {
  override readonly name = 'FrameError';
  readonly status = StatusCode.E_CTI_INVALID_MESSAGE_LENGTH;
}

/** A message that cannot be encoded. Nothing was written. */
export class EncodeError extends Error {
  override readonly name = 'EncodeError';
  constructor(
    message: string,
    /** The message's name. */
    readonly type: string,
    /** The field at fault; of an element of a list, with the list's name: `CTIClients.CTIClientSignature`. */
    readonly field?: string,
    /** Maximum number of bytes (for a list: elements) that the protocol allows. */
    readonly limit?: number,
    /** Bytes (elements) that were given. */
    readonly length?: number,
  ) {
    super(message);
  }
}
