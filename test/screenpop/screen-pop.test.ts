import { strict as assert } from 'node:assert';
import type { PopOutput } from '../../src/screenpop/index.js';
import { Desk, INBOUND, Status } from './contact-center.js';

describe('a screen pop', () => {
  it('appears when the phone rings, with number, variables and key', () => {
    const desk = new Desk({
      region: 'US',
      fields: [{ from: 'callvariable1', to: 'account' }],
      url: 'https://crm.example.com/?phone={e164}&account={account}&tier={user.CustomerTier}',
    });
    desk.call('100.2001').begin().ring();
    assert.deepEqual(desk.pops, [
      {
        event: 'pop',
        key: 'icm.1.1/5000.1001/100.2001',
        journey: 'icm.1.1',
        visit: 1,
        time: new Date(desk.clock.now()).toISOString(),
        agent: { id: '1001', peripheral: 5000, instrument: '2001', name: 'Agent 1001' },
        trigger: 'delivered',
        caller: {
          received: '2065550101',
          kind: 'public',
          e164: '+12065550101',
          national: '(206) 555-0101',
          country: 'US',
          from: 'ANI',
        },
        customer: desk.pops[0]!.caller,
        direction: 'inbound',
        dialed: '8001',
        call: { id: 'call.5000.100.2001', type: 2, status: 2 },
        fields: { account: 'A-20417' },
        url: 'https://crm.example.com/?phone=%2B12065550101&account=A-20417&tier=Gold',
      },
    ]);
  });

  it('appears once, however many events concern the same contact', () => {
    const desk = new Desk();
    const call = desk.call('100.2001').arrive().ring().answer();
    call
      .tell('OnCallHeld', { CallStatus: Status.hold })
      .tell('OnCallRetrieved', { CallStatus: Status.connect })
      .answer();
    assert.deepEqual(desk.story, ['pop 1001']);
  });

  it('appears again at the next agent, and again at the first one when the call returns', () => {
    const desk = new Desk();
    const first = desk.call('100.2001').arrive().answer();
    const second = desk.call('100.2002').arrive();
    first.transferred().end();
    second.answer();
    const third = desk.call('100.2001').arrive();
    second.transferred().end();
    third.answer().hangUp();
    assert.deepEqual(desk.story, [
      'pop 1001',
      'pop 1002',
      'ended 1001 transferred',
      'pop 1001',
      'ended 1002 transferred',
      'ended 1001 ended',
    ]);
    assert.deepEqual(
      desk.pops.map((pop) => pop.key),
      ['icm.1.1/5000.1001/100.2001', 'icm.1.1/5000.1002/100.2002', 'icm.1.1/5000.1001/100.2001/2'],
    );
  });

  it('does not appear at a device without an agent', () => {
    const desk = new Desk();
    desk.call('100.vru7').arrive().answer();
    assert.deepEqual(desk.story, []);
  });

  it('does not appear for the agent who dials', () => {
    const desk = new Desk({ callTypes: [10] });
    desk.call('100.2001', 'icm.1.1', { CallType: 10, ANI: '2001' }).dial().answer();
    desk.call('100.2002', 'icm.1.1', { CallType: 10, ANI: '2001' }).arrive().answer();
    assert.deepEqual(desk.story, ['pop 1002']);
  });

  it('appears only for the selected call types and agents, by default for calls with a customer', () => {
    const types = [1, 2, 3, 4, 5, 6, 9, 10, 12, 13, 19, 20, 21, 23, 65535];
    const popped = (settings: object) => {
      const desk = new Desk(settings);
      for (const type of types) desk.call(`${type}.2001`, `icm.1.${type}`, { CallType: type }).arrive();
      return desk.pops.map((pop) => pop.call.type);
    };
    assert.deepEqual(popped({}), [1, 2, 3, 4, 5, 6, 12, 13, 65535]);
    assert.deepEqual(popped({ callTypes: [9, 10] }), [9, 10, 65535]);
    assert.deepEqual(popped({ callTypes: [] }), popped({}));
    assert.deepEqual(popped({ agents: ['1002'] }), []);
    assert.equal(popped({ agents: ['1001', '1002'] }).length, 9);
  });

  it('does not appear when another party of the agent’s call answers, whatever the type of the call then', () => {
    const desk = new Desk();
    const help = desk.call('100.2001', 'icm.1.1', { ...INBOUND, CallType: 20 }).arrive();
    help.tell('OnCallEstablished', { CallStatus: Status.connect, AnsweringDeviceID: '2001' });
    help.tell('OnCallDataUpdate', { CallType: 15 });
    help.tell('OnCallDelivered', { CallStatus: Status.connect, AlertingDeviceID: '2002' });
    help.tell('OnCallEstablished', { CallStatus: Status.connect, AnsweringDeviceID: '2002' });
    assert.deepEqual(desk.story, []);
  });

  it('does not appear when a side switch updates the parties', () => {
    const desk = new Desk();
    const call = desk.call('100.2001').begin();
    call.tell('OnCallDelivered', { CallStatus: Status.alerting, EventCause: 50 });
    call.tell('OnCallEstablished', { CallStatus: Status.connect, EventCause: 50 });
    assert.deepEqual(desk.story, []);
  });

  it('takes the agent from the event if the session has no object for it', () => {
    const desk = new Desk();
    desk.call('100.sip:9').begin().tell('OnCallDelivered', { CallStatus: 2, FilterTarget: 'agent.5000.ana.b' });
    assert.deepEqual(desk.pops[0]?.agent, { id: 'ana.b', peripheral: 5000 });
  });

  it('distinguishes a withheld number from a missing one', () => {
    const desk = new Desk();
    desk.call('1.2001', 'icm.1.1', { ...INBOUND, ANI: 'anonymous' }).arrive();
    desk.call('2.2002', 'icm.1.2', { CallType: 2, ANI: '' }).arrive();
    assert.deepEqual(
      desk.pops.map((pop) => pop.caller),
      [
        { received: 'anonymous', kind: 'withheld', from: 'ANI' },
        { received: '', kind: 'absent' },
      ],
    );
  });
});

