import assert from 'node:assert/strict';
import { agentObjectId, callObjectId, objectKind, parseObjectId } from '../../src/ctios/index.js';

describe('a UniqueObjectID', () => {
  it('can be built and parsed', () => {
    assert.equal(callObjectId(5000, 202, '23901'), 'call.5000.202.23901');
    assert.deepEqual(parseObjectId('call.5000.202.23901'), {
      kind: 'call',
      peripheralID: 5000,
      connectionCallID: 202,
      connectionDeviceID: '23901',
    });
    assert.deepEqual(parseObjectId(agentObjectId(5000, '007')), { kind: 'agent', peripheralID: 5000, agentID: '007' });
  });

  it('keeps the dots of a device', () => {
    const parsed = parseObjectId('call.5000.1.sip:2001@a.example.com');
    assert.equal(parsed?.kind === 'call' && parsed.connectionDeviceID, 'sip:2001@a.example.com');
  });

  it('is recognized case-insensitively', () => {
    assert.equal(objectKind('Call.5000.1.2001'), 'call');
    assert.equal(parseObjectId('SKILLGROUP.5000.10')?.kind, 'skillgroup');
  });

  it('is not recognized in other text', () => {
    for (const text of ['', 'call', 'call.x.1.2', 'call.5000.abc.2', 'agent.5000.', 'icm.1.2', 'skillgroup.1.x']) {
      assert.equal(parseObjectId(text), undefined, text);
    }
  });
});
