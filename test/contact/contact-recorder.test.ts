import { strict as assert } from 'node:assert';
import { agentAt, Floor, INBOUND, State } from './floor.js';

describe('the record of a segment', () => {
  it('contains the agent, the times, the durations and the result, with the key of the screen pop', () => {
    const floor = new Floor({ fields: [{ from: 'CallVariable1', to: 'account' }] });
    const began = floor.clock.now();
    floor.state('1001', State.reserved).ring('100.2001').pass(4).answer('100.2001').state('1001', State.talking);
    floor.pass(60).hold('100.2001').pass(15).retrieve('100.2001').pass(5);
    floor.tell('OnCallDataUpdate', '100.2001', { CallWrapupData: 'sold' });
    floor.end('100.2001').state('1001', State.work).pass(20).state('1001', State.available);
    assert.deepEqual(floor.segments, [
      {
        event: 'segment',
        key: 'icm.1.1/5000.1001/100.2001',
        journey: 'icm.1.1',
        visit: 1,
        time: new Date(began + 104_000).toISOString(),
        agent: { id: '1001', peripheral: 5000, instrument: '2001' },
        caller: {
          received: '2065550101',
          kind: 'public',
          e164: '+12065550101',
          national: '(206) 555-0101',
          country: 'US',
          from: 'ANI',
        },
        dialed: '8001',
        customer: floor.segment.caller,
        direction: 'inbound',
        call: { id: 'call.5000.100.2001', type: 2 },
        began,
        answered: began + 4_000,
        ended: began + 84_000,
        ringSeconds: 4,
        talkSeconds: 65,
        holdSeconds: 15,
        consultSeconds: 0,
        wrapupSeconds: 20,
        holds: 1,
        reason: 'ended',
        transfers: [],
        conferences: [],
        consults: [],
        wrapupData: 'sold',
        reasonCodes: [],
        recordings: [],
        fields: { account: 'A-20417' },
        unknown: ['queueSeconds'],
      },
    ]);
  });

  it('counts the time in a queue that was observed', () => {
    const floor = new Floor();
    floor.tell('OnCallBegin', '100.vru', INBOUND).pass(2).tell('OnCallQueuedEvent', '100.vru').pass(31);
    floor.tell('OnCallDequeuedEvent', '100.vru').ring('100.2001').pass(3).end('100.vru').answer('100.2001');
    floor.pass(1).end('100.2001').pass(10);
    assert.equal(floor.segment.queueSeconds, 31);
    assert.deepEqual(floor.segment.unknown, ['wrapupSeconds']);
    assert.equal(floor.contacts[0]!.queueSeconds, 31);
  });

  it('reports a caller who gave up, and a call that was not answered and was redirected', () => {
    const floor = new Floor();
    floor.state('1001', State.reserved).ring('100.2001').pass(12);
    floor.tell('OnCallDiverted', '100.2001').tell('OnCallEnd', '100.2001');
    floor.state('1001', State.notReady, { EventReasonCode: 32767 }).ring('100.2002').pass(7).end('100.2002').pass(5);
    const [missed, abandoned] = floor.segments;
    assert.equal(missed!.reason, 'redirected');
    assert.deepEqual(
      missed!.reasonCodes.map(({ state, code }) => [state, code]),
      [[State.notReady, 32767]],
    );
    assert.equal(missed!.wrapupSeconds, 0);
    assert.equal(abandoned!.reason, 'abandoned');
    assert.equal(abandoned!.ringSeconds, 7);
    assert.equal('answered' in abandoned!, false);
    assert.deepEqual(
      floor.contacts.map(({ outcome, segments }) => [outcome, segments.length]),
      [['abandoned', 2]],
    );
  });

  it('continues with the consultation of a consulted agent after the customer has hung up', () => {
    const floor = new Floor();
    const consult = (ANI: string, key: string) => ({ ...INBOUND, CallType: 12, ANI, ICMEnterpriseUniqueID: key });
    floor.tell('OnCallBegin', '100.2001', INBOUND).tell('OnCallDelivered', '100.2001', { CallStatus: 2 });
    floor.answer('100.2001').pass(10).hold('100.2001');
    floor.dial('200.2001', consult('2001', 'icm.1.2')).ring('200.2002', consult('2001', 'icm.1.2'));
    floor.answer('200.2001').answer('200.2002').pass(5).end('100.2001').pass(5).hold('200.2002');
    floor.dial('300.2002', consult('2002', 'icm.1.3')).ring('300.2003', consult('2002', 'icm.1.3'));
    floor.answer('300.2002').answer('300.2003').pass(20);
    for (const each of ['300.2002', '300.2003', '200.2002', '200.2001']) floor.end(each);
    floor.pass(3_600);
    assert.deepEqual(
      floor.segments.map(({ agent, journey, consultSeconds }) => [agent.id, journey, consultSeconds]).sort(),
      [
        ['1001', 'icm.1.1', 30],
        ['1002', 'icm.1.1', 20],
        ['1003', 'icm.1.1', 0],
      ],
    );
  });

  it('is internal for a colleague whose phone rings after the customer has hung up, whatever happens to the call', () => {
    for (const type of [12, 4, 11]) {
      const floor = new Floor();
      const consult = { ...INBOUND, CallType: 12, ANI: '2001', DialedNumber: '8002', ICMEnterpriseUniqueID: 'icm.1.2' };
      floor.ring('100.2001').answer('100.2001').pass(10).hold('100.2001').dial('200.2001', consult);
      floor.pass(5).end('100.2001').pass(5);
      floor
        .ring('200.2002', { ...consult, CallType: type })
        .answer('200.2001')
        .answer('200.2002');
      floor.pass(20).end('200.2002').end('200.2001').pass(3_600);
      assert.deepEqual(
        floor.segments.map(({ agent, direction, journey, caller }) => [agent.id, direction, journey, caller.received]),
        [
          ['1002', 'internal', 'icm.1.2', '2001'],
          ['1001', 'inbound', 'icm.1.1', '2065550101'],
        ],
        `type ${type}`,
      );
      assert.deepEqual(
        floor.contacts.map(({ direction, journey, caller }) => [direction, journey, caller.e164]).sort(),
        [
          ['inbound', 'icm.1.1', '+12065550101'],
          ['internal', 'icm.1.2', undefined],
        ],
      );
    }
  });

  it('is internal for such a colleague, too, if extensions have as many digits as numbers', () => {
    const seated = { AgentID: '1001', PeripheralID: 5000, AgentInstrument: '5550142', AgentState: 3 };
    const floor = new Floor({}, (instrument) =>
      instrument === '5550142' ? { properties: () => seated } : agentAt(instrument),
    );
    const consult = { ...INBOUND, CallType: 12, ANI: '5550142', ICMEnterpriseUniqueID: 'icm.1.2' };
    floor.ring('200.2002', consult).answer('200.2002').pass(20).end('200.2002').pass(3_600);
    assert.equal(floor.segment.caller.kind, 'unknown');
    assert.equal(floor.segment.direction, 'internal');
  });

  it('is inbound for a contact who calls the queue from an extension and is passed on', () => {
    const floor = new Floor();
    const employee = { ...INBOUND, ANI: '3005' };
    const consult = { ...employee, CallType: 12 };
    floor.ring('100.2001', employee).answer('100.2001').pass(10).hold('100.2001');
    floor.dial('200.2001', consult).ring('200.2002', consult).answer('200.2001').answer('200.2002');
    floor.pass(20).end('200.2002').end('200.2001').end('100.2001').pass(3_600);
    assert.deepEqual(
      floor.segments.map(({ agent, direction }) => [agent.id, direction]),
      [
        ['1002', 'inbound'],
        ['1001', 'inbound'],
      ],
    );
  });

  it('does not make a contact internal if a supervisor who was asked for help is recorded first', () => {
    const floor = new Floor({ callTypes: [2, 19] });
    const help = { ...INBOUND, CallType: 19, ANI: '2001', DialedNumber: '2002', ICMEnterpriseUniqueID: 'icm.1.2' };
    floor.ring('100.2001').answer('100.2001').pass(10).hold('100.2001');
    floor.dial('200.2001', help).ring('200.2002', help).answer('200.2001').answer('200.2002');
    floor.pass(20).end('200.2002').end('200.2001').end('100.2001').pass(3_600);
    assert.equal(floor.segments[0]!.direction, 'internal');
    assert.deepEqual(
      floor.contacts.map(({ direction, caller }) => [direction, caller.e164]),
      [['inbound', '+12065550101']],
    );
  });

  it('names the consulted party, and the party to whom the call was transferred', () => {
    const floor = new Floor();
    floor.ring('100.2001').answer('100.2001').pass(30).hold('100.2001');
    floor.dial('101.2001', { CallType: 12, ANI: '2001', ICMEnterpriseUniqueID: 'icm.1.9', CalledDeviceID: '2002' });
    floor.ring('101.2002', { CallType: 13, ANI: '2001', ICMEnterpriseUniqueID: 'icm.1.9' }).pass(3);
    floor.answer('101.2002').answer('101.2001').pass(10);
    const joined = {
      PrimaryCallID: '100',
      SecondaryCallID: '101',
      TransferringDeviceID: '2001',
      TransferredDeviceID: '2002',
    };
    floor.tell('OnCallTransferred', '100.2001', joined).tell('OnCallTransferred', '101.2002', joined);
    floor.tell('OnCallDataUpdate', '100.2002', { OldUniqueObjectID: 'call.5000.101.2002' });
    floor.end('100.2001').end('101.2001').pass(60).end('100.2002').pass(5);
    const [first, second] = floor.segments;
    assert.equal(first!.reason, 'transferred');
    assert.deepEqual(
      first!.transfers.map(({ device, agent }) => [device, agent?.id]),
      [['2002', '1002']],
    );
    assert.deepEqual(
      first!.consults.map(({ device, agent }) => [device, agent?.id]),
      [['2002', '1002']],
    );
    assert.deepEqual([first!.talkSeconds, first!.holdSeconds, first!.consultSeconds], [30, 13, 10]);
    assert.equal(second!.journey, 'icm.1.1');
    assert.equal(second!.caller.e164, '+12065550101');
    assert.deepEqual([second!.ringSeconds, second!.talkSeconds], [3, 70]);
    assert.deepEqual(
      floor.contacts.map(({ journey, segments, transfers }) => [journey, segments.length, transfers]),
      [['icm.1.1', 2, 1]],
    );
  });

  it('names the conference party', () => {
    const floor = new Floor();
    floor.ring('100.2001').answer('100.2001');
    floor.tell('OnCallConferenced', '100.2001', { ControllerDeviceID: '2001', AddedPartyDeviceID: '2003' });
    floor.end('100.2001').pass(5);
    assert.deepEqual(
      floor.segment.conferences.map(({ device, agent }) => [device, agent?.id]),
      [['2003', '1003']],
    );
  });

  it('is written for calls from agents to the outside, but not for calls between colleagues', () => {
    const floor = new Floor();
    floor.dial('100.2001', { CallType: 8, DialedNumber: '912065550123' }).pass(6).answer('100.2001').pass(20);
    floor.end('100.2001').pass(5);
    floor.dial('101.2001', { CallType: 10, ANI: '2001' }).ring('101.2002', { CallType: 10, ANI: '2001' });
    floor.answer('101.2002').end('101.2001').end('101.2002').pass(5);
    assert.deepEqual(
      floor.segments.map(({ direction, agent, talkSeconds, unknown }) => [direction, agent.id, talkSeconds, unknown]),
      [['outbound', '1001', 20, ['wrapupSeconds']]],
    );
    assert.equal(floor.segment.answered! - floor.segment.began!, 6_000);
    assert.equal(floor.contacts.length, 1);
  });

  it('lists the recordings that were observed', () => {
    const floor = new Floor();
    floor.ring('100.2001').answer('100.2001');
    const began = floor.clock.now();
    floor.tell('OnCallStartRecordingConf', '100.2001').pass(9).tell('OnCallStopRecordingConf', '100.2001');
    floor.end('100.2001').pass(5);
    assert.deepEqual(floor.segment.recordings, [{ began, ended: began + 9_000 }]);
  });

  it("lists the parts of a recording that was paused, with the recorder's reference", () => {
    const floor = new Floor();
    floor.ring('100.2001').answer('100.2001');
    const began = floor.clock.now();
    const target = {
      ProtocolReferenceGUID: 'ABC',
      RecorderURI: 'sip:recorder@192.0.2.20',
      RecorderAddress: '192.0.2.20',
    };
    floor.tell('OnNetworkRecordingStarted', '100.2001').tell('OnNetworkRecordingTargetInfo', '100.2001', target);
    floor.pass(9).tell('OnNetworkRecordingEnded', '100.2001').pass(20).tell('OnNetworkRecordingStarted', '100.2001');
    floor.pass(5).tell('OnNetworkRecordingFailed', '100.2001');
    floor.end('100.2001').pass(5);
    assert.deepEqual(floor.segment.recordings, [
      { began, ended: began + 9_000, recorder: 'sip:recorder@192.0.2.20', reference: 'ABC' },
      { began: began + 29_000, ended: began + 34_000 },
    ]);
  });

  it('is written only for the selected agents', () => {
    const floor = new Floor({ agents: ['5000.1002'] });
    floor.ring('100.2001').answer('100.2001').end('100.2001').pass(5);
    floor
      .ring('101.2002', { ...INBOUND, ICMEnterpriseUniqueID: 'icm.1.2' })
      .answer('101.2002')
      .end('101.2002')
      .pass(5);
    assert.deepEqual(
      floor.records.map(({ event, journey }) => [event, journey]),
      [
        ['segment', 'icm.1.2'],
        ['contact', 'icm.1.2'],
      ],
    );
  });
});

