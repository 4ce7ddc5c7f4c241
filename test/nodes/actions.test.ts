import assert from 'node:assert/strict';
import type { NodeMessage } from 'node-red';
import type { Args } from '../../src/ctios/index.js';
import { refused } from './fake-session.js';
import { deploy, inNodeRed, load, node, received, sessionNode, settle, tab } from './runtime.js';

const CALL = 'call.5000.1.2001';

const action = (extra: object = {}) => ({
  id: 'a1',
  z: tab.id,
  type: 'ctios-call',
  session: 's1',
  request: 'Hold',
  object: '',
  objectType: 'str',
  args: [],
  complete: '',
  followOnTimeout: 30,
  answerTimeout: 15,
  linkWait: 0,
  wires: [['h1']],
  ...extra,
});
const sink = { id: 'h1', z: tab.id, type: 'helper', wires: [] };
const catcher = { id: 'c1', z: tab.id, type: 'catch', scope: null, uncaught: false, wires: [['h2']] };
const caught = { id: 'h2', z: tab.id, type: 'helper', wires: [] };
const complete = { id: 'd1', z: tab.id, type: 'complete', scope: ['a1'], wires: [['h3']] };
const completed = { id: 'h3', z: tab.id, type: 'helper', wires: [] };
const rest = [sink, catcher, caught, complete, completed];

type Caught = NodeMessage & {
  error: { message: string; code: string; cause: Record<string, unknown>; name: string; source: { id: string } };
};

