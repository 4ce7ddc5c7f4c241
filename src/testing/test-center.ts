/**
 * The contact center of a flow test, with a CTI OS Server as it runs inside Node-RED. The link between the two
 * transfers the bytes of the protocol in memory, without a delay in virtual time.
 */
import type { Clock } from '../common/clock.js';
import { systemClock } from '../common/clock.js';
import type { ByteStream, Dial } from '../common/network/byte-stream.js';
import { memoryPipe } from '../common/network/pipe.js';
import { seededRandom } from '../common/random.js';
import { EmbeddedServers, type ServerHandle } from '../embedded.js';
import { createLink, createObjectServer } from '../server/index.js';
import { Simulator } from '../simulator/index.js';
import type { TestWorld } from './options.js';
import type { Activity } from './virtual-time.js';

const PORTS = { A: 1, B: 2 } as const;
type Side = keyof typeof PORTS;

export class TestCenter {
  readonly simulator: Simulator;
  readonly #servers: EmbeddedServers;
  readonly #clock: Clock;
  readonly #streams = new Set<ByteStream>();
  #refusing = false;

  constructor(world: TestWorld, activity: Activity) {
    const { available: _, site, agents = 8, seed = 1, traffic = 'off', automatic = false, ...rest } = world;
    this.#clock = timelyClock(activity);
    this.simulator = new Simulator({
      ...rest,
      ...(site === undefined ? { agents } : { world: site }),
      seed,
      traffic,
      automatic,
      clock: this.#clock,
      listen: false,
    });
    const run = (command: string, args?: Readonly<Record<string, unknown>>) => this.simulator.run(command, args);
    // It runs for the duration of the test; sessions are opened and closed.
    const listening = { host: 'simulated contact center', portA: PORTS.A, portB: PORTS.B };
    const center = { run, start: async () => listening, stop: async () => {} };
    this.#servers = new EmbeddedServers({
      clock: this.#clock,
      simulator: () => center,
      replay: () => center,
      link: (settings) => createLink({ ...settings, dial: this.#dial, random: seededRandom(seed + 10) }),
      server: createObjectServer,
      member: () => {
        throw new Error('A flow test has no event stream.');
      },
    });
  }

  /** Logs agents in, and starts scenarios. */
  async start(available: readonly string[]): Promise<void> {
    await this.simulator.start();
    for (const agent of available) {
      this.simulator.run('loginAgent', { agent });
      this.simulator.run('setAgentState', { agent, state: 'Available' });
    }
  }

  stop(): Promise<void> {
    return this.simulator.stop();
  }

  /** The server shared by all sessions of the flow, whatever their settings. */
  acquire(): ServerHandle {
    return this.#servers.acquire({ kind: 'simulator' });
  }

  /** Drops the connection to the CTI Server; `refusing`: and refuses new ones. */
  cutLink(refusing: boolean): void {
    this.#refusing = refusing;
    for (const stream of [...this.#streams]) stream.destroy();
  }

  admitLink(): void {
    this.#refusing = false;
  }

  readonly #dial: Dial = ({ port }, opened, failed) => {
    const timer = this.#clock.after(0, () => {
      const side: Side = port === PORTS.A ? 'A' : 'B';
      const { sides } = this.simulator.run('status');
      if (this.#refusing || !sides.some((each) => each.side === side && each.running)) {
        failed(new Error(`connect ECONNREFUSED side ${side}`));
        return;
      }
      const [client, server] = memoryPipe(this.#clock, ['node-red', `side ${side}`]);
      this.#streams.add(server);
      this.simulator.accept(server, side);
      const { onClose } = server;
      server.onClose = (error) => {
        this.#streams.delete(server);
        onClose(error);
      };
      opened(client);
    });
    return () => timer.cancel();
  };
}

/** Sinon's timers, except that immediate ones take no time: sinon delays them by a millisecond while timers run. */
function timelyClock(activity: Activity): Clock {
  return {
    ...systemClock,
    after(ms, run) {
      if (ms > 0) return systemClock.after(ms, run);
      const handle = setImmediate(() => {
        activity.count++;
        run();
      });
      return { cancel: () => clearImmediate(handle) };
    },
  };
}
