/**
 * One client of a replay. Frames of the recorded server are sent when they are due, in order; responses wait for their
 * requests and carry the client's InvokeIDs. Requests that were not recorded are answered by the model.
 */

import type { Clock, Timer } from '../../common/clock.js';
import type { ByteStream } from '../../common/network/byte-stream.js';
import { encode, FrameError, FrameReader, type MessageInit, StatusCode } from '../../ged188/index.js';
import { OPEN_REQ_NUMBER } from '../../recording/index.js';
import { answerTo } from './replay-answers.js';
import { ReplayModel } from './replay-model.js';
import { ReplayPace, type ReplaySpeed } from './replay-pace.js';
import { ReplayRequests } from './replay-requests.js';
import { messageIn, type ReplayScript, type ScriptFrame, type ScriptRequest, withInvokeId } from './replay-script.js';

/** How long a response waits for a request that the recorded client had sent by then, in milliseconds. */
const GRACE_MS = 100;
/** A request this close to its recorded time is answered in order with the events. */
const IN_PLACE_MS = 5;
/** After a server fell silent, a client that does not disconnect is dropped after this time, in milliseconds. */
const SILENCE_MS = 60_000;
/** Travel time of a request and of its response. */
const TURNS = 6;
/** Turns for which a frame, or an end, waits for earlier frames of the same millisecond in other sessions. */
const PRECEDED_TURNS = 100;

export interface ReplaySessionOwner {
  /** The script for a client that opens with this protocol version; undefined: no session was recorded with it. */
  choose(version: number): ReplayScript | undefined;
  /** Whether another session has a frame that is due and was recorded before this place. */
  isPreceded(order: number, session: ReplaySession): boolean;
  /** The session has sent a frame, or ended; other sessions may have waited for that. */
  moved(session: ReplaySession): void;
  ended(): void;
}

export class ReplaySession {
  readonly #stream: ByteStream;
  readonly #clock: Clock;
  readonly #owner: ReplaySessionOwner;
  #speed: ReplaySpeed;
  #script: ReplayScript | undefined;
  #pace: ReplayPace | undefined;
  #model = new ReplayModel();
  #requests: ReplayRequests | undefined;
  /** Responses that were sent out of order. */
  readonly #sent = new Set<ScriptFrame>();
  #next = 0;
  /** Turns for which the next frame, or the end, has waited for other sessions. */
  #preceded = 0;
  #timer: Timer | undefined;
  #closed = false;
  /** The recorded session has ended. */
  #finished = false;

