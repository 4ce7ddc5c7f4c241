/**
 * The client library in a process of its own: link, objects, one monitor session, one listener of everything. Reports what
 * a flood of the CTI Server's port (first argument) took, from its event marked `start` to the one marked `end`. With `on`
 * as the second argument, the link is recorded.
 */
import type { CilEvent } from '../../src/cil/index.js';
import { createEmbedded } from './library.js';

export interface LibraryReport {
  events: number;
  seconds: number;
  cpuSeconds: number;
  maxRssMegabytes: number;
}

const session = createEmbedded(Number(process.argv[2]), process.argv[3] === 'on' ? 'on' : 'off');
let events = 0;
let cpu = process.cpuUsage();
let begun = 0;

session.subscribe('AllInOne', ({ args }: CilEvent) => {
  events++;
  const mark = args.CallVariable9;
  if (mark === 'start') {
    events = 1;
    begun = performance.now();
    cpu = process.cpuUsage();
  } else if (mark === 'end') {
    const { user, system } = process.cpuUsage(cpu);
    const report: LibraryReport = {
      events,
      seconds: (performance.now() - begun) / 1000,
      cpuSeconds: (user + system) / 1e6,
      maxRssMegabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
    };
    process.send?.(report);
  }
});
session.connect();
session.setMessageFilter('').then(
  () => process.send?.('ready'),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
process.on('disconnect', () => process.exit(0));
