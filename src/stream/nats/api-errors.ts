/** Answers of JetStream that refuse a request, as opposed to errors on the way to it. */

/** The last message of the stream has another id; the last of the subject has another sequence number. */
const CONDITION_NOT_MET: ReadonlySet<unknown> = new Set([10070, 10071, 10164]);

const STREAM_MISSING = 10059;

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | undefined)?.code;

export const isConditionNotMet = (error: unknown): boolean => CONDITION_NOT_MET.has(codeOf(error));

export const isStreamMissing = (error: unknown): boolean => codeOf(error) === STREAM_MISSING;

/** Passes on the result, or undefined where the condition of a write was not met. */
export async function unlessRefused<T>(write: Promise<T>): Promise<T | undefined> {
  try {
    return await write;
  } catch (error) {
    if (isConditionNotMet(error)) return undefined;
    throw error;
  }
}
