/** The customer of a record: the caller of a call that came, the number that was called otherwise. */
import { strict as assert } from 'node:assert';
import type { Args } from '../../src/ctios/transport.js';
import { Floor, INBOUND } from './floor.js';

const NUMBER = {
  received: '912065550123',
  kind: 'public',
  e164: '+12065550123',
  national: '(206) 555-0123',
  country: 'US',
  from: 'DialedNumber',
};
const DIALED: Args = { CallType: 8, ANI: '2001', DialedNumber: '912065550123', ICMEnterpriseUniqueID: 'icm.1.5' };

/** A call that agent 1001 dials, until both have hung up. */
function dialed(data: Args, settings = {}): Floor {
  const floor = new Floor(settings);
  return floor.dial('100.2001', data).pass(6).answer('100.2001').pass(20).end('100.2001').pass(5);
}

/** The customers of all records: segments, then contacts. */
const customers = ({ segments, contacts }: Floor) =>
  [...segments, ...contacts].map(({ event, customer }) =>
    [event, customer?.e164 ?? customer?.kind, customer?.from].filter(Boolean).join(' '),
  );

describe('the customer of a record', () => {
  it('is the caller of an inbound call, also of one that is withheld', () => {
    for (const ANI of ['2065550101', 'anonymous', '']) {
      const floor = new Floor();
      floor
        .ring('100.2001', { ...INBOUND, ANI })
        .answer('100.2001')
        .pass(5)
        .end('100.2001')
        .pass(5);
      for (const record of floor.records) {
        assert.deepEqual(record.customer, record.caller);
        assert.ok(!record.unknown.includes('customer'));
      }
      assert.equal(floor.records.length, 2);
    }
  });

  it('is the number that an agent has dialed, while the caller stays the agent', () => {
    const floor = dialed(DIALED, { prefixes: ['9'] });
    for (const record of [...floor.segments, ...floor.contacts]) {
      assert.deepEqual(record.customer, NUMBER);
      assert.deepEqual(record.caller, { received: '2001', kind: 'internal', from: 'ANI' });
      assert.equal(record.dialed, '912065550123');
      assert.equal(record.direction, 'outbound');
      assert.ok(!record.unknown.includes('customer'));
    }
    assert.equal(floor.records.length, 2);
  });

  it('is read with the settings of the node: prefixes, trunk zero, country, extensions', () => {
    const read = (DialedNumber: string, settings: object) => customers(dialed({ ...DIALED, DialedNumber }, settings));
    const both = (text: string) => [`segment ${text} DialedNumber`, `contact ${text} DialedNumber`];
    const germany = { region: 'DE', prefixes: ['0'] };
    assert.deepEqual(read('003012345678', germany), both('+493012345678'));
    assert.deepEqual(read('03012345678', { region: 'DE' }), both('+493012345678'));
    assert.deepEqual(read('00012065550123', germany), both('+12065550123'));
    assert.deepEqual(read('92065550123', { prefixes: ['9'] }), both('+12065550123'));
    // Without its prefix, it is not a number of the plan: as received, and no E.164.
    assert.deepEqual(read('92065550123', {}), both('unknown'));
    assert.deepEqual(read('200123', { internalPatterns: ['2xxxxx'] }), both('internal'));
    assert.deepEqual(customers(dialed({ ...DIALED, DialedNumber: '', DNIS: '2065550123' })), [
      'segment +12065550123 DNIS',
      'contact +12065550123 DNIS',
    ]);
  });

  it('is named as unknown where the switch does not say what was dialed', () => {
    for (const DialedNumber of ['', '+']) {
      const floor = dialed({ ...DIALED, DialedNumber });
      for (const record of floor.records) {
        assert.equal('customer' in record, false);
        assert.ok(record.unknown.includes('customer'));
      }
      assert.equal(floor.records.length, 2);
    }
  });

  it('is known from a number that is told only after the call has begun', () => {
    const floor = new Floor();
    floor.dial('100.2001', { ...DIALED, DialedNumber: '' }).pass(1);
    floor.tell('OnCallDataUpdate', '100.2001', { DialedNumber: '2065550123' });
    // A later one is of the party to whom the agent passes the call.
    floor.answer('100.2001').tell('OnCallDataUpdate', '100.2001', { DialedNumber: '2065550199' });
    floor.end('100.2001').pass(5);
    assert.deepEqual(customers(floor), ['segment +12065550123 DialedNumber', 'contact +12065550123 DialedNumber']);
  });

  it("is the campaign's, whatever the dialer's number", () => {
    const ECC = { BACustomerNumber: '2065550101', BACampaign: 'Renewals' };
    const floor = new Floor();
    floor.ring('100.2001', {
      CallType: 17,
      ANI: '8005550199',
      DialedNumber: '8010',
      ECC,
      ICMEnterpriseUniqueID: 'o.1',
    });
    floor.answer('100.2001').pass(20).end('100.2001').pass(5);
    assert.deepEqual(customers(floor), [
      'segment +12065550101 BACustomerNumber',
      'contact +12065550101 BACustomerNumber',
    ]);
    const without = new Floor();
    without.ring('100.2001', { CallType: 17, ANI: '8005550199', DialedNumber: '8010', ICMEnterpriseUniqueID: 'o.2' });
    without.answer('100.2001').pass(20).end('100.2001').pass(5);
    assert.deepEqual(customers(without), ['segment', 'contact']);
    for (const { unknown } of without.records) assert.ok(unknown.includes('customer'));
  });

  it('is absent from a call between colleagues, and not named as unknown', () => {
    const floor = new Floor({ callTypes: [10] });
    const call = { CallType: 10, ANI: '2001', DialedNumber: '2002', ICMEnterpriseUniqueID: 'icm.1.7' };
    floor.dial('100.2001', call).ring('100.2002', call).answer('100.2002').pass(9);
    floor.end('100.2001').end('100.2002').pass(5);
    assert.deepEqual(
      floor.records.map(({ direction }) => direction),
      ['internal', 'internal', 'internal'],
    );
    for (const record of floor.records) {
      assert.equal('customer' in record, false);
      assert.ok(!record.unknown.includes('customer'));
    }
  });

  it('is that of the call about which a colleague is consulted, to whom it is then transferred', () => {
    for (const [first, customer] of [
      [INBOUND, '+12065550101 ANI'],
      [{ ...DIALED, DialedNumber: '2065550123' }, '+12065550123 DialedNumber'],
    ] as const) {
      const floor = new Floor();
      if (first === INBOUND) floor.ring('100.2001').answer('100.2001');
      else floor.dial('100.2001', first).answer('100.2001');
      const consult = { CallType: 12, ANI: '2001', DialedNumber: '2002', ICMEnterpriseUniqueID: 'icm.1.9' };
      floor
        .pass(30)
        .hold('100.2001')
        .dial('101.2001', consult)
        .ring('101.2002', { ...consult, CallType: 13 });
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
      assert.deepEqual(
        customers(floor),
        ['segment', 'segment', 'contact'].map((event) => `${event} ${customer}`),
      );
    }
  });
});
