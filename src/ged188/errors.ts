/** What can go wrong with bytes and with what is to become bytes. */
import { StatusCode } from './constants/status.js';

/**
 * A frame that lies about its length: larger than the protocol allows, or cut off. The stream cannot be trusted any
 * more, so the session ends; `status` is the protocol's own word for it.
 */
export class FrameError extends Error {
  override readonly name = 'FrameError';
  readonly status = StatusCode.E_CTI_INVALID_MESSAGE_LENGTH;
}

/** A message that cannot be encoded as it is: nothing was written. */
export class EncodeError extends Error {
  override readonly name = 'EncodeError';
  constructor(
    message: string,
    /** The message's name. */
    readonly type: string,
    /** The field at fault; of an element of a list, with the list's name: `CTIClients.CTIClientSignature`. */
    readonly field?: string,
    /** Most bytes (of a list: elements) that the protocol allows. */
    readonly limit?: number,
    /** Bytes (elements) that were given. */
    readonly length?: number,
  ) {
    super(message);
  }
}
