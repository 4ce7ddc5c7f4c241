import assert from 'node:assert/strict';
import { decode, encode, type MessageInit } from '../../../src/ged188/index.js';
import { takeLongAgentId, withAgentId } from '../../../src/server/southbound/session/agent-id.js';

/** A message as tier 2 receives it from a server. */
function received(message: object, version = 24): { AgentID?: string } {
  const decoded = decode(encode(message as MessageInit, version), version);
  takeLongAgentId(decoded);
  return decoded as { AgentID?: string };
}

describe('an agent ID on the wire', () => {
  const state = { type: 'AGENT_STATE_EVENT', PeripheralID: 1, AgentState: 2 };

  it('is the long one if the short one is blank or missing', () => {
    assert.equal(received({ ...state, AgentIDLong: 'agt2006' }).AgentID, 'agt2006');
    assert.equal(received({ ...state, AgentID: '', AgentIDLong: 'agt2006' }).AgentID, 'agt2006');
    assert.equal(received({ ...state, AgentID: '007', AgentIDLong: 'agt2006' }).AgentID, '007');
    assert.equal(received(state).AgentID, undefined);
  });

  it('is found in messages whose table has no long one', () => {
    const long = { tag: 194, data: Buffer.from('agt2006\0') };
    assert.equal(received({ type: 'AGENT_PRE_CALL_EVENT', MRDID: 1, unknown: [long] }).AgentID, 'agt2006');
  });

  it('is sent in the field that it fits', () => {
    const ask = (AgentID: string) =>
      withAgentId({ type: 'QUERY_AGENT_STATE_REQ', PeripheralID: 1, AgentID } as MessageInit);
    assert.deepEqual(ask('12345678901'), { type: 'QUERY_AGENT_STATE_REQ', PeripheralID: 1, AgentID: '12345678901' });
    const long = ask('agent-with-a-long-name') as { AgentID?: string; AgentIDLong?: string };
    assert.deepEqual([long.AgentID, long.AgentIDLong], [undefined, 'agent-with-a-long-name']);
  });
});

/** The fields of a message that the published description of the frame names. */
function pick(message: object): object {
  const NAMED =
    'type MonitorID PeripheralID PeripheralType NumCTIClients CallType ConnectionCallID ConnectionDeviceID CalledPartyDisposition ANI DialedNumber DNIS';
  return Object.fromEntries(Object.entries(message).filter(([key]) => NAMED.split(' ').includes(key)));
}

describe('a frame of a real server', () => {
  /** Unified CCX, a call that begins: the only frame published by the vendor. */
  const FRAME =
    '00000036000000170000000000000001001500000000000000010000010001100000080532303036000b053730303000190539303236000a053730303000';

  it('is decoded as its description says', () => {
    const message = decode(Buffer.from(FRAME, 'hex'), 15);
    assert.deepEqual(pick(message as object), {
      type: 'BEGIN_CALL_EVENT',
      MonitorID: 0,
      PeripheralID: 1,
      PeripheralType: 21,
      NumCTIClients: 0,
      CallType: 1,
      ConnectionCallID: 16777488,
      ConnectionDeviceID: '9026',
      CalledPartyDisposition: 0,
      ANI: '2006',
      DialedNumber: '7000',
      DNIS: '7000',
    });
    assert.equal((message as { unknown?: unknown }).unknown, undefined);
  });
});