describe('the wrap-up of a segment', () => {
  const talked = (settings = {}) => {
    const floor = new Floor(settings);
    return floor.ring('100.2001').answer('100.2001').state('1001', State.talking).pass(10);
  };

  it('is included, whichever is reported first: the end of the call or the state', () => {
    const floor = talked().state('1001', State.work).end('100.2001').pass(30);
    assert.equal(floor.segments.length, 0);
    floor.state('1001', State.notReady);
    assert.equal(floor.segment.wrapupSeconds, 30);
  });

  it('is zero if the agent is ready immediately', () => {
    const floor = talked().end('100.2001').state('1001', State.available);
    assert.equal(floor.segment.wrapupSeconds, 0);
  });

  it('is unknown if no state is reported', () => {
    const floor = talked().end('100.2001').pass(3);
    assert.ok(floor.segment.unknown.includes('wrapupSeconds'));
    assert.equal('wrapupSeconds' in floor.segment, false);
  });

  it('is limited, or not waited for at all', () => {
    const limited = talked({ maxWrapupMs: 60_000 }).end('100.2001').state('1001', State.work).pass(59);
    assert.equal(limited.segments.length, 0);
    limited.pass(1);
    assert.ok(limited.segment.unknown.includes('wrapupSeconds'));
    const atOnce = talked({ when: 'ended' }).end('100.2001');
    assert.ok(atOnce.segment.unknown.includes('wrapupSeconds'));
  });

  it('is not taken from the previous call', () => {
    const floor = talked().end('100.2001').state('1001', State.work).pass(10);
    floor
      .ring('101.2001', { ...INBOUND, ICMEnterpriseUniqueID: 'icm.1.2' })
      .pass(3)
      .end('101.2001');
    assert.equal(floor.segment.journey, 'icm.1.2');
    assert.equal(floor.segment.wrapupSeconds, 0);
    floor.state('1001', State.available);
    assert.deepEqual(
      floor.segments.map(({ wrapupSeconds }) => wrapupSeconds),
      [0, 13],
    );
  });
});

