/**
 * Records a chaos run at the link of its first server, plays the recording to a second object server, and compares the
 * events and the final objects of both. Requests of the first server's clients are repeated at the second one at the
 * same times.
 */
import type { ByteStream, Dial } from '../../src/common/network/byte-stream.js';
import { memoryPipe } from '../../src/common/network/pipe.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import type { Args } from '../../src/ctios/index.js';
import { FlightRecorder, pcapngOf, type Recording, readCaptureFile } from '../../src/recording/index.js';
import {
  createLink,
  createObjectServer,
  type ObjectServer,
  type ObjectServerRequester,
  type Publication,
} from '../../src/server/index.js';
import { Replay, type SiteProfileName, siteProfiles } from '../../src/simulator/index.js';
import { type FaultLevel, plan, play } from '../chaos/play.js';
import type { TestBedObserver } from '../support/test-bed.js';
import { type Asked, counts, Gate, split, through } from './gate.js';

interface Recorded {
  readonly began: number;
  readonly ended: number;
  readonly recording: Recording;
  readonly published: string[];
  readonly objects: string[];
  readonly asked: readonly Asked[];
}

/** Observes the first server of a chaos run. */
class Observer implements TestBedObserver {
  recorder!: FlightRecorder;
  objects!: ObjectServer;
  clock!: VirtualClock;
  readonly published: string[] = [];
  readonly asked: Asked[] = [];
  began = 0;
  #heard = 0;
  #turn = 0;
  #turnEnds = false;

  constructor(private readonly profile: SiteProfileName) {}

