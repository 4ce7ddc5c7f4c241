import { strict as assert } from 'node:assert';
import { INBOUND_CALL_TYPES, OUTBOUND_CALL_TYPES, readCaller, readFields } from '../../src/screenpop/index.js';

const us = { region: 'US' };
const short = (call: Parameters<typeof readCaller>[0]) => {
  const { kind, e164, from } = readCaller(call, us);
  return [e164 ?? kind, from].filter(Boolean).join(' ');
};

describe('the caller of a call', () => {
  it('is the ANI, otherwise the calling device', () => {
    assert.equal(short({ ANI: '2065550101', CallingDeviceID: '2065550102' }), '+12065550101 ANI');
    assert.equal(short({ CallingDeviceID: '2065550101' }), '+12065550101 CallingDeviceID');
    assert.equal(short({ ANI: '', CallingDeviceID: '2065550101' }), '+12065550101 CallingDeviceID');
    assert.equal(short({ ANI: 'T0000000001', CallingDeviceID: '2065550101' }), '+12065550101 CallingDeviceID');
    assert.equal(short({ ANI: '+', CallingDeviceID: '2001' }), 'internal CallingDeviceID');
    assert.equal(short({ ANI: 'T0000000001' }), 'unknown ANI');
  });

  it('is an extension if the caller is an extension', () => {
    assert.equal(short({ ANI: '2001', CallingDeviceID: '2065550101' }), 'internal ANI');
    assert.equal(short({ ANI: '2001', CallingDeviceID: '2001', BACustomerNumber: '2065550101' }), 'internal ANI');
  });

  it('is withheld only if a number was withheld, and then no other keyword is used', () => {
    assert.equal(short({ ANI: 'anonymous', CallingDeviceID: '2065550101' }), 'withheld ANI');
    assert.equal(short({ CallingDeviceID: 'sip:anonymous@anonymous.invalid' }), 'withheld CallingDeviceID');
    assert.equal(short({}), 'absent');
    assert.equal(short({ ANI: '+', CallingDeviceID: 'T0000000001' }), 'absent');
    assert.equal(short({ ANI: '', CallingDeviceID: ' ' }), 'absent');
  });

  it('is not a trunk, a CTI port, a route point or a queue that the switch names as the calling device', () => {
    for (const CallingDeviceIDType of [70, 71, 73, 74, 77])
      for (const CallingDeviceID of ['17', '3001', '2065550101'])
        assert.equal(short({ CallingDeviceID, CallingDeviceIDType }), 'absent', `${CallingDeviceIDType}`);
    assert.equal(short({ ANI: 'TRUNK17', CallingDeviceID: '17', CallingDeviceIDType: 70 }), 'unknown ANI');
    assert.equal(short({ ANI: '2065550102', CallingDeviceID: '17', CallingDeviceIDType: 70 }), '+12065550102 ANI');
    for (const CallingDeviceIDType of [0, 75, 76, 78, 79, 65535])
      assert.equal(short({ CallingDeviceID: '2065550101', CallingDeviceIDType }), '+12065550101 CallingDeviceID');
    for (const CallingDeviceID of ['0/1/0:23', '17/3', 'SEP001B44113AB7', 'TRUNK 17'])
      assert.equal(short({ ANI: '', CallingDeviceID }), 'absent', CallingDeviceID);
  });

  it('is the ANI only if that is a number, not what a gateway sends without one', () => {
    for (const ANI of ['0', '0000000000', '9999999999', '911', 'N/A', 'null', '.', '#', '0/1/0:23'])
      assert.equal(short({ ANI, CallingDeviceID: '2065550101' }), '+12065550101 CallingDeviceID', ANI);
    assert.equal(short({ ANI: 'Unknown', CallingDeviceID: '2065550101' }), 'withheld ANI');
    assert.equal(short({ ANI: 2065550101, DNIS: '8005550199', DialedNumber: '8001' }), '+12065550101 ANI');
  });

  it('is not the number of the dialer if the number of the customer cannot be read', () => {
    for (const BACustomerNumber of ['invalid', '0', '0000000000'])
      for (const CallType of [17, 18, 27, 32])
        assert.equal(
          short({ CallType, ANI: '8005550199', ECC: { BACustomerNumber } }),
          'unknown BACustomerNumber',
          BACustomerNumber,
        );
  });

  it("is the customer of a campaign, whatever the dialer's number", () => {
    const ECC = { BACustomerNumber: '2065550101', BACampaign: 'Renewals' };
    for (const CallType of [17, 18, 27, 32, 34, 36])
      assert.equal(
        short({ CallType, ANI: '8005550199', CallingDeviceID: '2001', ECC }),
        '+12065550101 BACustomerNumber',
      );
    assert.equal(short({ CallType: 17, ANI: '2001', BACustomerNumber: '2065550101' }), '+12065550101 BACustomerNumber');
    assert.equal(
      short({ CallType: 4, ANI: '8005550199', ECC: { ...ECC, BAStatus: 'ZC' } }),
      '+12065550101 BACustomerNumber',
    );
    assert.equal(
      short({ CallType: 18, ANI: '2001', CustomerPhoneNumber: '2065550101' }),
      '+12065550101 CustomerPhoneNumber',
    );
    assert.equal(short({ CallType: 18, ANI: '2001', ECC: { BACustomerNumber: '' } }), 'internal ANI');
    assert.equal(short({ CallType: 1, ANI: '2065550102', ECC }), '+12065550102 ANI');
  });

  it("is nobody for a campaign's call without the campaign's fields: the ANI is the dialer's", () => {
    for (const CallType of [7, ...OUTBOUND_CALL_TYPES]) {
      const call = { CallType, ANI: '8005550199', CallingDeviceID: '8005550199' };
      assert.equal(short(call), 'absent', `CallType ${CallType}`);
      assert.equal(short({ ...call, ECC: { BACustomerNumber: '2065550101' } }), '+12065550101 BACustomerNumber');
      // The switch changes the CallType when the call is handed on.
      assert.equal(readCaller({ ...call, CallType: 4 }, us, CallType).kind, 'absent');
    }
    for (const CallType of INBOUND_CALL_TYPES) assert.equal(short({ CallType, ANI: '8005550199' }), '+18005550199 ANI');
  });
});

describe('the fields of a campaign', () => {
  it('are included by default', () => {
    const ECC = { BACustomerNumber: '2065550101', BACampaign: 'Renewals', BAResponse: '', 'user.Tier': 'Gold' };
    assert.deepEqual(readFields({ ANI: '2001', ECC, BAStatus: 'DO', Balance: 3, ba: 1 }), {
      BACustomerNumber: '2065550101',
      BACampaign: 'Renewals',
      'user.Tier': 'Gold',
      BAStatus: 'DO',
    });
  });
});
