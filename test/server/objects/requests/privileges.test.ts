/**
 * Privileges: every request, in every way it can name its agent, phone or calls, by an agent and by a supervisor, for
 * oneself, for a member of the team, and for others. Anything not known to be allowed is rejected.
 */
import assert from 'node:assert/strict';
import { type Args, requests } from '../../../../src/ctios/index.js';
import type { ObjectServerRequester, ObjectServerSettings } from '../../../../src/server/index.js';
import { privileges } from '../../../../src/server/objects/requests/privilege-table.js';
import { agentState, begin, Center, established, P } from '../center.js';
import { settled } from '../scripted-link.js';

/** AgentID, phone and calls: an active one and a held one. */
interface Person {
  readonly agentId: string;
  readonly phone: string;
  readonly calls: readonly [number, number];
}
const AGENT: Person = { agentId: '1001', phone: '2001', calls: [11, 12] };
const MEMBER: Person = { agentId: '1002', phone: '2002', calls: [21, 22] };
const SUPERVISOR: Person = { agentId: '90001', phone: '9001', calls: [31, 32] };
const FOREIGNER: Person = { agentId: '4711', phone: '2711', calls: [41, 42] };
const EVERYBODY = [AGENT, MEMBER, SUPERVISOR, FOREIGNER];

const idOf = ({ agentId }: Person) => `agent.${P}.${agentId}`;
const callOf = ({ calls, phone }: Person, which = 0) => `call.${P}.${calls[which]}.${phone}`;
const sessionOf = (who: Person): ObjectServerRequester => ({ clientId: who.agentId, mode: 'agent', agent: idOf(who) });

async function floor(teams: boolean, settings: Partial<ObjectServerSettings> = {}): Promise<Center> {
  const center = await Center.up({ ccmBasedSilentMonitor: false, ...settings });
  if (teams) {
    center.tell({
      type: 'AGENT_TEAM_CONFIG_EVENT',
      PeripheralID: P,
      TeamID: 1,
      ConfigOperation: 1,
      AgentTeamName: 'Alpha',
      TeamMembers: [AGENT, MEMBER, SUPERVISOR].map((each) => ({
        AtcAgentID: each.agentId,
        AgentFlags: each === SUPERVISOR ? 5 : 0,
        AtcAgentState: 1,
        AtcStateDuration: 0,
      })),
    });
  }
  for (const { agentId, phone, calls } of EVERYBODY) {
    center.tell(agentState(agentId, phone, 4));
    for (const call of calls) center.tell(begin(call, phone), established(call, phone));
  }
  return center;
}

interface Way {
  readonly name: string;
  readonly target?: (who: Person) => string;
  readonly args?: (who: Person, own: Person) => Args;
}

const callWays: Way[] = [
  { name: 'by target', target: callOf },
  { name: 'by UniqueObjectID', args: (who) => ({ UniqueObjectID: callOf(who) }) },
];
const agentWays: Way[] = [
  { name: 'by AgentID', args: (who) => ({ AgentID: who.agentId }) },
  { name: 'by AgentID, a number', args: (who) => ({ AgentID: Number(who.agentId) }) },
  { name: 'by target', target: idOf },
  { name: 'by target, in capitals', target: (who) => idOf(who).replace('agent', 'Agent') },
];
const instrumentWays: Way[] = [
  { name: 'by AgentInstrument', args: (who) => ({ AgentInstrument: who.phone }) },
  {
    name: 'by AgentInstrument, as oneself',
    args: (who, own) => ({ AgentID: own.agentId, AgentInstrument: who.phone }),
  },
  {
    name: 'by AgentInstrument of a mobile agent, as oneself',
    args: (who, own) => ({ AgentID: own.agentId, AgentInstrument: `${who.phone};0815` }),
  },
];
const callReferenceWay: Way = { name: 'by CallReference', args: (who) => ({ CallReference: callOf(who) }) };

const ways: Readonly<Record<(typeof privileges)[keyof typeof privileges]['about'], readonly Way[]>> = {
  nobody: [],
  anybody: [],
  call: callWays,
  'two calls': [
    ...callWays,
    {
      name: 'by CallReferenceObjectID',
      target: () => '',
      args: (who, own) => ({ UniqueObjectID: callOf(own), CallReferenceObjectID: callOf(who, 1) }),
    },
  ],
  agent: [...agentWays, callReferenceWay],
  'agent from its phone': [...agentWays, ...instrumentWays, callReferenceWay],
  'agent at a phone': [...agentWays, ...instrumentWays],
  'watched agent': [
    { name: 'by AgentReference', args: (who) => ({ AgentReference: idOf(who) }) },
    { name: 'by AgentReference, AgentID alone', args: (who) => ({ AgentReference: who.agentId }) },
    { name: 'by CallReference', args: (who, own) => ({ AgentReference: idOf(own), CallReference: callOf(who) }) },
    {
      name: 'by AgentCallReference',
      args: (who, own) => ({ AgentReference: idOf(own), AgentCallReference: callOf(who) }),
    },
  ],
  'overheard agent': [
    { name: 'by AgentID', args: (who) => ({ AgentID: who.agentId }) },
    { name: 'by DeviceID', args: (who) => ({ DeviceID: who.phone }) },
  ],
};

