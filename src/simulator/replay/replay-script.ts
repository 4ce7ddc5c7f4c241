/** A recorded session, prepared for replay: what the server sent and when, and the request of each response. */
import { decode, definitionOf, FrameError, type Message, messageName } from '../../ged188/index.js';
import { OPEN_REQ_NUMBER, type RecordedEnd, type RecordedSession, versionOf } from '../../recording/index.js';

/** A request of the recorded client. */
export interface ScriptRequest {
  readonly number: number;
  /** The message without its InvokeID, by which the same request of another client is recognized. */
  readonly key: string;
  readonly at: number;
  readonly invokeId: number;
}

/** A frame of the recorded server. */
export interface ScriptFrame {
  readonly at: number;
  readonly bytes: Buffer;
  /** The request that it responds to. */
  readonly answers: ScriptRequest | undefined;
  /** It carries the InvokeID of the request. */
  readonly confirms: boolean;
  /** Place among the frames of all sessions. */
  readonly order: number;
  /** Bytes that are not a message are sent unchanged. */
  readonly broken: boolean;
}

export interface ReplayScript {
  readonly side: 'A' | 'B' | undefined;
  readonly version: number;
  readonly charset: string | undefined;
  /** When OPEN_REQ was sent. */
  readonly openedAt: number;
  readonly requests: readonly ScriptRequest[];
  readonly frames: readonly ScriptFrame[];
  readonly end: RecordedEnd | undefined;
  readonly endedAt: number | undefined;
  /** Place of the end among the frames of all sessions. */
  readonly endOrder: number | undefined;
  /** When the server fell silent: from then on, it did not answer heartbeats. */
  readonly silentFrom: number | undefined;
}

/** A pause of the recorder, during which older frames were dropped, is replayed as this many milliseconds. */
const GAP_MS = 1_000;
const LAST_OPENING = 4;
const HEARTBEAT_CONF = 6;
const CLOSE_CONF = 8;
const HEARTBEAT_REQ = 5;

/** @returns undefined for a session that was never opened */
export function scriptOf(session: RecordedSession): ReplayScript | undefined {
  const version = versionOf(session);
  if (version === undefined) return undefined;
  const requests: ScriptRequest[] = [];
  const frames: ScriptFrame[] = [];
  const open = new Map<number, ScriptRequest>();
  const configuration = new ConfigurationRequests();
  const heard = { server: 0, unanswered: 0 };
  const shift = gapOf(session);
  for (const [index, { from, bytes, broken = false, order = 0, at: recordedAt }] of session.frames.entries()) {
    const at = index < shift.from ? recordedAt : recordedAt - shift.ms;
    const number = broken ? 0 : bytes.readUInt32BE(4);
    if (from === 'client') {
      if (number === HEARTBEAT_REQ) heard.unanswered++;
      const request = { number, key: requestKey(bytes), at, invokeId: invokeIdOf(bytes) };
      requests.push(request);
      open.set(request.invokeId, request);
      configuration.asked(request);
      continue;
    }
    heard.server = at;
    heard.unanswered = 0;
    // These are answered whenever a client sends them.
    if (number === HEARTBEAT_CONF || number === CLOSE_CONF) continue;
    const confirms = isAnswer(number);
    const answers = confirms ? open.get(invokeIdOf(bytes)) : configuration.answers(number);
    if (confirms && answers !== undefined) open.delete(answers.invokeId);
    frames.push({ at, bytes, answers, confirms, broken, order });
  }
  const { end, endedAt, endOrder, side, charset } = session;
  // One heartbeat may still have been on its way when the client dropped the session.
  const silent = end !== undefined && heard.unanswered > (end === 'dropped by client' ? 1 : 0);
  return {
    side,
    version,
    charset,
    openedAt: requests.find(({ number }) => number === OPEN_REQ_NUMBER)?.at ?? session.openedAt,
    requests,
    frames,
    end,
    endedAt: endedAt === undefined ? undefined : endedAt - shift.ms,
    endOrder,
    silentFrom: silent ? heard.server : undefined,
  };
}

/** Configuration is requested and sent in events, from CONFIG_BEGIN_EVENT to CONFIG_END_EVENT, without InvokeIDs. */
class ConfigurationRequests {
  readonly #waiting: ScriptRequest[] = [];
  #current: ScriptRequest | undefined;

  asked(request: ScriptRequest): void {
    if (CONFIGURATION_REQUESTS.has(messageName(request.number) ?? '')) this.#waiting.push(request);
  }

  answers(number: number): ScriptRequest | undefined {
    const name = messageName(number);
    if (name === 'CONFIG_BEGIN_EVENT' || name === 'CONFIG_KEY_EVENT') this.#current = this.#waiting.shift();
    if (!name?.startsWith('CONFIG_')) return undefined;
    const current = this.#current;
    if (name === 'CONFIG_END_EVENT' || name === 'CONFIG_KEY_EVENT') this.#current = undefined;
    return current;
  }
}

const CONFIGURATION_REQUESTS: ReadonlySet<string> = new Set(['CONFIG_REQUEST_KEY_EVENT', 'CONFIG_REQUEST_EVENT']);

/** Frames before the first one kept, except for the opening, are missing, and the replay does not wait for them. */
function gapOf({ dropped, frames }: RecordedSession): { from: number; ms: number } {
  const from = frames.findIndex(({ bytes, broken }) => broken || bytes.readUInt32BE(4) > LAST_OPENING);
  if (dropped <= 0 || from < 1) return { from: 0, ms: 0 };
  const gap = (frames[from]?.at ?? 0) - (frames[from - 1]?.at ?? 0);
  return { from, ms: Math.max(0, gap - GAP_MS) };
}

export function isAnswer(number: number): boolean {
  return messageName(number)?.endsWith('_CONF') === true;
}

/** The first field of every request and of every response. */
export function invokeIdOf(frame: Buffer): number {
  return frame.length >= 12 ? frame.readUInt32BE(8) : 0;
}

/** The content of a request, without the requester. */
export function requestKey(frame: Buffer): string {
  return `${frame.readUInt32BE(4)} ${frame.subarray(12).toString('latin1')}`;
}

/** A message with another InvokeID. */
export function withInvokeId(frame: Buffer, invokeId: number): Buffer {
  const copy = Buffer.from(frame);
  if (copy.length >= 12) copy.writeUInt32BE(invokeId >>> 0, 8);
  return copy;
}

/** @returns undefined if it cannot be read */
export function messageIn(
  bytes: Buffer,
  { version, charset }: Pick<ReplayScript, 'version' | 'charset'>,
): Message | undefined {
  if (bytes.length < 8 || definitionOf(bytes.readUInt32BE(4)) === undefined) return undefined;
  try {
    return decode(bytes, version, charset === undefined ? {} : { charset });
  } catch (error) {
    if (error instanceof FrameError) return undefined;
    throw error;
  }
}