describe('the journey', () => {
  it('is the first id of the call if it has no enterprise-wide one, and follows changes of the id', () => {
    const desk = new Desk();
    const call = desk.call('100.2001', null);
    call.arrive().answer().becomes('90.2001').tell('OnCallDelivered', { CallStatus: Status.alerting }).answer();
    call.hangUp();
    assert.deepEqual(desk.story, ['pop 1001', 'ended 1001 ended']);
    assert.match(desk.pops[0]!.key, /^call\.5000\.100\.20260105\.[0-9a-f]{6}\/5000\.1001\/100\.2001$/);
    assert.equal(desk.ends[0]?.key, desk.pops[0]?.key);
    assert.equal(desk.ends[0]?.call.id, 'call.5000.90.2001');
  });

  it('stays the same if the enterprise-wide id becomes known later', () => {
    const desk = new Desk();
    const early = desk.call('100.2001', null).arrive();
    early.tell('OnCallDataUpdate', { ICMEnterpriseUniqueID: 'icm.1.7' });
    desk.call('101.2001', 'icm.1.7').arrive();
    early.hangUp();
    assert.deepEqual(desk.story, ['pop 1001'], 'the second leg belongs to the same visit and keeps it open');
  });

  it("ends with the agent's last connection, not with the first", () => {
    const desk = new Desk();
    const inbound = desk.call('100.2001').arrive().answer();
    const consult = desk.call('101.2001', 'icm.1.1', { CallType: 12 }).dial();
    consult.hangUp();
    assert.deepEqual(desk.story, ['pop 1001']);
    inbound.hangUp();
    assert.deepEqual(desk.story, ['pop 1001', 'ended 1001 ended']);
  });
});

