/**
 * The customer of the records, and the pops, of calls that agents dial, across all three tiers: at a site with standard
 * behavior, and at one with real-site quirks.
 */
import { strict as assert } from 'node:assert';
import { type CallRecord, ContactRecorder } from '../../src/contact/index.js';
import { type Ended, type FindAgent, type Pop, ScreenPop, type Update } from '../../src/screenpop/index.js';
import { type SiteProfileName, siteProfiles } from '../../src/simulator/index.js';
import { TestBed } from '../support/test-bed.js';

const NUMBERS = { region: 'US', prefixes: ['9'] };

class Floor {
  readonly bed: TestBed;
  readonly records: CallRecord[] = [];
  readonly pops: Array<Pop | Update | Ended> = [];
  readonly #pop: ScreenPop;
  readonly #recorder: ContactRecorder;

  constructor(profile: SiteProfileName) {
    this.bed = new TestBed({ profile, agents: 4, protocolVersion: 23 });
    const { clock, session } = this.bed;
    const findAgent: FindAgent = (instrument, peripheral) =>
      [...session.agents.values()].find((agent) => {
        const { AgentInstrument, PeripheralID } = agent.properties();
        return AgentInstrument === instrument && (peripheral === undefined || PeripheralID === peripheral);
      });
    this.#pop = new ScreenPop(NUMBERS, { clock, findAgent });
    this.#pop.attach(({ body }) => this.pops.push(body));
    this.#recorder = new ContactRecorder({ ...NUMBERS, when: 'ended' }, { clock, findAgent });
    this.#recorder.attach((record) => this.records.push(record));
  }

  async open(): Promise<this> {
    const { bed } = this;
    for (const name of ['ICallEvents', 'IAgentEvents', 'ISessionEvents'] as const)
      bed.session.subscribe(name, (event) => {
        this.#recorder.handle(event);
        this.#pop.handle(event);
      });
    await bed.open();
    await bed.settle(bed.session.setMessageFilter(''), 1_000);
    for (const agent of ['1001', '1002']) {
      await this.does('loginAgent', { agent });
      await this.does('setAgentState', { agent, state: 'NotReady' });
    }
    return this;
  }

  /** Runs a command and waits for its effects: agent events may be delayed by half a second. */
  async does(command: string, args: Record<string, unknown>, ms = 1_500): Promise<number> {
    const result = this.bed.simulator.run(command as never, args as never) as { call: number };
    await this.bed.run(ms);
    return result.call;
  }

  async ends(): Promise<void> {
    this.bed.hangUpAll();
    await this.bed.run(10_000);
  }

  /** "segment 1001 outbound +12065550150 DialedNumber" */
  get customers(): string[] {
    return this.records.map((record) => {
      const { customer, direction } = record;
      const who = record.event === 'segment' ? [record.agent.id] : [];
      return [record.event, ...who, direction, customer?.e164 ?? customer?.kind, customer?.from].join(' ').trim();
    });
  }

  /** "1002 internal ANI +12065550150 DialedNumber": the agent, the caller, the customer */
  get popped(): string[] {
    return this.pops.flatMap((body) => {
      if (body.event === 'ended') return [];
      const numbers = [body.caller, body.customer].map(({ e164, kind, from }) => [e164 ?? kind, from].join(' '));
      return [[body.agent.id, ...numbers].join(' ')];
    });
  }

  async close(): Promise<void> {
    this.#pop.dispose();
    this.#recorder.dispose();
    await this.bed.close();
  }
}

for (const profile of Object.keys(siteProfiles) as SiteProfileName[])
  describe(`the customer of a call that an agent dials, with the profile ${profile}`, () => {
    let floor: Floor;
    beforeEach(async () => {
      floor = await new Floor(profile).open();
    });
    afterEach(() => floor.close());

    it('is whom the agent called, with and without a prefix, and the call does not pop', async () => {
      for (const to of ['2065550150', '912065550150']) {
        await floor.does('makeCall', { agent: '1001', to }, 10_000);
        await floor.ends();
        const customer = '+12065550150 DialedNumber';
        assert.deepEqual(floor.customers, [`segment 1001 outbound ${customer}`, `contact outbound ${customer}`]);
        for (const { caller, dialed } of floor.records)
          assert.deepEqual([caller.received, caller.kind, dialed], ['2001', 'internal', to]);
        floor.records.length = 0;
      }
      assert.deepEqual(floor.pops, []);
    });

    it('is the same for the colleague who is consulted about it, and then has it', async () => {
      await floor.does('makeCall', { agent: '1001', to: '2065550150' }, 10_000);
      await floor.does('consult', { agent: '1001', to: '2002', for: 'transfer' });
      await floor.does('answer', { agent: '1002' });
      await floor.does('transfer', { agent: '1001' }, 10_000);
      await floor.ends();
      const customer = '+12065550150 DialedNumber';
      assert.deepEqual(floor.customers.sort(), [
        `contact outbound ${customer}`,
        `segment 1001 outbound ${customer}`,
        `segment 1002 outbound ${customer}`,
      ]);
      assert.deepEqual(floor.popped, ['1002 internal ANI +12065550150 DialedNumber']);
    });

    it('is the same for the colleague to whom it is transferred at once', async () => {
      await floor.does('makeCall', { agent: '1001', to: '2065550150' }, 10_000);
      await floor.does('transfer', { agent: '1001', to: '2002' });
      await floor.does('answer', { agent: '1002' }, 10_000);
      await floor.ends();
      const customer = '+12065550150 DialedNumber';
      assert.deepEqual(floor.customers.sort(), [
        `contact outbound ${customer}`,
        `segment 1001 outbound ${customer}`,
        `segment 1002 outbound ${customer}`,
      ]);
      assert.deepEqual(floor.popped, ['1002 internal ANI +12065550150 DialedNumber']);
    });

    it("is the campaign's customer of a call that the dialer offers", async () => {
      await floor.does('setAgentState', { agent: '1001', state: 'Available' });
      const call = await floor.does('offerPreview', { agent: '1001', to: '912065550177', campaign: 'Renewals' });
      await floor.does('setCallData', { call, data: { BAResponse: 'Accept' } }, 10_000);
      await floor.ends();
      const customer = '+12065550177 BACustomerNumber';
      assert.deepEqual(floor.customers, [`segment 1001 outbound ${customer}`, `contact outbound ${customer}`]);
      assert.deepEqual([...new Set(floor.popped)], [`1001 ${customer} ${customer}`]);
    });

    it('is nobody in a call to a colleague, which is neither recorded nor pops', async () => {
      await floor.does('makeCall', { agent: '1001', to: '2002' });
      await floor.does('answer', { agent: '1002' });
      await floor.ends();
      assert.deepEqual([...floor.records, ...floor.pops], []);
    });
  });