describe('an action node', () => {
  const openings = inNodeRed();

  /** The error that a message ends in: exactly one error, and no message is sent. */
  async function errorOf(flow: Parameters<typeof load>[0], msg: object): Promise<Caught['error']> {
    await load([...flow, ...rest]);
    const [out, errors, done] = [received('h1'), received('h2'), received('h3')];
    node('a1').receive(msg as never);
    const [error] = (await errors.next()) as Caught[];
    await settle();
    assert.equal(errors.messages.length, 1, 'the error was reported more than once');
    assert.equal(out.messages.length, 0);
    assert.equal(done.messages.length, 0);
    assert.ok(error!.error.message.length > 20, 'no sentence');
    return error!.error;
  }

  it('sends the same message on, with the confirmation in it', async () => {
    await load([sessionNode, action(), ...rest]);
    const { session } = openings;
    session.sequence = 41;
    session.answer = () => ({ event: 'OnHoldCallConf', args: { UniqueObjectID: CALL } });
    const [out, done] = [received('h1'), received('h3')];
    node('a1').receive({ payload: { UniqueObjectID: CALL }, mine: 'kept', _msgid: 'm1' } as never);
    const [msg] = await out.next();
    await done.next();
    assert.deepEqual(session.requests, [
      { name: 'Hold', options: { target: CALL, args: {}, answerMs: 15_000, linkWaitMs: 0 } },
    ]);
    assert.equal(msg!.topic, 'OnHoldCallConf');
    assert.deepEqual(msg!.payload, { UniqueObjectID: CALL });
    assert.equal(msg!.mine, 'kept');
    assert.equal(msg!._msgid, 'm1');
    const { time, ...ctios } = msg!.ctios as Record<string, unknown>;
    assert.equal(typeof time, 'number');
    assert.deepEqual(ctios, { session: 's1', sequence: 41, objectId: CALL });
  });

  it('names a confirmation without an event in CTI OS after the request', async () => {
    await load([sessionNode, action({ type: 'ctios-agent', request: 'ReportBadCallLine' }), ...rest]);
    openings.session.addAgent('agent.5000.1001', { AgentID: '1001', AgentState: 3 });
    const out = received('h1');
    node('a1').receive({
      payload: { AgentID: '1001' },
    } as never);
    const [msg] = await out.next();
    assert.equal(msg!.topic, 'ReportBadCallLineConf');
    assert.deepEqual(msg!.payload, {});
  });

  it('puts the new call into msg.call', async () => {
    await load([sessionNode, action({ request: 'MakeCall' }), ...rest]);
    const { session } = openings;
    session.answer = () => {
      session.addCall('call.5000.9.2001', { DialedNumber: '2002' });
      return { event: 'OnMakeCallConf', args: {}, newObject: 'call.5000.9.2001' };
    };
    const out = received('h1');
    node('a1').receive({ payload: { AgentID: '1001', DialedNumber: '2002' } } as never);
    const [msg] = await out.next();
    assert.deepEqual(msg!.call, { UniqueObjectID: 'call.5000.9.2001', DialedNumber: '2002' });
  });

  it('accepts enumeration names, and an agent ID without its peripheral', async () => {
    await load([sessionNode, action({ type: 'ctios-agent', request: 'SetAgentState' }), ...rest]);
    const { session } = openings;
    const out = received('h1');
    node('a1').receive({ payload: { AgentID: '1001', AgentState: 'Available' } } as never);
    await out.next();
    assert.equal(session.requests[0]!.options.target, 'agent.5000.1001');
    assert.deepEqual(session.requests[0]!.options.args, { AgentID: '1001', AgentState: 3 });
  });

  describe('wired to an event', () => {
    /** The message of an event as an event node sent it, possibly a copy, as with several wires. */
    function eventMessage(args: object): Record<string, unknown> {
      const { session } = openings;
      session.addCall(CALL, { ANI: '2065550101' });
      const { sequence } = session.emit('OnCallDataUpdate', { UniqueObjectID: CALL, ...args });
      const ctios = { session: 's1', event: 'OnCallDataUpdate', objectId: CALL, sequence };
      return {
        topic: 'OnCallDataUpdate',
        payload: { UniqueObjectID: CALL, ...args },
        call: { UniqueObjectID: CALL },
        ctios,
      };
    }
    const sentArgs = (): unknown => openings.session.requests[0]?.options.args;

    for (const [what, change, expected] of [
      ['a payload of its own', (msg) => (msg.payload = { CallVariable3: 'gold' }), { CallVariable3: 'gold' }],
      [
        'a payload of its own with a value of the event',
        (msg) => (msg.payload = { CallVariable1: 'red' }),
        { CallVariable1: 'red' },
      ],
      [
        'a variable added',
        (msg) => Object.assign(msg.payload as object, { CallVariable3: 'gold' }),
        { CallVariable3: 'gold' },
      ],
      [
        'a variable changed',
        (msg) => Object.assign(msg.payload as object, { CallVariable1: 'blue' }),
        { CallVariable1: 'blue' },
      ],
      [
        'an ECC variable changed',
        (msg) => Object.assign(msg.payload as object, { 'user.Tier': 'b' }),
        { ECC: { 'user.Tier': 'b' } },
      ],
    ] as const satisfies [string, (msg: Record<string, unknown>) => void, object][]) {
      it(`${what}: sends the values set by the flow, not the data of the event`, async () => {
        await load([sessionNode, action({ request: 'SetCallData' }), ...rest]);
        const msg = eventMessage({ CallVariable1: 'red', 'user.Tier': 'a' });
        change(msg);
        const out = received('h1');
        node('a1').receive(msg as never);
        await out.next();
        assert.deepEqual(sentArgs(), expected);
      });
    }

    it("without values set by the flow: rejects the message and names the event's properties", async () => {
      await load([sessionNode, action({ request: 'SetCallData' }), ...rest]);
      const caught = received('h2');
      node('a1').receive(eventMessage({ CallVariable1: 'red' }) as never);
      const [msg] = await caught.next();
      const { message, code } = (msg as unknown as { error: { message: string; code: string } }).error;
      assert.equal(code, 'CTIOS_MISSING_ARGUMENT');
      assert.match(message, /msg\.payload has CallVariable1, but as the data of the event OnCallDataUpdate/);
      assert.equal(sentArgs(), undefined);
    });
  });

  it('ignores the timestamp of an inject node if the dialog sets every argument', async () => {
    const args = [{ key: 'AgentState', value: 'NotReady', type: 'str' }];
    await load([sessionNode, action({ type: 'ctios-agent', request: 'SetAgentState', object: '1002', args }), ...rest]);
    const out = received('h1');
    node('a1').receive({ payload: 1_700_000_000_000 } as never);
    await out.next();
    assert.equal(openings.session.requests[0]!.options.target, 'agent.5000.1002');
  });

  it('rejects the timestamp of an inject node if the dialog leaves an argument open', async () => {
    await load([sessionNode, action({ type: 'ctios-agent', request: 'SetAgentState', object: '1002' }), ...rest]);
    const caught = received('h2');
    node('a1').receive({ payload: 1_700_000_000_000 } as never);
    const [msg] = await caught.next();
    assert.equal((msg as unknown as { error: { code: string } }).error.code, 'CTIOS_BAD_PAYLOAD');
  });

  for (const [given, meant] of [
    ['SetAgentSate', 'SetAgentState'],
    ['SetState', 'SetAgentState'],
    ['anwser', 'Answer'],
  ]) {
    it(`suggests ${meant} for "${given}"`, async () => {
      await load([sessionNode, action({ type: 'ctios-request', request: '' }), ...rest]);
      const caught = received('h2');
      node('a1').receive({ topic: given } as never);
      const [msg] = await caught.next();
      const { message } = (msg as unknown as { error: { message: string } }).error;
      assert.equal(
        message,
        `CtiosError: "${given}" is not a request of CTI OS; did you mean ${meant}? The list is in the node's dialog.`,
      );
    });
  }

  it('shows the names of enumeration values in a response', async () => {
    await load([sessionNode, action({ type: 'ctios-agent', request: 'QueryAgentState', object: '1002' }), ...rest]);
    openings.session.answer = () => ({ event: 'OnQueryAgentStateConf', args: { AgentState: 2 } });
    const out = received('h1');
    node('a1').receive({} as never);
    const [msg] = await out.next();
    assert.deepEqual((msg!.ctios as { names: object }).names, { AgentState: 'NotReady' });
  });

  it('gives the dialog precedence over the message, including typed values', async () => {
    await load([
      sessionNode,
      action({
        request: 'SetCallData',
        object: 'chosen',
        objectType: 'msg',
        args: [
          { key: 'CallVariable1', value: 'note', type: 'msg' },
          { key: 'CallVariable2', value: '"a" & "b"', type: 'jsonata' },
          { key: 'CallVariable3', value: '', type: 'str' },
        ],
      }),
      ...rest,
    ]);
    const out = received('h1');
    node('a1').receive({
      chosen: CALL,
      note: 'from the dialog',
      payload: { UniqueObjectID: 'call.5000.2.2001', CallVariable1: 'msg', CallVariable2: 'msg', CallVariable3: 'msg' },
    } as never);
    await out.next();
    const { options } = openings.session.requests[0]!;
    assert.equal(options.target, CALL);
    assert.deepEqual(options.args, { CallVariable1: 'from the dialog', CallVariable2: 'ab', CallVariable3: 'msg' });
  });

  it('never sends the data of an event back', async () => {
    await load([
      sessionNode,
      action({ request: 'SetCallData', args: [{ key: 'CallVariable1', value: 'x', type: 'str' }] }),
      ...rest,
    ]);
    const out = received('h1');
    node('a1').receive({
      topic: 'OnCallDataUpdate',
      ctios: { session: 's1', event: 'OnCallDataUpdate', sequence: 1 },
      payload: { UniqueObjectID: CALL, ANI: '1', CallVariable2: 'theirs' },
    } as never);
    await out.next();
    assert.deepEqual(openings.session.requests[0]!.options.args, { CallVariable1: 'x' });
  });

  it('completes on the event that shows the result, even if it arrives before the confirmation', async () => {
    await load([sessionNode, action({ request: 'Answer', complete: 'OnCallEstablished' }), ...rest]);
    const { session } = openings;
    const out = received('h1');
    session.answer = () => {
      session.emit('OnCallEstablished', { UniqueObjectID: CALL });
      return { event: 'OnAnswerCallConf', args: {} };
    };
    node('a1').receive({ payload: { UniqueObjectID: CALL } } as never);
    await out.next();
    session.answer = () => ({ event: 'OnAnswerCallConf', args: {} });
    node('a1').receive({ payload: { UniqueObjectID: CALL } } as never);
    await settle();
    assert.equal(out.messages.length, 1, 'it did not wait for the event');
    session.emit('OnCallEstablished', { UniqueObjectID: 'call.5000.2.2002' });
    await settle();
    assert.equal(out.messages.length, 1, "another call's event counted");
    session.emit('OnCallEstablished', { UniqueObjectID: CALL });
    await out.next(2);
    assert.equal(out.messages[1]!.topic, 'OnAnswerCallConf');
    assert.equal(session.listeners, 0, 'a listener was left behind');
  });

  it('ends early if the call ends instead', async () => {
    openings.prepare = ({ session }) => {
      session.answer = () => {
        setImmediate(() => session.emit('OnCallEnd', { UniqueObjectID: CALL }));
        return { event: 'OnAnswerCallConf', args: {} };
      };
    };
    const error = await errorOf([sessionNode, action({ request: 'Answer', complete: 'OnCallEstablished' })], {
      payload: { UniqueObjectID: CALL },
    });
    assert.equal(error.code, 'CTIOS_NO_FOLLOW_ON');
    assert.equal(openings.session.listeners, 0);
  });

  it('ends if the event does not arrive in time', async () => {
    const error = await errorOf(
      [sessionNode, action({ request: 'Answer', complete: 'OnCallEstablished', followOnTimeout: 0.01 })],
      { payload: { UniqueObjectID: CALL } },
    );
    assert.equal(error.code, 'CTIOS_NO_FOLLOW_ON');
    assert.equal(openings.session.listeners, 0);
  });

  it('ends its waits when it is closed', async () => {
    await load([sessionNode, action({ request: 'Answer', complete: 'OnCallEstablished' }), ...rest]);
    const { session } = openings;
    node('a1').receive({ payload: { UniqueObjectID: CALL } } as never);
    await settle();
    assert.equal(session.listeners, 1);
    await deploy([sessionNode, action({ name: 'changed' }), ...rest], 'nodes');
    await settle();
    assert.equal(session.listeners, 0);
  });

  it('reports a refusal once, with its own code and cause', async () => {
    openings.prepare = ({ session }) => {
      session.answer = (name) => {
        throw refused('CF_INVALID_CALLID', name);
      };
    };
    const error = await errorOf([sessionNode, action()], { payload: { UniqueObjectID: CALL } });
    assert.equal(error.code, 'CF_INVALID_CALLID');
    assert.match(error.message, /^CtiosError: Hold was refused/);
    assert.equal(error.source.id, 'a1');
    assert.deepEqual(error.cause, { request: 'Hold', outcome: 'failed', failureCode: 12 });
  });

  describe('with bad input', () => {
    const bad: Record<string, [object, object, string]> = {
      'a payload that is a text': [action(), { payload: 'hold it' }, 'CTIOS_BAD_PAYLOAD'],
      'a payload that is a number': [action(), { payload: 1700000000000 }, 'CTIOS_BAD_PAYLOAD'],
      'no object': [action(), { payload: {} }, 'CTIOS_NO_OBJECT'],
      'an unknown request name': [
        action({ type: 'ctios-request', request: '' }),
        { topic: 'Dance' },
        'CTIOS_UNKNOWN_REQUEST',
      ],
      'no request name': [action({ type: 'ctios-request', request: '' }), {}, 'CTIOS_UNKNOWN_REQUEST'],
      'an event as request name': [
        action({ type: 'ctios-request', request: '' }),
        { topic: 'OnCallHeld' },
        'CTIOS_UNKNOWN_REQUEST',
      ],
      'an argument of the wrong type': [
        action({ type: 'ctios-agent', request: 'SetAgentState' }),
        { payload: { AgentID: '1001', AgentState: 'Dancing' } },
        'CTIOS_INVALID_ARGUMENT',
      ],
      'an argument over its length': [
        action({ request: 'SetCallData' }),
        { payload: { UniqueObjectID: CALL, CallVariable1: 'x'.repeat(41) } },
        'CTIOS_INVALID_ARGUMENT',
      ],
      'a missing argument': [action({ request: 'MakeCall' }), { payload: { AgentID: '1' } }, 'CTIOS_MISSING_ARGUMENT'],
      'keys that differ in case': [
        action({ request: 'SetCallData' }),
        { payload: { UniqueObjectID: CALL, ANI: '1', ani: '2' } },
        'CTIOS_DUPLICATE_ARGUMENT',
      ],
      'a message of another session': [
        action(),
        { payload: { UniqueObjectID: CALL }, ctios: { session: 'elsewhere' } },
        'CTIOS_OTHER_SESSION',
      ],
      'an expression that fails': [
        action({ object: '$nothing(', objectType: 'jsonata' }),
        { payload: {} },
        'CTIOS_INVALID_ARGUMENT',
      ],
      'no session chosen': [action({ session: '' }), { payload: { UniqueObjectID: CALL } }, 'CTIOS_NO_SESSION'],
      'a session that is not there': [action({ session: 'gone' }), { payload: {} }, 'CTIOS_NO_SESSION'],
    };
    it('rejects messages if its session is disabled', async () => {
      const off = { id: 'off', type: 'ctios-session', d: true };
      const error = await errorOf([sessionNode, off, action({ session: 'off' })], {
        payload: { UniqueObjectID: CALL },
      });
      assert.equal(error.code, 'CTIOS_SESSION_DISABLED');
    });

    for (const [what, [flow, msg, code]] of Object.entries(bad)) {
      it(`rejects ${what} with ${code}, and sends nothing`, async () => {
        const error = await errorOf([sessionNode, flow as never], msg);
        assert.equal(error.code, code);
        assert.equal(openings.all.at(-1)?.session.requests.length ?? 0, 0);
      });
    }
  });

  it('rejects changes through a session in monitor mode', async () => {
    openings.prepare = (opening) => {
      opening.control = false;
    };
    const error = await errorOf([sessionNode, action()], { payload: { UniqueObjectID: CALL } });
    assert.equal(error.code, 'CTIOS_CONTROL_NOT_ALLOWED');
  });

  it('removes the agent password from the payload first, and passes it only to the request', async () => {
    await load([sessionNode, action({ type: 'ctios-agent', request: 'Login' }), ...rest]);
    const { session } = openings;
    const out = received('h1');
    node('a1').receive({ payload: { AgentID: '1001', AgentInstrument: '2001', AgentPassword: 'planted' } } as never);
    const [msg] = await out.next();
    assert.equal((session.requests[0]!.options.args as Args).AgentPassword, 'planted');
    assert.ok(!JSON.stringify(msg).includes('planted'));
  });

  it('removes the password even if it cannot send anything', async () => {
    await load([action({ type: 'ctios-agent', request: 'Login', session: 'gone' }), ...rest]);
    const errors = received('h2');
    node('a1').receive({ payload: { AgentID: '1001', AgentPassword: 'planted' } } as never);
    const [msg] = await errors.next();
    assert.ok(!JSON.stringify(msg).includes('planted'));
  });

  it('uses the password of its credentials if the message has none', async () => {
    await load([sessionNode, action({ type: 'ctios-agent', request: 'Login' }), ...rest], {
      a1: { agentPassword: 'kept' },
    });
    const out = received('h1');
    node('a1').receive({ payload: { AgentID: '1001', AgentInstrument: '2001' } } as never);
    await out.next();
    assert.equal((openings.session.requests[0]!.options.args as Args).AgentPassword, 'kept');
  });

  it('supports the methods of the session', async () => {
    await load([sessionNode, action({ type: 'ctios-request', request: 'Disconnect' }), ...rest]);
    const out = received('h1');
    node('a1').receive({} as never);
    const [msg] = await out.next();
    assert.equal(msg!.topic, 'OnConnectionClosed');
    assert.equal(openings.session.disconnected, 1);
  });
});
