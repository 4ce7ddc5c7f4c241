import assert from 'node:assert/strict';
import * as ged188 from '../../src/ged188/index.js';
import {
  AgentState,
  ControlFailureCode,
  EventCause,
  nameOf,
  namesOf,
  numberOf,
  ServiceMask,
  StatusCode,
  Tag,
} from '../../src/ged188/index.js';

describe('GED-188 constants', () => {
  it('are named and numbered as in the protocol', () => {
    assert.equal(AgentState.AGENT_STATE_AVAILABLE, 3);
    assert.equal(EventCause.CEC_TRANSFER, 32);
    assert.equal(StatusCode.E_CTI_INVALID_VERSION, 1);
    assert.equal(ServiceMask.CTI_SERVICE_ALL_EVENTS, 0x10);
    assert.equal(Tag.CONNECTION_DEVID_TAG, 25);
    assert.equal(ged188.NULL_CALL_ID, 0xffffffff);
    assert.equal(ged188.Limits.MAX_MESSAGE_SIZE, 12500);
  });

  it('map a number to its name and back', () => {
    assert.equal(nameOf(AgentState, 3), 'AGENT_STATE_AVAILABLE');
    assert.equal(nameOf(AgentState, 4711), undefined);
    assert.equal(numberOf(ControlFailureCode, 'cf_generic_unspecified'), 0);
    assert.equal(nameOf(StatusCode, 2), 'E_CTI_INVALID_MESSAGE_LENGTH', 'the first of two names');
    assert.equal(numberOf(AgentState, 'toString'), undefined);
  });

  it('return the bits of a mask, including the highest', () => {
    assert.deepEqual(namesOf(ServiceMask, 0x15), [
      'CTI_SERVICE_CLIENT_EVENTS',
      'CTI_SERVICE_CLIENT_CONTROL',
      'CTI_SERVICE_ALL_EVENTS',
    ]);
    assert.deepEqual(namesOf({ LOWEST: 1, HIGHEST: 0x80000000 }, 0x80000001), ['LOWEST', 'HIGHEST']);
    assert.deepEqual(namesOf(ServiceMask, 0), []);
  });

  it('use a number once in each enumeration, except for aliases in the protocol itself', () => {
    const twice: string[] = [];
    for (const [group, values] of Object.entries(ged188)) {
      if (typeof values !== 'object' || !/^[A-Z][A-Za-z]+$/.test(group) || group === 'Limits' || group === 'Tag')
        continue;
      const seen = new Map<unknown, string>();
      for (const [name, value] of Object.entries(values)) {
        if (typeof value !== 'number') continue;
        if (seen.has(value)) twice.push(`${seen.get(value)} = ${name}`);
        seen.set(value, name);
      }
    }
    assert.deepEqual(twice.sort(), [
      'E_CTI_INVALID_MESSAGE_LENGTH = E_CTI_INVALID_MESSAGE_TYPE',
      'E_INVALID_CONFIG_MSG_MASK = E_CTI_INVALID_CONFIG_MSG_MASK',
      'RESERVATION_PREVIEW = CALLTYPE_NON_ACD_27',
    ]);
  });
});