describe('unobserved values', () => {
  it('are listed for a call that was found in progress', () => {
    const floor = new Floor();
    floor.tell('OnSnapshotCallConf', '100.2001', { ...INBOUND, CallStatus: 3 }, { recovered: true }).pass(20);
    floor.end('100.2001').state('1001', State.available);
    const { unknown, recovered, ended } = floor.segment;
    assert.deepEqual([...unknown].sort(), [
      'answered',
      'began',
      'holdSeconds',
      'holds',
      'queueSeconds',
      'ringSeconds',
      'talkSeconds',
    ]);
    assert.equal(recovered, true);
    assert.equal(ended, floor.clock.now());
    for (const name of unknown) assert.equal(name in floor.segment, false, name);
  });

  it('are listed for a gap during a call, and for an end during a gap', () => {
    const floor = new Floor();
    floor.ring('100.2001').pass(2).answer('100.2001').pass(10);
    floor
      .ring('101.2002', { ...INBOUND, ICMEnterpriseUniqueID: 'icm.1.2' })
      .answer('101.2002')
      .pass(5);
    const lost = floor.clock.now();
    floor.pass(30).end('101.2002', { recovered: true });
    assert.equal(floor.segments.length, 0);
    floor.gap(lost);
    const [inGap] = floor.segments;
    assert.ok(
      ['ended', 'reason', 'talkSeconds', 'wrapupSeconds'].every((each) => inGap!.unknown.includes(each as never)),
    );
    assert.deepEqual(inGap!.gaps, [{ from: lost, to: lost + 30_000 }]);
    floor.pass(5).end('100.2001').state('1001', State.available).pass(5);
    const across = floor.segments[1]!;
    assert.deepEqual([...across.unknown].sort(), ['holdSeconds', 'holds', 'queueSeconds', 'talkSeconds']);
    assert.equal(across.ringSeconds, 2);
    assert.deepEqual(across.gaps, inGap!.gaps);
    assert.deepEqual(floor.contacts.map(({ journey, gaps }) => [journey, gaps?.length]).sort(), [
      ['icm.1.1', 1],
      ['icm.1.2', 1],
    ]);
  });

  it('are not affected by a deploy, which only holds back events from nodes', () => {
    const floor = new Floor();
    floor.ring('100.2001').answer('100.2001').pass(10);
    const at = floor.clock.now();
    floor.recorder.handle({
      event: 'OnConnectionGap',
      args: { From: new Date(at - 1).toISOString(), To: new Date(at).toISOString(), Reason: 'deploy' },
      time: at,
    });
    floor.end('100.2001').state('1001', State.available);
    assert.equal(floor.segment.talkSeconds, 10);
  });
});