describe('a consult call', () => {
  const consult = (desk: Desk) => {
    const customer = desk.call('100.2001').arrive().answer();
    customer.tell('OnCallHeld', { CallStatus: Status.hold });
    const from = desk.call('101.2001', 'icm.1.1', { ...INBOUND, CallType: 12 }).dial();
    const to = desk.call('101.2002', 'icm.1.1', { ...INBOUND, CallType: 12 }).arrive();
    return { customer, from, to };
  };

  it('pops at the consulted agent when it arrives, but not when the transfer completes', () => {
    const desk = new Desk();
    const { customer, from, to } = consult(desk);
    assert.deepEqual(desk.story, ['pop 1001', 'pop 1002']);
    from.answer();
    to.answer();
    customer.transferred();
    from.transferred();
    customer.end();
    from.end();
    to.transferred().becomes('100.2002').answer();
    desk.clock.advance(10_000);
    assert.deepEqual(desk.story, ['pop 1001', 'pop 1002', 'ended 1001 transferred']);
    to.hangUp();
    assert.deepEqual(desk.story.at(-1), 'ended 1002 ended');
  });

  it('remains one visit if its leg ends just before the joined call replaces it', () => {
    const desk = new Desk();
    const { to } = consult(desk);
    to.answer().transferred().end();
    desk.clock.advance(500);
    const joined = desk.call('100.2002').begin().answer();
    desk.clock.advance(10_000);
    assert.deepEqual(desk.story, ['pop 1001', 'pop 1002']);
    joined.hangUp();
    assert.deepEqual(desk.story.at(-1), 'ended 1002 ended');
  });

  it('ends if nothing replaces its leg', () => {
    const desk = new Desk();
    const { to } = consult(desk);
    to.answer().transferred().end();
    assert.equal(desk.ends.length, 0);
    desk.clock.advance(2_000);
    assert.deepEqual(desk.story.at(-1), 'ended 1002 ended');
  });

  it('pops again if the same colleague is consulted a second time', () => {
    const desk = new Desk();
    const { from, to } = consult(desk);
    to.answer();
    from.hangUp();
    to.hangUp();
    desk.call('102.2002', 'icm.1.1', { ...INBOUND, CallType: 12 }).arrive();
    assert.deepEqual(desk.story, ['pop 1001', 'pop 1002', 'ended 1002 ended', 'pop 1002']);
  });

  it('does not pop again when it becomes a conference', () => {
    const desk = new Desk();
    const { customer, from, to } = consult(desk);
    from.answer();
    to.answer();
    to.becomes('100.2002').tell('OnCallConferenced', { CallStatus: Status.connect });
    customer.tell('OnCallConferenced', { CallStatus: Status.connect });
    from.end();
    customer.hangUp();
    to.hangUp();
    assert.deepEqual(desk.story, ['pop 1001', 'pop 1002', 'ended 1001 ended', 'ended 1002 ended']);
  });
});

describe('the trigger', () => {
  const precall = (desk: Desk, event = 'OnAgentPrecallEvent') =>
    desk.tell(event, { ICMEnterpriseUniqueID: 'icm.1.1', AgentInstrument: '2001', ANI: '2065550101' });

  it('pre-call pops before the phone rings, and not again when it rings', () => {
    const desk = new Desk({ trigger: 'precall', region: 'US' });
    precall(desk);
    assert.equal(desk.pops[0]?.trigger, 'precall');
    assert.equal(desk.pops[0]?.caller.e164, '+12065550101');
    assert.deepEqual(desk.pops[0]?.call, {});
    desk.call('100.2001').arrive().answer().hangUp();
    precall(desk);
    assert.deepEqual(desk.story, ['pop 1001', 'update 1001', 'ended 1001 ended', 'pop 1001']);
    assert.equal(desk.updates[0]?.fields.CallVariable1, 'A-20417');
    assert.equal(desk.ends[0]?.key, desk.pops[0]?.key);
  });

  it('pre-call falls back to ringing if the pre-call event is missing or late', () => {
    const desk = new Desk({ trigger: 'precall' });
    desk.call('100.2001').arrive();
    precall(desk);
    assert.deepEqual(
      desk.pops.map((pop) => pop.trigger),
      ['delivered'],
    );
  });

  it('pre-call ends the pop if the router reroutes the call or no call arrives', () => {
    const desk = new Desk({ trigger: 'precall' });
    precall(desk);
    precall(desk, 'OnAgentPrecallAbortEvent');
    precall(desk);
    desk.clock.advance(29_999);
    assert.deepEqual(desk.story, ['pop 1001', 'ended 1001 abandoned', 'pop 1001']);
    desk.clock.advance(1);
    assert.deepEqual(desk.story.at(-1), 'ended 1001 abandoned');
    assert.equal(desk.clock.pending, 0);
  });

  it('pre-call events do not affect the other triggers', () => {
    for (const trigger of ['delivered', 'established'] as const) {
      const desk = new Desk({ trigger });
      precall(desk);
      assert.deepEqual(desk.story, []);
    }
  });

  it('established waits for the answer', () => {
    const desk = new Desk({ trigger: 'established' });
    const call = desk.call('100.2001').arrive();
    assert.deepEqual(desk.story, []);
    call.answer();
    assert.deepEqual(desk.story, ['pop 1001']);
    assert.equal(desk.pops[0]?.trigger, 'established');
  });

  it('established does not pop for a call that was never answered', () => {
    const desk = new Desk({ trigger: 'established' });
    desk.call('100.2001').arrive().hangUp();
    assert.deepEqual(desk.story, []);
  });

  it('delivered compensates for a missing ring event: the answer pops', () => {
    const desk = new Desk();
    desk.call('100.2001').begin().answer();
    assert.deepEqual(desk.story, ['pop 1001']);
    assert.equal(desk.pops[0]?.trigger, 'established');
  });
});

