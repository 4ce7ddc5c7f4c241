import type { ByteStream, Dial } from '../../../src/common/byte-stream.js';
import type { Clock } from '../../../src/common/clock.js';
import { memoryPipe } from '../../../src/common/pipe.js';
import { seededRandom } from '../../../src/common/random.js';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import type { Args } from '../../../src/ctios/index.js';
import {
  type CtiLink,
  createLink,
  createObjectServer,
  type ObjectServer,
  type ObjectServerRequester,
  type ObjectServerSettings,
  type Publication,
  type RequestResult,
} from '../../../src/server/index.js';
import { Simulator, type SimulatorOptions } from '../../../src/simulator/index.js';

export const MONITOR: ObjectServerRequester = { clientId: 'monitor', mode: 'monitor' };

/** An object server over a real link to a simulated contact center: bytes through a pipe in memory, time by hand. */
export class WholeCenter {
  readonly clock = new VirtualClock();
  readonly simulator: Simulator;
  readonly link: CtiLink;
  readonly server: ObjectServer;
  readonly published: Publication[] = [];
  /** Streams of the client's end, newest last. */
  readonly streams: ByteStream[] = [];

  /** @param through what dials go through: a recorder */
  constructor(
    options: SimulatorOptions = {},
    settings: Partial<ObjectServerSettings> = {},
    protocolVersion?: number,
    through: (dial: Dial, clock: Clock) => Dial = (dial) => dial,
  ) {
    this.simulator = new Simulator({ clock: this.clock, traffic: 'off', automatic: false, listen: false, ...options });
    this.link = createLink({
      sides: { A: { host: 'a', port: 1 }, B: { host: 'b', port: 2 } },
      clock: this.clock,
      random: seededRandom(1),
      clientId: 'test',
      protocolVersion,
      dial: through((endpoint, opened) => {
        const timer = this.clock.after(0, () => {
          const [client, server] = memoryPipe(this.clock);
          this.streams.push(client);
          this.simulator.accept(server, endpoint.host === 'a' ? 'A' : 'B');
          opened(client);
        });
        return () => timer.cancel();
      }, this.clock),
    });
    this.server = createObjectServer({ link: this.link, clock: this.clock, settings });
    this.server.subscribe((publication) => this.published.push(publication));
  }

  static async started(
    options: SimulatorOptions = {},
    settings: Partial<ObjectServerSettings> = {},
    protocolVersion?: number,
    through?: (dial: Dial, clock: Clock) => Dial,
  ): Promise<WholeCenter> {
    const center = new WholeCenter(options, settings, protocolVersion, through);
    await center.simulator.start();
    center.link.start();
    await center.run(2_000);
    return center;
  }

  /** Lets time pass in small steps, and promises settle between them. */
  async run(ms: number): Promise<void> {
    const until = this.clock.now() + ms;
    while (this.clock.now() < until) {
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      this.clock.advance(Math.min(20, until - this.clock.now()));
    }
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  }

  async request(
    name: string,
    target: string | undefined,
    args: Args = {},
    from: ObjectServerRequester = MONITOR,
  ): Promise<RequestResult> {
    let result: RequestResult | undefined;
    void this.server.request(from, name, target, args, 15_000).then((ended) => {
      result = ended;
    });
    for (let turn = 0; turn < 1000 && result === undefined; turn++) await this.run(20);
    return result!;
  }

  /** Names and statuses of the events of an object, media apart, in order. */
  story(objectId: string): string[] {
    return this.published
      .filter((each) => each.args.UniqueObjectID === objectId && !each.event.startsWith('OnCallRTP'))
      .map((each) => (each.args.CallStatus === undefined ? each.event : `${each.event} ${each.args.CallStatus}`));
  }

  clear(): void {
    this.published.length = 0;
  }
}
