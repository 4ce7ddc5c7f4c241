/** A working day of a contact center in virtual time: the records must match the contact center's own counts. */
import { strict as assert } from 'node:assert';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { contactSchema } from '../../scripts/schemas/contact-schema.js';
import { seededRandom } from '../../src/common/random.js';
import { type CallRecord, type ContactRecord, ContactRecorder, type SegmentRecord } from '../../src/contact/index.js';
import { type SiteProfileName, siteProfiles } from '../../src/simulator/index.js';
import type { ConnectionRef } from '../../src/simulator/model/state/types.js';
import { TestBed } from '../support/test-bed.js';
import { Books } from './books.js';

const PERIPHERAL = 5000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const EVERY_TYPE = Array.from({ length: 42 }, (_, type) => type);

type Seconds = 'ringSeconds' | 'talkSeconds' | 'holdSeconds' | 'consultSeconds' | 'wrapupSeconds';

for (const profile of ['standard', 'real-site'] as const)
  describe(`the contact records of a simulated day, ${profile} profile`, function () {
    this.timeout(120_000);

    for (const seed of profile === 'standard' ? [1, 2] : [1])
      it(`add up to the contact center's own counts, seed ${seed}`, async () => {
        const day = new Day(seed, profile);
        // A wrap-up begins and ends with an agent event, each of which may be delayed by this much at such a site.
        const lateMs = siteProfiles[profile].lateAgentEvents ? 500 : 0;
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
          const worked = day.books.wrapUps.get(agent) ?? [];
          const told = own.map((each) => milliseconds([each], 'wrapupSeconds')).filter((ms) => ms > 0);
          assert.equal(told.length, worked.length, `${agent} wrapped up`);
          const wrong = told.filter((ms, index) => Math.abs(ms - worked[index]!) > lateMs);
          assert.deepEqual(wrong, [], `${agent} wrapped up`);
          assert.equal(count(own, 'transfers'), day.books.transfers.get(agent) ?? 0, `${agent} transferred`);
          assert.equal(count(own, 'conferences'), day.books.conferences.get(agent) ?? 0, `${agent} conferenced`);
        }
        await day.close();
      });

    it('contain one contact for each journey that reached an agent, with the segments of its agents', async () => {
      const day = new Day(3, profile);
      await day.open();
      await day.play(profile === 'standard' ? 4 * HOUR : 2 * HOUR);
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
      // Verifies that the day contains all kinds of results.
      const reasons = new Set(day.segments.map(({ reason }) => reason));
      const left = day.books.diverted > 0 ? (['redirected'] as const) : [];
      assert.deepEqual(reasons, new Set(['ended', 'transferred', 'abandoned', ...left]));
      assert.ok(day.segments.some(({ consults }) => consults.length > 0));
      // An agent who does not answer becomes not ready, with a reason.
      assert.equal(
        day.segments.some(({ reasonCodes }) => reasonCodes.length > 0),
        day.books.diverted > 0,
      );
      await day.close();
    });

    it('list the values hidden by a gap, and are otherwise correct', async () => {
      const day = new Day(4, profile);
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
      // A party who talked before and after the gap may have held the call meanwhile; the time of a hang-up during the
      // gap is unknown.
      assert.ok(touched.some(({ unknown }) => unknown.includes('talkSeconds') && unknown.includes('holds')));
      assert.ok(touched.some(({ unknown }) => unknown.includes('ended')));
      // Each given value is correct: none exceeds the contact center's count, and all complete ones are equal.
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
  readonly bed: TestBed;
  readonly books: Books;
  readonly records: CallRecord[] = [];
  readonly #random;

  constructor(seed: number, profile: SiteProfileName = 'standard') {
    this.bed = new TestBed({ seed, agents: 12, automatic: true, protocolVersion: 23, profile });
    this.books = new Books(this.bed.simulator.center);
    this.#random = seededRandom(seed);
  }

  get segments(): SegmentRecord[] {
    return this.records.filter((each) => each.event === 'segment');
  }

  get contacts(): ContactRecord[] {
    return this.records.filter((each) => each.event === 'contact');
  }

  async open(): Promise<void> {
    const { bed } = this;
    const recorder = new ContactRecorder(
      { callTypes: EVERY_TYPE },
      {
        clock: bed.clock,
        findAgent: (instrument) =>
          [...bed.session.agents.values()].find((agent) => agent.properties().AgentInstrument === instrument),
      },
    );
    recorder.attach((record) => void this.records.push(record));
    for (const name of ['ICallEvents', 'IAgentEvents', 'ISessionEvents'] as const)
      bed.session.subscribe(name, (event) => recorder.handle(event));
    await bed.open();
    await bed.settle(bed.session.setMessageFilter(''), 2_000);
  }

  async play(ms: number): Promise<void> {
    const { clock } = this.bed;
    const until = clock.now() + ms;
    const repeat = (act: () => void, most: number) => {
      if (clock.now() > until) return;
      act();
      clock.after(this.#below(most), () => repeat(act, most));
    };
    repeat(() => this.#call(), 60_000);
    repeat(() => this.#act(), 8_000);
    await this.bed.run(ms);
  }

  /**
   * Makes both sides unreachable for a while, during which calls continue.
   * @returns the times at which the link was lost and restored
   */
  async loseLink(ms: number): Promise<[number, number]> {
    const { clock, refusing, streams } = this.bed;
    const lost = clock.now();
    for (const side of ['A', 'B'] as const) {
      refusing.add(side);
      for (const stream of streams[side].splice(0)) stream.destroy();
    }
    const playing = this.play(ms);
    await playing;
    refusing.clear();
    await this.bed.run(3 * MINUTE);
    return [lost, clock.now()];
  }

  /** Ends all calls and wrap-ups. */
  async evening(): Promise<void> {
    this.bed.hangUpAll();
    await this.bed.run(10 * MINUTE);
  }

  /** Validates each record against the published schema. */
  assertSchema(): void {
    const isValid = new Ajv2020({ strict: true, formats: { 'date-time': true } }).compile(contactSchema());
    for (const record of this.records) assert.ok(isValid(record), JSON.stringify(isValid.errors));
  }

  close(): Promise<void> {
    return this.bed.close();
  }

  #call(): void {
    this.bed.simulator.center.placeCall({
      peripheralId: PERIPHERAL,
      dialedNumber: this.#pick(['8001', '8002', '8003']),
      ani: `206555${1000 + this.#below(9000)}`,
      ...(this.#below(4) === 0 && { patienceMs: 2_000 + this.#below(20_000) }),
      data: { variables: [`A-${this.#below(99)}`] },
    });
  }

  /** A random action of an agent at the phone. */
  #act(): void {
    const { center } = this.bed.simulator;
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
