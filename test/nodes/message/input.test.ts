import assert from 'node:assert/strict';
import {
  argumentsFor,
  checkSession,
  isEvent,
  objectFor,
  payloadOf,
  type RequestInput,
  type SessionInput,
  takeSecrets,
} from '../../../nodes/shared/message/input-rules.js';

const hold: RequestInput = { name: 'Hold', object: 'Call', keywords: [], open: false };
const setData: RequestInput = {
  name: 'SetCallData',
  object: 'Call',
  keywords: ['CallVariable1', 'CallVariable2', 'ECC', 'ANI'],
  open: false,
};
const setState: RequestInput = {
  name: 'SetAgentState',
  object: 'Agent',
  keywords: ['AgentState', 'AgentID', 'PeripheralID', 'AgentInstrument', 'SkillGroup[n]'],
  open: false,
};
const session: SessionInput = {
  id: 'session-1',
  agent: (id, peripheral) =>
    peripheral === undefined && id === 'twice' ? undefined : `agent.${peripheral ?? 5000}.${id}`,
};
const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'nothing';
};

describe('the object of a call request', () => {
  const dialog = { object: 'call.5000.1.2001', args: {} };
  const msg = { payload: { UniqueObjectID: 'call.5000.2.2001' }, call: { UniqueObjectID: 'call.5000.3.2001' } };
  const agentMode = { ...session, currentCall: 'call.5000.4.2001' };

  it('is the call of the dialog, whatever the message contains', () => {
    assert.equal(objectFor(hold, dialog, msg, payloadOf(msg), agentMode), 'call.5000.1.2001');
  });
  it('is otherwise the id of the payload, then msg.call, then in agent mode the current call', () => {
    assert.equal(objectFor(hold, { args: {} }, msg, payloadOf(msg), agentMode), 'call.5000.2.2001');
    assert.equal(objectFor(hold, { args: {} }, { call: msg.call }, {}, agentMode), 'call.5000.3.2001');
    assert.equal(objectFor(hold, { args: {} }, {}, {}, agentMode), 'call.5000.4.2001');
  });
  it('is not an agent whose id is in the payload', () => {
    const event = { payload: { UniqueObjectID: 'agent.5000.1001' }, call: msg.call };
    assert.equal(objectFor(hold, { args: {} }, event, payloadOf(event), session), 'call.5000.3.2001');
  });
  it('is never guessed', () => {
    assert.equal(
      code(() => objectFor(hold, { args: {} }, {}, {}, session)),
      'CTIOS_NO_OBJECT',
    );
  });
});

describe('the object of an agent request', () => {
  it('is the dialog, then AgentID, then an agent id, then msg.agent, then in agent mode the session agent', () => {
    const agentMode = { ...session, currentAgent: 'agent.5000.9' };
    const msg = { agent: { UniqueObjectID: 'agent.5000.3' } };
    const find = (dialog: string | undefined, payload: Record<string, unknown>, message = msg as object) =>
      objectFor(setState, { object: dialog, args: {} }, message as never, payload, agentMode);
    assert.equal(find('1001', { AgentID: '1002' }), 'agent.5000.1001');
    assert.equal(find(undefined, { AgentID: '1002', PeripheralID: 7, UniqueObjectID: 'agent.5000.4' }), 'agent.7.1002');
    assert.equal(find(undefined, { UniqueObjectID: 'agent.5000.4' }), 'agent.5000.4');
    assert.equal(find(undefined, { UniqueObjectID: 'call.5000.4.2001' }), 'agent.5000.3');
    assert.equal(find(undefined, {}, {}), 'agent.5000.9');
  });
  it('keeps the zeros of an agent ID', () => {
    assert.equal(objectFor(setState, { args: {} }, {}, { AgentID: '007' }, session), 'agent.5000.007');
  });
  it('does not fall back to another agent if the agent ID is not valid', () => {
    const agentMode = { ...session, currentAgent: 'agent.5000.9' };
    for (const wrong of [{ id: '1002' }, ['1002'], true]) {
      assert.throws(() => objectFor(setState, { args: {} }, {}, { AgentID: wrong }, agentMode), {
        code: 'CTIOS_INVALID_ARGUMENT',
        message: /^AgentID is an? \w+\. It must be a string or a number\.$/,
      });
    }
    assert.equal(objectFor(setState, { args: {} }, {}, { AgentID: null }, agentMode), 'agent.5000.9');
  });
  it('is rejected if an agent ID alone is ambiguous', () => {
    assert.equal(
      code(() => objectFor(setState, { args: {} }, {}, { AgentID: 'twice' }, session)),
      'CTIOS_NO_OBJECT',
    );
  });
});