/** Additional arguments required by a request. */
const MORE: Args = { AgentState: 3, DialedNumber: '5555', ConsultType: 1, SupervisoryAction: 3, AgentAction: 0 };

/** The reason for which a request was rejected for lack of a privilege; undefined if it was not. */
async function refusedBy(
  center: Center,
  own: Person,
  name: string,
  way: Way,
  who: Person,
): Promise<string | undefined> {
  let code: string | undefined;
  const target = way.target?.(who) || undefined;
  void center.request(name, target, { ...MORE, ...way.args?.(who, own) }, sessionOf(own)).then(({ failure }) => {
    code = failure?.code;
  });
  await settled();
  return code === 'CTIOS_NOT_ALLOWED' || code === 'CTIOS_NOT_SUPERVISOR' ? code : undefined;
}

describe('privileges of an agent-mode client', () => {
  let center: Center;
  let bare: Center;
  before(async () => {
    center = await floor(true);
    bare = await floor(false);
  });

  it('are defined for every request', () => {
    assert.deepEqual(Object.keys(privileges).sort(), Object.keys(requests).sort());
  });

  for (const [name, { about, supervisor }] of Object.entries(privileges)) {
    for (const way of ways[about]) {
      it(`${name}, ${way.name}: own, team, foreign`, async () => {
        const asked = async (own: Person, who: Person, where = center) => refusedBy(where, own, name, way, who);
        const none = supervisor ? 'CTIOS_NOT_SUPERVISOR' : undefined;
        const notOwn = supervisor ? 'CTIOS_NOT_SUPERVISOR' : 'CTIOS_NOT_ALLOWED';
        assert.equal(await asked(AGENT, AGENT), none, 'an agent for itself');
        assert.equal(await asked(AGENT, MEMBER), notOwn, 'an agent for a colleague');
        assert.equal(await asked(AGENT, FOREIGNER), notOwn, 'an agent for somebody else');
        assert.equal(await asked(SUPERVISOR, SUPERVISOR), undefined, 'a supervisor for itself');
        const asOneself = way.name.includes('as oneself');
        const ledOne = await asked(SUPERVISOR, MEMBER);
        assert.equal(ledOne, asOneself ? 'CTIOS_NOT_ALLOWED' : undefined, 'a supervisor for a member of the team');
        assert.equal(await asked(SUPERVISOR, FOREIGNER), 'CTIOS_NOT_ALLOWED', 'a supervisor for somebody else');
        assert.equal(await asked(AGENT, MEMBER, bare), notOwn, 'while no team is known');
        assert.equal(await asked(SUPERVISOR, MEMBER, bare), notOwn, 'a supervisor while no team is known');
      });
    }
  }

  for (const [name, { about, supervisor }] of Object.entries(privileges)) {
    if (about !== 'nobody' && about !== 'anybody') continue;
    const named = about === 'anybody' ? agentWays : [{ name: 'of nobody in particular' }];
    for (const way of named)
      it(`${name}, ${way.name}: for ${supervisor ? 'supervisors' : 'everybody'}`, async () => {
        // Only the handler knows who leads a team.
        const only = supervisor || name === 'RequestAgentTeamList' ? 'CTIOS_NOT_SUPERVISOR' : undefined;
        for (const who of [AGENT, MEMBER, FOREIGNER])
          assert.equal(await refusedBy(center, AGENT, name, way, who), only, `an agent, ${who.agentId}`);
        for (const who of [SUPERVISOR, MEMBER, FOREIGNER])
          assert.equal(await refusedBy(center, SUPERVISOR, name, way, who), undefined, `a supervisor, ${who.agentId}`);
        assert.equal(await refusedBy(bare, SUPERVISOR, name, way, MEMBER), only, 'while no team is known');
      });
  }

  it('allow only its leader to monitor a team', async () => {
    const teams = await floor(true);
    teams.tell({
      type: 'AGENT_TEAM_CONFIG_EVENT',
      PeripheralID: P,
      TeamID: 2,
      ConfigOperation: 1,
      AgentTeamName: 'Beta',
      TeamMembers: [{ AtcAgentID: FOREIGNER.agentId, AgentFlags: 1, AtcAgentState: 1, AtcStateDuration: 0 }],
    });
    for (const name of ['StartMonitoringAgentTeam', 'StopMonitoringAgentTeam']) {
      const ask = (TeamID: number) => teams.request(name, undefined, { TeamID }, sessionOf(SUPERVISOR));
      assert.equal((await ask(1)).failure, undefined, name);
      assert.match((await ask(2)).failure!.code, /^CTIOS_NO_/, name);
    }
  });

  const onOtherPeripheral: readonly string[] = ['MakeCall', 'SetAgentState', 'Logout', 'Login'];
  for (const name of onOtherPeripheral) {
    it(`${name}, with one's own AgentID on another peripheral: no`, async () => {
      const way: Way = { name: '', args: (who) => ({ AgentID: who.agentId, PeripheralID: 5001 }) };
      assert.equal(await refusedBy(center, AGENT, name, way, AGENT), 'CTIOS_NOT_ALLOWED');
    });
  }

  it('for oneself at a phone used by another agent: no, because of that phone', async () => {
    for (const who of [MEMBER, FOREIGNER]) {
      const args = { AgentID: AGENT.agentId, AgentInstrument: who.phone };
      const refused = await center.request('Login', undefined, args, sessionOf(AGENT));
      assert.equal(refused.failure?.message, `Login: another agent is logged in at the phone ${who.phone}.`);
    }
  });

  it('for oneself at an unused phone: to log in, but not to call', async () => {
    const way: Way = { name: '', args: () => ({ AgentInstrument: '2999' }) };
    assert.equal(await refusedBy(center, AGENT, 'Login', way, AGENT), undefined);
    assert.equal(await refusedBy(center, AGENT, 'MakeCall', way, AGENT), 'CTIOS_NOT_ALLOWED');
  });

  it('do not apply to a session whose agent has left, or that has none', async () => {
    for (const from of [
      { clientId: 'x', mode: 'agent' } as const,
      { clientId: 'x', mode: 'agent', agent: 'agent.5000.gone' } as const,
    ]) {
      for (const name of ['StartMonitoringAllAgentTeams', 'Snapshot', 'MakeCall']) {
        const { failure } = await center.request(
          name,
          undefined,
          { AgentID: '1001', ...{ UniqueObjectID: callOf(AGENT) } },
          from,
        );
        assert.match(failure!.code, /^CTIOS_NOT_(ALLOWED|SUPERVISOR)$/, name);
      }
    }
  });

  it('define who is listed: no team for an agent who is not a supervisor', async () => {
    const { failure } = await bare.request('RequestAgentTeamList', undefined, {}, sessionOf(AGENT));
    assert.equal(failure?.code, 'CTIOS_NOT_SUPERVISOR');
  });
});

