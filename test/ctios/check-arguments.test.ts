import assert from 'node:assert/strict';
import { Arguments, CtiosError, checkArguments, requests } from '../../src/ctios/index.js';

function refusal(request: string, args: Record<string, unknown>): CtiosError {
  try {
    checkArguments(request, args);
  } catch (error) {
    assert.ok(error instanceof CtiosError);
    return error;
  }
  return assert.fail(`${request} was accepted`);
}

describe('checkArguments', () => {
  it('uses the spelling of the vocabulary for keywords and replaces names with numbers', () => {
    assert.deepEqual(
      checkArguments('setagentstate', { agentid: 1001, AGENTSTATE: 'not ready', eventReasonCode: '7' }),
      {
        AgentID: '1001',
        AgentState: 2,
        EventReasonCode: 7,
      },
    );
  });

  it('accepts Arguments as well as plain objects', () => {
    assert.deepEqual(checkArguments(requests.MakeCall, new Arguments({ dialednumber: '8001' })), {
      DialedNumber: '8001',
    });
  });

  it('keeps leading zeros of numbers that are names', () => {
    assert.equal(checkArguments('SetAgentState', { AgentID: '007', AgentState: 3 }).AgentID, '007');
  });

  it('counts null and undefined as absent', () => {
    const error = refusal('MakeCall', { DialedNumber: null });
    assert.equal(error.code, 'CTIOS_MISSING_ARGUMENT');
    assert.match(error.message, /MakeCall: DialedNumber is missing/);
  });

  it('requires at least one of the alternatives', () => {
    assert.match(refusal('Login', { AgentInstrument: '2001' }).message, /one of AgentID, LoginName/);
  });

  it('names the field and the limit, and never the value', () => {
    const error = refusal('MakeCall', { DialedNumber: '8001', CallVariable1: 'secret'.repeat(20) });
    assert.equal(error.code, 'CTIOS_INVALID_ARGUMENT');
    assert.equal(error.message, 'MakeCall: CallVariable1 may have at most 40 characters, not 120.');
    assert.deepEqual(error.cause, { request: 'MakeCall', outcome: 'failed' });
  });

  it('rejects wrong types with a message', () => {
    assert.match(
      refusal('SetAgentState', { AgentState: 'Asleep' }).message,
      /AgentState must be a number or one of .*Available/,
    );
    assert.match(refusal('SetAgentState', { AgentState: true }).message, /AgentState/);
    assert.match(refusal('MakeCall', { DialedNumber: {} }).message, /DialedNumber must be a string/);
    assert.match(
      refusal('MakeCall', { DialedNumber: '1', Priority: 'maybe' }).message,
      /Priority must be true or false/,
    );
    assert.match(
      refusal('MakeCall', { DialedNumber: '1', AlertRings: 1.5 }).message,
      /AlertRings must be a whole number/,
    );
    assert.match(refusal('SetCallData', { ECC: 'x' }).message, /ECC must be an object/);
  });

  it('rejects keys that differ only in case', () => {
    const error = refusal('MakeCall', { DialedNumber: '1', dialednumber: '2' });
    assert.equal(error.code, 'CTIOS_DUPLICATE_ARGUMENT');
    assert.match(error.message, /"DialedNumber" and "dialednumber"/);
  });

  it('accepts the other spellings of the guide', () => {
    const args = checkArguments('SuperviseCall', {
      AgentReference: 'agent.5000.1001',
      AgentCallReference: 'call.5000.1.2001',
      SupervisoryAction: 'bargein',
    });
    assert.deepEqual(args, {
      AgentReference: 'agent.5000.1001',
      CallReference: 'call.5000.1.2001',
      SupervisoryAction: 3,
    });
  });

  it('collects ECC variables given next to the others', () => {
    assert.deepEqual(
      checkArguments('SetCallData', { 'user.Name': 'Ada', ECC: { 'user.Array[0]': 5 }, 'user.B': true }),
      {
        ECC: { 'user.Name': 'Ada', 'user.Array[0]': '5', 'user.B': 'true' },
      },
    );
  });

  it('keeps ECC within the limits of the protocol', () => {
    assert.match(refusal('SetCallData', { 'user.Name': 'x'.repeat(211) }).message, /user\.Name may have at most 210/);
    assert.match(refusal('SetCallData', { [`user.${'n'.repeat(40)}`]: 'x' }).message, /more than 32 characters/);
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`user.V${n}`, 'x'.repeat(200)]));
    assert.match(refusal('SetCallData', many).message, /2000 bytes in all/);
  });

  it('passes unknown keys on, or ignores them if configured', () => {
    assert.deepEqual(checkArguments('Hold', { SiteKey: { a: [1, 'x'] } }), { SiteKey: { a: { '1': 1, '2': 'x' } } });
    assert.deepEqual(checkArguments('Hold', { SiteKey: 1 }, { unknown: 'ignore' }), {});
    assert.match(refusal('Hold', { SiteKey: () => 1 }).message, /SiteKey/);
  });

  it('accepts numbered skill groups', () => {
    const args = checkArguments('SetAgentState', { AgentState: 3, 'skillgroup[2]': { SkillGroupNumber: 10 } });
    assert.deepEqual(args, { AgentState: 3, 'SkillGroup[2]': { SkillGroupNumber: 10 } });
  });

  it('rejects an unknown request', () => {
    assert.equal(refusal('Fly', {}).code, 'CTIOS_UNKNOWN_REQUEST');
  });

  it('never treats a key from JSON as a prototype', () => {
    const args = checkArguments('Hold', JSON.parse('{"__proto__": {"polluted": 1}}'));
    assert.equal((args as { polluted?: unknown }).polluted, undefined);
  });
});

describe('CtiosError', () => {
  it('keeps its code and cause in JSON and in copies', () => {
    const error = new CtiosError('CF_INVALID_CALLING_DEVICE', 'No such device.', {
      request: 'MakeCall',
      failureCode: 5,
    });
    assert.deepEqual(JSON.parse(JSON.stringify({ ...error })), {
      name: 'CtiosError',
      code: 'CF_INVALID_CALLING_DEVICE',
      cause: { request: 'MakeCall', failureCode: 5 },
    });
    assert.ok(error instanceof Error);
  });
});
