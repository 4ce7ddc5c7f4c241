import { strict as assert } from 'node:assert';
import { agentKey, connectionIdentity, unroutedJourney, visitKey } from '../../src/screenpop/index.js';

const NOON = Date.UTC(2026, 10, 28, 12);

describe('the key of a visit', () => {
  it('consists of the journey, the agent with its peripheral, and the first connection of the visit', () => {
    assert.equal(
      visitKey('icm.153.7', { id: '1001', peripheral: 5000 }, 'call.5000.100.2001'),
      'icm.153.7/5000.1001/100.2001',
    );
  });

  it('differs if any part differs', () => {
    const keys = [
      visitKey('icm.1.1', { id: '1001', peripheral: 5000 }, 'call.5000.100.2001'),
      visitKey('icm.1.2', { id: '1001', peripheral: 5000 }, 'call.5000.100.2001'),
      visitKey('icm.1.1', { id: '1001', peripheral: 5001 }, 'call.5001.100.2001'),
      visitKey('icm.1.1', { id: '1002', peripheral: 5000 }, 'call.5000.100.2002'),
      visitKey('icm.1.1', { id: '1001', peripheral: 5000 }, 'call.5000.101.2001'),
      visitKey('icm.1.1', { id: '1001', peripheral: 5000 }, undefined),
      visitKey('icm.1.1', { id: '1001' }, undefined),
      visitKey('icm.1.1/a', { id: 'b', peripheral: 1 }, undefined),
      visitKey('icm.1.1', { id: 'a/1.b', peripheral: 1 }, undefined),
    ];
    assert.equal(new Set(keys).size, keys.length);
  });
});

describe('the journey of a call without a router key', () => {
  const call = { peripheral: '5000', callId: '100', begun: NOON, number: '2065550101' };

  it('is the same for the same call in every process', () => {
    assert.equal(unroutedJourney(call), unroutedJourney({ ...call, begun: NOON + 3_600_000 }));
    assert.match(unroutedJourney(call), /^call\.5000\.100\.20261128\.[0-9a-f]{6}$/);
    assert.equal(unroutedJourney({ ...call, number: '' }), 'call.5000.100.20261128');
  });

  it('differs if the call id is reused on another day or by another caller', () => {
    const journeys = [
      call,
      { ...call, begun: NOON + 86_400_000 },
      { ...call, number: '2065550102' },
      { ...call, peripheral: '5001' },
    ].map(unroutedJourney);
    assert.equal(new Set(journeys).size, journeys.length);
  });

  it('does not reveal the number', () => {
    assert.doesNotMatch(unroutedJourney(call), /2065550101/);
  });
});

describe('the parts of an identity', () => {
  it('are parsed from the ids of the session', () => {
    assert.deepEqual(connectionIdentity('call.5000.100.20.01'), { peripheral: '5000', callId: '100', device: '20.01' });
    assert.deepEqual(connectionIdentity('call.5000.100.'), { peripheral: '5000', callId: '100', device: '' });
    assert.equal(connectionIdentity('agent.5000.1001'), undefined);
    assert.equal(agentKey({ id: '1001', peripheral: 5000 }), '5000.1001');
  });
});