  constructor(stream: ByteStream, clock: Clock, speed: ReplaySpeed, owner: ReplaySessionOwner) {
    this.#stream = stream;
    this.#clock = clock;
    this.#speed = speed;
    this.#owner = owner;
    const reader = new FrameReader({ onFrame: (frame) => this.#received(frame) });
    stream.onData = (bytes) => {
      try {
        reader.push(bytes);
      } catch (error) {
        if (!(error instanceof FrameError)) throw error;
        this.close();
      }
    };
    stream.onClose = () => this.#over();
  }

  /** When the next message was recorded; undefined if none is left. */
  get nextAt(): number | undefined {
    return this.#upcoming()?.at;
  }

  /** Whether a frame, or the end, that was recorded before this place is due but has not been sent yet. */
  owes(order: number): boolean {
    if (this.#closed || this.#finished) return false;
    const next = this.#upcoming();
    if (next !== undefined) return next.order < order && this.#isDue(next.at);
    const { end, endedAt, endOrder = order } = this.#script ?? {};
    const isOurs = end === 'closed by server' || end === 'broken';
    return isOurs && endedAt !== undefined && endOrder < order && this.#isDue(endedAt);
  }

  #isDue(at: number): boolean {
    return this.#pace?.until(at) === 0;
  }

  set speed(speed: ReplaySpeed) {
    this.#speed = speed;
    if (this.#pace === undefined) return;
    this.#pace.speed = speed;
    this.#pump();
  }

  /** Sends the next message now, whenever it was recorded. */
  step(): void {
    const frame = this.#upcoming();
    if (frame === undefined || this.#pace === undefined) return;
    this.#pace.moveTo(frame.at);
    this.#next = this.#script!.frames.indexOf(frame) + 1;
    this.#send(frame);
    this.#pump();
  }

  close(): void {
    this.#stream.destroy();
    this.#over();
  }

  #over(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#timer?.cancel();
    this.#owner.ended();
  }

  #received(frame: Buffer): void {
    if (this.#closed) return;
    if (this.#script === undefined) {
      this.#open(frame);
      return;
    }
    if (this.#isSilent()) return;
    const invokeId = frame.length >= 12 ? frame.readUInt32BE(8) : 0;
    const recorded = this.#requests?.take(frame, invokeId);
    if (recorded === undefined) this.#improvise(frame, invokeId);
    else this.#recognized(recorded, invokeId);
  }

  #open(frame: Buffer): void {
    if (frame.length < 16 || frame.readUInt32BE(4) !== OPEN_REQ_NUMBER) {
      this.close();
      return;
    }
    const [invokeId, version] = [frame.readUInt32BE(8), frame.readUInt32BE(12)];
    const script = this.#owner.choose(version);
    if (script === undefined) {
      this.#stream.write(
        encode({ type: 'FAILURE_CONF', InvokeID: invokeId, Status: StatusCode.E_CTI_INVALID_VERSION }, version),
      );
      this.#stream.end();
      return;
    }
    this.#script = script;
    this.#pace = new ReplayPace(this.#clock, this.#speed, script.openedAt);
    const later = new ReplayModel();
    for (const { bytes } of [...script.frames].reverse()) {
      const message = messageIn(bytes, script);
      if (message?.type === 'AGENT_STATE_EVENT') later.apply(message);
    }
    this.#model = new ReplayModel(later);
    this.#requests = new ReplayRequests(script, invokeId);
    this.#pump();
  }

  /** The client makes a recorded request. */
  #recognized(request: ScriptRequest, invokeId: number): void {
    const answers = this.#script!.frames.filter((frame) => frame.answers === request);
    if (answers.length === 0) this.#answerAlways(request, invokeId);
    const pace = this.#pace!;
    const isEarly = !pace.stepped && request.at - pace.position > IN_PLACE_MS;
    for (const answer of answers) {
      // It was skipped because the request had not arrived in time, or no time is set for it.
      if (pace.stepped || this.#script!.frames.indexOf(answer) < this.#next) this.#send(answer);
      else if (isEarly) this.#sendSoon(answer, answer.at - request.at);
    }
    this.#pump();
  }

  /** With the recorded delay after its request. */
  #sendSoon(answer: ScriptFrame, latency: number): void {
    this.#sent.add(answer);
    const pace = this.#pace!;
    this.#clock.after(pace.until(pace.position + latency) ?? 0, () => {
      if (!this.#closed) this.#send(answer);
    });
  }

