/**
 * From bytes on a socket to a message at a node, in a real Node-RED: this pack on a CTI Server's socket, and beside it
 * Node-RED's own `tcp in` and `json`, and `mqtt in`, with the same data as JSON. One process sends, others are Node-RED.
 * The three take turns, so that all of them suffer alike from a machine that does other things as well.
 */
import type { Bench, BenchCase } from '../run/bench-case.js';
import type { BenchRow } from '../run/row.js';
import { EVERYTHING, type FlowProcess, median, percentile, startCti, startJson, startMqtt } from './flow-process.js';
import { ged188, jsonLines, mqtt } from './load.js';

const FLOOD = 200_000;
const ROUNDS = 3;
const WARM_UP = 20_000;
const RATES = [1_000, 10_000];

export const flowEvents: BenchCase = {
  name: 'flow-events',
  about: 'socket to a message at a node, against core tcp in + json and mqtt in',
  async run(bench) {
    const flows = [await startCti(bench, [EVERYTHING]), await startJson(bench), await startMqtt(bench)];
    for (const flow of flows) await flow.open(WARM_UP);
    return [...(await floods(bench, flows)), ...(await latencies(flows))];
  },
};

async function floods(bench: Bench, flows: readonly FlowProcess[]): Promise<BenchRow[]> {
  const rates = flows.map((): number[] => []);
  const costs = flows.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, flow] of flows.entries()) {
      const { count, floodMs, cpuSeconds } = await flow.flood(bench.count(FLOOD));
      rates[index]!.push((count / floodMs) * 1000);
      costs[index]!.push((cpuSeconds / count) * 1e6);
    }
  }
  const [ours, json, broker] = rates.map(median) as [number, number, number];
  const cpu = (index: number) => `${median(costs[index]!).toFixed(1)} CPU s per million`;
  return [
    { what: ged188.name, perSecond: ours, figure: cpu(0), ratio: { to: jsonLines.name, value: ours / json } },
    { what: 'the same', ratio: { to: mqtt.name, value: ours / broker } },
    { what: jsonLines.name, perSecond: json, figure: cpu(1) },
    { what: mqtt.name, perSecond: broker, figure: cpu(2) },
  ];
}

async function latencies(flows: readonly FlowProcess[]): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const rate of RATES) {
    const measured: BenchRow[] = [];
    for (const flow of flows) {
      const sorted = await flow.paced(rate);
      measured.push({
        what: `${flow.kind.name}, ${rate.toLocaleString('en-US')} per second`,
        p50: percentile(sorted, 0.5) / 1000,
        p99: percentile(sorted, 0.99) / 1000,
      });
    }
    const [ours, json] = measured as [BenchRow, BenchRow];
    rows.push({ ...ours, ratio: { to: `p99 of ${jsonLines.name}`, value: ours.p99! / Math.max(json.p99!, 0.001) } });
    rows.push(...measured.slice(1));
  }
  return rows;
}
