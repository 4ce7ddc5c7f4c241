import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CtiServerWithLoad } from '../flow/cti-server-with-load.js';
import { median } from '../flow/flow-process.js';
import { ged188, VERSION } from '../flow/load.js';
import type { Bench, BenchCase } from '../run/bench-case.js';
import { within } from '../run/waits.js';
import type { LibraryReport } from './library-process.js';

const FLOOD = 200_000;
const WARM_UP = 50_000;
const ROUNDS = 5;

/** The client library in a separate process, with the flight recorder off or on. */
class Library {
  private constructor(
    private readonly server: CtiServerWithLoad,
    private readonly reported: (what: string) => Promise<unknown>,
  ) {}

  static async start(bench: Bench, recording: 'off' | 'on'): Promise<Library> {
    const server = await CtiServerWithLoad.start(bench, VERSION);
    const child = fork(join(__dirname, 'library-process.js'), [String(server.port), recording]);
    bench.after(() => child.kill());
    const library = new Library(server, (what) =>
      within(
        what,
        Promise.race([
          once(child, 'message').then(([message]) => message as unknown),
          once(child, 'exit').then(([code]) => Promise.reject(new Error(`${what}: its process ended with ${code}`))),
        ]),
      ),
    );
    await library.reported(`the monitor session with the recorder ${recording}`);
    await server.send(ged188.opening);
    await library.flood(WARM_UP);
    return library;
  }

  async flood(count: number): Promise<LibraryReport> {
    const report = this.reported('the end of the flood');
    for (const piece of ged188.flood(count)) await this.server.send(piece);
    return (await report) as LibraryReport;
  }
}

export const recorder: BenchCase = {
  name: 'recorder',
  about: 'the client library with the flight recorder off and on, in turns',
  async run(bench) {
    const without = await Library.start(bench, 'off');
    const recording = await Library.start(bench, 'on');
    const off: LibraryReport[] = [];
    const on: LibraryReport[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      off.push(await without.flood(bench.count(FLOOD)));
      on.push(await recording.flood(bench.count(FLOOD)));
    }
    const cpu = (reports: readonly LibraryReport[]): number =>
      median(reports.map(({ cpuSeconds, events }) => (cpuSeconds / events) * 1e6));
    const rate = (reports: readonly LibraryReport[]): number =>
      median(reports.map(({ events, seconds }) => events / seconds));
    return [
      {
        what: 'flight recorder off, client library alone',
        perSecond: rate(off),
        figure: `${cpu(off).toFixed(1)} CPU s per million`,
      },
      {
        what: 'flight recorder on, client library alone',
        perSecond: rate(on),
        figure: `${cpu(on).toFixed(1)} CPU s per million`,
        ratio: { to: 'recorder off', value: cpu(on) / cpu(off) },
      },
    ];
  },
};
