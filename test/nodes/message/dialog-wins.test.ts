/**
 * Precedence of the dialog over the payload and over msg.agent and msg.call, for every request of every action node.
 */
import assert from 'node:assert/strict';
import { inputOf } from '../../../nodes/shared/kinds/action-arguments.js';
import { checkDialogAgent, ownPayload } from '../../../nodes/shared/message/agent-identity.js';
import { argumentsFor, objectFor, payloadOf, type SessionInput } from '../../../nodes/shared/message/input-rules.js';
import { type RequestDefinition, requests } from '../../../src/ctios/index.js';

const session: SessionInput = { id: 's1', agent: (id, peripheral) => `agent.${peripheral ?? 5000}.${id}` };
type Given = { object?: string; args?: Record<string, unknown> };

/** The request that would be sent: its object and its arguments. */
function sent(request: RequestDefinition, { object, args = {} }: Given, msg: Record<string, unknown>) {
  const rules = inputOf(request, true);
  const dialog = { object, args };
  const payload = payloadOf(msg, session);
  const target = objectFor(rules, dialog, msg, payload, session);
  checkDialogAgent(rules, target, dialog);
  return { target, args: argumentsFor(rules, args, ownPayload(rules, target, dialog, msg, payload)) };
}
/** Whether any trace of the overridden agent, its peripheral or its phone is in the request. */
const losing = ({ target, args }: ReturnType<typeof sent>): boolean =>
  /1001|5001|2001/.test(JSON.stringify([target, args.AgentID, args.PeripheralID, args.AgentInstrument]));

const LOSER = { AgentID: '1001', PeripheralID: 5001, AgentInstrument: '2001' };
const event = (payload: object) => ({
  topic: 'OnAgentStateChange',
  ctios: { session: 's1', event: 'OnAgentStateChange', objectId: 'agent.5001.1001', sequence: 1 },
  agent: { UniqueObjectID: 'agent.5001.1001', ...LOSER },
  payload: { UniqueObjectID: 'agent.5001.1001', ...payload },
});
/** Messages that name agent 1001 at peripheral 5001 with phone 2001, partly or completely. */
const MESSAGES: Readonly<Record<string, Record<string, unknown>>> = {
  'all of it in the payload': { payload: LOSER },
  'an agent ID in another case': { payload: { agentid: '1001', AGENTINSTRUMENT: '2001' } },
  'an agent ID that is a number': { payload: { AgentID: 1001, AgentInstrument: 2001 } },
  'a UniqueObjectID': { payload: { UniqueObjectID: 'agent.5001.1001', AgentInstrument: '2001' } },
  'a UniqueObjectID as AgentID': { payload: { AgentID: 'agent.5001.1001', AgentInstrument: '2001' } },
  'another peripheral': { payload: { PeripheralID: 5001, AgentInstrument: '2001' } },
  'msg.agent': { agent: { UniqueObjectID: 'agent.5001.1001', ...LOSER } },
  'an event': event(LOSER),
  'an event that names only the phone': event({ AgentInstrument: '2001' }),
};

describe('the precedence of the dialog over the message', () => {
  for (const request of Object.values(requests)) {
    const offers = (keyword: string) => request.args.some((each) => each.keyword === keyword);
    if (request.object === 'Agent') {
      for (const [what, msg] of Object.entries(MESSAGES)) {
        it(`${request.name}: sent to the agent of the dialog, with nothing of ${what}`, () => {
          for (const object of ['1002', 'agent.5000.1002']) {
            const out = sent(request, { object }, msg);
            assert.equal(out.target, 'agent.5000.1002');
            assert.equal(losing(out), false, JSON.stringify(out));
          }
        });
      }
    }
    if (request.object === 'Call') {
      it(`${request.name}: sent to the call of the dialog`, () => {
        const call = { UniqueObjectID: 'call.5001.1.2001' };
        const { target, args } = sent(request, { object: 'call.5000.2.2002' }, { payload: call, call });
        assert.equal(target, 'call.5000.2.2002');
        assert.equal('UniqueObjectID' in args, false);
      });
    }
    if (offers('AgentID')) {
      it(`${request.name}: an AgentID among the arguments of the dialog selects the agent, with nothing of the payload's`, () => {
        const out = sent(request, { args: { AgentID: '1002', PeripheralID: 5000 } }, { payload: LOSER });
        assert.ok(out.target === undefined || out.target === 'agent.5000.1002', out.target);
        assert.equal(out.args.AgentID, '1002');
        assert.equal(out.args.PeripheralID, 5000);
        assert.equal(losing(out), false, JSON.stringify(out));
      });
    }
    for (const keyword of ['PeripheralID', 'AgentInstrument']) {
      if (!offers(keyword)) continue;
      it(`${request.name}: ${keyword} of the dialog is sent, not that of the payload`, () => {
        const out = sent(request, { args: { [keyword]: '7' } }, { payload: { AgentID: '1002', [keyword]: '8' } });
        assert.equal(out.args[keyword], '7');
        if (keyword === 'PeripheralID' && request.object === 'Agent' && out.target?.startsWith('agent.')) {
          assert.equal(out.target, 'agent.7.1002');
        }
      });
    }
  }

  it('treats a phone in a payload that names no other agent as an ordinary argument', () => {
    for (const payload of [{ AgentInstrument: '2005' }, { AgentInstrument: '2005', AgentID: '1002' }]) {
      assert.equal(sent(requests.Login, { object: '1002' }, { payload }).args.AgentInstrument, '2005');
    }
  });
  it('rejects a dialog that names two agents, and names both', () => {
    for (const args of [{ AgentID: '1003' }, { PeripheralID: 5001 }]) {
      assert.throws(() => sent(requests.Logout, { object: 'agent.5000.1002', args }, {}), {
        code: 'CTIOS_INVALID_ARGUMENT',
        message:
          /^The dialog of Logout names two agents: "agent\.5000\.1002" as the agent, and (AgentID "1003"|PeripheralID 5001) among/,
      });
    }
  });
});
