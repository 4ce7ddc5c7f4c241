/** How real switches report one contact: in different orders, under different ids, in several processes. */
import { strict as assert } from 'node:assert';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import type { Args } from '../../src/ctios/transport.js';
import {
  type Ended,
  type LedgerEntry,
  type Pop,
  ScreenPop,
  type ScreenPopDeps,
  type ScreenPopSettings,
  type Update,
  VisitLedger,
} from '../../src/screenpop/index.js';
import { checkBody } from './pop-bodies.js';

const CUSTOMER = '2065550101';

/** A contact center observed by any number of processes. */
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

  /** The state event that reports the agent currently at a device. */
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

  /** The final state of the agent's screen. */
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

  it('is the same in two processes, and after a restart during the call', () => {
    for (const call of [ROUTED, UNROUTED]) {
      const center = site();
      const [one, other] = [center.process(), center.process()];
      center.ring('100.2001', call);
      const restarted = center.process({ popRinging: true });
      assert.deepEqual(other.keys(), one.keys());
      assert.deepEqual(restarted.keys(), one.keys());
    }
  });

  it('is not made of an id that is not a call’s', () => {
    const center = site();
    const process = center.process();
    for (const id of ['call.', 'call.5000']) {
      center.tell('OnCallBegin', id, ROUTED).tell('OnCallDelivered', id, { CallStatus: 2 });
      center.tell('OnCallDataUpdate', 'call.5000', { OldUniqueObjectID: id }).tell('OnCallEnd', id);
    }
    assert.deepEqual(process.outputs, []);
  });

  it('is not made of a null key, which several customers may have', () => {
    for (const ICMEnterpriseUniqueID of ['', ' ', '0', '0.0', 'icm.0.0', 'icm.']) {
      const center = site();
      const process = center.process();
      center.ring('100.2001', { ...UNROUTED, ICMEnterpriseUniqueID });
      center.ring('101.2001', { ...UNROUTED, ICMEnterpriseUniqueID, ANI: '2065550102' });
      assert.deepEqual(process.story, ['pop 1001', 'pop 1001'], JSON.stringify(ICMEnterpriseUniqueID));
      for (const key of process.keys()) assert.match(key, /^call\.5000\.10[01]\./);
    }
  });

  it('is different when the journey returns, even after a restart', () => {
    const center = site();
    const before = center.process();
    center.ring('100.2001', ROUTED).answer('100.2001').end('100.2001');
    const after = center.process();
    center.ring('107.2001', ROUTED);
    assert.equal(new Set([...before.keys(), ...after.keys()]).size, 2);
    assert.equal(before.keys()[1], after.keys()[0]);
  });

  describe('if the switch returns the call to the phone under the same ids', () => {
    /** The data on disk, and a process that starts with it. */
    class Disk {
      readonly written: LedgerEntry[] = [];

      ledger(): VisitLedger {
        const ledger = new VisitLedger((entry) => this.written.push(entry));
        ledger.restore([...this.written]);
        return ledger;
      }
    }

    it('is different, even in a process that started between the two visits', () => {
      const [center, disk] = [site(), new Disk()];
      const before = center.process({}, { ledger: disk.ledger() });
      center.ring('100.2001', ROUTED).answer('100.2001').end('100.2001');
      const after = center.process({}, { ledger: disk.ledger() });
      center.clock.advance(60_000);
      center.ring('100.2001', ROUTED);
      assert.equal(new Set(before.keys()).size, 2);
      assert.deepEqual(after.keys(), [before.keys()[1]]);
    });

    it('is that of the second visit after a restart during it', () => {
      const [center, disk] = [site(), new Disk()];
      const before = center.process({}, { ledger: disk.ledger() });
      center.ring('100.2001', ROUTED).answer('100.2001').end('100.2001').ring('100.2001', ROUTED);
      const after = center.process({ popRinging: true }, { ledger: disk.ledger() });
      assert.deepEqual(after.keys(), [before.keys()[1]]);
      center.answer('100.2001').end('100.2001');
      assert.deepEqual(after.keys('ended'), [before.keys()[1]]);
    });

    it('is that of a separate visit after a restart during which the first visit ended', () => {
      const [center, disk] = [site(), new Disk()];
      const before = center.process({}, { ledger: disk.ledger() });
      center.ring('100.2001', ROUTED);
      before.pop.dispose();
      const entries = [...disk.written];
      center.end('100.2001');
      center.clock.advance(60_000);
      const ledger = new VisitLedger();
      ledger.restore(entries);
      const after = center.process({}, { ledger });
      center.ring('100.2001', ROUTED);
      assert.notEqual(after.keys()[0], before.keys()[0]);
    });

    it('is the same for all followers of the events with one ledger, including one that started later', () => {
      const center = site();
      const ledger = new VisitLedger();
      const one = center.process({}, { ledger });
      const other = center.process({}, { ledger });
      center.ring('100.2001', ROUTED).end('100.2001');
      center.clock.advance(1_000);
      center.ring('100.2001', ROUTED);
      const third = center.process({ popRinging: true }, { ledger });
      assert.equal(new Set(one.keys()).size, 2);
      assert.deepEqual(other.keys(), one.keys());
      assert.deepEqual(third.keys(), [one.keys()[1]]);
    });
  });

  it('is different for another caller with the same call id, on the same day or another', () => {
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

  it('includes the caller that only the ring event names', () => {
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

  it('is unchanged if a call crosses midnight', () => {
    const center = site();
    const process = center.process();
    center.clock.advance(86_400_000 - (center.clock.now() % 86_400_000) - 1_000);
    center.ring('100.2001', UNROUTED).answer('100.2001');
    center.clock.advance(60_000);
    center.end('100.2001');
    assert.deepEqual(process.keys('ended'), process.keys());
  });

  it('includes the peripheral: the same agent id and phone on two peripherals are two agents', () => {
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

  it('is claimed if several processes see the call: one pops, and only that one reports the end', async () => {
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

  it('does not block a pop: a claim that fails pops', async () => {
    const center = site();
    const process = center.process({}, { claim: () => Promise.reject(new Error('away')) });
    center.ring('100.2001', ROUTED);
    await settled();
    assert.deepEqual(process.story, ['pop 1001']);
  });
});

describe('the agent of a contact', () => {
  it('is logged in at that phone: the previous agent does not get the pop', () => {
    const center = new Site().seat('1001', '2001');
    const gone = { AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001', AgentState: 1 };
    const process = center.process({}, { findAgent: () => ({ properties: () => gone }) });
    center.state('1001', '2001', 1);
    center.ring('100.2001', ROUTED);
    assert.deepEqual(process.story, []);
  });

  it('is not looked up on another peripheral', () => {
    const center = new Site().seat('1001', '2001', 5001);
    const elsewhere = center.seats.get('5001.2001')!;
    const process = center.process({}, { findAgent: () => ({ properties: () => elsewhere }) });
    center.ring('call.5000.100.2001', ROUTED);
    assert.deepEqual(process.story, []);
  });

  it('may become known after the ring: it pops immediately, and ends', () => {
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

  describe('at a desk taken over by the next agent', () => {
    /** The events of the desk, in this order, after the call has arrived there. */
    const told = (site: Site, how: string): void => {
      if (how.includes('out')) site.state('1001', '2001', 1);
      site.state('1002', '2001');
    };
    for (const [what, how, answered, story] of [
      ['is the next one, where the log-out is told after the ring', 'out, in', false, 'pop 1001, ended 1001, pop 1002'],
      ['is the next one, where only the log-in is told', 'in', false, 'pop 1001, ended 1001, pop 1002'],
      ['is the next one, also after an automatic answer', 'out, in', true, 'pop 1001, ended 1001, pop 1002'],
    ] as const)
      it(what, () => {
        const center = new Site().seat('1001', '2001');
        const process = center.process();
        center.ring('100.2001', ROUTED);
        if (answered) center.answer('100.2001');
        center.clock.advance(300);
        told(center, how);
        assert.equal(process.story.join(', '), story);
        assert.equal((process.outputs[1] as Ended).reason, 'redirected');
        assert.equal(process.screen('1002').caller.e164, '+12065550101');
        center.end('100.2001');
        assert.deepEqual(process.keys('ended'), process.keys());
      });

    it('keeps the customer of a consult call that arrives then', () => {
      const center = new Site().seat('1001', '2001').seat('1003', '2003');
      const process = center.process();
      center.ring('100.2003', ROUTED).answer('100.2003').hold('100.2003');
      const consult = { CallType: 12, ANI: '2003', DialedNumber: '2001' };
      center.dial('101.2003', consult).ring('101.2001', consult);
      told(center, 'out, in');
      assert.equal(process.screen('1002').journey, 'icm.1.1');
      assert.equal(process.screen('1002').caller.e164, '+12065550101');
    });

    it('is the agent who has talked for a while: the next one takes no call over', () => {
      const center = new Site().seat('1001', '2001');
      const process = center.process();
      center.ring('100.2001', ROUTED).answer('100.2001');
      center.clock.advance(60_000);
      told(center, 'out, in');
      center.end('100.2001');
      assert.deepEqual(process.story, ['pop 1001', 'ended 1001']);
    });

    it('is the agent who dialed', () => {
      const center = new Site().seat('1001', '2001');
      const process = center.process({ callTypes: [9] });
      center.dial('100.2001', { CallType: 9, ANI: '2001' });
      told(center, 'out, in');
      assert.deepEqual(process.story, []);
    });

    it('is the agent at the phone, whatever extension another agent has', () => {
      const center = new Site().seat('1001', '2001');
      const process = center.process();
      center.ring('100.2001', ROUTED);
      const agent = {
        AgentID: '1002',
        PeripheralID: 5000,
        AgentInstrument: '2002',
        AgentExtension: '2001',
        AgentState: 3,
      };
      const time = center.clock.now();
      process.pop.handle({ event: 'OnAgentStateChange', args: agent, agent: { properties: () => agent }, time });
      assert.deepEqual(process.story, ['pop 1001']);
    });
  });

  it('may become known after a call was found ringing, which then pops depending on the setting', () => {
    for (const popRinging of [true, false]) {
      const site = new Site();
      const process = site.process({ popRinging });
      site.tell('OnSnapshotCallConf', '100.2001', { ...ROUTED, CallStatus: 2 });
      site.clock.advance(300);
      site.state('1001', '2001');
      assert.deepEqual(process.story, popRinging ? ['pop 1001'] : []);
    }
  });

  it('does not pop after logging in at a phone whose call was answered during a gap', () => {
    const site = new Site();
    const process = site.process();
    site.ring('100.2001', ROUTED);
    site.tell('OnSnapshotCallConf', '100.2001', { CallStatus: 3 });
    site.clock.advance(20_000);
    site.state('1001', '2001');
    assert.deepEqual(process.story, []);
  });

  it('does not pop after logging in at a phone that is not ringing', () => {
    const center = new Site();
    const process = center.process();
    center.ring('100.2002', ROUTED).dial('101.2001', { CallType: 9, ANI: '2001' });
    center.state('1001', '2001');
    assert.deepEqual(process.story, []);
  });

  it('can be selected with the peripheral', () => {
    const center = new Site().seat('1001', '2001', 5000).seat('1001', '2001', 5001);
    const process = center.process({ agents: ['5001.1001'] });
    center.ring('call.5000.100.2001', ROUTED).ring('call.5001.101.2001', ROUTED);
    assert.deepEqual(
      process.outputs.map(({ agent }) => agent.peripheral),
      [5001],
    );
  });
});

describe('a consult call with its own key', () => {
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
    it(`(${name}) is the customer's contact, and remains one when it is transferred under the original id`, () => {
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

  it('is updated if the call on hold becomes known after it, because the events arrived in another order', () => {
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

  it('is updated by the transfer if no earlier event named the original call', () => {
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

  it('follows updates of the original call', () => {
    const site = center();
    const process = site.process();
    held(site).dial('101.2001', consult()).ring('101.2002', consult());
    site.tell('OnCallDataUpdate', '100.2001', { CallVariable2: 'Refund' });
    assert.deepEqual(process.story.slice(-2), ['update 1001', 'update 1002']);
    assert.equal(process.screen('1002').fields.CallVariable2, 'Refund');
  });

  it('keeps the data set by the consulting agent', () => {
    const site = center();
    const process = site.process();
    held(site)
      .dial('101.2001', consult())
      .ring('101.2002', consult({ CallVariable1: '', CallVariable3: 'asks for Ana' }));
    assert.equal(process.screen('1002').fields.CallVariable3, 'asks for Ana');
    assert.equal(process.screen('1002').fields.CallVariable1, 'A-20417');
  });

  it('is about the held call on its own peripheral, and not of an unrelated phone', () => {
    const site = new Site().seat('1001', '2001', 5000).seat('1001', '2001', 5001).seat('1002', '2002', 5001);
    const process = site.process();
    held(site);
    site.ring('call.5001.101.2002', consult());
    assert.equal(process.screen.call(process, '1001').key, 'icm.1.1/5000.1001/100.2001');
    const colleague = process.of('1002', 5001)[0] as Pop;
    assert.deepEqual([colleague.caller.kind, colleague.caller.received], ['internal', '2001']);
  });

  it('has the journey of an unrouted original call', () => {
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
    // 1003 asks 1002 for assistance, whose question about it arrives at 1001 with the number of 1003, who has a
    // customer.
    const help = { CallType: 20, ANI: '2003', ICMEnterpriseUniqueID: 'icm.1.5' };
    site.ring('90.2002', help).answer('90.2002').hold('90.2002');
    const question = consult({ ANI: '2003', ICMEnterpriseUniqueID: 'icm.1.5' });
    site.dial('101.2002', question);
    site.end('90.2002');
    site.ring('100.2003', ROUTED).answer('100.2003');
    site.ring('101.2001', question);
    assert.equal(process.screen('1001').journey, 'icm.1.5');
  });

  it('is not about that call if only the ring event names the caller', () => {
    const site = center().seat('1003', '2003');
    const process = site.process();
    site.ring('100.2003', ROUTED).answer('100.2003');
    site.tell('OnCallBegin', '101.2001', consult({ ANI: '2003', ICMEnterpriseUniqueID: 'icm.1.5' }));
    site.tell('OnCallDelivered', '101.2001', { CallStatus: 2, CallingDeviceID: '2002' });
    assert.equal(process.screen('1001').journey, 'icm.1.5');
  });

  it('is not about a call that the caller took after leaving it: an assist call that waited in a queue', () => {
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
    // An assist call, about no other call, is held for a question and transferred.
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

  it('is not about itself if it continues as the call that it was about', () => {
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

  it('continues to receive updates of the original call after that is joined with another connection of its agent', () => {
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

  it('belongs to the colleague if the customer has hung up before the phone rings', () => {
    const site = center();
    const process = site.process();
    held(site).dial('101.2001', consult(OWN)).end('100.2001').ring('101.2002', consult(OWN));
    assert.deepEqual(whoCalls(process, '1002'), colleague);
  });

  it('remains the customer’s on a screen that shows it, and pops on no other, when the customer hangs up', () => {
    const site = center().seat('1003', '2003');
    const process = site.process();
    held(site).dial('101.2001', consult(OWN)).ring('101.2002', consult(OWN)).end('100.2001');
    site.tell('OnCallDataUpdate', '101.2002', { CallVariable1: 'B-7' });
    site.end('101.2002').ring('101.2003', consult(OWN));
    assert.equal(process.screen('1002').journey, 'icm.1.1');
    assert.equal((process.of('1002')[1] as Pop).caller.e164, '+12065550101');
    assert.deepEqual(whoCalls(process, '1003'), colleague);
  });

  it('of a consulted agent remains the customer’s after a hang-up, whichever agents’ screens pop', () => {
    for (const agents of [[], ['1003']]) {
      const site = center().seat('1003', '2003');
      const process = site.process({ agents });
      held(site).dial('101.2001', consult(OWN)).ring('101.2002', consult(OWN)).answer('101.2002').end('100.2001');
      const further = consult({ ANI: '2002', ICMEnterpriseUniqueID: 'icm.1.8' });
      site.hold('101.2002').dial('102.2002', further).ring('102.2003', further);
      assert.equal(process.screen('1003').journey, 'icm.1.1');
    }
  });

  it('belongs to the colleague for an agent who was called before the hang-up, but whose phone had not rung, whichever agents’ screens pop', () => {
    for (const agents of [[], ['1003']]) {
      const site = center().seat('1003', '2003');
      const process = site.process({ agents });
      held(site).dial('101.2001', consult(OWN)).tell('OnCallBegin', '101.2002', consult(OWN)).end('100.2001');
      site.tell('OnCallDelivered', '101.2002', { CallStatus: 2 }).answer('101.2002').hold('101.2002');
      const further = consult({ ANI: '2002', ICMEnterpriseUniqueID: 'icm.1.8' });
      site.dial('102.2002', further).ring('102.2003', further);
      assert.equal(process.screen('1003').journey, 'icm.1.9');
    }
  });

  it('of an agent who consults again remains about the first call, which popped on no screen', () => {
    const site = center().seat('1003', '2003');
    const process = site.process();
    const help = { CallType: 19, ANI: '2001', DialedNumber: '2002', ICMEnterpriseUniqueID: 'icm.1.7' };
    site.dial('100.2001', help).ring('100.2002', help).answer('100.2001').answer('100.2002').hold('100.2001');
    site.dial('101.2001', consult(OWN)).answer('101.2001').end('100.2001').end('100.2002').hold('101.2001');
    const further = consult({ ICMEnterpriseUniqueID: 'icm.1.8' });
    site.dial('102.2001', further).ring('102.2003', further);
    assert.equal(process.screen('1003').journey, 'icm.1.7');
  });

  it('that is transferred is still about the customer, whatever type the switch assigns', () => {
    const site = center().seat('1003', '2003');
    const process = site.process();
    held(site).dial('101.2001', consult(OWN)).ring('101.2002', consult(OWN)).end('101.2002');
    site.ring('101.2003', { CallType: 4, ANI: '2001', ...OWN });
    assert.equal(process.screen('1003').journey, 'icm.1.1');
    assert.equal(process.screen('1003').caller.e164, '+12065550101');
  });

  it('belongs to the colleague if the customer was transferred without it', () => {
    const site = center().seat('1003', '2003');
    const process = site.process();
    held(site).dial('101.2001', consult(OWN)).answer('101.2001').hold('101.2001');
    site.tell('OnCallRetrieved', '100.2001', { CallStatus: 3 });
    site.tell('OnCallTransferred', '100.2001', { PrimaryCallID: 100 }).end('100.2001');
    site.tell('OnCallTransferred', '101.2001', { PrimaryCallID: 101 });
    site.ring('101.2003', { CallType: 11, ANI: '2001', ...OWN }).end('101.2001');
    assert.equal(process.screen('1003').journey, 'icm.1.9');
  });

  it('that is transferred to a queue is still about the customer on hold', () => {
    for (const [hasHungUp, journey] of [
      [false, 'icm.1.1'],
      [true, 'icm.1.9'],
    ] as const) {
      const site = center().seat('1003', '2003');
      const process = site.process();
      held(site).dial('101.2001', consult(OWN)).answer('101.2001');
      site.tell('OnCallTransferred', '101.2001', { PrimaryCallID: 101 }).end('101.2001');
      if (hasHungUp) site.end('100.2001');
      site.ring('101.2003', { CallType: 4, ANI: '2001', ...OWN });
      assert.equal(process.screen('1003').journey, journey);
    }
  });

  describe('that is first seen in a snapshot', () => {
    const found = (site: Site, connection: string, data: Args) => site.tell('OnSnapshotCallConf', connection, data);
    /** The switch has copied the data of the call to the consult call. */
    const COPIED = { CallVariable1: 'A-20417', ECC: { 'user.CustomerTier': 'Gold' } };
    const own = consult({ ICMEnterpriseUniqueID: 'icm.1.9', ...COPIED });
    /** The customer's call and the consult call at the consulting agent, in a snapshot after a gap. */
    const gap = (site: Site, data: Args = own, calls: readonly string[] = ['100.2001']) => {
      for (const [index, each] of calls.entries())
        found(site, each, { ...ROUTED, ICMEnterpriseUniqueID: `icm.1.${index + 1}`, CallStatus: 4 });
      return found(site, '101.2001', { ...data, CallStatus: 3 });
    };

    it('is about the only call on hold at the phone that made it', () => {
      const site = center();
      const process = site.process();
      gap(site).ring('101.2002', own);
      assert.deepEqual(shown(process), CUSTOMERS);
    });

    it('is about it in whatever order the snapshot has the calls', () => {
      const site = center();
      const process = site.process();
      found(site, '101.2001', { ...own, CallStatus: 3 });
      found(site, '100.2001', { ...ROUTED, CallStatus: 4 }).ring('101.2002', own);
      assert.deepEqual(shown(process), CUSTOMERS);
    });

    it('is about it if only the dialed number shows who made it', () => {
      const site = center();
      const process = site.process({ popRinging: true });
      gap(site, { ...own, ANI: CUSTOMER });
      found(site, '101.2002', { ...own, ANI: CUSTOMER, CallStatus: 2 });
      assert.deepEqual(shown(process), CUSTOMERS);
    });

    it('is not about another customer on hold: the one it was about has hung up in the gap', () => {
      const alike = { CallVariable1: 'A-20417', CallVariable2: 'Sales', ECC: { 'user.Account': '7' } };
      for (const [data, is] of [
        [{}, false],
        [{ CallVariable1: '' }, false],
        [{ CallVariable1: 'A-99999' }, false],
        [{ CallVariable1: 'A-99999', ECC: { 'user.CustomerTier': 'Gold' } }, false],
        [{ CallVariable2: 'Sales' }, false],
        [{ ...COPIED, ANI: '2065550177' }, false],
        [{ ANI: CUSTOMER, CallVariable1: 'A-99999' }, false],
        [alike, true],
        [{ ANI: CUSTOMER, CallingDeviceID: '2001' }, true],
        [{ CallWrapupData: 'Sale', ...COPIED }, true],
      ] as const) {
        const site = center();
        const process = site.process();
        const call = consult({ ICMEnterpriseUniqueID: 'icm.1.9', ...data });
        gap(site, call).ring('101.2002', call);
        assert.equal(process.screen('1002').journey, is ? 'icm.1.1' : 'icm.1.9', JSON.stringify(data));
      }
    });

    it('leads to the customer, too, if the consulted colleague asks another one', () => {
      const site = center().seat('1003', '2003');
      const process = site.process();
      gap(site);
      found(site, '101.2002', { CallStatus: 4 }).tell('OnCallHeld', '101.2002', { CallStatus: 4 });
      const next = consult({ ANI: '2002', DialedNumber: '2003', ICMEnterpriseUniqueID: 'icm.1.10' });
      site.dial('102.2002', next).ring('102.2003', next);
      assert.equal(process.screen('1003').journey, 'icm.1.1');
      assert.equal(process.screen('1003').customer.e164, '+12065550101');
    });

    it('is about no call of the colleague who was asked, and about none of several', () => {
      const site = center();
      const process = site.process();
      // 1001 has put another customer on hold to answer 1002.
      gap(site, consult({ ANI: '2002', DialedNumber: '2001', ICMEnterpriseUniqueID: 'icm.1.9' }));
      site.tell('OnSnapshotCallConf', '101.2003', { ...own, CallStatus: 3 });
      site.seat('1004', '2004').ring('101.2004', { ...own, CallType: 4 });
      assert.equal(process.screen('1004').journey, 'icm.1.9');
      const several = center();
      const other = several.process();
      gap(several, own, ['100.2001', '99.2001']).ring('101.2002', own);
      assert.equal(other.screen('1002').journey, 'icm.1.9');
    });
  });

  it('is not about a customer who arrived later', () => {
    const site = center();
    const process = site.process();
    site.dial('101.2001', consult(OWN));
    site.clock.advance(10);
    held(site);
    site.ring('101.2002', consult(OWN));
    assert.deepEqual(whoCalls(process, '1002'), colleague);
  });

  it('does not cause a loop with another one, each about the other', () => {
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
  it('reports what has become known, under the same key, and nothing else', () => {
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

  it('never replaces the customer with a colleague, or the number with another device', () => {
    const site = new Site().seat('1001', '2001');
    const process = site.process();
    site.ring('100.2001', { ...ROUTED, ANI: '', CallingDeviceID: CUSTOMER });
    site.tell('OnCallEstablished', '100.2001', { CallStatus: 3, CallingDeviceID: '2065550177' });
    site.tell('OnCallDataUpdate', '100.2001', { ANI: '2002' });
    assert.deepEqual(process.story, ['pop 1001']);
  });

  it('is not sent after the end, or without a pop', () => {
    const site = new Site().seat('1001', '2001');
    const process = site.process({ agents: ['1002'] });
    site.ring('100.2001', ROUTED).tell('OnCallDataUpdate', '100.2001', { CallVariable2: 'x' }).end('100.2001');
    assert.deepEqual(process.story, []);
  });
});

describe('the end of a call that was found ringing', () => {
  for (const [word, event, reason] of [
    ['abandoned', 'OnCallCleared', 'abandoned'],
    ['diverted', 'OnCallDiverted', 'redirected'],
  ] as const) {
    it(`has the same reason as for any other call that is ${word}`, () => {
      const site = new Site().seat('1001', '2001');
      const process = site.process({ popRinging: true });
      site.tell('OnSnapshotCallConf', '100.2001', { ...ROUTED, CallStatus: 2 });
      site.tell(event, '100.2001').tell('OnCallEnd', '100.2001');
      assert.equal((process.outputs.at(-1) as Ended).reason, reason);
    });
  }

  it('is not "abandoned" if it may have been answered unobserved', () => {
    const site = new Site().seat('1001', '2001');
    const process = site.process({ popRinging: true });
    site.tell('OnSnapshotCallConf', '100.2001', { ...ROUTED, CallStatus: 2 });
    site.tell('OnSnapshotCallConf', '100.2001', { CallStatus: 3 });
    site.end('100.2001');
    assert.equal((process.outputs.at(-1) as Ended).reason, 'ended');
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

  it('without a customer in its reservation pops with the customer’s call', () => {
    const site = new Site().seat('1001', '2001');
    const process = site.process();
    site.ring('100.2001', reservation({ BACampaign: 'Renewals', BACustomerNumber: '' }, 29)).answer('100.2001');
    assert.deepEqual(process.story, []);
    site.ring('101.2001', { CallType: 34, ANI: '8005550199', ECC: BA });
    assert.deepEqual(process.story, ['pop 1001']);
    assert.equal(process.screen('1001').caller.e164, '+12065550101');
  });

  it('ends immediately if the agent rejects it, and soon if no call follows', () => {
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
  it('does not pop by default (non-ACD, CallType 38), but does if it is selected', () => {
    for (const [settings, story] of [[{}, []] as const, [{ callTypes: [38] }, ['pop 1001']] as const]) {
      const site = new Site().seat('1001', '2001');
      const process = site.process(settings);
      site.ring('100.2001', { CallType: 38, ANI: CUSTOMER });
      assert.deepEqual(process.story, story);
    }
  });
});

/** Resolves after settled promises have been reported. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}
