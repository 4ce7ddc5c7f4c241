/**
 * One client of a replay. Frames of the recorded server are sent when their time has come, in their order; answers wait for
 * their requests and carry the client's InvokeIDs. A client that asks something else gets an answer of the model.
 */
import type { ByteStream } from '../../common/byte-stream.js';
import type { Clock, Timer } from '../../common/clock.js';
import { encode, FrameError, FrameReader, type MessageInit, StatusCode } from '../../ged188/index.js';
import { OPEN_REQ_NUMBER, withoutSecrets } from '../../recording/index.js';
import { answerTo } from './replay-answers.js';
import { ReplayModel } from './replay-model.js';
import { ReplayPace, type ReplaySpeed } from './replay-pace.js';
import {
  messageIn,
  type ReplayScript,
  requestKey,
  type ScriptFrame,
  type ScriptRequest,
  withInvokeId,
} from './replay-script.js';

/** An answer waits so long for a request that the recorded client had sent by then, in milliseconds. */
const GRACE_MS = 100;
/** A request that comes so close to its recorded time is answered in its place among the events. */
const IN_PLACE_MS = 5;
/** A client that does not give up a server that fell silent loses it after so long, in milliseconds. */
const SILENCE_MS = 60_000;
/** A question on its way, and its answer on the way back. */
const TURNS = 6;

export interface ReplaySessionOwner {
  /** The script for a client that opens with this protocol version; undefined: no session was recorded with it. */
  choose(version: number): ReplayScript | undefined;
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
  /** InvokeIDs of the client, by the recorded request that each stands for. */
  readonly #live = new Map<ScriptRequest, number>();
  /** Recorded requests that no request of the client has stood for yet, by what they ask. */
  #expected = new Map<string, ScriptRequest[]>();
  /** Answers that were sent out of their place. */
  readonly #sent = new Set<ScriptFrame>();
  #next = 0;
  #timer: Timer | undefined;
  #closed = false;

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

  /** When the next message was recorded; undefined where none is left. */
  get nextAt(): number | undefined {
    return this.#upcoming()?.at;
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
    const copy = withoutSecrets(Buffer.from(frame), this.#script.version);
    const recorded = this.#expected.get(requestKey(copy))?.shift();
    const invokeId = frame.length >= 12 ? frame.readUInt32BE(8) : 0;
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
    for (const request of script.requests) {
      if (request.number === OPEN_REQ_NUMBER) {
        // Whoever asks, and for whatever: the recorded session is what there is.
        this.#live.set(request, invokeId);
        continue;
      }
      const same = this.#expected.get(request.key);
      if (same === undefined) this.#expected.set(request.key, [request]);
      else same.push(request);
    }
    this.#pump();
  }

  /** The client asks what the recorded client asked. */
  #recognized(request: ScriptRequest, invokeId: number): void {
    this.#live.set(request, invokeId);
    const answers = this.#script!.frames.filter((frame) => frame.answers === request);
    if (answers.length === 0) this.#answerAlways(request, invokeId);
    const pace = this.#pace!;
    const isEarly = !pace.stepped && request.at - pace.position > IN_PLACE_MS;
    for (const answer of answers) {
      // It was passed over, as the request had not come in time; or no time is set for it.
      if (pace.stepped || this.#script!.frames.indexOf(answer) < this.#next) this.#send(answer);
      else if (isEarly) this.#sendSoon(answer, answer.at - request.at);
    }
    this.#pump();
  }

  /** As long after its request as it was recorded. */
  #sendSoon(answer: ScriptFrame, latency: number): void {
    this.#sent.add(answer);
    const pace = this.#pace!;
    this.#clock.after(pace.until(pace.position + latency) ?? 0, () => {
      if (!this.#closed) this.#send(answer);
    });
  }

  /** What is answered whether or not an answer was recorded. */
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

  /** The next frame that is to be sent in its place. */
  #upcoming(): ScriptFrame | undefined {
    const { frames = [] } = this.#script ?? {};
    for (let index = this.#next; index < frames.length; index++) {
      const frame = frames[index] as ScriptFrame;
      if (!this.#sent.has(frame) && (frame.answers === undefined || this.#live.has(frame.answers))) return frame;
    }
    return undefined;
  }

  /** Sends what is due, and waits for the next. */
  #pump(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    const pace = this.#pace as ReplayPace;
    const { frames, endedAt } = this.#script as ReplayScript;
    while (!this.#closed && this.#next < frames.length) {
      const frame = frames[this.#next] as ScriptFrame;
      if (this.#sent.has(frame)) {
        this.#next++;
        continue;
      }
      const waits = frame.answers !== undefined && !this.#live.has(frame.answers);
      const isOpening = this.#next === 0 && frame.answers?.number === OPEN_REQ_NUMBER;
      if (pace.stepped && !isOpening) return;
      const delay = pace.until(frame.at) ?? 0;
      if (delay > 0) {
        this.#wait(delay);
        return;
      }
      if (waits) {
        // The same place in time, a little later: the request may be on its way.
        const grace = pace.until(frame.at + GRACE_MS) ?? 0;
        if (grace > 0) {
          this.#wait(grace);
          return;
        }
        this.#next++;
        continue;
      }
      this.#next++;
      this.#send(frame);
    }
    if (this.#closed || endedAt === undefined) return;
    const delay = pace.until(endedAt);
    if (delay === undefined) return;
    if (delay > 0) this.#wait(delay);
    else this.#finishAfter(TURNS);
  }

  #wait(ms: number): void {
    this.#timer = this.#clock.after(ms, () => this.#pump());
  }

  #send(frame: ScriptFrame): void {
    this.#sent.add(frame);
    const { answers, confirms, bytes, broken } = frame;
    const invokeId = answers === undefined || !confirms ? undefined : this.#live.get(answers);
    this.#stream.write(invokeId === undefined ? bytes : withInvokeId(bytes, invokeId));
    const message = broken ? undefined : messageIn(bytes, this.#script!);
    if (message !== undefined) this.#model.apply(message);
  }

  #isSilent(): boolean {
    const { silentFrom } = this.#script!;
    return silentFrom !== undefined && this.#pace!.position > silentFrom;
  }

  /** What is asked in the moment of the end is answered before: the recorded server may have done so. */
  #finishAfter(turns: number): void {
    if (turns === 0) this.#finish();
    else this.#timer = this.#clock.after(0, () => this.#finishAfter(turns - 1));
  }

  /** As the recorded session ended, where the server ended it. */
  #finish(): void {
    const { end, silentFrom } = this.#script!;
    if (end === 'closed by server') this.#stream.end();
    else if (end === 'broken') this.#stream.destroy();
    else if (silentFrom !== undefined) this.#timer = this.#clock.after(SILENCE_MS, () => this.close());
  }
}

const ALWAYS: Readonly<Record<number, MessageInit>> = {
  5: { type: 'HEARTBEAT_CONF' },
  7: { type: 'CLOSE_CONF' },
};
