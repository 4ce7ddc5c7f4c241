/** Responses in which JetStream refuses a request, as opposed to errors in transmission. */

/** The last message of the stream has another id, or the last of the subject has another sequence number. */
const CONDITION_NOT_MET: ReadonlySet<unknown> = new Set([10070, 10071, 10164]);

const STREAM_MISSING = 10059;
/** The message with this number no longer exists. */
const MESSAGE_MISSING: ReadonlySet<unknown> = new Set([10037, 10043, 10057]);

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | undefined)?.code;

export const isConditionNotMet = (error: unknown): boolean => CONDITION_NOT_MET.has(codeOf(error));

export const isStreamMissing = (error: unknown): boolean => codeOf(error) === STREAM_MISSING;

export const isMessageMissing = (error: unknown): boolean => MESSAGE_MISSING.has(codeOf(error));

/** Returns the result, or undefined if the condition of a write was not met. */
export async function unlessRefused<T>(write: Promise<T>): Promise<T | undefined> {
  try {
    return await write;
  } catch (error) {
    if (isConditionNotMet(error)) return undefined;
    throw error;
  }
}