  dial(dial: Dial, clock: VirtualClock): Dial {
    this.clock = clock;
    this.began = clock.now();
    this.recorder = new FlightRecorder({
      clock,
      maxBytes: 2 ** 31,
      maxMs: Number.MAX_SAFE_INTEGER,
      charset: siteProfiles[this.profile].charset,
      sideOf: ({ host }) => host as 'A' | 'B',
    });
    return this.recorder.dial((endpoint, opened, failed) =>
      dial(endpoint, (stream) => opened(this.#counting(stream)), failed),
    );
  }

  #counting(stream: ByteStream): ByteStream {
    let ended = false;
    return through(
      stream,
      (bytes, pass) => {
        // A fault may add bytes to a connection that has ended: they are not received.
        if (!ended) for (const frame of split(bytes)) if (counts(frame)) this.#heard++;
        pass(bytes);
      },
      (pass) => {
        ended = true;
        this.#heard++;
        pass();
      },
    );
  }

  server(server: ObjectServer, clock: VirtualClock): ObjectServer {
    this.objects = server;
    server.subscribe((publication) => this.published.push(textOf(publication)));
    const note = (run: Asked['run']) =>
      this.asked.push({ at: clock.now(), heard: this.#heard, turn: this.#now(), run });
    return {
      ...bound(server),
      request: (from, request, target, args, answerMs, ended) => {
        const copy = structuredClone(args) as Args;
        const requester: ObjectServerRequester = { ...from };
        note((other) => other.request(requester, request, target, copy, answerMs, () => {}));
        server.request(from, request, target, args, answerMs, ended);
      },
      release: (clientId, how) => {
        note((other) => other.release(clientId, how));
        server.release(clientId, how);
      },
    };
  }

  #now(): number {
    if (!this.#turnEnds) {
      this.#turnEnds = true;
      setImmediate(() => {
        this.#turnEnds = false;
        this.#turn++;
      });
    }
    return this.#turn;
  }
}

/** The bound methods of an object server. */
function bound(server: ObjectServer): ObjectServer {
  return {
    subscribe: (listener) => server.subscribe(listener),
    request: (...args) => server.request(...args),
    snapshot: () => server.snapshot(),
    release: (clientId, how) => server.release(clientId, how),
    stop: () => server.stop?.(),
    link: () => server.link!(),
    status: () => server.status(),
  };
}

const textOf = ({ event, args, to }: Publication): string => JSON.stringify([event, args, to]);

async function record(
  seed: number,
  steps: number,
  faultLevel: FaultLevel,
  profile: SiteProfileName,
): Promise<Recorded> {
  const observer = new Observer(profile);
  // Problems of the run itself are found by `npm run chaos`.
  await play(plan(seed, steps, faultLevel, profile), observer);
  return {
    began: observer.began,
    ended: observer.clock.now(),
    // Through the file, as a site would send it.
    recording: readCaptureFile(pcapngOf(observer.recorder.take(), 'test')),
    published: observer.published,
    objects: [...observer.objects.snapshot()].map(textOf),
    asked: observer.asked,
  };
}

/** Plays a recording to a separate object server, on a clock with the same times. */
async function replay(recorded: Recorded, protocolVersion: number, profile: SiteProfileName) {
  const clock = new VirtualClock(recorded.began);
  const server = new Replay(recorded.recording, { clock, listen: false });
  const attempts = { A: attemptsOf(recorded.recording, 'A'), B: attemptsOf(recorded.recording, 'B') };
  const gate = new Gate(clock, recorded.asked);
  const link = createLink({
    sides: { A: { host: 'A', port: 1 }, B: { host: 'B', port: 2 } },
    clock,
    random: { next: () => 0.5 },
    clientId: 'server-a',
    protocolVersion,
    charset: siteProfiles[profile].charset,
    dial: ({ host }, opened, failed) => {
      const side = host as 'A' | 'B';
      const timer = clock.after(0, () => {
        if (attempts[side].shift() === false) {
          failed(new Error(`connect ECONNREFUSED side ${side}`));
          return;
        }
        const [client, far] = memoryPipe(clock, ['link', `side ${side}`]);
        server.accept(far, side);
        opened(through(client, gate.receive, gate.close));
      });
      return () => timer.cancel();
    },
  });
  const objects = createObjectServer({ link, clock, settings: { peripheralId: 5000 } });
  const published: string[] = [];
  objects.subscribe((publication) => published.push(textOf(publication)));
  link.start();
  let last: Asked | undefined;
  for (const asked of recorded.asked) {
    if (last?.turn !== asked.turn || last.heard !== asked.heard) await until(clock, asked.at);
    asked.run(objects);
    gate.asked();
    last = asked;
  }
  await until(clock, recorded.ended);
  return { published, objects: [...objects.snapshot()].map(textOf) };
}

/** For each attempt to connect to a side, in order, whether it succeeded. */
function attemptsOf({ sessions }: Recording, side: 'A' | 'B'): boolean[] {
  return sessions.filter((session) => session.side === side).map(({ end }) => end !== 'not connected');
}

async function until(clock: VirtualClock, time: number): Promise<void> {
  await turns();
  for (let next = clock.next; next !== undefined && next <= time; next = clock.next) {
    clock.runUntil(Math.max(next, clock.now()));
    await turns();
  }
  clock.runUntil(time);
  await turns();
}

async function turns(): Promise<void> {
  for (let n = 0; n < 4; n++) await new Promise<void>((resolve) => setImmediate(resolve));
}

export interface ReplayCheck {
  readonly seed: number;
  readonly events: number;
  readonly objects: number;
  readonly sessions: number;
  readonly frames: number;
  /** The first differences, as sentences. */
  readonly differences: readonly string[];
}

export async function recordAndReplay(
  seed: number,
  steps: number,
  faultLevel: FaultLevel,
  profile: SiteProfileName = 'standard',
): Promise<ReplayCheck> {
  const recorded = await record(seed, steps, faultLevel, profile);
  const { protocolVersion } = plan(seed, steps, faultLevel, profile);
  const played = await replay(recorded, protocolVersion, profile);
  const { sessions } = recorded.recording;
  return {
    seed,
    events: recorded.published.length,
    objects: recorded.objects.length,
    sessions: sessions.length,
    frames: sessions.reduce((sum, { frames }) => sum + frames.length, 0),
    differences: [
      ...differences('event', recorded.published, played.published),
      ...differences('object', recorded.objects, played.objects),
    ],
  };
}

const SHOWN = 3;

function differences(what: string, was: readonly string[], is: readonly string[]): string[] {
  const found: string[] = [];
  if (was.length !== is.length) found.push(`${was.length} ${what}s were recorded, ${is.length} were played`);
  for (let index = 0; index < Math.max(was.length, is.length) && found.length < SHOWN; index++) {
    if (was[index] !== is[index]) found.push(`${what} ${index} was ${was[index]}, is ${is[index]}`);
  }
  return found;
}
