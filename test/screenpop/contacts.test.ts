/** What real switches tell of one contact: in other orders, under other ids, in several processes. */
import { strict as assert } from 'node:assert';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import type { Args } from '../../src/ctios/transport.js';
import {
  type Ended,
  type Pop,
  ScreenPop,
  type ScreenPopDeps,
  type ScreenPopSettings,
  type Update,
} from '../../src/screenpop/index.js';
import { checkBody } from './pop-bodies.js';

const CUSTOMER = '2065550101';

/** A contact center with any number of processes that watch it. */
class Site {
  readonly clock = new VirtualClock();
  readonly processes: Process[] = [];
  /** Device -> agent. */
  readonly seats = new Map<string, Args>();
  readonly #calls = new Map<string, Args>();

  process(settings: ScreenPopSettings = {}, deps: Partial<ScreenPopDeps> = {}): Process {
    const process = new Process(this, { region: 'US', ...settings }, deps);
    const known = [...this.#calls].map(([id]) => ({ properties: () => this.#calls.get(id)! }));
    process.pop.adopt(known);
    this.processes.push(process);
    return process;
  }

  seat(id: string, instrument: string, peripheral = 5000): this {
    const agent = { AgentID: id, PeripheralID: peripheral, AgentInstrument: instrument, AgentState: 3 };
    this.seats.set(`${peripheral}.${instrument}`, agent);
    return this;
  }

  /** The state event that says who sits where, now. */
  state(id: string, instrument: string, AgentState = 3, peripheral = 5000): void {
    const agent = { AgentID: id, PeripheralID: peripheral, AgentInstrument: instrument, AgentState };
    if (AgentState === 1) this.seats.delete(`${peripheral}.${instrument}`);
    else this.seats.set(`${peripheral}.${instrument}`, agent);
    const args = { ...agent, UniqueObjectID: `agent.${peripheral}.${id}` };
    for (const { pop } of this.processes)
      pop.handle({ event: 'OnAgentStateChange', args, agent: { properties: () => agent }, time: this.clock.now() });
  }

  tell(event: string, connection: string, args: Args = {}): this {
    const id = connection.startsWith('call.') ? connection : `call.5000.${connection}`;
    const old = typeof args.OldUniqueObjectID === 'string' ? args.OldUniqueObjectID : undefined;
    const { OldUniqueObjectID: _, ...data } = args;
    this.#calls.set(id, { ...this.#calls.get(old ?? id), ...data, UniqueObjectID: id });
    if (old !== undefined) this.#calls.delete(old);
    const [, peripheral, , device] = id.split('.');
    const agent = this.seats.get(`${peripheral}.${device}`);
    const last = this.#calls.get(id)!;
    const call = { properties: () => this.#calls.get(id) ?? last };
    for (const { pop } of this.processes)
      pop.handle({
        event,
        args: { ...args, UniqueObjectID: id },
        call,
        ...(agent && { agent: { properties: () => agent } }),
        time: this.clock.now(),
      });
    if (event === 'OnCallEnd') this.#calls.delete(id);
    return this;
  }

  ring(connection: string, data: Args = {}): this {
    return this.tell('OnCallBegin', connection, data).tell('OnCallDelivered', connection, { CallStatus: 2 });
  }

  answer(connection: string): this {
    return this.tell('OnCallEstablished', connection, { CallStatus: 3 });
  }

  hold(connection: string): this {
    return this.tell('OnCallHeld', connection, { CallStatus: 4 });
  }

  dial(connection: string, data: Args): this {
    return this.tell('OnCallBegin', connection, data)
      .tell('OnCallServiceInitiatedEvent', connection, { CallStatus: 1 })
      .tell('OnCallOriginated', connection, { CallStatus: 1 })
      .tell('OnCallDelivered', connection, { CallStatus: 1 });
  }

  end(connection: string): this {
    return this.tell('OnCallCleared', connection).tell('OnCallEnd', connection);
  }
}

class Process {
  readonly outputs: Array<Pop | Update | Ended> = [];
  readonly pop: ScreenPop;

  constructor(site: Site, settings: ScreenPopSettings, deps: Partial<ScreenPopDeps>) {
    this.pop = new ScreenPop(settings, {
      clock: site.clock,
      findAgent: (instrument, peripheral) => {
        const agent = site.seats.get(`${peripheral}.${instrument}`);
        return agent && { properties: () => agent };
      },
      ...deps,
    });
    this.pop.attach(({ body }) => {
      checkBody(body);
      this.outputs.push(body);
    });
  }

  get story(): string[] {
    return this.outputs.map(({ event, agent }) => `${event} ${agent.id}`);
  }

  of(agent: string, peripheral = 5000): Array<Pop | Update | Ended> {
    return this.outputs.filter((each) => each.agent.id === agent && each.agent.peripheral === peripheral);
  }

  /** What the agent's screen shows in the end. */
  screen(agent: string): Pop | Update {
    return this.of(agent).findLast((each) => each.event !== 'ended') as Pop | Update;
  }

  keys(event = 'pop'): string[] {
    return this.outputs.filter((each) => each.event === event).map(({ key }) => key);
  }
}

const ROUTED: Args = {
  CallType: 2,
  ICMEnterpriseUniqueID: 'icm.1.1',
  ANI: CUSTOMER,
  DialedNumber: '8001',
  CallVariable1: 'A-20417',
  ECC: { 'user.CustomerTier': 'Gold' },
};
const UNROUTED: Args = { CallType: 1, ANI: CUSTOMER, DialedNumber: '8001', CallVariable1: 'A-20417' };

describe('the key of a contact', () => {
  const site = () => new Site().seat('1001', '2001').seat('1002', '2002');

  it('is the same in two processes, and after a restart in the middle of the call', () => {
    for (const call of [ROUTED, UNROUTED]) {
      const center = site();
      const [one, other] = [center.process(), center.process()];
      center.ring('100.2001', call);
      const restarted = center.process({ popRinging: true });
      assert.deepEqual(other.keys(), one.keys());
      assert.deepEqual(restarted.keys(), one.keys());
    }
  });

  it('is another one when the journey comes back, also after a restart', () => {
    const center = site();
    const before = center.process();
    center.ring('100.2001', ROUTED).answer('100.2001').end('100.2001');
    const after = center.process();
    center.ring('107.2001', ROUTED);
    assert.equal(new Set([...before.keys(), ...after.keys()]).size, 2);
    assert.equal(before.keys()[1], after.keys()[0]);
  });

  it('is another one for another caller under the same call id, on the same day and on another', () => {
    const center = site();
    const before = center.process();
    center.ring('100.2001', UNROUTED).end('100.2001');
    const after = center.process();
    center.ring('100.2001', { ...UNROUTED, ANI: '2065550102' }).end('100.2001');
    center.clock.advance(86_400_000);
    const nextDay = center.process();
    center.ring('100.2001', UNROUTED);
    const keys = [before.keys()[0], after.keys()[0], nextDay.keys()[0]];
    assert.equal(new Set(keys).size, 3);
  });

  it('has the caller that only the ring names', () => {
    const keys = [CUSTOMER, '2065550102'].map((CallingDeviceID) => {
      const center = site();
      const process = center.process();
      center.tell('OnCallBegin', '100.2001', { CallType: 1 });
      center.tell('OnCallDelivered', '100.2001', { CallStatus: 2, CallingDeviceID });
      assert.equal(process.screen('1001').caller.from, 'CallingDeviceID');
      return process.keys()[0];
    });
    assert.notEqual(keys[0], keys[1]);
  });

  it('stays when a call crosses midnight', () => {
    const center = site();
    const process = center.process();
    center.clock.advance(86_400_000 - (center.clock.now() % 86_400_000) - 1_000);
    center.ring('100.2001', UNROUTED).answer('100.2001');
    center.clock.advance(60_000);
    center.end('100.2001');
    assert.deepEqual(process.keys('ended'), process.keys());
  });

  it('has the peripheral: the same agent id and phone on two are two agents', () => {
    const center = new Site().seat('1001', '2001', 5000).seat('1001', '2001', 5001);
    const process = center.process();
    center.ring('call.5000.100.2001', ROUTED).ring('call.5001.100.2001', ROUTED);
    assert.deepEqual(
      process.outputs.map(({ agent }) => agent.peripheral),
      [5000, 5001],
    );
    assert.equal(new Set(process.keys()).size, 2);
    center.end('call.5001.100.2001');
    assert.deepEqual(process.keys('ended'), [process.keys()[1]]);
  });

  it('is claimed where several processes see the call: one pops, and it alone tells the end', async () => {
    const center = site();
    const taken = new Set<string>();
    const claim = async (key: string) => !taken.has(key) && taken.add(key) !== undefined;
    const [one, other] = [center.process({}, { claim }), center.process({}, { claim })];
    center.ring('100.2001', ROUTED).tell('OnCallDataUpdate', '100.2001', { CallVariable2: 'news' });
    await settled();
    center.answer('100.2001').end('100.2001');
    assert.deepEqual(one.story, ['pop 1001', 'update 1001', 'ended 1001']);
    assert.deepEqual(other.story, []);
  });

  it('is not waited for in vain: a claim that fails pops', async () => {
    const center = site();
    const process = center.process({}, { claim: () => Promise.reject(new Error('away')) });
    center.ring('100.2001', ROUTED);
    await settled();
    assert.deepEqual(process.story, ['pop 1001']);
  });
});

describe('the agent of a contact', () => {
  it('has logged in at that phone: nobody pops for the one who was there before', () => {
    const center = new Site().seat('1001', '2001');
    const gone = { AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001', AgentState: 1 };
    const process = center.process({}, { findAgent: () => ({ properties: () => gone }) });
    center.state('1001', '2001', 1);
    center.ring('100.2001', ROUTED);
    assert.deepEqual(process.story, []);
  });

  it('is not looked for on another peripheral', () => {
    const center = new Site().seat('1001', '2001', 5001);
    const elsewhere = center.seats.get('5001.2001')!;
    const process = center.process({}, { findAgent: () => ({ properties: () => elsewhere }) });
    center.ring('call.5000.100.2001', ROUTED);
    assert.deepEqual(process.story, []);
  });

  it('may become known after the ring: it pops at once, and ends', () => {
    const center = new Site();
    const process = center.process();
    center.ring('100.2001', ROUTED);
    center.clock.advance(300);
    assert.deepEqual(process.story, []);
    center.state('1001', '2001');
    assert.deepEqual(process.story, ['pop 1001']);
    const { caller, trigger, call } = process.screen('1001') as Pop;
    assert.deepEqual([caller.e164, trigger, call.id], ['+12065550101', 'delivered', 'call.5000.100.2001']);
    center.end('100.2001');
    assert.equal((process.outputs[1] as Ended).reason, 'abandoned');
  });

  it('may become known after an automatic answer, but not in the middle of a call', () => {
    for (const [after, story] of [[300, ['pop 1001']] as const, [60_000, []] as const]) {
      const center = new Site();
      const process = center.process();
      center.ring('100.2001', ROUTED).answer('100.2001');
      center.clock.advance(after);
      center.state('1001', '2001');
      assert.deepEqual(process.story, story);
    }
  });

  it('who logs in at a phone whose call was answered in a gap pops nothing', () => {
    const site = new Site();
    const process = site.process();
    site.ring('100.2001', ROUTED);
    site.tell('OnSnapshotCallConf', '100.2001', { CallStatus: 3 });
    site.clock.advance(20_000);
    site.state('1001', '2001');
    assert.deepEqual(process.story, []);
  });

  it('who logs in at a phone that does not ring pops nothing', () => {
    const center = new Site();
    const process = center.process();
    center.ring('100.2002', ROUTED).dial('101.2001', { CallType: 9, ANI: '2001' });
    center.state('1001', '2001');
    assert.deepEqual(process.story, []);
  });

  it('can be chosen with the peripheral', () => {
    const center = new Site().seat('1001', '2001', 5000).seat('1001', '2001', 5001);
    const process = center.process({ agents: ['5001.1001'] });
    center.ring('call.5000.100.2001', ROUTED).ring('call.5001.101.2001', ROUTED);
    assert.deepEqual(
      process.outputs.map(({ agent }) => agent.peripheral),
      [5001],
    );
  });
});

describe('a consult call under a key of its own', () => {
  const consult = (data: Args = {}): Args => ({ CallType: 12, ANI: '2001', DialedNumber: '2002', ...data });
  const center = () => new Site().seat('1001', '2001').seat('1002', '2002');
  /** The consulting agent's call with the customer, on hold. */
  const held = (site: Site, call: Args = ROUTED) => site.ring('100.2001', call).answer('100.2001').hold('100.2001');
  const shown = (process: Process) => {
    const { journey, caller, fields, dialed } = process.screen('1002');
    return { journey, e164: caller.e164, account: fields.CallVariable1, tier: fields['user.CustomerTier'], dialed };
  };
  const CUSTOMERS = { journey: 'icm.1.1', e164: '+12065550101', account: 'A-20417', tier: 'Gold', dialed: '8001' };
  const KEYS: ReadonlyArray<readonly [string, Args]> = [
    ['no key', {}],
    ['another key', { ICMEnterpriseUniqueID: 'icm.1.9' }],
    ['the same key', { ICMEnterpriseUniqueID: 'icm.1.1' }],
    ['no ANI', { ANI: '', CallingDeviceID: '2001' }],
    ['the number of the company as its ANI', { ANI: '8005550199' }],
  ];

  for (const [name, key] of KEYS) {
    it(`(${name}) is the customer's contact, in the end one, when it is transferred under the original id`, () => {
      const site = center();
      const process = site.process();
      held(site).dial('101.2001', consult(key)).ring('101.2002', consult(key));
      assert.deepEqual(shown(process), CUSTOMERS);
      site.answer('101.2002');
      const joined = { PrimaryCallID: 100, SecondaryCallID: 101 };
      for (const each of ['100.2001', '101.2001', '101.2002']) site.tell('OnCallTransferred', each, joined);
      site.end('100.2001').end('101.2001');
      site.tell('OnCallDataUpdate', '100.2002', { OldUniqueObjectID: 'call.5000.101.2002', ...ROUTED });
      site.answer('100.2002').end('100.2002');
      assert.deepEqual(shown(process), CUSTOMERS);
      assert.equal(new Set(process.of('1002').map((each) => each.key)).size, 1);
      assert.deepEqual(
        process.story.filter((each) => each.startsWith('pop')),
        ['pop 1001', 'pop 1002'],
      );
      assert.deepEqual(
        process.story.filter((each) => each.startsWith('ended')),
        ['ended 1001', 'ended 1002'],
      );
      assert.equal(process.screen('1001').caller.e164, '+12065550101');
    });

    it(`(${name}) … when it is transferred as another connection`, () => {
      const site = center();
      const process = site.process();
      held(site).dial('101.2001', consult(key)).ring('101.2002', consult(key)).answer('101.2002');
      const joined = { PrimaryCallID: 100, SecondaryCallID: 101 };
      for (const each of ['100.2001', '101.2001', '101.2002']) site.tell('OnCallTransferred', each, joined);
      site.end('100.2001').end('101.2001').end('101.2002');
      site.clock.advance(300);
      site.tell('OnCallBegin', '100.2002', ROUTED).answer('100.2002');
      site.clock.advance(30_000);
      assert.deepEqual(shown(process), CUSTOMERS);
      site.end('100.2002');
      assert.equal(new Set(process.of('1002').map((each) => each.key)).size, 1);
      assert.equal(process.of('1002').filter((each) => each.event === 'ended').length, 1);
    });
  }

  it('is updated when the call on hold becomes known after it: the events came in another order', () => {
    const site = center();
    const process = site.process();
    site.ring('100.2001', ROUTED).answer('100.2001');
    site.ring('101.2002', consult());
    assert.equal(process.screen('1002').caller.kind, 'public');
    const late = center();
    const second = late.process();
    late.ring('101.2002', consult());
    assert.equal(second.screen('1002').caller.received, '2001');
    late.dial('101.2001', consult());
    late.tell('OnSnapshotCallConf', '100.2001', { ...ROUTED, CallStatus: 4 });
    assert.deepEqual(second.story, ['pop 1002', 'update 1002']);
    assert.deepEqual(shown(second), CUSTOMERS);
    assert.equal(new Set(second.outputs.map(({ key }) => key)).size, 1);
  });

  it('is updated by the transfer where nothing told of it before', () => {
    const site = center();
    const process = site.process();
    site.ring('101.2002', consult()).answer('101.2002');
    site.tell('OnCallDataUpdate', '100.2002', { OldUniqueObjectID: 'call.5000.101.2002', ...ROUTED });
    assert.deepEqual(process.story, ['pop 1002', 'update 1002']);
    const { key, journey, caller, fields } = process.screen('1002');
    assert.deepEqual(
      [key, journey, caller.e164, fields.CallVariable1],
      [process.keys()[0], 'icm.1.1', '+12065550101', 'A-20417'],
    );
    site.answer('100.2002').end('100.2002');
    assert.deepEqual(process.story, ['pop 1002', 'update 1002', 'ended 1002']);
  });

  it('follows what becomes known of the original', () => {
    const site = center();
    const process = site.process();
    held(site).dial('101.2001', consult()).ring('101.2002', consult());
    site.tell('OnCallDataUpdate', '100.2001', { CallVariable2: 'Refund' });
    assert.deepEqual(process.story.slice(-2), ['update 1001', 'update 1002']);
    assert.equal(process.screen('1002').fields.CallVariable2, 'Refund');
  });

  it('keeps the data that the consulting agent gave it', () => {
    const site = center();
    const process = site.process();
    held(site)
      .dial('101.2001', consult())
      .ring('101.2002', consult({ CallVariable1: '', CallVariable3: 'asks for Ana' }));
    assert.equal(process.screen('1002').fields.CallVariable3, 'asks for Ana');
    assert.equal(process.screen('1002').fields.CallVariable1, 'A-20417');
  });

  it('is about the held call of its own peripheral, and of no unrelated phone', () => {
    const site = new Site().seat('1001', '2001', 5000).seat('1001', '2001', 5001).seat('1002', '2002', 5001);
    const process = site.process();
    held(site);
    site.ring('call.5001.101.2002', consult());
    assert.equal(process.screen.call(process, '1001').key, 'icm.1.1/5000.1001/100.2001');
    const colleague = process.of('1002', 5001)[0] as Pop;
    assert.deepEqual([colleague.caller.kind, colleague.caller.received], ['internal', '2001']);
  });

  it('of an unrouted original has that call’s journey', () => {
    const site = center();
    const process = site.process();
    held(site, UNROUTED).dial('101.2001', consult()).ring('101.2002', consult());
    assert.equal(process.screen('1002').journey, process.screen('1001').journey);
    assert.notEqual(process.screen('1002').key, process.screen('1001').key);
  });

  it('in a chain leads to the customer', () => {
    const site = center().seat('1003', '2003');
    const process = site.process();
    held(site).dial('101.2001', consult()).ring('101.2002', consult()).answer('101.2002').hold('101.2002');
    const further = { CallType: 12, ANI: '2002', DialedNumber: '2003' };
    site.dial('102.2002', further).ring('102.2003', further);
    assert.equal(process.screen('1003').caller.e164, '+12065550101');
    assert.equal(process.screen('1003').journey, 'icm.1.1');
  });

  it('is not about the call of another agent whose number it inherits', () => {
    const site = center().seat('1003', '2003');
    const process = site.process();
    // 1003 asks 1002 for help, whose question about that comes to 1001: under the number of 1003, who has a customer.
    const help = { CallType: 20, ANI: '2003', ICMEnterpriseUniqueID: 'icm.1.5' };
    site.ring('90.2002', help).answer('90.2002').hold('90.2002');
    const question = consult({ ANI: '2003', ICMEnterpriseUniqueID: 'icm.1.5' });
    site.dial('101.2002', question);
    site.end('90.2002');
    site.ring('100.2003', ROUTED).answer('100.2003');
    site.ring('101.2001', question);
    assert.equal(process.screen('1001').journey, 'icm.1.5');
  });

  it('is not about that call either where only the ring says who calls', () => {
    const site = center().seat('1003', '2003');
    const process = site.process();
    site.ring('100.2003', ROUTED).answer('100.2003');
    site.tell('OnCallBegin', '101.2001', consult({ ANI: '2003', ICMEnterpriseUniqueID: 'icm.1.5' }));
    site.tell('OnCallDelivered', '101.2001', { CallStatus: 2, CallingDeviceID: '2002' });
    assert.equal(process.screen('1001').journey, 'icm.1.5');
  });

  it('is not about a call that the caller took after having left it: a call for help that waited in a queue', () => {
    const site = center().seat('1003', '2003');
    const process = site.process();
    const help = { CallType: 20, ANI: '2001', DialedNumber: '95001', ICMEnterpriseUniqueID: 'icm.1.5' };
    site.dial('90.2001', help);
    site.end('90.2001');
    site.clock.advance(60_000);
    site.ring('100.2001', ROUTED).answer('100.2001');
    site.clock.advance(1_000);
    site.tell('OnCallBegin', '90.2003', help);
    site.tell('OnCallDelivered', '90.2003', { CallStatus: 2, CallingDeviceID: '2001' });
    site.answer('90.2003').hold('90.2003');
    const question = consult({ DialedNumber: '2002', ICMEnterpriseUniqueID: 'icm.1.5' });
    site.dial('101.2003', question).ring('101.2002', question);
    assert.equal(process.screen('1002').journey, 'icm.1.5');
    assert.equal(process.screen('1002').caller.kind, 'internal');
  });

  it('is never about a call that is itself about it: of two consult calls one came first', () => {
    const site = center().seat('1003', '2003');
    const process = site.process();
    // A call for help, about no other call, is held for a question and transferred.
    const help = { CallType: 20, ANI: '2001', DialedNumber: '2002', ICMEnterpriseUniqueID: 'icm.1.5' };
    site.dial('100.2001', help).ring('100.2002', help).answer('100.2001').answer('100.2002').hold('100.2001');
    site.dial('101.2001', consult()).ring('101.2003', consult()).answer('101.2003').answer('101.2001');
    const joined = { PrimaryCallID: 100, SecondaryCallID: 101 };
    for (const each of ['100.2001', '101.2001', '100.2002', '101.2003']) site.tell('OnCallTransferred', each, joined);
    site.end('100.2001').end('101.2001');
    site.tell('OnCallDataUpdate', '100.2003', { OldUniqueObjectID: 'call.5000.101.2003', ...help });
    assert.equal(process.screen('1003').journey, 'icm.1.5');
    site.end('100.2002').end('100.2003');
    assert.deepEqual(process.story.slice(-1), ['ended 1003']);
  });

  it('is not about itself where it goes on as the very call that it was about', () => {
    const site = center();
    const process = site.process();
    const ownHelp = { CallType: 20, ANI: '2001', DialedNumber: '2002', ICMEnterpriseUniqueID: 'icm.1.5' };
    site.ring('100.2002', ownHelp).answer('100.2002').hold('100.2002');
    const back = { CallType: 12, ANI: '2002', DialedNumber: '2001' };
    site.dial('101.2002', back).ring('101.2001', back).answer('101.2002');
    site.tell('OnCallConferenced', '100.2002', { PrimaryCallID: 100, SecondaryCallID: 101 });
    site.tell('OnCallDataUpdate', '100.2002', { OldUniqueObjectID: 'call.5000.101.2002', ...ownHelp });
    site.tell('OnCallDataUpdate', '100.2002', { CallVariable2: 'Refund' });
    assert.equal(process.screen('1001').journey, 'icm.1.5');
    assert.equal(process.screen('1001').fields.CallVariable2, 'Refund');
  });

  it('goes on being told of the original when that is joined with another connection of its agent', () => {
    const site = center().seat('1003', '2003');
    const process = site.process();
    held(site).dial('101.2001', consult()).ring('101.2002', consult());
    site.tell('OnCallBegin', '99.2001', ROUTED);
    site.tell('OnCallDataUpdate', '99.2001', { OldUniqueObjectID: 'call.5000.100.2001', ...ROUTED });
    site.tell('OnCallDataUpdate', '99.2001', { CallVariable2: 'Refund' });
    assert.equal(process.screen('1002').fields.CallVariable2, 'Refund');
  });

  const OWN = { ICMEnterpriseUniqueID: 'icm.1.9' };
  const colleague = { journey: 'icm.1.9', kind: 'internal', received: '2001' };
  const whoCalls = (process: Process, agent: string) => {
    const { journey, caller } = process.screen(agent);
    return { journey, kind: caller.kind, received: caller.received };
  };

  it('is the colleague’s when the customer has hung up before the phone rings', () => {
    const site = center();
    const process = site.process();
    held(site).dial('101.2001', consult(OWN)).end('100.2001').ring('101.2002', consult(OWN));
    assert.deepEqual(whoCalls(process, '1002'), colleague);
  });

  it('stays the customer’s on a screen that shows it, and comes on no further one, when the customer hangs up', () => {
    const site = center().seat('1003', '2003');
    const process = site.process();
    held(site).dial('101.2001', consult(OWN)).ring('101.2002', consult(OWN)).end('100.2001');
    site.tell('OnCallDataUpdate', '101.2002', { CallVariable1: 'B-7' });
    site.end('101.2002').ring('101.2003', consult(OWN));
    assert.equal(process.screen('1002').journey, 'icm.1.1');
    assert.equal((process.of('1002')[1] as Pop).caller.e164, '+12065550101');
    assert.deepEqual(whoCalls(process, '1003'), colleague);
  });

  it('that is passed on is still about the customer, whatever type the switch gives it', () => {
    const site = center().seat('1003', '2003');
    const process = site.process();
    held(site).dial('101.2001', consult(OWN)).ring('101.2002', consult(OWN)).end('101.2002');
    site.ring('101.2003', { CallType: 4, ANI: '2001', ...OWN });
    assert.equal(process.screen('1003').journey, 'icm.1.1');
    assert.equal(process.screen('1003').caller.e164, '+12065550101');
  });

  it('is not about a customer who came later', () => {
    const site = center();
    const process = site.process();
    site.dial('101.2001', consult(OWN));
    site.clock.advance(10);
    held(site);
    site.ring('101.2002', consult(OWN));
    assert.deepEqual(whoCalls(process, '1002'), colleague);
  });

  it('and another, each about the other, end in no loop', () => {
    const site = center().seat('1003', '2003');
    const process = site.process();
    site.dial('101.2001', consult(OWN)).hold('101.2001');
    const further = { CallType: 12, ANI: '2001', ICMEnterpriseUniqueID: 'icm.1.8' };
    site.dial('102.2001', further);
    site.tell('OnCallConferenced', '101.2001', { PrimaryCallID: 101, SecondaryCallID: 102 });
    site.tell('OnCallConferenced', '102.2001', { PrimaryCallID: 102, SecondaryCallID: 101 });
    site.ring('101.2002', consult(OWN)).ring('102.2003', further);
    assert.equal(process.screen('1002').journey, 'icm.1.9');
    assert.equal(process.screen('1003').journey, 'icm.1.9');
  });
});

describe('an update', () => {
  it('tells what has become known, under the same key, and nothing else', () => {
    const site = new Site().seat('1001', '2001');
    const process = site.process({ url: 'https://crm.example.com/?p={e164}&a={CallVariable1}' });
    site.ring('100.2001', { CallType: 2, ICMEnterpriseUniqueID: 'icm.1.1' });
    assert.equal(process.screen('1001').caller.kind, 'absent');
    site.tell('OnCallDataUpdate', '100.2001', { ANI: CUSTOMER, CallVariable1: 'A-1' });
    site.tell('OnCallDataUpdate', '100.2001', { ANI: CUSTOMER, CallVariable1: 'A-1' }).answer('100.2001');
    site.tell('OnCallDataUpdate', '100.2001', { CallVariable1: '' });
    assert.deepEqual(process.story, ['pop 1001', 'update 1001']);
    const { key, caller, fields, url } = process.screen('1001');
    assert.deepEqual([key, caller.e164, fields], [process.keys()[0], '+12065550101', { CallVariable1: 'A-1' }]);
    assert.equal(url, 'https://crm.example.com/?p=%2B12065550101&a=A-1');
  });

  it('never makes a colleague of the customer, nor takes another device for one', () => {
    const site = new Site().seat('1001', '2001');
    const process = site.process();
    site.ring('100.2001', { ...ROUTED, ANI: '', CallingDeviceID: CUSTOMER });
    site.tell('OnCallEstablished', '100.2001', { CallStatus: 3, CallingDeviceID: '2065550177' });
    site.tell('OnCallDataUpdate', '100.2001', { ANI: '2002' });
    assert.deepEqual(process.story, ['pop 1001']);
  });

  it('does not come after the end, nor for what did not pop', () => {
    const site = new Site().seat('1001', '2001');
    const process = site.process({ agents: ['1002'] });
    site.ring('100.2001', ROUTED).tell('OnCallDataUpdate', '100.2001', { CallVariable2: 'x' }).end('100.2001');
    assert.deepEqual(process.story, []);
  });
});

describe('a campaign', () => {
  const BA = { BACustomerNumber: CUSTOMER, BACampaign: 'Renewals', BADialedListID: '501' };
  const reservation = (ECC: Args = BA, CallType = 18): Args => ({
    CallType,
    ANI: '8005550199',
    ECC: { ...ECC, BAStatus: 'DO' },
  });

  it('is one pop: the reservation, then the call from the agent’s own phone', () => {
    const site = new Site().seat('1001', '2001');
    const process = site.process();
    site.ring('100.2001', reservation());
    const { caller, fields } = process.screen('1001');
    assert.deepEqual([caller.e164, caller.from, fields.BACampaign], ['+12065550101', 'BACustomerNumber', 'Renewals']);
    site.tell('OnCallDataUpdate', '100.2001', { ECC: { ...BA, BAStatus: 'DO', BAResponse: 'Accept' } }).end('100.2001');
    site.clock.advance(5_000);
    site.dial('101.2001', { CallType: 17, ANI: '2001', ECC: { ...BA, BAStatus: 'CO' } }).answer('101.2001');
    site.clock.advance(60_000);
    site.end('101.2001');
    assert.deepEqual(process.keys(), [process.keys()[0]]);
    assert.deepEqual(process.keys('ended'), process.keys());
    const ended = process.outputs.at(-1) as Ended;
    assert.equal(ended.talkSeconds, 60);
  });

  it('is one pop: the reservation at the phone, then the customer under another key', () => {
    for (const [reserved, customer] of [
      [18, 17],
      [27, 32],
      [29, 34],
      [30, 35],
    ] as const) {
      const site = new Site().seat('1001', '2001');
      const process = site.process();
      site.ring('100.2001', { ...reservation(BA, reserved), ICMEnterpriseUniqueID: 'icm.1.1' }).answer('100.2001');
      site.ring('101.2001', { CallType: customer, ICMEnterpriseUniqueID: 'icm.1.2', ECC: BA }).answer('101.2001');
      site.end('100.2001').end('101.2001');
      assert.deepEqual(process.keys(), [process.keys()[0]]);
      assert.deepEqual(process.keys('ended'), process.keys());
    }
  });

  it('that does not say for whom it reserves pops with the customer’s call', () => {
    const site = new Site().seat('1001', '2001');
    const process = site.process();
    site.ring('100.2001', reservation({ BACampaign: 'Renewals', BACustomerNumber: '' }, 29)).answer('100.2001');
    assert.deepEqual(process.story, []);
    site.ring('101.2001', { CallType: 34, ANI: '8005550199', ECC: BA });
    assert.deepEqual(process.story, ['pop 1001']);
    assert.equal(process.screen('1001').caller.e164, '+12065550101');
  });

  it('is over at once when the agent refuses, and soon when no call follows', () => {
    const site = new Site().seat('1001', '2001');
    const process = site.process();
    site.ring('100.2001', reservation()).tell('OnCallDataUpdate', '100.2001', { ECC: { ...BA, BAResponse: 'Skip' } });
    site.end('100.2001');
    assert.equal(process.keys('ended').length, 1);
    site.ring('102.2001', reservation({ ...BA, BADialedListID: '502' })).end('102.2001');
    site.clock.advance(30_000);
    assert.equal(process.keys('ended').length, 2);
    assert.equal(site.clock.pending, 0);
  });

  it('pops again for the next customer', () => {
    const site = new Site().seat('1001', '2001');
    const process = site.process();
    site.ring('100.2001', reservation()).end('100.2001');
    site.dial('101.2001', {
      CallType: 17,
      ANI: '2001',
      ECC: { ...BA, BACustomerNumber: '2065550102', BADialedListID: '502' },
    });
    assert.deepEqual(
      process.outputs.filter(({ event }) => event === 'pop').map((each) => (each as Pop).caller.e164),
      ['+12065550101', '+12065550102'],
    );
  });
});

describe('a second line', () => {
  it('does not pop by default (non-ACD, CallType 38), and does where it is chosen', () => {
    for (const [settings, story] of [[{}, []] as const, [{ callTypes: [38] }, ['pop 1001']] as const]) {
      const site = new Site().seat('1001', '2001');
      const process = site.process(settings);
      site.ring('100.2001', { CallType: 38, ANI: CUSTOMER });
      assert.deepEqual(process.story, story);
    }
  });
});

/** Promises that were settled have been told. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}
