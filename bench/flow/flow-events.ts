/**
 * From bytes on a socket to a message at a node, in a real Node-RED: this pack on a CTI Server's socket, and beside it
 * Node-RED's own `tcp in` and `json`, and `mqtt in`, once with an event's own data as JSON, once with all that a message of
 * an event node holds. One process sends, others are Node-RED. All take turns, so that they suffer alike from a machine
 * that does other things as well.
 */
import type { Bench, BenchCase } from '../run/bench-case.js';
import type { BenchRow } from '../run/row.js';
import { EVERYTHING, type FlowProcess, median, percentile, startCti, startJson, startMqtt } from './flow-process.js';
import { ged188, jsonLines, mqtt } from './load.js';
import { publish } from './mqtt-broker.js';
import { takeTemplates, wholeMessages } from './whole-messages.js';

const FLOOD = 200_000;
const ROUNDS = 3;
const WARM_UP = 20_000;
/** Events a second, and the p99 in milliseconds that is aimed at. */
const RATES = [
  [1_000, 1],
  [10_000, 2],
] as const;
/** How many times as many events a second as the core nodes. */
const AIMS = { json: '2.5 ×', mqtt: '3 ×' };

export const flowEvents: BenchCase = {
  name: 'flow-events',
  about: 'socket to a message at a node, against core tcp in + json and mqtt in',
  limitSeconds: 400,
  async run(bench) {
    const templates = await takeTemplates(bench);
    const json = wholeMessages(templates, `${jsonLines.name}, the whole message`, (line) => line);
    const broker = wholeMessages(templates, `${mqtt.name}, the whole message`, publish);
    const flows = [await startCti(bench, [EVERYTHING]), await startJson(bench), await startMqtt(bench)];
    const whole = [await startJson(bench, json.kind), await startMqtt(bench, broker.kind)];
    for (const flow of [...flows, ...whole]) await flow.open(WARM_UP);
    return [...(await floods(bench, [...flows, ...whole], json.bytes)), ...(await latencies(flows))];
  },
};

async function floods(bench: Bench, flows: readonly FlowProcess[], bytes: number): Promise<BenchRow[]> {
  const rates = flows.map((): number[] => []);
  const costs = flows.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, flow] of flows.entries()) {
      const { count, floodMs, cpuSeconds } = await flow.flood(bench.count(FLOOD));
      rates[index]!.push((count / floodMs) * 1000);
      costs[index]!.push((cpuSeconds / count) * 1e6);
    }
  }
  const [ours, json, broker, wholeJson, wholeBroker] = rates.map(median) as [number, number, number, number, number];
  const cpu = (index: number) => `${median(costs[index]!).toFixed(1)} CPU s per million`;
  const to = (name: string, rate: number) => ({ to: name, value: ours / rate });
  const whole = (name: string) => `${name}, the whole message`;
  return [
    { what: ged188.name, perSecond: ours, figure: cpu(0), ratio: to(jsonLines.name, json), aim: AIMS.json },
    { what: 'the same', ratio: to(whole(jsonLines.name), wholeJson), aim: AIMS.json },
    { what: 'the same', ratio: to(mqtt.name, broker), aim: AIMS.mqtt },
    { what: 'the same', ratio: to(whole(mqtt.name), wholeBroker), aim: AIMS.mqtt },
    { what: `${jsonLines.name}, the event's own data (500 bytes)`, perSecond: json, figure: cpu(1) },
    { what: `${whole(jsonLines.name)} (${bytes.toFixed(0)} bytes)`, perSecond: wholeJson, figure: cpu(3) },
    { what: `${mqtt.name}, the event's own data`, perSecond: broker, figure: cpu(2) },
    { what: whole(mqtt.name), perSecond: wholeBroker, figure: cpu(4) },
  ];
}

async function latencies(flows: readonly FlowProcess[]): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [rate, aim] of RATES) {
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
    rows.push({
      ...ours,
      ratio: { to: `p99 of ${jsonLines.name}`, value: ours.p99! / Math.max(json.p99!, 0.001) },
      aim: `p99 under ${aim} ms, 1 ×`,
    });
    rows.push(...measured.slice(1));
  }
  return rows;
}
