/**
 * A day with all kinds of events: a scenario is played while an agent, a supervisor and a monitor send every kind of
 * request, sensible or not. For tests that need as many different messages as possible.
 */
import type { CilEvent, Session } from '../../src/cil/index.js';
import type { Args } from '../../src/ctios/index.js';
import { TestBed } from '../support/test-bed.js';

const AGENT = 'agent.5000.1001';
const SUPERVISOR = 'agent.5000.90001';

interface Asked {
  readonly who: 'agent' | 'supervisor' | 'monitor';
  readonly request: string;
  readonly args?: Args;
  readonly target?: string;
}

/** Before there are calls. */
const MORNING: readonly Asked[] = [
  { who: 'supervisor', request: 'StartMonitoringAllAgentTeams', target: SUPERVISOR },
  { who: 'supervisor', request: 'StartMonitoringAgent', target: SUPERVISOR, args: { AgentReference: AGENT } },
  { who: 'agent', request: 'SendChatMessage', args: { Target: SUPERVISOR, Message: 'hello', Distribution: 0 } },
  { who: 'agent', request: 'Login', target: AGENT, args: { AgentID: '1001', AgentInstrument: '2001' } },
  { who: 'agent', request: 'SetAgentState', target: AGENT, args: { AgentState: 3 } },
  { who: 'agent', request: 'QueryAgentState', target: AGENT },
  { who: 'monitor', request: 'QueryAgentState', target: AGENT },
  { who: 'agent', request: 'EnableSkillGroupStatistics', target: AGENT, args: { SkillGroupNumber: 10 } },
  { who: 'agent', request: 'EnableAgentStatistics', target: AGENT },
  { who: 'agent', request: 'RequestDesktopSettings' },
  { who: 'agent', request: 'SendIdentifyClientRequest' },
  { who: 'supervisor', request: 'RequestAgentTeamList', target: SUPERVISOR },
  { who: 'supervisor', request: 'StartMonitoringAgentTeam', target: SUPERVISOR, args: { TeamID: 1 } },
  { who: 'agent', request: 'SetAgentGreetingAction', target: AGENT, args: { AgentAction: 1 } },
  { who: 'agent', request: 'ReportBadCallLine', target: AGENT },
  { who: 'agent', request: 'SetAgentState', target: AGENT, args: { AgentState: 2, EventReasonCode: 1 } },
  { who: 'agent', request: 'MakeCall', target: AGENT, args: { DialedNumber: '2002' } },
];

/** With the agent's current call, whatever its state. */
const ON_THE_PHONE: readonly Asked[] = [
  { who: 'agent', request: 'SetCallData', args: { CallVariable1: 'x', 'user.Tier': 'gold' } },
  { who: 'agent', request: 'SendDTMFSignal', args: { DTMFString: '12' } },
  { who: 'agent', request: 'StartRecord' },
  { who: 'agent', request: 'StopRecord' },
  { who: 'agent', request: 'Snapshot' },
  { who: 'agent', request: 'Hold' },
  { who: 'agent', request: 'Retrieve' },
  { who: 'agent', request: 'RequestSupervisorAssist' },
  { who: 'agent', request: 'MakeEmergencyCall' },
  { who: 'agent', request: 'MakeConsultCall', args: { DialedNumber: '2003', ConsultType: 1 } },
  { who: 'agent', request: 'Alternate' },
  { who: 'agent', request: 'Reconnect' },
  { who: 'agent', request: 'SingleStepTransfer', args: { DialedNumber: '2004' } },
  { who: 'agent', request: 'Transfer' },
  { who: 'agent', request: 'Conference' },
];

const EVENING: readonly Asked[] = [
  { who: 'supervisor', request: 'StopMonitoringAgent', target: SUPERVISOR, args: { AgentReference: AGENT } },
  { who: 'agent', request: 'Logout', target: AGENT, args: { EventReasonCode: 1 } },
];

/** @param tell receives every event of every session, synchronously */
export async function busyDay(scenario: string, tell: (event: CilEvent) => void): Promise<void> {
  const bed = await TestBed.open({ access: 'remote', agents: 30 });
  const sessions = {
    agent: bed.newSession('remote'),
    supervisor: bed.newSession('remote'),
    monitor: bed.newSession('remote'),
  };
  for (const session of Object.values(sessions)) {
    session.subscribe('AllInOne', tell);
    session.connect();
  }
  await bed.run(200);
  await bed.until(sessions.monitor.setMessageFilter(''));
  await bed.until(sessions.agent.setAgent({ AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001' }));
  await bed.until(sessions.supervisor.setAgent({ AgentID: '90001', PeripheralID: 5000 }));

  /** A refusal is a response, too, and has its own event. */
  const ask = async ({ who, request, args = {}, target }: Asked): Promise<void> => {
    const asked = sessions[who].request(request, { args, ...(target === undefined ? {} : { target }) });
    await bed.until(asked.catch(() => {}));
  };
  bed.simulator.run('runScenario', { name: scenario });
  await bed.run(3_000);
  for (const each of MORNING) await ask(each);
  await bed.run(2_000);
  bed.simulator.run('placeCall', { to: '8001', from: '2065550199' });
  await bed.run(3_000);
  for (const each of ON_THE_PHONE) {
    await ask(each);
    await bed.run(500);
  }
  await superviseAll(sessions.agent, ask);
  for (const each of EVENING) await ask(each);
  // Runs the scenario to its end, and the statistics that are due meanwhile.
  for (let second = 0; second < 1_500 && runs(bed); second++) await bed.run(1_000);
  await bed.run(12_000);
  await bed.close();
}

async function superviseAll(agent: Session, ask: (asked: Asked) => Promise<void>): Promise<void> {
  for (const CallReference of [...agent.calls.keys()]) {
    await ask({ who: 'supervisor', request: 'StartMonitoringCall', target: SUPERVISOR, args: { CallReference } });
    for (const SupervisoryAction of [1, 2, 3, 4, 5]) {
      const args = { AgentReference: AGENT, CallReference, SupervisoryAction };
      await ask({ who: 'supervisor', request: 'SuperviseCall', target: SUPERVISOR, args });
    }
    await ask({ who: 'agent', request: 'Clear', target: CallReference });
  }
}

const runs = ({ simulator }: TestBed): boolean => ['pausing', 'waiting'].includes(simulator.scenario?.state ?? '');
