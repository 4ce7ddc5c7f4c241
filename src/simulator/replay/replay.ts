/** A recording instead of a contact center: the recorded server side, replayed to any client. */

import { systemClock } from '../../common/clock.js';
import type { ByteStream } from '../../common/network/byte-stream.js';
import { type ReadRecording, type Recording, readMessageFile } from '../../recording/index.js';
import { checkCommandArguments } from '../commands/check.js';
import { CommandError } from '../commands/definition.js';
import { replayCommands } from '../commands/replay.js';
import type { Listening, SimulatorOptions } from '../options.js';
import { Listener } from '../server/listener.js';
import { StoppableClock } from '../stoppable-clock.js';
import { FASTEST, type ReplaySpeed } from './replay-pace.js';
import { type ReplayScript, scriptOf } from './replay-script.js';
import { ReplaySession } from './replay-session.js';

export interface ReplayOptions extends Pick<SimulatorOptions, 'clock' | 'listen' | 'tls'> {
  /** Default 1: as recorded. */
  speed?: ReplaySpeed;
}

type Side = 'A' | 'B';
const LOOPBACK = '127.0.0.1';

/** Nothing is replayed before {@link start}; each client then gets the next session recorded on its side. */
export class Replay {
  readonly #clock: StoppableClock;
  readonly #scripts: Readonly<Record<Side, readonly ReplayScript[]>>;
  readonly #used: Record<Side, number> = { A: 0, B: 0 };
  readonly #listeners: { readonly A: Listener; readonly B: Listener } | undefined;
  readonly #sessions = new Set<ReplaySession>();
  #speed: ReplaySpeed;

  /** @throws RangeError if the recording contains no session that can be replayed */
  constructor(recording: Recording, options: ReplayOptions = {}) {
    this.#clock = new StoppableClock(options.clock ?? systemClock);
    this.#speed = options.speed ?? 1;
    const scripts = recording.sessions.map(scriptOf).filter((script) => script !== undefined);
    const playable = scripts.some(({ frames }) => frames.length > 0);
    if (!playable)
      throw new RangeError('There is no session in this recording that could be played: none has its OPEN_REQ');
    const ofB = scripts.filter(({ side }) => side === 'B');
    this.#scripts = { A: scripts.filter(({ side }) => side !== 'B'), B: ofB };
    const { listen } = options;
    const listener = (side: Side, port = 0) =>
      new Listener((listen || undefined)?.host ?? LOOPBACK, port, options.tls, (stream) => this.accept(stream, side));
    this.#listeners =
      listen === false ? undefined : { A: listener('A', listen?.portA), B: listener('B', listen?.portB) };
  }

  /** @throws RangeError for a file that is not a recording; the system's error for one that cannot be read */
  static of(file: Buffer, options: ReplayOptions = {}): Replay {
    return new Replay(recordingIn(file), options);
  }

  async start(): Promise<Listening> {
    await this.#listeners?.A.open();
    try {
      await this.#listeners?.B.open();
    } catch (error) {
      this.#listeners?.A.close();
      throw error;
    }
    return this.listening;
  }

  get listening(): Listening {
    const { A, B } = this.#listeners ?? {};
    return { host: A?.host ?? LOOPBACK, portA: A?.port ?? 0, portB: B?.port ?? 0 };
  }

  stop(): Promise<void> {
    for (const side of ['A', 'B'] as const) this.#listeners?.[side].close();
    for (const session of [...this.#sessions]) session.close();
    for (const side of ['A', 'B'] as const) this.#listeners?.[side].dropAll();
    this.#clock.stop();
    return Promise.resolve();
  }

  /** Accepts a client on a given stream, for instance in memory. */
  accept(stream: ByteStream, side: Side = 'A'): void {
    const session: ReplaySession = new ReplaySession(stream, this.#clock, this.#speed, {
      choose: (version) => this.#choose(side, version),
      isPreceded: (order, session) => {
        for (const other of this.#sessions) if (other !== session && other.owes(order)) return true;
        return false;
      },
      moved: (session) => {
        for (const other of [...this.#sessions]) if (other !== session) other.goOn();
      },
      ended: () => void this.#sessions.delete(session),
    });
    this.#sessions.add(session);
  }

  /**
   * Runs a command about the replay. The other commands of the simulator need a contact center.
   * @throws CommandError
   */
  run(command: string, args: Readonly<Record<string, unknown>> = {}): object {
    const found = Object.entries(replayCommands).find(([name]) => name.toLowerCase() === command.toLowerCase());
    if (found === undefined) {
      throw new CommandError(
        'SIM_REFUSED',
        `${command} needs a simulated contact center; this session plays a recording`,
      );
    }
    const [name, definition] = found;
    const checked = checkCommandArguments(name, definition.args, args) as {
      count?: number;
      speed?: number;
      stepped?: boolean;
    };
    return name === 'replayStep' ? this.#step(checked.count ?? 1) : this.#setSpeed(checked);
  }

  #step(count: number): object {
    let sent = 0;
    while (sent < count) {
      const [next] = [...this.#sessions]
        .filter(({ nextAt }) => nextAt !== undefined)
        .sort((one, other) => (one.nextAt as number) - (other.nextAt as number));
      if (next === undefined) break;
      next.step();
      sent++;
    }
    return { sent };
  }

  #setSpeed({ speed = 1, stepped = false }: { speed?: number; stepped?: boolean }): object {
    this.#speed = stepped ? 'stepped' : Math.min(speed, FASTEST);
    for (const session of this.#sessions) session.speed = this.#speed;
    return { speed: this.#speed };
  }

  /** In order, then from the first again; those of another version are skipped. */
  #choose(side: Side, version: number): ReplayScript | undefined {
    const scripts = this.#scripts[side].length > 0 ? this.#scripts[side] : this.#scripts[side === 'A' ? 'B' : 'A'];
    for (let tried = 0; tried < scripts.length; tried++) {
      const index = (this.#used[side] + tried) % scripts.length;
      const script = scripts[index] as ReplayScript;
      if (script.version !== version) continue;
      this.#used[side] = index + 1;
      return script;
    }
    return undefined;
  }
}

function recordingIn(bytes: Buffer): ReadRecording {
  const file = readMessageFile(bytes);
  if (file.kind !== 'recording') throw new RangeError('A log of decoded messages cannot be played: it has no bytes');
  return file.recording;
}