describe('the end of a pop', () => {
  it('reports the reason, the ring time and the talk time', () => {
    const desk = new Desk();
    const call = desk.call('100.2001').arrive();
    desk.clock.advance(4_000);
    call.answer();
    desk.clock.advance(61_000);
    call.hangUp();
    const { event, reason, ringSeconds, talkSeconds, key } = desk.ends[0]!;
    assert.deepEqual(
      { event, reason, ringSeconds, talkSeconds, key },
      {
        event: 'ended',
        reason: 'ended',
        ringSeconds: 4,
        talkSeconds: 61,
        key: desk.pops[0]!.key,
      },
    );
  });

  it('is "abandoned" if the caller gave up, "redirected" if the call was sent elsewhere', () => {
    const reasons = (...ways: Array<(call: ReturnType<Desk['call']>) => unknown>) =>
      ways.map((way) => {
        const desk = new Desk();
        way(desk.call('100.2001').arrive());
        assert.equal(desk.ends[0]?.talkSeconds, undefined);
        return desk.ends[0]?.reason;
      });
    assert.deepEqual(
      reasons(
        (call) => call.hangUp(),
        (call) => call.hangUp({ EventCause: 28 }),
        (call) => call.tell('OnCallDiverted').end(),
      ),
      ['abandoned', 'redirected', 'redirected'],
    );
  });

  it('is reported once, and not for a contact that never popped', () => {
    const desk = new Desk({ agents: ['1002'] });
    desk.call('100.2001').arrive().answer().hangUp().end();
    assert.deepEqual(desk.story, []);
    desk.call('100.2002').arrive().hangUp().end();
    assert.deepEqual(desk.story, ['pop 1002', 'ended 1002 abandoned']);
  });

  it('is not delayed by later events of the call', () => {
    for (const late of ['OnTransferCallConf', 'OnControlFailureConf', 'OnCallRTPStopped', 'OnMonitoredCallEnd']) {
      const desk = new Desk();
      const call = desk
        .call('100.2001', 'icm.1.1', { ...INBOUND, CallType: 12 })
        .arrive()
        .answer();
      call.transferred().end().tell(late);
      desk.clock.advance(2_000);
      assert.deepEqual(desk.story, ['pop 1001', 'ended 1001 ended'], late);
      assert.equal(desk.pop.counts.open, 0);
    }
  });

  it('keeps "ended" for an agent who received a transfer and then hangs up', () => {
    const desk = new Desk();
    desk.call('100.2001').arrive().answer().transferred().hangUp();
    assert.deepEqual(desk.story.at(-1), 'ended 1001 ended');
  });
});

