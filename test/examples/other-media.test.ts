/** What the examples show is the state of the phone: an agent who logs out of chat is not off the phone. */
import { strict as assert } from 'node:assert';
import * as crypto from 'node:crypto';
import { flowsOf } from './promises.js';

const AGENT = 'agent.5000.1001';
const LOG_OUT = { AgentState: 'Logout' };

/** A state of agent 1001 in a medium, as an event node sends it. */
const stateIn = (MRDID: number | undefined, names: Record<string, string>) => ({
  topic: 'OnAgentStateChange',
  payload: { UniqueObjectID: AGENT, AgentID: '1001', ...(MRDID !== undefined && { MRDID }) },
  agent: { UniqueObjectID: AGENT, AgentID: '1001', AgentExtension: '2001' },
  ctios: { event: 'OnAgentStateChange', agentId: '1001', names },
});

/** Runs a function node of an example with the variables of its start. */
function run(label: string, name: string, msg: object, variables: Record<string, unknown>): unknown {
  const node = flowsOf(label).find((each) => each.type === 'function' && each.name === name);
  assert.ok(node, `no function "${name}"`);
  const scope = {
    msg,
    env: { get: (key: string) => (key === 'TEAMS_USERS' ? '{"1001":"ada"}' : '') },
    flow: { set: () => {} },
    node: { warn: assert.fail },
    crypto,
    ...variables,
  };
  return new Function(...Object.keys(scope), String(node.func))(...Object.values(scope));
}

const MEDIA = [
  [undefined, true],
  [1, true],
  [5001, false],
] as const;

describe('a state of an agent', () => {
  const desk = () => ({
    agent: 'Ada',
    state: 'Talking',
    mask: 0,
    calls: {},
    lists: {},
    history: [],
    team: {},
    watched: {},
  });
  for (const [medium, ofPhone] of MEDIA) {
    const shown = ofPhone ? 'Logged out' : 'Talking';
    for (const [label, name, extra] of [
      ['05 agent desktop', 'the desks', { pages: new Map(), own: {}, colleagues: '' }],
      [
        'dashboard/03 agent page',
        'the desks',
        { browsers: new Map(), own: {}, colleagues: '', probe: '', leaks: false },
      ],
    ] as const)
      it(`in medium ${medium} is ${ofPhone ? '' : 'not '}that of the desk in example ${label}`, () => {
        const desks = { 1001: desk() };
        run(label, name, stateIn(medium, LOG_OUT), { desks, ...extra });
        assert.equal(desks[1001].state, shown);
      });

    it(`in medium ${medium} is ${ofPhone ? '' : 'not '}a presence in Teams`, () => {
      const sent = run('cookbook/12 presence to Teams', 'the presence', stateIn(medium, LOG_OUT), { shown: new Map() });
      assert.equal(sent !== null, ofPhone);
    });
  }
});
