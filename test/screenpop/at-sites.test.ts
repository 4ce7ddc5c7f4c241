/**
 * The screen pop across all three tiers, at a site with standard behavior and at one with real-site quirks: the same
 * contacts pop.
 */
import { strict as assert } from 'node:assert';
import { type Ended, type Pop, ScreenPop, type Update } from '../../src/screenpop/index.js';
import { type SiteProfileName, siteProfiles } from '../../src/simulator/index.js';
import { TestBed } from '../support/test-bed.js';

const CUSTOMER = '2065550101';
const E164 = '+12065550101';
const AVAILABLE = 3;
const AGENTS = ['1001', '1002', '1003'];

class Floor {
  readonly bed: TestBed;
  readonly outputs: Array<Pop | Update | Ended> = [];
  readonly #pop: ScreenPop;

  constructor(readonly profile: SiteProfileName) {
    this.bed = new TestBed({ profile, agents: 4, protocolVersion: 23 });
    this.#pop = new ScreenPop({ region: 'US', prefixes: ['9'] }, { clock: this.bed.clock });
    this.#pop.attach(({ body }) => this.outputs.push(body));
  }

  async open(): Promise<this> {
    const { bed } = this;
    for (const name of ['ICallEvents', 'IAgentEvents'] as const)
      bed.session.subscribe(name, (event) => this.#pop.handle(event));
    await bed.open();
    await bed.settle(bed.session.setMessageFilter(''), 1_000);
    for (const agent of AGENTS) {
      await this.does('loginAgent', { agent });
      await this.does('setAgentState', { agent, state: 'NotReady' });
    }
    return this;
  }

  /** Runs a command and waits for its effects: agent events may be delayed by half a second. */
  async does(command: string, args: Record<string, unknown>): Promise<void> {
    this.bed.simulator.run(command as never, args as never);
    await this.bed.run(1_500);
  }

  /** A customer's call starts to ring at agent 1001. */
  async rings(from = CUSTOMER): Promise<void> {
    const { state } = this.bed.simulator.center.agent(5000, '1001')!;
    if (state !== AVAILABLE) await this.does('setAgentState', { agent: '1001', state: 'Available' });
    await this.does('placeCall', { to: '8001', from, data: { CallVariable1: 'A-17' } });
  }

  async talks(): Promise<void> {
    await this.rings();
    await this.does('answer', { agent: '1001' });
  }

  /** The colleague consulted by 1001 answers, too. */
  async consults(purpose: 'transfer' | 'conference'): Promise<void> {
    await this.talks();
    await this.does('consult', { agent: '1001', to: '2002', for: purpose });
    await this.does('answer', { agent: '1002' });
  }

  async hangUpAll(): Promise<void> {
    this.bed.hangUpAll();
    await this.bed.run(5_000);
  }

  /**
   * "pop 5000.1001", "ended 5000.1001 transferred"; updates are counted separately, because a standard site needs none.
   */
  get story(): string[] {
    return this.outputs
      .filter(({ event }) => event !== 'update')
      .map((each) => {
        const reason = each.event === 'ended' ? ` ${each.reason}` : '';
        return `${each.event} ${each.agent.peripheral}.${each.agent.id}${reason}`;
      });
  }

  /** The final state of the agent's screen. */
  shown(agent: string, peripheral = 5000): Pop | Update {
    return this.outputs
      .filter((each): each is Pop | Update => each.event !== 'ended')
      .filter((each) => each.agent.id === agent && each.agent.peripheral === peripheral)
      .at(-1)!;
  }

  async close(): Promise<void> {
    await this.hangUpAll();
    const pops = this.outputs.filter(({ event }) => event === 'pop').map(({ key }) => key);
    const ends = this.outputs.filter(({ event }) => event === 'ended').map(({ key }) => key);
    assert.deepEqual([...ends].sort(), [...pops].sort(), 'one end for each pop, under its key');
    assert.equal(new Set(pops).size, pops.length);
    this.#pop.dispose();
    await this.bed.close();
  }
}

for (const profile of Object.keys(siteProfiles) as SiteProfileName[])
  describe(`the screen pop with the profile ${profile}`, () => {
    let floor: Floor;
    beforeEach(async () => {
      floor = await new Floor(profile).open();
    });
    afterEach(() => floor.close());

    it('identifies the customer, whatever the format of the number', async () => {
      for (let turn = 0; turn < 8; turn++) {
        await floor.talks();
        assert.equal(floor.shown('1001').caller.e164, E164, floor.shown('1001').caller.received);
        assert.equal(floor.shown('1001').fields.CallVariable1, 'A-17');
        await floor.hangUpAll();
      }
      assert.equal(floor.story.length, 16);
    });

    it('reports a withheld number, whatever replaces it, and a missing number', async () => {
      const kinds = new Set<string>();
      for (let turn = 0; turn < 12; turn++) {
        await floor.rings('');
        const { caller } = floor.shown('1001');
        assert.equal(caller.kind, caller.received === '' ? 'absent' : 'withheld', caller.received);
        kinds.add(caller.kind);
        await floor.hangUpAll();
      }
      assert.equal(kinds.has('withheld'), profile !== 'standard');
    });

    it('shows the customer to a consulted agent, and remains one contact when the call is transferred', async () => {
      await floor.consults('transfer');
      assert.equal(floor.shown('1002').caller.e164, E164);
      await floor.does('transfer', { agent: '1001' });
      assert.equal(floor.shown('1002').caller.e164, E164);
      assert.equal(floor.shown('1002').fields.CallVariable1, 'A-17');
      assert.equal(floor.shown('1002').journey, floor.shown('1001').journey);
      await floor.hangUpAll();
      assert.deepEqual(floor.story, [
        'pop 5000.1001',
        'pop 5000.1002',
        'ended 5000.1001 transferred',
        'ended 5000.1002 ended',
      ]);
    });

    it('ends for each party of a conference when that party leaves', async () => {
      await floor.consults('conference');
      await floor.does('conference', { agent: '1001' });
      await floor.does('hangUp', { agent: '1001' });
      assert.equal(floor.shown('1002').caller.e164, E164);
      assert.deepEqual(floor.story.slice(0, 2), ['pop 5000.1001', 'pop 5000.1002']);
      assert.match(floor.story[2]!, /^ended 5000\.1001/);
      assert.equal(floor.story.length, 3, 'the customer talks to 1002');
    });

    it('ends at the colleague when a consultation is cancelled, and remains at the agent', async () => {
      await floor.consults('transfer');
      await floor.does('reconnect', { agent: '1001' });
      assert.deepEqual(floor.story, ['pop 5000.1001', 'pop 5000.1002', 'ended 5000.1002 ended']);
    });

    it('follows the call on a blind transfer', async () => {
      await floor.talks();
      await floor.does('transfer', { agent: '1001', to: '2003' });
      assert.deepEqual(floor.story, ['pop 5000.1001', 'ended 5000.1001 transferred', 'pop 5000.1003']);
      assert.equal(floor.shown('1003').caller.e164, E164);
    });

    it('shows the customer to a colleague consulted by a consulted colleague, whoever transfers the call first', async () => {
      await floor.consults('transfer');
      await floor.does('consult', { agent: '1002', to: '2003', for: 'transfer' });
      await floor.does('answer', { agent: '1003' });
      assert.equal(floor.shown('1003').caller.e164, E164);
      await floor.does('transfer', { agent: '1002' });
      assert.equal(floor.shown('1003').caller.e164, E164);
      await floor.does('transfer', { agent: '1001' });
      assert.equal(floor.shown('1003').caller.e164, E164);
      assert.equal(floor.shown('1003').journey, floor.shown('1001').journey);
      assert.deepEqual(floor.story.filter((each) => each.startsWith('pop')).sort(), [
        'pop 5000.1001',
        'pop 5000.1002',
        'pop 5000.1003',
      ]);
    });

    it('starts a new visit only for the party who leaves a conference and returns', async () => {
      await floor.consults('conference');
      await floor.does('conference', { agent: '1001' });
      await floor.does('hangUp', { agent: '1001' });
      await floor.does('consult', { agent: '1002', to: '2001', for: 'transfer' });
      await floor.does('answer', { agent: '1001' });
      assert.equal(floor.shown('1001').caller.e164, E164);
      await floor.does('transfer', { agent: '1002' });
      assert.equal(floor.story.filter((each) => each === 'pop 5000.1001').length, 2);
      assert.equal(floor.story.filter((each) => each === 'pop 5000.1002').length, 1);
    });

    it('belongs to another contact if a call returns to the phone under the same ids', async () => {
      await floor.talks();
      await floor.does('setAgentState', { agent: '1001', state: 'NotReady', reason: 1 });
      await floor.does('transfer', { agent: '1001', to: '8001' });
      await floor.does('setAgentState', { agent: '1001', state: 'Available' });
      const pops = floor.outputs.filter(({ event }) => event === 'pop');
      assert.equal(pops.length, 2);
      assert.equal(pops[1]!.journey, pops[0]!.journey);
      assert.notEqual(pops[1]!.key, pops[0]!.key);
      assert.equal(floor.shown('1001').caller.e164, E164);
    });

    it('shows the colleague for a call between colleagues, if it appears at all', async () => {
      await floor.does('makeCall', { agent: '1002', to: '2001' });
      const calls = floor.story;
      assert.ok(calls.length <= 1, calls.join());
      if (calls.length === 1) assert.equal(floor.shown('1001').caller.kind, 'internal');
    });

    it('follows a call that is not answered to the next agent', async () => {
      await floor.rings();
      await floor.does('setAgentState', { agent: '1003', state: 'Available' });
      await floor.bed.run(30_000);
      assert.deepEqual(floor.story, ['pop 5000.1001', 'ended 5000.1001 redirected', 'pop 5000.1003']);
    });

    it('ends as "abandoned" if the caller gives up', async () => {
      await floor.rings();
      await floor.hangUpAll();
      assert.deepEqual(floor.story, ['pop 5000.1001', 'ended 5000.1001 abandoned']);
    });

    it('appears for an agent who logs in at a ringing phone', async () => {
      await floor.does('logoutAgent', { agent: '1003' });
      await floor.talks();
      await floor.does('transfer', { agent: '1001', to: '2003' });
      assert.equal(floor.story.length, 2);
      await floor.does('loginAgent', { agent: '1003' });
      assert.equal(floor.story.at(-1), 'pop 5000.1003');
      assert.equal(floor.shown('1003').caller.e164, E164);
    });

    if (profile !== 'standard')
      it('distinguishes two agents with the same ID and phone on two peripherals', async () => {
        const { center } = floor.bed.simulator;
        await floor.rings();
        const at = { peripheralId: 5001, agentId: '1001', instrument: '2001' };
        for (const state of [0, 3]) center.setAgentState({ ...at, state } as never);
        center.placeCall({ peripheralId: 5001, dialedNumber: '8001', ani: '2065550102' });
        await floor.bed.run(5_000);
        assert.deepEqual(floor.story, ['pop 5000.1001', 'pop 5001.1001']);
        assert.equal(floor.shown('1001').caller.e164, E164);
        assert.equal(floor.shown('1001', 5001).caller.e164, '+12065550102');
      });
  });