describe('a snapshot', () => {
  it('never pops a contact again, neither after a failover nor while it rings', () => {
    const desk = new Desk({ popRinging: true });
    const call = desk.call('100.2001').arrive();
    call.snapshot(Status.alerting).answer().snapshot(Status.connect);
    assert.deepEqual(desk.story, ['pop 1001']);
    call.tell('OnCallEnd', {}, { recovered: true });
    assert.deepEqual(desk.story, ['pop 1001', 'ended 1001 ended']);
  });

  it('pops ringing calls at startup only if configured', () => {
    const popped = (popRinging: boolean) => {
      const desk = new Desk({ popRinging });
      desk.call('100.2001').snapshot(Status.alerting).answer();
      desk.call('101.2002', 'icm.1.2').snapshot(Status.connect);
      desk.call('102.2003', 'icm.1.3').snapshot(Status.initiate);
      return desk.story;
    };
    assert.deepEqual(popped(false), []);
    assert.deepEqual(popped(true), ['pop 1001']);
  });

  it('does not prevent the trigger "established" from seeing the answer', () => {
    const desk = new Desk({ trigger: 'established', popRinging: true });
    const call = desk.call('100.2001').snapshot(Status.alerting);
    assert.deepEqual(desk.story, []);
    call.answer();
    assert.deepEqual(desk.story, ['pop 1001']);
  });

  it('treats adopted calls in the same way', () => {
    const calls = [
      {
        properties: () => ({
          ...INBOUND,
          UniqueObjectID: 'call.5000.100.2001',
          CallStatus: 2,
          ICMEnterpriseUniqueID: 'icm.1.1',
        }),
      },
      {
        properties: () => ({
          ...INBOUND,
          UniqueObjectID: 'call.5000.101.2002',
          CallStatus: 3,
          ICMEnterpriseUniqueID: 'icm.1.2',
        }),
      },
    ];
    const off = new Desk();
    off.pop.adopt(calls);
    off.call('100.2001').answer().hangUp();
    assert.deepEqual(off.story, []);
    const on = new Desk({ popRinging: true });
    on.pop.adopt(calls);
    assert.deepEqual(on.story, ['pop 1001']);
  });
});

describe('a redeploy', () => {
  it('does not repeat a pop with new settings, and loses no output between two listeners', () => {
    const desk = new Desk();
    const call = desk.call('100.2001').arrive();
    const detach = desk.pop.attach(() => assert.fail('nothing is told to a node that is closed'));
    detach();
    desk.pop.settings = { trigger: 'established' };
    call.answer();
    desk.call('101.2002', 'icm.1.2').arrive().answer();
    call.hangUp();
    const later: PopOutput[] = [];
    desk.pop.attach((output) => later.push(output));
    assert.deepEqual(
      later.map(({ body }) => `${body.event} ${body.agent.id}`),
      ['pop 1002', 'ended 1001'],
    );
    assert.equal(later[0]?.call?.ANI, '2065550101');
    assert.equal(later[0]?.agent?.AgentID, '1002');
  });

  it('ignores the detachment of a listener that has been replaced', () => {
    const desk = new Desk();
    const first = desk.pop.attach(() => assert.fail('replaced'));
    let heard = 0;
    desk.pop.attach(() => heard++);
    first();
    desk.call('100.2001').arrive();
    assert.equal(heard, 1);
  });

  it('holds a limited number of outputs', () => {
    const desk = new Desk();
    desk.pop.attach(() => assert.fail())();
    for (let index = 0; index < 1_500; index++) desk.call(`${index}.2001`, `icm.1.${index}`).arrive();
    const later: PopOutput[] = [];
    desk.pop.attach((output) => later.push(output));
    assert.equal(later.length, 1_000);
    assert.equal(later.at(-1)?.body.journey, 'icm.1.1499');
  });
});

describe('the state of a screen pop', () => {
  it('counts open contacts and pops', () => {
    const desk = new Desk();
    const calls = [1, 2, 3].map((each) => desk.call(`${each}.200${each}`, `icm.1.${each}`).arrive());
    assert.deepEqual(desk.pop.counts, { open: 3, popped: 3 });
    calls[0]!.hangUp();
    assert.deepEqual(desk.pop.counts, { open: 2, popped: 3 });
  });

  it('keeps nothing about ended connections', () => {
    const desk = new Desk();
    for (let index = 0; index < 30_000; index++)
      desk.call(`${index}.2001`, `icm.1.${index}`).arrive().answer().hangUp();
    assert.equal(desk.pops.length, 30_000);
    assert.equal(desk.ends.length, 30_000);
    assert.deepEqual(desk.pop.counts, { open: 0, popped: 30_000 });
  });

  it('stops its timers when it is disposed', () => {
    const desk = new Desk({ trigger: 'precall' });
    desk.tell('OnAgentPrecallEvent', { ICMEnterpriseUniqueID: 'icm.1.1', AgentInstrument: '2001' });
    desk.pop.dispose();
    desk.clock.advance(60_000);
    assert.deepEqual(desk.story, ['pop 1001']);
  });
});