describe('an authentication required by the server', () => {
  it('is required by SetAgentState Login as by Login', async () => {
    const center = await floor(true);
    const claims: string[] = [];
    const from: ObjectServerRequester = {
      ...sessionOf(AGENT),
      prove: ({ password }, ended) => {
        claims.push(password);
        ended({ code: 'CTIOS_AUTHENTICATION_FAILED', message: 'wrong' });
      },
    };
    for (const [name, args] of [
      ['Login', { AgentPassword: 'wrong' }],
      ['SetAgentState', { AgentState: 0, AgentPassword: 'wrong' }],
      ['SetAgentState', { AgentState: '0' }],
    ] as const) {
      const { failure } = await center.request(name, undefined, args, from);
      assert.equal(failure?.code, 'CTIOS_AUTHENTICATION_FAILED', name);
    }
    assert.deepEqual(claims, ['wrong', 'wrong', '']);
  });
});

describe('a silent monitor session', () => {
  const START = {
    AgentID: '1001',
    PeripheralID: P,
    MonitoringIPAddress: '10.0.0.9',
    HeartbeatInterval: 5,
    HeartbeatTimeout: 15,
  };

  it('is accepted only by the desktop that was asked, and ended only by the one that began it', async () => {
    const center = await floor(true);
    center.link.answer('QUERY_AGENT_STATE_REQ', (m) => ({
      type: 'QUERY_AGENT_STATE_CONF',
      AgentState: 4,
      AgentID: (m as { AgentID?: string }).AgentID,
    }));
    center.link.answer('AGENT_DESK_SETTINGS_REQ', { type: 'AGENT_DESK_SETTINGS_CONF', PeripheralID: P });
    for (const { agentId } of EVERYBODY) {
      const from = { clientId: agentId, mode: 'none' } as const;
      await center.request('SetAgent', undefined, { AgentID: agentId }, from);
    }
    await settled();
    const { conf } = await center.request('StartSilentMonitorRequest', undefined, START, sessionOf(SUPERVISOR));
    const SMSessionKey = conf!.args.SMSessionKey!;
    const ask = async (name: string, who: Person) =>
      (await center.request(name, undefined, { SMSessionKey }, sessionOf(who))).failure?.code;
    for (const third of [MEMBER, FOREIGNER, SUPERVISOR]) {
      assert.equal(await ask('AcceptSilentMonitoring', third), 'CTIOS_NO_OBJECT', third.agentId);
    }
    for (const third of [AGENT, MEMBER, FOREIGNER]) {
      assert.equal(await ask('StopSilentMonitorRequest', third), 'CTIOS_NO_OBJECT', third.agentId);
    }
    assert.equal(await ask('AcceptSilentMonitoring', AGENT), undefined);
    assert.equal(await ask('StopSilentMonitorRequest', SUPERVISOR), undefined);
  });
});