  /** Requests that are answered even if no response was recorded. */
  #answerAlways({ number }: ScriptRequest, invokeId: number): void {
    const answer = ALWAYS[number];
    if (answer !== undefined) this.#write({ ...answer, InvokeID: invokeId } as MessageInit);
  }

  #improvise(frame: Buffer, invokeId: number): void {
    const request = messageIn(frame, this.#script!);
    const answer = request === undefined ? undefined : answerTo(request, this.#model);
    if (answer !== undefined) this.#write({ ...answer, InvokeID: invokeId } as MessageInit);
  }

  #write(message: MessageInit): void {
    const { version, charset } = this.#script!;
    this.#stream.write(encode(message, version, charset === undefined ? {} : { charset }));
  }

  /** The next frame to be sent in order. */
  #upcoming(): ScriptFrame | undefined {
    const { frames = [] } = this.#script ?? {};
    for (let index = this.#next; index < frames.length; index++) {
      const frame = frames[index] as ScriptFrame;
      if (!this.#sent.has(frame) && this.#requests?.allows(frame) === true) return frame;
    }
    return undefined;
  }

  /** Sends what is due, and waits for the next frame. */
  #pump(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    const { frames } = this.#script as ReplayScript;
    while (!this.#closed && this.#next < frames.length) {
      const frame = frames[this.#next] as ScriptFrame;
      const turn = this.#sent.has(frame) ? 'never' : this.#turnOf(frame);
      if (turn === 'later') return;
      this.#next++;
      if (turn === 'now') this.#send(frame);
    }
    if (!this.#closed) this.#pumpEnd();
  }

  /** When a frame is sent; `later`: the session waits for something that comes before it. */
  #turnOf(frame: ScriptFrame): 'now' | 'later' | 'never' {
    const pace = this.#pace as ReplayPace;
    const isOpening = this.#next === 0 && frame.answers?.number === OPEN_REQ_NUMBER;
    if (pace.stepped && !isOpening) return 'later';
    if (this.#waitsUntil(frame.at)) return 'later';
    if (!this.#requests!.allows(frame)) {
      // Allows the request some time to arrive.
      return this.#waitsUntil(frame.at + GRACE_MS) ? 'later' : 'never';
    }
    return this.#letsOthersGoFirst(frame.order) ? 'later' : 'now';
  }

  #pumpEnd(): void {
    const { endedAt, endOrder = 0 } = this.#script as ReplayScript;
    if (endedAt === undefined || this.#pace?.stepped === true || this.#waitsUntil(endedAt)) return;
    if (this.#letsOthersGoFirst(endOrder)) return;
    this.#finishAfter(this.#requests!.awaits(endedAt - IN_PLACE_MS) ? TURNS : 0);
  }

  /** @returns false if it is due now */
  #waitsUntil(at: number): boolean {
    const delay = this.#pace?.until(at) ?? 0;
    if (delay > 0) this.#wait(delay);
    return delay > 0;
  }

  /** Another session has sent the frame that this one waited for. */
  goOn(): void {
    if (this.#preceded > 0) this.#pump();
  }

  /** @returns whether another session must send a frame first */
  #letsOthersGoFirst(order: number): boolean {
    if (this.#preceded >= PRECEDED_TURNS || !this.#owner.isPreceded(order, this)) {
      this.#preceded = 0;
      return false;
    }
    this.#preceded++;
    this.#wait(0);
    return true;
  }

  #wait(ms: number): void {
    this.#timer = this.#clock.after(ms, () => this.#pump());
  }

  #send(frame: ScriptFrame): void {
    this.#sent.add(frame);
    const { bytes, broken } = frame;
    const invokeId = this.#requests?.invokeIdFor(frame);
    this.#stream.write(invokeId === undefined ? bytes : withInvokeId(bytes, invokeId));
    const message = broken ? undefined : messageIn(bytes, this.#script!);
    if (message !== undefined) this.#model.apply(message);
    this.#owner.moved(this);
  }

  #isSilent(): boolean {
    const { silentFrom } = this.#script!;
    return silentFrom !== undefined && this.#pace!.position > silentFrom;
  }

  /** A request at the moment of the end is answered first: the recorded server may have done so. */
  #finishAfter(turns: number): void {
    if (turns > 0 || this.#hasUnsent(turns)) this.#timer = this.#clock.after(0, () => this.#finishAfter(turns - 1));
    else this.#finish();
  }

  /** A broken connection would lose frames that have not been sent yet, but the recorded client had received them. */
  #hasUnsent(turns: number): boolean {
    return turns > -TURNS && this.#script?.end === 'broken' && this.#stream.pendingBytes > 0;
  }

  /** Ends as the recorded session did, if the server ended it. */
  #finish(): void {
    const { end, silentFrom } = this.#script!;
    if (end === 'closed by server') this.#stream.end();
    else if (end === 'broken') this.#stream.destroy();
    else if (silentFrom !== undefined) this.#timer = this.#clock.after(SILENCE_MS, () => this.close());
    this.#finished = true;
    this.#owner.moved(this);
  }
}

const ALWAYS: Readonly<Record<number, MessageInit>> = {
  5: { type: 'HEARTBEAT_CONF' },
  7: { type: 'CLOSE_CONF' },
};
