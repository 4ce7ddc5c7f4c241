/** A working day of a contact center in virtual time: what the records say must be what the center itself counted. */
import { strict as assert } from 'node:assert';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { contactSchema } from '../../scripts/contact-schema.js';
import { seededRandom } from '../../src/common/random.js';
import { type CallRecord, type ContactRecord, ContactRecorder, type SegmentRecord } from '../../src/contact/index.js';
import type { ConnectionRef } from '../../src/simulator/model/state/types.js';
import { Stage } from '../recovery/stage.js';
import { Books } from './books.js';

const PERIPHERAL = 5000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const EVERY_TYPE = Array.from({ length: 42 }, (_, type) => type);

type Seconds = 'ringSeconds' | 'talkSeconds' | 'holdSeconds' | 'consultSeconds' | 'wrapupSeconds';

describe('the contact records of a simulated day', function () {
  this.timeout(120_000);

  for (const seed of [1, 2])
    it(`add up to the books of the center, seed ${seed}`, async () => {
      const day = new Day(seed);
      await day.open();
      await day.play(8 * HOUR);
      await day.evening();
      day.assertSchema();
      assert.ok(day.segments.length > 500, `${day.segments.length} segments`);
      for (const [agent, account] of day.books.agents) {
        const own = day.segments.filter((each) => each.agent.id === agent);
        assert.equal(milliseconds(own, 'ringSeconds'), account.ring, `${agent} rang`);
        const talked = milliseconds(own, 'talkSeconds') + milliseconds(own, 'holdSeconds');
        assert.equal(talked + milliseconds(own, 'consultSeconds'), account.talk + account.hold, `${agent} talked`);
        const counted = day.stage.simulator.center.agentStatistics(PERIPHERAL, agent)!;
        const worked = Math.floor(milliseconds(own, 'wrapupSeconds') / 1000);
        assert.ok(
          Math.abs(worked - Number(counted.HandledCallsAfterCallTimeToday)) <= 1,
          `${agent} wrapped up ${worked}`,
        );
        assert.equal(count(own, 'transfers'), day.books.transfers.get(agent) ?? 0, `${agent} transferred`);
        assert.equal(count(own, 'conferences'), day.books.conferences.get(agent) ?? 0, `${agent} conferenced`);
      }
      await day.close();
    });

  it('have one contact for each journey that reached an agent, with the segments of its agents', async () => {
    const day = new Day(3);
    await day.open();
    await day.play(4 * HOUR);
    await day.evening();
    const answered = [...day.books.journeys].filter(([, isAnswered]) => isAnswered).map(([name]) => name);
    const inbound = day.contacts.filter((each) => each.direction === 'inbound' && each.outcome === 'answered');
    assert.deepEqual(inbound.map(({ journey }) => journey).sort(), answered.sort());
    const keys = day.segments.map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length);
    assert.deepEqual(day.contacts.flatMap(({ segments }) => segments.map(({ key }) => key)).sort(), keys.sort());
    for (const contact of day.contacts) {
      const own = day.segments.filter(({ journey }) => journey === contact.journey);
      assert.equal(Math.round((contact.talkSeconds ?? 0) * 1000), milliseconds(own, 'talkSeconds'));
      assert.equal(Math.round((contact.wrapupSeconds ?? 0) * 1000), milliseconds(own, 'wrapupSeconds'));
    }
    // What happened is what the day is made of.
    const reasons = new Set(day.segments.map(({ reason }) => reason));
    assert.deepEqual(reasons, new Set(['ended', 'transferred', 'abandoned', 'redirected']));
    assert.ok(day.segments.some(({ consults }) => consults.length > 0));
    assert.ok(day.segments.some(({ reasonCodes }) => reasonCodes.length > 0));
    await day.close();
  });

  it('name what a gap hid, and agree in all else', async () => {
    const day = new Day(4);
    await day.open();
    const gaps: [number, number][] = [];
    for (let hour = 0; hour < 4; hour++) {
      await day.play(50 * MINUTE);
      gaps.push(await day.loseLink(20_000));
    }
    await day.evening();
    day.assertSchema();
    const touched = day.segments.filter(({ gaps: own }) => own !== undefined);
    assert.ok(touched.length > 5, `${touched.length} segments saw a gap`);
    for (const record of touched) {
      assert.equal(record.recovered, true);
      const hidden = record.gaps!.every(({ from, to }) => gaps.some(([lost, back]) => from <= back && to >= lost));
      assert.ok(hidden, JSON.stringify(record.gaps));
      for (const name of record.unknown) assert.ok(!(name in record), `${name} is unknown, and there`);
    }
    // Who talked before and after may have held the call meanwhile; who hung up meanwhile did so at an unknown time.
    assert.ok(touched.some(({ unknown }) => unknown.includes('talkSeconds') && unknown.includes('holds')));
    assert.ok(touched.some(({ unknown }) => unknown.includes('ended')));
    // Each value that is given is true: none is larger than what the center counted, and all complete ones are equal.
    const complete = day.segments.filter(({ unknown, gaps: own }) => own === undefined && !unknown.includes('began'));
    for (const record of complete)
      assert.ok(record.talkSeconds !== undefined && record.ended !== undefined, record.key);
    for (const [agent, account] of day.books.agents) {
      const own = day.segments.filter((each) => each.agent.id === agent);
      assert.ok(milliseconds(own, 'talkSeconds') <= account.talk + account.hold, agent);
      assert.ok(milliseconds(own, 'ringSeconds') <= account.ring, agent);
    }
    await day.close();
  });
});

