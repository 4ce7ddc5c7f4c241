import assert from 'node:assert/strict';
import type { MessageInit } from '../../../../src/ged188/index.js';
import { at, begin, Center, delivered, end, established, P } from '../center.js';

describe('call events of the object server', () => {
  it('begin with the whole call data block, under an id of its connection', async () => {
    const center = await Center.withAgent();
    const [event] = center.hear(
      begin(7, '2001', {
        ANI: '2065550101',
        DNIS: '8001',
        DialedNumber: '8001',
        RouterCallKeyDay: 151000,
        RouterCallKeyCallID: 42,
        CallVariable1: 'account',
        UserToUserInfo: Buffer.from('hello'),
        NamedVariables: [{ VariableName: 'user.CustomerTier', VariableValue: 'gold' }],
        NamedArrays: [{ VariableName: 'user.Orders', VariableIndex: 1, VariableValue: 'b' }],
      } as never),
    );
    assert.equal(event!.event, 'OnCallBegin');
    assert.deepEqual(event!.args, {
      PeripheralID: P,
      PeripheralType: 17,
      CallType: 2,
      ConnectionCallID: 7,
      ANI: '2065550101',
      DNIS: '8001',
      DialedNumber: '8001',
      RouterCallKeyDay: 151000,
      RouterCallKeyCallID: 42,
      ICMEnterpriseUniqueID: 'icm.151000.42',
      CallVariable1: 'account',
      UserToUserInfo: 'hello',
      NumNamedVariables: 1,
      NumNamedArrays: 1,
      ECC: { 'user.CustomerTier': 'gold', 'user.Orders[1]': 'b' },
      DeviceID: '2001',
      UniqueObjectID: 'call.5000.7.2001',
      DeviceUniqueObjectID: 'device.5000.2001',
      FilterTarget: 'agent.5000.1001',
      EnablementMask: event!.args.EnablementMask,
    });
    assert.deepEqual(event!.to, { agent: 'agent.5000.1001', device: 'device.5000.2001' });
  });

  it('report ringing, answer, hold, retrieve and end, each with its status', async () => {
    const center = await Center.withAgent();
    const heard = center.hear(
      begin(7, '2001'),
      delivered(7, '2001', 2, { CallingDeviceID: '2065550101', SkillGroupNumber: 10, SkillGroupID: 5010 } as never),
      established(7, '2001'),
      {
        type: 'CALL_HELD_EVENT',
        ...at(7, '2001'),
        HoldingDeviceID: '2001',
        LocalConnectionState: 4,
        EventCause: 0xffff,
      },
      {
        type: 'CALL_RETRIEVED_EVENT',
        ...at(7, '2001'),
        RetrievingDeviceID: '2001',
        LocalConnectionState: 3,
        EventCause: 0xffff,
      },
      {
        type: 'CALL_CONNECTION_CLEARED_EVENT',
        ...at(7, '2001'),
        ReleasingDeviceID: '2065550101',
        LocalConnectionState: 3,
        EventCause: 0xffff,
      },
      {
        type: 'CALL_CONNECTION_CLEARED_EVENT',
        ...at(7, '2001'),
        ReleasingDeviceID: '2001',
        LocalConnectionState: 0,
        EventCause: 0xffff,
      },
      { type: 'CALL_CLEARED_EVENT', ...at(7, '2001'), LocalConnectionState: 0, EventCause: 0xffff },
      end(7, '2001'),
    );
    assert.deepEqual(
      heard.map(({ event, args }) => [event, args.CallStatus]),
      [
        ['OnCallBegin', undefined],
        ['OnCallDelivered', 2],
        ['OnCallEstablished', 3],
        ['OnCallHeld', 4],
        ['OnCallRetrieved', 3],
        ['OnCallConnectionCleared', 3],
        ['OnCallConnectionCleared', 0],
        ['OnCallCleared', 0],
        ['OnCallEnd', 0],
      ],
    );
    assert.equal(heard[1]!.args.SkillGroupNumber, 10);
    assert.equal(heard[1]!.args.CallingDeviceIDFull, '2065550101');
    assert.ok(
      [...center.server.snapshot()].every((each) => each.event !== 'OnSnapshotCallConf'),
      'the call is forgotten',
    );
  });

  it('report to each party once who left, whether the server names the cleared connection or each party’s own', async () => {
    const cleared = (ConnectionDeviceID: string, LocalConnectionState: number) =>
      ({
        type: 'CALL_CONNECTION_CLEARED_EVENT',
        ...at(7, ConnectionDeviceID),
        ReleasingDeviceID: '2002',
        LocalConnectionState,
        EventCause: 0xffff,
      }) as const;
    for (const messages of [
      [cleared('2002', 0)],
      [cleared('2001', 3), cleared('2002', 0)],
      [cleared('2002', 0), cleared('2001', 3)],
    ]) {
      const center = await Center.withAgent();
      center.tell(begin(7, '2001'), established(7, '2001'), begin(7, '2002'), established(7, '2002'));
      const heard = center.hear(...messages);
      assert.deepEqual(heard.map(({ event, args }) => [event, args.UniqueObjectID, args.CallStatus]).sort(), [
        ['OnCallConnectionCleared', 'call.5000.7.2001', 3],
        ['OnCallConnectionCleared', 'call.5000.7.2002', 0],
      ]);
      // Back in the call, the party can leave it again.
      center.tell(end(7, '2002'), begin(7, '2002'), established(7, '2001'));
      const again = center.hear(cleared('2002', 0));
      assert.equal(again.filter(({ args }) => args.UniqueObjectID === 'call.5000.7.2001').length, 1);
    }
  });

  it('carry no status after a failure', async () => {
    const center = await Center.withAgent();
    const heard = center.hear(
      begin(7, '2001'),
      {
        type: 'CALL_FAILED_EVENT',
        ...at(7, '2001'),
        FailingDeviceID: '2009',
        CalledDeviceID: '2009',
        LocalConnectionState: 6,
        EventCause: 3,
      },
      {
        type: 'CALL_CONNECTION_CLEARED_EVENT',
        ...at(7, '2001'),
        ReleasingDeviceID: '2001',
        LocalConnectionState: 0,
        EventCause: 0xffff,
      },
      end(7, '2001'),
    );
    assert.deepEqual(
      heard.map(({ args }) => args.CallStatus),
      [undefined, 6, undefined, undefined],
    );
    assert.equal(heard[1]!.args.EventCause, 3);
  });

  it('merge the call data, and replace ECC as a whole', async () => {
    const center = await Center.withAgent();
    const [, update] = center.hear(
      begin(7, '2001', {
        CallVariable1: 'a',
        CallVariable2: 'b',
        NamedVariables: [
          { VariableName: 'user.A', VariableValue: '1' },
          { VariableName: 'user.B', VariableValue: '2' },
        ],
      } as never),
      {
        type: 'CALL_DATA_UPDATE_EVENT',
        ...at(7, '2001'),
        CallType: 0xffff,
        NewConnectionCallID: 7,
        NewConnectionDeviceID: '2001',
        CallVariable2: 'B',
        NamedVariables: [{ VariableName: 'user.A', VariableValue: '9' }],
      },
    );
    assert.equal(update!.args.CallVariable1, undefined, 'only what changed');
    assert.equal(update!.args.CallType, undefined, 'none is not news');
    const now = [...center.server.snapshot()].find(({ event }) => event === 'OnSnapshotCallConf')!.args;
    assert.deepEqual([now.CallVariable1, now.CallVariable2, now.ECC, now.CallType], ['a', 'B', { 'user.A': '9' }, 2]);
  });

  it('continue under another id when the switch renames the call', async () => {
    const center = await Center.withAgent();
    center.tell(begin(7, '2001', { CallVariable1: 'a' } as never), established(7, '2001'));
    const [update, held, over] = center.hear(
      {
        type: 'CALL_DATA_UPDATE_EVENT',
        ...at(7, '2001'),
        CallType: 15,
        NewConnectionCallID: 5,
        NewConnectionDeviceID: '2001',
      },
      { type: 'CALL_HELD_EVENT', ...at(5, '2001'), LocalConnectionState: 4, EventCause: 0xffff },
      end(5, '2001'),
    );
    assert.equal(update!.args.UniqueObjectID, 'call.5000.5.2001');
    assert.equal(update!.args.OldUniqueObjectID, 'call.5000.7.2001');
    assert.equal(update!.args.ConnectionCallID, 5);
    assert.equal(held!.args.UniqueObjectID, 'call.5000.5.2001');
    assert.equal(over!.event, 'OnCallEnd');
  });

  it('keep both names if two connections of the call would become one', async () => {
    const center = await Center.withAgent();
    center.tell(begin(7, '2001'), begin(5, '2001'));
    const heard = center.hear(
      {
        type: 'CALL_DATA_UPDATE_EVENT',
        ...at(7, '2001'),
        CallType: 15,
        NewConnectionCallID: 5,
        NewConnectionDeviceID: '2001',
      },
      end(7, '2001'),
      end(5, '2001'),
    );
    assert.equal(heard[0]!.args.OldUniqueObjectID, undefined);
    assert.deepEqual(
      heard.slice(1).map(({ args }) => args.UniqueObjectID),
      ['call.5000.7.2001', 'call.5000.5.2001'],
    );
  });

  it('report a transfer to each party once, with the initiator removed and the others unchanged', async () => {
    const center = await Center.withAgent();
    center.tell(
      begin(7, '2001'),
      established(7, '2001'),
      begin(7, '2003'),
      established(7, '2003'),
      begin(8, '2001'),
      begin(8, '2002'),
      established(8, '2002'),
    );
    const message: MessageInit = {
      type: 'CALL_TRANSFERRED_EVENT',
      PeripheralID: P,
      PeripheralType: 17,
      PrimaryDeviceIDType: 0,
      PrimaryCallID: 7,
      PrimaryDeviceID: '2001',
      SecondaryDeviceIDType: 0,
      SecondaryCallID: 8,
      SecondaryDeviceID: '2001',
      TransferringDeviceID: '2001',
      TransferredDeviceID: '2002',
      LocalConnectionState: 0,
      EventCause: 32,
      ConnectedParties: [
        { ConnectedPartyCallID: 7, ConnectedPartyDeviceIDType: 0, ConnectedPartyDeviceID: '2003' },
        { ConnectedPartyCallID: 7, ConnectedPartyDeviceIDType: 0, ConnectedPartyDeviceID: '2002' },
      ],
    };
    const heard = center.hear(
      message,
      { ...message, LocalConnectionState: 3 },
      { ...message, LocalConnectionState: 3 },
    );
    assert.deepEqual(
      heard.map(({ event, args }) => [event, args.UniqueObjectID, args.CallStatus, args.IsTransferController]),
      [
        ['OnCallTransferred', 'call.5000.7.2001', 0, true],
        ['OnCallTransferred', 'call.5000.7.2003', 3, false],
        ['OnCallTransferred', 'call.5000.8.2002', 3, false],
      ],
    );
    const { args } = heard[0]!;
    assert.equal(args.PrimaryCallID, 7);
    assert.equal(args.SecondaryCallID, 8);
    assert.equal(args.NumParties, 2);
    assert.deepEqual(args['ConnectedParty[1]'], {
      ConnectedPartyCallID: 7,
      ConnectedPartyDeviceIDType: 0,
      ConnectedPartyDeviceID: '2003',
    });
    assert.equal(args.CallType, 2, 'the whole call data block, from the object');
  });

  it('show the controller of a conference as talking, even if the message is for a party who has put it on hold', async () => {
    const center = await Center.withAgent();
    center.tell(begin(7, '2001'), established(7, '2001'), begin(8, '2001'), established(8, '2001'));
    center.tell(begin(7, '2002'), established(7, '2002'));
    const held = (device: string): MessageInit => ({
      type: 'CALL_HELD_EVENT',
      ...at(7, device),
      HoldingDeviceID: device,
      LocalConnectionState: 4,
    });
    center.tell(held('2001'), held('2002'));
    const conferenced = center.hear({
      type: 'CALL_CONFERENCED_EVENT',
      PeripheralID: P,
      PeripheralType: 17,
      PrimaryCallID: 7,
      PrimaryDeviceID: '2001',
      SecondaryCallID: 8,
      SecondaryDeviceID: '2001',
      ControllerDeviceID: '2001',
      LocalConnectionState: 4,
    });
    const status = Object.fromEntries(conferenced.map(({ args }) => [args.UniqueObjectID, args.CallStatus]));
    assert.equal(status['call.5000.7.2001'], 3);
    assert.equal(status['call.5000.7.2002'], 4);
  });

  it('report a conference whose parties leave one by one', async () => {
    const center = await Center.withAgent();
    center.tell(begin(7, '2001'), established(7, '2001'), begin(8, '2001'), begin(7, '2002'), established(7, '2002'));
    const [joined] = center.hear({
      type: 'CALL_CONFERENCED_EVENT',
      PeripheralID: P,
      PeripheralType: 17,
      PrimaryDeviceIDType: 0,
      PrimaryCallID: 7,
      PrimaryDeviceID: '2001',
      SecondaryDeviceIDType: 0,
      SecondaryCallID: 8,
      SecondaryDeviceID: '2001',
      ControllerDeviceID: '2001',
      AddedPartyDeviceID: '2002',
      LocalConnectionState: 3,
      EventCause: 17,
      ConnectedParties: ['2001', '2002', '2003'].map((ConnectedPartyDeviceID) => ({
        ConnectedPartyCallID: 7,
        ConnectedPartyDeviceIDType: 0,
        ConnectedPartyDeviceID,
      })),
    });
    assert.equal(joined!.args.ControllerDeviceIDFull, '2001');
    const [HOLD, TRANSFER_INIT] = [0x4, 0x20];
    assert.equal((joined!.args.EnablementMask as number) & (HOLD | TRANSFER_INIT), HOLD);
    const [left] = center.hear({
      type: 'CALL_CONNECTION_CLEARED_EVENT',
      ...at(7, '2001'),
      ReleasingDeviceID: '2003',
      LocalConnectionState: 3,
      EventCause: 0xffff,
    });
    assert.equal(left!.args.ReleasingDeviceID, '2003');
    assert.ok((left!.args.EnablementMask as number) & TRANSFER_INIT, 'two left are a plain call');
  });

  it("report to the others who left, once, even if a server sends it under the leaver's own connection", async () => {
    const center = await Center.withAgent();
    center.tell(begin(7, '2001'), established(7, '2001'), begin(7, '2002'), established(7, '2002'));
    const gone: MessageInit = {
      type: 'CALL_CONNECTION_CLEARED_EVENT',
      ...at(7, '2002'),
      ReleasingDeviceID: '2002',
      LocalConnectionState: 3,
      EventCause: 0xffff,
    };
    const heard = center.hear(gone, gone, { ...gone, LocalConnectionState: 0 });
    assert.deepEqual(
      heard.map(({ args }) => [args.UniqueObjectID, args.CallStatus]),
      [
        ['call.5000.7.2001', 3],
        ['call.5000.7.2002', 0],
      ],
    );
  });

  it('do not report ringing again after a party update caused by a side switch', async () => {
    const center = await Center.withAgent();
    center.tell(begin(7, '2001'), established(7, '2001'));
    const [update] = center.hear(delivered(7, '2001', 2, { EventCause: 50 } as never));
    assert.equal(update!.args.CallStatus, 3);
    assert.equal(update!.args.EventCause, 50);
  });

  it('report queuing, dequeuing, diversion and reaching the network', async () => {
    const center = await Center.withAgent();
    center.tell(begin(7, '6001'));
    const heard = center.hear(
      {
        type: 'CALL_QUEUED_EVENT',
        ...at(7, '6001'),
        QueueDeviceID: '6001',
        QueueDeviceType: 77,
        LocalConnectionState: 5,
        EventCause: 0xffff,
        NumQueued: 2,
        SkillGroups: [{ SkillGroupNumber: 10, SkillGroupID: 5010, SkillGroupPriority: 1 }],
      },
      {
        type: 'CALL_DEQUEUED_EVENT',
        ...at(7, '6001'),
        LocalConnectionState: 0,
        EventCause: 0xffff,
        NumQueued: 1,
        SkillGroups: [],
      },
      {
        type: 'CALL_DIVERTED_EVENT',
        ...at(7, '6001'),
        DivertingDeviceID: '6001',
        CalledDeviceID: '2001',
        LocalConnectionState: 0,
        EventCause: 28,
      },
      {
        type: 'CALL_REACHED_NETWORK_EVENT',
        ...at(7, '6001'),
        TrunkUsedDeviceID: 't',
        CalledDeviceID: '2065550101',
        TrunkNumber: 3,
        LocalConnectionState: 3,
        EventCause: 0xffff,
      },
    );
    assert.deepEqual(
      heard.map(({ event }) => event),
      ['OnCallQueuedEvent', 'OnCallDequeuedEvent', 'OnCallDiverted', 'OnCallReachedNetworkEvent'],
    );
    assert.deepEqual(heard[0]!.args['SkillGroup[1]'], {
      SkillGroupNumber: 10,
      SkillGroupID: 5010,
      SkillGroupPriority: 1,
    });
    assert.equal(heard[0]!.args.QueuedDeviceID, '6001');
    assert.equal(heard[0]!.args.NumQueued, 2);
    assert.equal(heard[2]!.args.DivertingDeviceIDFull, '6001');
    assert.equal(heard[3]!.args.TrunkNumber, 3);
    assert.deepEqual(heard[0]!.to, { device: 'device.5000.6001' }, 'no agent sits there');
  });

  it('learn the phone from the first event that names it, if the connection does not', async () => {
    const center = await Center.withAgent();
    const dynamic = { ...at(7, 'x-77'), ConnectionDeviceIDType: 1 };
    const [began, rang] = center.hear(
      { type: 'BEGIN_CALL_EVENT', ...dynamic, CallType: 2 },
      { type: 'CALL_DELIVERED_EVENT', ...dynamic, AlertingDeviceID: '2001', LocalConnectionState: 2, EventCause: 22 },
    );
    assert.deepEqual(began!.to, {});
    assert.deepEqual(rang!.to, { agent: 'agent.5000.1001', device: 'device.5000.2001' });
    assert.equal(rang!.args.UniqueObjectID, 'call.5000.7.x-77');
  });

  it('report no end for an unknown call', async () => {
    const center = await Center.withAgent();
    assert.deepEqual(
      center.hear(end(99, '2001'), {
        type: 'CALL_CLEARED_EVENT',
        ...at(99, '2001'),
        LocalConnectionState: 0,
        EventCause: 0xffff,
      }),
      [],
    );
  });

  it('contain every field of the message if the site does not minimize them', async () => {
    const center = await Center.withAgent({ minimizeEventArgs: false });
    center.tell(begin(7, '2001'));
    const [rang] = center.hear(delivered(7, '2001', 2, { AlertingDeviceType: 76, LineHandle: 1 } as never));
    assert.equal(rang!.args.AlertingDeviceType, 76);
    assert.equal(rang!.args.LineHandle, 1);
  });

  it('are accompanied by related events: pre-call, translation route, media', async () => {
    const center = await Center.withAgent();
    center.tell(begin(7, '2001'));
    const key = { RouterCallKeyDay: 1, RouterCallKeyCallID: 2, RouterCallKeySequenceNumber: 3 };
    const heard = center.hear(
      {
        type: 'AGENT_PRE_CALL_EVENT',
        AgentInstrument: '2001',
        ...key,
        ANI: '1',
        SkillGroupNumber: 10,
        FltCallTypeID: 7,
      },
      { type: 'AGENT_PRE_CALL_ABORT_EVENT', AgentInstrument: '2001', ...key },
      { type: 'CALL_TRANSLATION_ROUTE_EVENT', ...key, DNIS: '8001' },
      {
        type: 'RTP_STARTED_EVENT',
        ...at(7, '2001'),
        ClientAddress: '10.0.0.1',
        ClientPort: 16384,
        Direction: 1,
        BitRate: 64000,
      } as never,
      {
        type: 'RTP_STOPPED_EVENT',
        ...at(7, '2001'),
        ClientAddress: '10.0.0.1',
        ClientPort: 16384,
        Direction: 1,
      } as never,
    );
    const agent = { agent: 'agent.5000.1001', device: 'device.5000.2001' };
    assert.deepEqual(
      heard.map(({ event, to, args }) => [event, to, args.UniqueObjectID]),
      [
        ['OnAgentPrecallEvent', agent, undefined],
        ['OnAgentPrecallAbortEvent', agent, undefined],
        ['OnTranslationRoute', {}, undefined],
        ['OnCallRTPStarted', agent, 'call.5000.7.2001'],
        ['OnCallRTPStopped', agent, 'call.5000.7.2001'],
      ],
    );
    assert.equal(heard[0]!.args.ICMEnterpriseUniqueID, 'icm.1.2');
    assert.equal(heard[0]!.args.CallTypeIDTag, 7);
    assert.equal(heard[0]!.args.AgentID, '1001');
    assert.equal(heard[3]!.args.BitRate, 64000);
  });

  it('of network recording name the call, its agent and the recorder; those of an unknown call are sent to its phone', async () => {
    const center = await Center.withAgent();
    center.link.version = 24;
    center.tell({ type: 'BEGIN_CALL_EVENT', ...at(7, '2001'), ICMEnterpriseUniqueID: 'icm.1.2' } as never);
    const device = { RecordingDeviceType: 76, RecordingDeviceID: '2001' };
    const heard = center.hear(
      { type: 'NETWORK_RECORDING_STARTED_EVENT', ...at(7, '2001'), ...device },
      {
        type: 'NETWORK_RECORDING_TARGET_INFO_EVENT',
        ...at(7, '2001'),
        ...device,
        RecordingType: 4,
        MediaForkingDeviceType: 1,
        ProtocolReferenceGUID: 'ABC',
        RecorderURI: 'sip:recorder@192.0.2.20',
      },
      { type: 'NETWORK_RECORDING_ENDED_EVENT', ...at(7, '2001'), ...device },
      { type: 'NETWORK_RECORDING_FAILED_EVENT', ...at(9, '2001'), ...device, RecordFailureCause: 4 },
    );
    const to = { agent: 'agent.5000.1001', device: 'device.5000.2001' };
    const id = 'call.5000.7.2001';
    assert.deepEqual(
      heard.map(({ event, to: audience, args }) => [event, audience, args.UniqueObjectID, args.AgentID]),
      [
        ['OnNetworkRecordingStarted', to, id, '1001'],
        ['OnNetworkRecordingTargetInfo', to, id, '1001'],
        ['OnNetworkRecordingEnded', to, id, '1001'],
        ['OnNetworkRecordingFailed', to, undefined, undefined],
      ],
    );
    assert.equal(heard[0]!.args.RecordingDeviceID, '2001');
    const { ProtocolReferenceGUID, RecorderURI, RecordingType, RecorderErrorMsg } = heard[1]!.args;
    assert.deepEqual(
      [ProtocolReferenceGUID, RecorderURI, RecordingType, RecorderErrorMsg],
      ['ABC', 'sip:recorder@192.0.2.20', 4, undefined],
    );
    assert.equal(heard[3]!.args.RecordFailureCause, 4);
  });
});
