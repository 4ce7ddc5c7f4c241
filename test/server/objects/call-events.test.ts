import assert from 'node:assert/strict';
import { at, begin, Center, delivered, end, established, P } from './center.js';

describe('a call as the object server tells it', () => {
  it('begins with the whole call data block, under an id of its connection', async () => {
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

  it('rings, is answered, held, retrieved and ends, each with its status', async () => {
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
});