function milliseconds(records: readonly SegmentRecord[], name: Seconds): number {
  return records.reduce((sum, record) => sum + Math.round((record[name] ?? 0) * 1000), 0);
}

function count(records: readonly SegmentRecord[], name: 'transfers' | 'conferences'): number {
  return records.reduce((sum, record) => sum + record[name].length, 0);
}

class Day {
  readonly stage: Stage;
  readonly books: Books;
  readonly records: CallRecord[] = [];
  readonly #random;

  constructor(seed: number) {
    this.stage = new Stage({ seed, agents: 12, automatic: true, protocolVersion: 23 });
    this.books = new Books(this.stage.simulator.center);
    this.#random = seededRandom(seed);
  }

  get segments(): SegmentRecord[] {
    return this.records.filter((each) => each.event === 'segment');
  }

  get contacts(): ContactRecord[] {
    return this.records.filter((each) => each.event === 'contact');
  }

  async open(): Promise<void> {
    const { stage } = this;
    const recorder = new ContactRecorder(
      { callTypes: EVERY_TYPE },
      {
        clock: stage.clock,
        findAgent: (instrument) =>
          [...stage.session.agents.values()].find((agent) => agent.properties().AgentInstrument === instrument),
      },
    );
    recorder.attach((record) => void this.records.push(record));
    for (const name of ['ICallEvents', 'IAgentEvents', 'ISessionEvents'] as const)
      stage.session.subscribe(name, (event) => recorder.handle(event));
    await stage.open();
    await stage.settle(stage.session.setMessageFilter(''), 2_000);
  }

  async play(ms: number): Promise<void> {
    const { clock } = this.stage;
    const until = clock.now() + ms;
    const repeat = (act: () => void, most: number) => {
      if (clock.now() > until) return;
      act();
      clock.after(this.#below(most), () => repeat(act, most));
    };
    repeat(() => this.#call(), 60_000);
    repeat(() => this.#act(), 8_000);
    await this.stage.run(ms);
  }

  /** Both sides cannot be reached for a while, in which calls go on. @returns when the link was lost and back */
  async loseLink(ms: number): Promise<[number, number]> {
    const { clock, refusing, streams } = this.stage;
    const lost = clock.now();
    for (const side of ['A', 'B'] as const) {
      refusing.add(side);
      for (const stream of streams[side].splice(0)) stream.destroy();
    }
    const playing = this.play(ms);
    await playing;
    refusing.clear();
    await this.stage.run(3 * MINUTE);
    return [lost, clock.now()];
  }

  /** Everybody hangs up, and all wrap-up is done. */
  async evening(): Promise<void> {
    this.stage.hangUpAll();
    await this.stage.run(10 * MINUTE);
  }

  /** Each record is as the schema in the package says. */
  assertSchema(): void {
    const isValid = new Ajv2020({ strict: true, formats: { 'date-time': true } }).compile(contactSchema());
    for (const record of this.records) assert.ok(isValid(record), JSON.stringify(isValid.errors));
  }

  close(): Promise<void> {
    return this.stage.close();
  }

  #call(): void {
    this.stage.simulator.center.placeCall({
      peripheralId: PERIPHERAL,
      dialedNumber: this.#pick(['8001', '8002', '8003']),
      ani: `206555${1000 + this.#below(9000)}`,
      ...(this.#below(4) === 0 && { patienceMs: 2_000 + this.#below(20_000) }),
      data: { variables: [`A-${this.#below(99)}`] },
    });
  }

  /** An agent does something with the phone. */
  #act(): void {
    const { center } = this.stage.simulator;
    const phones = [...center.devices()].filter((each) => each.kind === 'agentPhone' && each.agentId !== undefined);
    const phone = this.#pick(phones);
    const at = (state: number): ConnectionRef | undefined => {
      const found = phone.connections.find((each) => each.state === state);
      return found && { peripheralId: PERIPHERAL, callId: found.callId, deviceId: phone.id };
    };
    const [talking, held] = [at(3), at(4)];
    const other = this.#pick(phones).id;
    if (talking !== undefined && held !== undefined)
      this.#pick([
        () => center.transfer({ active: talking, held }),
        () => center.conference({ active: talking, held }),
        () => center.alternate(talking, held),
        () => center.reconnect(talking, held),
      ])();
    else if (talking !== undefined)
      this.#pick([
        () => center.hold(talking),
        () => center.consult({ active: talking, dialedNumber: other, consultType: 1 }),
        () => center.consult({ active: talking, dialedNumber: this.#pick(['8001', '8002']), consultType: 2 }),
        () => center.transfer({ active: talking, dialedNumber: other }),
        () => center.clearConnection(talking),
      ])();
    else if (held !== undefined) center.retrieve(held);
    else if (phone.connections.length === 0 && this.#below(20) === 0)
      center.makeCall({
        peripheralId: PERIPHERAL,
        instrument: phone.id,
        dialedNumber: this.#pick(['12065550123', other]),
      });
  }

  #below(limit: number): number {
    return Math.floor(this.#random.next() * limit);
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#below(list.length)]!;
  }
}
