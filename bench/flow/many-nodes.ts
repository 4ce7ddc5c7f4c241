/** What further nodes on one session cost: ten that want everything, a hundred that filter, none that wants anything. */
import type { BenchCase } from '../run/bench-case.js';
import type { BenchRow } from '../run/row.js';
import { type Choice, EVERYTHING, type FlowProcess, MARKED, median, startCti } from './flow-process.js';

const FLOOD = 200_000;
const WARM_UP = 20_000;
const ROUNDS = 3;
const NODES = 100;

/** Each wants the calls of another dialed number, of which there are none in the flood. */
function filtered(count: number): Choice[] {
  return Array.from({ length: count }, (_, index) => ({
    events: [],
    filter: [{ key: 'DialedNumber', value: String(9000 + index) }],
  }));
}

export const manyNodes: BenchCase = {
  name: 'many-nodes',
  about: 'ten nodes that want everything, a hundred that filter, none that wants anything',
  async run(bench) {
    const rate = (events: number, ms: number) => (events / ms) * 1000;
    const ten = await startCti(bench, new Array(10).fill(EVERYTHING));
    await ten.open(WARM_UP / 10);
    const all = await ten.flood(bench.count(FLOOD / 4));
    const rows: BenchRow[] = [{ what: 'socket to ten event nodes, messages', perSecond: rate(all.count, all.floodMs) }];

    const flows = [
      await startCti(bench, [MARKED]),
      await startCti(bench, [MARKED, ...filtered(1)]),
      await startCti(bench, [MARKED, ...filtered(NODES)]),
    ];
    for (const flow of flows) await flow.open(WARM_UP);
    const count = bench.count(FLOOD);
    const cost = async (flow: FlowProcess) => {
      const { floodMs, cpuSeconds } = await flow.flood(count);
      return { rate: rate(count, floodMs), cpu: (cpuSeconds / count) * 1e6 };
    };
    const measured: { rate: number; cpu: number }[][] = flows.map(() => []);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [index, flow] of flows.entries()) measured[index]!.push(await cost(flow));
    }
    const [none, one, hundred] = measured.map((each) => ({
      rate: median(each.map((seen) => seen.rate)),
      cpu: median(each.map((seen) => seen.cpu)),
    })) as [Cost, Cost, Cost];
    const figure = ({ cpu }: Cost) => `${cpu.toFixed(1)} CPU s per million`;
    rows.push(
      {
        what: 'socket to no node: nobody wants the events',
        perSecond: none.rate,
        figure: figure(none),
        aim: '500,000',
      },
      { what: 'socket to one event node with a filter', perSecond: one.rate, figure: figure(one) },
      {
        what: `socket to ${NODES} event nodes with filters`,
        perSecond: hundred.rate,
        figure: figure(hundred),
        ratio: { to: 'CPU of one', value: hundred.cpu / one.cpu },
        aim: 'under 3 ×',
      },
    );
    return rows;
  },
};

interface Cost {
  rate: number;
  cpu: number;
}
