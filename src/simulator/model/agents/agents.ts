import type { CallRouter } from '../routing/router.js';
import type { CommandOutcome, SetAgentStateRequest } from '../state/api.js';
import { Direction, Lcs, Reason, State } from '../state/codes.js';
import type { WrapupMode } from '../state/config.js';
import type { SwitchContext } from '../state/context.js';
import type { SimulatedAgent, SimulatedCall, SimulatedConnection, SimulatedDevice } from '../state/entities.js';
import type { AgentStateNumber } from '../state/events/values.js';
import { accept, refuse } from '../state/refusals.js';
import type { StatisticsKeeper } from '../statistics/statistics.js';
import type { SimulatedCalls } from '../telephony/calls.js';
import type { Connections } from '../telephony/connections.js';
import type { Dialing } from '../telephony/dialing.js';
import type { Wrapups } from '../telephony/wrapup.js';
import { isWork } from '../telephony/wrapup.js';
import { factsOf } from '../views.js';
import { type AgentSituation, type AgentTrigger, rowFor } from './agent-states.js';
import { authenticate, planLogin } from './login.js';

const asks: Partial<Record<AgentStateNumber, AgentTrigger>> = {
  [State.login]: 'login',
  [State.logout]: 'logout',
  [State.notReady]: 'askNotReady',
  [State.available]: 'askAvailable',
  [State.workReady]: 'askWorkReady',
  [State.workNotReady]: 'askWorkNotReady',
};

/** Whether the agent's desk settings require a reason for the requested state. */
const needsReason = (trigger: AgentTrigger, desk: SimulatedAgent['desk']): boolean =>
  (trigger === 'logout' && desk.logoutReasonRequired) || (trigger === 'askNotReady' && desk.notReadyReasonRequired);

/** ForcedFlag: only check the password. */
const AUTHENTICATION_ONLY = 2;

/** Runs the agents' state machine: their requests, the events of their phones, their timers. */
export class SimulatedAgents {
  constructor(
    private readonly context: SwitchContext,
    private readonly statistics: StatisticsKeeper,
    private readonly wrapups: Wrapups,
    private readonly connections: Connections,
    private readonly calls: SimulatedCalls,
    private readonly dialing: Dialing,
    private readonly router: CallRouter,
  ) {}

  // Requests of agents and supervisors.

