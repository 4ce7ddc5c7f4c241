import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CtiServerWithLoad } from '../flow/cti-server-with-load.js';
import { median } from '../flow/flow-process.js';
import { ged188, VERSION } from '../flow/load.js';
import type { BenchCase } from '../run/bench-case.js';
import { within } from '../run/waits.js';
import type { LibraryReport } from './library-process.js';

const FLOOD = 400_000;
const WARM_UP = 50_000;
const ROUNDS = 5;

export const clientLibrary: BenchCase = {
  name: 'client-library',
  about: 'link, objects, one session and one listener in one process, without Node-RED',
  async run(bench) {
    const server = await CtiServerWithLoad.start(bench, VERSION);
    const child = fork(join(__dirname, 'library-process.js'), [String(server.port)]);
    bench.after(() => child.kill());
    const told = (what: string): Promise<unknown> => {
      const ended = once(child, 'exit').then(([code]) => {
        throw new Error(`the client library's process ended with ${code}`);
      });
      ended.catch(() => {});
      const message = once(child, 'message').then(([first]) => first as unknown);
      return within(what, Promise.race([message, ended]));
    };
    await told('the monitor session of the client library');
    await server.send(ged188.opening);
    const flood = async (count: number): Promise<LibraryReport> => {
      const report = told('the end of the flood at the client library');
      for (const piece of ged188.flood(count)) await server.send(piece);
      return (await report) as LibraryReport;
    };
    await flood(WARM_UP);
    const reports: LibraryReport[] = [];
    for (let round = 0; round < ROUNDS; round++) reports.push(await flood(bench.count(FLOOD)));
    const cpu = median(reports.map(({ cpuSeconds, events }) => (cpuSeconds / events) * 1e6));
    return [
      {
        what: 'client library alone, one listener of everything',
        perSecond: median(reports.map(({ events, seconds }) => events / seconds)),
        figure: `${cpu.toFixed(1)} CPU s per million`,
        aim: '220,000; 4.5 CPU s',
      },
    ];
  },
};