describe('the record of a contact', () => {
  it('is written once, after the last segment, and again under another key if the journey continues', () => {
    const floor = new Floor();
    const call = () => floor.ring('100.2001').answer('100.2001').pass(5).end('100.2001').state('1001', State.available);
    call();
    assert.equal(floor.contacts.length, 0);
    floor.pass(5);
    call();
    floor.pass(5);
    assert.deepEqual(
      floor.contacts.map(({ key, talkSeconds }) => [key, talkSeconds]),
      [
        ['icm.1.1', 5],
        ['icm.1.1/2', 5],
      ],
    );
  });

  it('waits for a wrap-up in progress', () => {
    const floor = new Floor();
    floor.ring('100.2001').answer('100.2001').end('100.2001').state('1001', State.work).pass(60);
    assert.equal(floor.contacts.length, 0);
    floor.state('1001', State.available).pass(2);
    assert.equal(floor.contacts[0]!.wrapupSeconds, 60);
  });

  it('is written for a caller who never reached an agent, if the session sees the queue', () => {
    const floor = new Floor();
    floor.tell('OnCallBegin', '100.vru', INBOUND).tell('OnCallQueuedEvent', '100.vru').pass(40).end('100.vru').pass(5);
    const [contact] = floor.contacts;
    assert.equal(contact!.outcome, 'abandoned');
    assert.equal(contact!.queueSeconds, 40);
    assert.equal(contact!.caller.e164, '+12065550101');
    assert.deepEqual(contact!.segments, []);
  });
});

describe('the state of a recorder', () => {
  it('holds records while there is no listener, and passes them to the next one', () => {
    const floor = new Floor();
    const stop = floor.recorder.attach(() => assert.fail('told too late'));
    stop();
    floor.ring('100.2001').answer('100.2001').end('100.2001').state('1001', State.available);
    const late: string[] = [];
    floor.recorder.attach(({ event }) => void late.push(event));
    assert.deepEqual(late, ['segment']);
  });

  it('keeps no timers and no segments when everything has ended', () => {
    const floor = new Floor();
    floor.ring('100.2001').answer('100.2001').end('100.2001').state('1001', State.available).pass(5);
    assert.deepEqual(floor.recorder.counts, { open: 0, written: 2 });
    assert.equal(floor.clock.pending, 0);
    floor.ring('100.2001').answer('100.2001').end('100.2001');
    floor.recorder.dispose();
    assert.equal(floor.clock.pending, 0);
  });
});