  setState(request: SetAgentStateRequest): CommandOutcome {
    const trigger = asks[request.state];
    const found = this.context.world.peripheral(request.peripheralId);
    if (!found.ok) return found;
    if (trigger === undefined) return refuse('badTransition');
    const reasonCode = request.reasonCode ?? 0;
    if (!Number.isInteger(reasonCode) || reasonCode < 0 || reasonCode > 0xffff) return refuse('reasonOutOfRange');
    if (trigger === 'login') return this.#login(request, reasonCode);

    const device = this.context.world.device(request.peripheralId, request.instrument);
    const agent =
      device?.agent ??
      (request.agentId === undefined ? undefined : this.context.world.agent(request.peripheralId, request.agentId));
    if (agent === undefined) return device === undefined ? refuse('unknownDevice') : refuse('notLoggedIn');
    if (request.agentId !== undefined && request.agentId !== agent.config.agentId) return refuse('unknownAgent');
    const bySupervisor = request.supervisorId !== undefined && request.supervisorId !== '';
    if (bySupervisor && !this.context.world.supervises(request.supervisorId!, agent)) return refuse('notASupervisor');
    const forced = bySupervisor || request.forced === 1;
    if (!forced && reasonCode === 0 && agent.loggedIn && needsReason(trigger, agent.desk))
      return refuse('reasonRequired');
    return this.#ask(agent, trigger, {
      forced,
      reasonCode: trigger === 'logout' && bySupervisor ? Reason.supervisorLogout : reasonCode,
    });
  }

  #login(request: SetAgentStateRequest, reasonCode: number): CommandOutcome {
    if (request.forced === AUTHENTICATION_ONLY) {
      const known = authenticate(this.context.world, request);
      return known.ok ? accept() : known;
    }
    const planned = planLogin(this.context.world, request);
    if (!planned.ok) return planned;
    const { agent, device, skills } = planned.value;
    const takesOver = this.context.settings.takeOverLogin && agent.device !== device && agent.state === State.notReady;
    if (agent.loggedIn && takesOver) this.#change(agent, State.logout, Reason.clientLost);
    const row = rowFor(agent.state, 'login', this.#situation(agent));
    if (row?.to === undefined || row.to === 'before') return refuse(row?.refuse ?? 'alreadyLoggedIn');
    agent.skills = skills;
    agent.device = device;
    agent.extension = device.id;
    agent.instrument = device.instrument;
    for (const line of this.#lines(device)) line.agent = agent;
    agent.misses = 0;
    this.statistics.loggedIn(agent);
    const onCall = device.connections.length > 0;
    this.#change(agent, onCall ? State.notReady : row.to, onCall ? Reason.callAtLogin : reasonCode);
    if (onCall) this.phoneChanged(device);
    return accept();
  }

  #lines(device: SimulatedDevice): readonly SimulatedDevice[] {
    const lines = this.context.world.peripherals.get(device.config.peripheralId)?.instruments.get(device.instrument);
    return lines ?? [device];
  }

  #ask(agent: SimulatedAgent, trigger: AgentTrigger, ask: { forced: boolean; reasonCode: number }): CommandOutcome {
    const row = rowFor(agent.state, trigger, this.#situation(agent, ask.forced));
    if (row === undefined) return refuse('badTransition');
    if (row.refuse !== undefined) return refuse(row.refuse);
    if (row.remember === 'logout') {
      agent.logoutAfterCalls = { reasonCode: ask.reasonCode };
    } else if (row.remember === 'pending') {
      const state = statesAsked[trigger]!;
      agent.pending = { state, reasonCode: ask.reasonCode };
      this.#tell(agent, agent.state);
    } else if (row.to !== undefined) this.#go(agent, row.to, ask.reasonCode);
    return accept();
  }

  // Events of phones.

  /** A call is about to ring here. */
  offered(device: SimulatedDevice): void {
    if (device.agent !== undefined && !device.config.nonAcdLine) this.#signal(device.agent, 'offered');
  }

  /** The phone rings: it may answer automatically, or not be answered. */
  ringing(connection: SimulatedConnection): void {
    const { agent, device } = connection;
    if (agent === undefined || device.config.nonAcdLine) return;
    if (agent.desk.autoAnswer) {
      this.calls.establish(connection);
      return;
    }
    if (agent.state !== State.reserved || agent.desk.ringNoAnswerTime === 0) return;
    connection.ringTimer = this.context.later(agent.desk.ringNoAnswerTime * 1000, () => this.#notAnswered(connection));
  }

  #notAnswered(connection: SimulatedConnection): void {
    const { call, agent } = connection;
    if (connection.state !== Lcs.alerting || agent === undefined) return;
    connection.missed = true;
    agent.misses++;
    this.connections.divert(connection);
    if (this.router.notAnswered(call, agent.desk.ringNoAnswerTarget)) return;
    this.#elsewhere(call, connection, agent.desk.ringNoAnswerTarget);
  }

  /** A call that the router did not send: to the target of the desk settings, or the caller gets no answer. */
  #elsewhere(call: SimulatedCall, missed: SimulatedConnection, target: string | undefined): void {
    const caller = call.connections[0];
    if (caller === undefined) return;
    if (call.route !== undefined) {
      // A call that waits in a queue keeps waiting, unless the caller has left.
      const waits = call.connections.some(({ device }) => device.isPhone || device.kind === 'external');
      if (!waits) this.connections.dissolve(caller);
      return;
    }
    const destination = target === undefined ? undefined : this.dialing.resolve(call.peripheral, target);
    if (destination !== undefined) {
      this.dialing.reach(call, caller, destination, {
        callType: missed.callType,
        lineType: missed.lineType,
        direction: missed.direction,
      });
      return;
    }
    if (call.connections.length === 1) this.dialing.fail(caller, missed.device.ref, 'notAnswered');
  }

  /** Checks a phone after one of its connections changed. @param ended the connection that ended */
  phoneChanged(device: SimulatedDevice, ended?: SimulatedConnection): void {
    const agent = device.agent;
    if (agent === undefined) return;
    if (device.config.nonAcdLine) {
      const busy = this.#lines(device).some((line) => line.config.nonAcdLine && line.connections.length > 0);
      this.#signal(agent, busy ? 'nonAcdBusy' : 'nonAcdFree');
      return;
    }
    // A silently monitored call is not one of the agent's.
    const own = device.connections.filter((each) => each.silentMonitor !== 2);
    const talking = own.find((each) => each.state === Lcs.connect);
    const inHand = talking ?? own[0];
    if (inHand !== undefined && agent.direction === Direction.none) agent.direction = inHand.direction;
    if (talking !== undefined) {
      agent.misses = 0;
      if (agent.wrapup === undefined || talking.direction === Direction.in)
        agent.wrapup = { connection: talking, direction: talking.direction };
      this.#signal(agent, 'talking');
    } else if (own.some((each) => each.state === Lcs.hold)) this.#signal(agent, 'held');
    else if (own.length === 0) this.#signal(agent, ended?.missed ? 'notAnswered' : 'callsOver');
    this.router.refresh(agent);
  }

  deviceLost(device: SimulatedDevice): void {
    if (device.agent !== undefined) this.#signal(device.agent, 'deviceLost');
  }

  /** Sets an available agent to not ready for a call of its own, and to available after it. */
  stepAsideForCall(agent: SimulatedAgent): void {
    agent.before = { state: State.available, reasonCode: 0 };
    this.#change(agent, State.notReady, Reason.makeCall);
  }

  #signal(agent: SimulatedAgent, trigger: AgentTrigger): void {
    const row = rowFor(agent.state, trigger, this.#situation(agent));
    if (row?.to === undefined) {
      const atRest = agent.state === State.notReady || agent.state === State.available;
      if (trigger === 'callsOver' && atRest) this.#forgetCalls(agent);
      return;
    }
    const reasons: Partial<Record<AgentTrigger, number>> = {
      notAnswered:
        agent.misses >= this.context.settings.consecutiveMisses ? Reason.consecutiveMisses : Reason.ringNoAnswer,
      nonAcdBusy: Reason.nonAcdCall,
      idleTimer: Reason.inactivity,
      deviceLost: Reason.deviceLost,
      workTimer: agent.reasonAfterWork,
      callsOver: agent.pending?.reasonCode ?? 0,
    };
    if (trigger === 'nonAcdBusy') agent.before = { state: agent.state, reasonCode: agent.reasonCode };
    const reasonCode =
      row.to === State.logout ? (agent.logoutAfterCalls?.reasonCode ?? reasons[trigger] ?? 0) : (reasons[trigger] ?? 0);
    this.#go(agent, row.to, reasonCode);
  }

  // Changing state.

  #go(agent: SimulatedAgent, to: AgentStateNumber | 'before', reasonCode: number): void {
    if (to !== 'before') {
      this.#change(agent, to, reasonCode);
      return;
    }
    const before = agent.before ?? { state: State.notReady, reasonCode: 0 };
    this.#change(agent, before.state, before.reasonCode);
  }

  #change(agent: SimulatedAgent, to: AgentStateNumber, reasonCode: number): void {
    const now = this.context.clock.now();
    const from = agent.state;
    const toCall = to === State.reserved || to === State.talking || to === State.hold;
    if (toCall) agent.before ??= { state: from, reasonCode: agent.reasonCode };
    this.statistics.stateEnds(agent, now);
    const startedAt = agent.since;
    agent.state = to;
    agent.since = now;
    agent.reasonCode = to === State.notReady || to === State.logout ? reasonCode : 0;
    agent.workTimer?.cancel();
    agent.idleTimer?.cancel();
    agent.workTimer = undefined;
    agent.idleTimer = undefined;
    const leftWork = isWork(from);
    if (leftWork) agent.workedMs += now - startedAt;
    if (leftWork && !toCall) this.wrapups.leave(agent);
    const stepsAside = to === State.notReady && (reasonCode === Reason.makeCall || reasonCode === Reason.nonAcdCall);
    if (isWork(to)) {
      agent.reasonAfterWork = agent.pending?.reasonCode ?? 0;
      agent.pending = undefined;
      this.wrapups.begin(agent, () => this.#signal(agent, 'workTimer'));
    } else if (!toCall && !stepsAside) this.#forgetCalls(agent);
    if (to === State.notReady) this.#watchIdleness(agent);
    if (to === State.available) this.router.becameAvailable(agent);
    this.#tell(agent, from);
    if (to === State.logout) this.#leavePhone(agent);
    this.router.refresh(agent);
  }

  #watchIdleness(agent: SimulatedAgent): void {
    const seconds = agent.desk.logoutNonActivityTime;
    if (seconds === 0) return;
    agent.idleTimer = this.context.later(seconds * 1000, () => {
      if (agent.device?.connections.length === 0) this.#signal(agent, 'idleTimer');
      else this.#watchIdleness(agent);
    });
  }

  /** The router withdrew a call it had announced. */
  offerWithdrawn(agent: SimulatedAgent): void {
    if (agent.logoutAfterCalls !== undefined) this.#signal(agent, 'callsOver');
    this.router.refresh(agent);
  }

  #forgetCalls(agent: SimulatedAgent): void {
    agent.before = undefined;
    agent.pending = undefined;
    agent.direction = Direction.none;
    if (!isWork(agent.state)) this.wrapups.forget(agent);
  }

  #leavePhone(agent: SimulatedAgent): void {
    this.statistics.loggedOut(agent);
    if (agent.device !== undefined) for (const line of this.#lines(agent.device)) line.agent = undefined;
    agent.device = undefined;
    agent.logoutAfterCalls = undefined;
  }

  #situation(agent: SimulatedAgent, forced = false): AgentSituation {
    const { desk, wrapup } = agent;
    const direction = wrapup?.direction ?? agent.direction;
    const out = direction === Direction.out || direction === Direction.preview;
    const notIn = out ? 'out' : 'other';
    const calls = direction === Direction.in ? 'in' : notIn;
    const modes = { in: desk.wrapupIncoming, out: desk.wrapupOutgoing, other: 'optional' } as const;
    const wrapupMode: WrapupMode = modes[calls];
    return {
      callOnItsWay: agent.offer !== undefined,
      forced,
      wrapupMode,
      calls,
      pending: agent.pending?.state,
      logoutWanted: agent.logoutAfterCalls !== undefined,
      availableAfter:
        (calls === 'in' && desk.availableAfterIncoming) || (calls === 'out' && desk.availableAfterOutgoing),
      wrapupDataMissing: this.wrapups.dataMissing(agent),
      mayPend: this.context.settings.stateAskedWhileTalking === 'pending',
      availableAtLogin: this.context.settings.stateAfterLogin === 'available',
      standsAside: agent.reasonCode === Reason.makeCall || agent.reasonCode === Reason.nonAcdCall,
    };
  }

  // Publishing.

  #tell(agent: SimulatedAgent, previous: AgentStateNumber): void {
    const call = agent.device?.connections.find((each) => each.skillGroup !== undefined);
    this.context.events.tell({
      kind: 'agentState',
      peripheralId: agent.config.peripheralId,
      agent: factsOf(this.context.world, agent, this.context.clock.now()),
      previous,
      skillGroup: call?.skillGroup ?? agent.wrapup?.connection.skillGroup,
    });
  }

  /** Publishes an agent's state again: its skills changed. */
  retell(agent: SimulatedAgent): void {
    this.#tell(agent, agent.state);
  }
}

const statesAsked: Partial<Record<AgentTrigger, AgentStateNumber>> = {
  askAvailable: State.available,
  askNotReady: State.notReady,
  askWorkReady: State.workReady,
  askWorkNotReady: State.workNotReady,
};