describe('the object of a request supported by several objects', () => {
  const statistics = {
    ...hold,
    name: 'EnableSkillGroupStatistics',
    object: 'Agent',
    alsoOn: ['SkillGroup', 'Session'],
  } as const;
  it('is the object that the message names, and none if the session supports the request, too', () => {
    const find = (msg: object) => objectFor(statistics, { args: {} }, msg as never, payloadOf(msg as never), session);
    assert.equal(find({ payload: { UniqueObjectID: 'skillgroup.5000.10' } }), 'skillgroup.5000.10');
    assert.equal(find({ agent: { UniqueObjectID: 'agent.5000.1' } }), 'agent.5000.1');
    assert.equal(find({ payload: { SkillGroupNumber: 10 } }), undefined);
  });
});

describe('the arguments of a request', () => {
  it('come from the dialog first, blank ones from the payload', () => {
    const args = argumentsFor(setData, { CallVariable1: 'dialog' }, { CallVariable1: 'msg', CallVariable2: 'msg' });
    assert.deepEqual(args, { CallVariable1: 'dialog', CallVariable2: 'msg' });
  });
  it('are converted to the spelling of the vocabulary, with numbered and ECC keys', () => {
    assert.deepEqual(argumentsFor(setData, {}, { callvariable1: 'x', 'user.Tier': 'gold' }), {
      CallVariable1: 'x',
      'user.Tier': 'gold',
    });
    assert.deepEqual(argumentsFor(setState, {}, { 'skillgroup[2]': { SkillGroupNumber: 10 } }), {
      'SkillGroup[2]': { SkillGroupNumber: 10 },
    });
  });
  it('omit what the request does not support, unless it accepts any argument', () => {
    assert.deepEqual(argumentsFor(setData, {}, { AgentState: 3, Colour: 'red' }), {});
    assert.deepEqual(argumentsFor({ ...setData, open: true }, {}, { Colour: 'red' }), { Colour: 'red' });
  });
  it('must not be given twice in different letter case', () => {
    assert.equal(
      code(() => argumentsFor(setData, {}, { CallVariable1: 'a', CALLVARIABLE1: 'b' })),
      'CTIOS_DUPLICATE_ARGUMENT',
    );
  });
});

describe('the payload of a message', () => {
  it("is read for only four keys if it belongs to an event, so that the event's data are never sent back", () => {
    const msg = {
      topic: 'OnAgentStateChange',
      ctios: { event: 'OnAgentStateChange' },
      payload: {
        UniqueObjectID: 'agent.5000.1001',
        AgentID: '1001',
        PeripheralID: 5000,
        AgentState: 3,
        AgentInstrument: '2001',
      },
    };
    assert.deepEqual(payloadOf(msg), {
      UniqueObjectID: 'agent.5000.1001',
      AgentID: '1001',
      PeripheralID: 5000,
      AgentInstrument: '2001',
    });
    assert.equal(isEvent({ ...msg, topic: 'mine' }), false);
  });
  it('may be absent, null or empty, but not a text, a number, a list or a buffer', () => {
    for (const payload of [undefined, null, '']) assert.deepEqual(payloadOf({ payload }), {});
    for (const payload of ['x', 7, true, [1], Buffer.from('x')]) {
      assert.equal(
        code(() => payloadOf({ payload })),
        'CTIOS_BAD_PAYLOAD',
      );
    }
  });
  it('loses its passwords before anything else happens', () => {
    const payload = { AgentID: '1', AgentPassword: 'planted', ' agentpassword ': 'planted too' };
    assert.deepEqual(takeSecrets({ payload }), { AgentPassword: 'planted' });
    assert.deepEqual(payload, { AgentID: '1' });
  });
});

describe('a message of another session', () => {
  it('is rejected', () => {
    assert.equal(
      code(() => checkSession({ ctios: { session: 'session-2' } }, session)),
      'CTIOS_OTHER_SESSION',
    );
    checkSession({ ctios: { session: 'session-1' } }, session);
    checkSession({}, session);
  });
});
