import type { Clock } from '../../../common/clock.js';
import type { Random } from '../../../common/random.js';
import type { ContactCenter } from '../contact-center.js';
import { CallKind, Lcs, Reason, State } from '../state/codes.js';
import type { AgentConfig } from '../state/config.js';
import type { AgentStateEvent } from '../state/events/agent-events.js';
import type { CallDeliveredEvent } from '../state/events/call-events.js';
import type { TelephonyEvent } from '../state/events.js';
import { type DurationDistribution, draw } from './distributions.js';

/** How agents behave that no client controls. */
export interface AutomaticOptions {
  answer: DurationDistribution;
  talk: DurationDistribution;
  wrapup: DurationDistribution;
  /** How long an agent stays away after failing to answer. */
  rest: DurationDistribution;
  /**
   * Agents that must not act automatically; checked at every step, so that a client can take over an agent in the
   * middle of a call.
   */
  leaveAlone?: (peripheralId: number, agentId: string) => boolean;
}

export const gentleAgents: AutomaticOptions = {
  answer: { kind: 'uniform', minMs: 1500, maxMs: 4000 },
  talk: { kind: 'lognormal', meanMs: 25_000, spread: 0.4 },
  wrapup: { kind: 'uniform', minMs: 4000, maxMs: 9000 },
  rest: { kind: 'constant', ms: 10_000 },
};

/**
 * Agents that act automatically: they answer, talk, wrap up and become available again. They do nothing that a client
 * could not undo, and end only calls of outside callers; what a client has begun must be ended by a client.
 */
export class AutomaticAgents {
  #stop?: () => void;
  /** The latest state event of each agent: plans made before it are void. */
  #lastChange = new Map<string, number>();
  /** Calls whose caller will hang up. */
  #farewells = new Set<string>();

  constructor(
    private readonly center: ContactCenter,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly options: AutomaticOptions = gentleAgents,
  ) {}

  /** Logs all agents in, as available, and supervisors as not ready. */
  start(): void {
    this.#stop ??= this.center.listen((event) => this.#hear(event));
    const desks = this.#desks();
    for (const agent of [...this.center.agents()]) {
      if (agent.loggedIn || this.#leaveAlone(agent.peripheralId, agent.agentId)) continue;
      const at = {
        peripheralId: agent.peripheralId,
        instrument: desks.get(agent.config) ?? agent.config.instrument,
        agentId: agent.agentId,
      };
      const { password } = agent.config;
      const login = this.center.setAgentState({ ...at, state: State.login, password });
      if (login.ok && !agent.config.supervisor) this.center.setAgentState({ ...at, state: State.available });
    }
  }

  /** The phones of agents without a desk of their own: with hot desking, each uses the next agent's. */
  #desks(): Map<AgentConfig, string> {
    const desks = new Map<AgentConfig, string>();
    if (this.center.config.switch.site?.hotDesks !== true) return desks;
    for (const { id } of this.center.peripherals()) {
      const moving = [...this.center.agents(id)].filter(
        (agent) => !agent.loggedIn && !agent.config.supervisor && !this.#leaveAlone(id, agent.agentId),
      );
      for (const [index, { config }] of moving.entries())
        desks.set(config, moving[(index + 1) % moving.length]!.config.instrument);
    }
    return desks;
  }

  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  #leaveAlone(peripheralId: number, agentId: string): boolean {
    return this.options.leaveAlone?.(peripheralId, agentId) ?? false;
  }

  #after(distribution: DurationDistribution, agent: { peripheralId: number; agentId: string }, act: () => void): void {
    if (this.#leaveAlone(agent.peripheralId, agent.agentId)) return;
    const ms = draw(distribution, this.random);
    if (ms === undefined) return;
    this.clock.after(ms, () => {
      if (this.#stop !== undefined && !this.#leaveAlone(agent.peripheralId, agent.agentId)) act();
    });
  }

  #hear(event: TelephonyEvent): void {
    switch (event.kind) {
      case 'agentState':
        this.#changed(event);
        break;
      case 'callDelivered':
        this.#rings(event);
        break;
      case 'callEstablished':
      case 'callTransferred':
      case 'callConferenced':
      case 'callConnectionCleared':
        this.#plansFarewell(event.peripheralId, event.callId);
        break;
      case 'callCleared':
        this.#farewells.delete(`${event.peripheralId}/${event.callId}`);
        break;
      default:
        // An automatic agent reacts to nothing else.
        break;
    }
  }

  #rings(event: CallDeliveredEvent): void {
    const view = event.views.find((each) => each.deviceId === event.connection.deviceId);
    if (view?.agentId === undefined) return;
    const agent = { peripheralId: event.peripheralId, agentId: view.agentId };
    const preview =
      view.callType === CallKind.reservationPreview || view.callType === CallKind.reservationPreviewDirect;
    this.#after(this.options.answer, agent, () =>
      preview
        ? this.center.setCallData(event.connection, { named: [['BAResponse', 'Accept']] })
        : this.center.answer(event.connection),
    );
  }

  /** A caller who talks only to automatic agents hangs up after a while. */
  #plansFarewell(peripheralId: number, callId: number): void {
    const key = `${peripheralId}/${callId}`;
    if (this.#farewells.has(key)) return;
    const ms = this.#talkOf(peripheralId, callId) && draw(this.options.talk, this.random);
    if (ms === undefined) return;
    this.#farewells.add(key);
    this.clock.after(ms, () => {
      if (!this.#farewells.delete(key) || this.#stop === undefined) return;
      const talk = this.#talkOf(peripheralId, callId);
      // A caller on hold does not hang up.
      if (talk?.talking) this.center.hangUp(peripheralId, callId, talk.caller);
      else this.#plansFarewell(peripheralId, callId);
    });
  }

  /** A call between an outside caller and automatic agents only; undefined for any other call. */
  #talkOf(peripheralId: number, callId: number): { caller: string; talking: boolean } | undefined {
    const call = this.center.call(peripheralId, callId);
    const caller = call?.connections.find((each) => each.kind === 'external');
    const own = call?.connections.filter((each) => each.kind === 'agentPhone' && each.state >= Lcs.connect) ?? [];
    if (caller === undefined || own.length === 0) return undefined;
    const ids = own.map((each) => this.center.device(peripheralId, each.deviceId)?.agentId);
    if (ids.some((id) => id === undefined || this.#leaveAlone(peripheralId, id))) return undefined;
    return { caller: caller.deviceId, talking: own.some((each) => each.state === Lcs.connect) };
  }

  #changed(event: AgentStateEvent): void {
    const { agent } = event;
    const working = agent.state === State.workReady || agent.state === State.workNotReady;
    const resting =
      agent.state === State.notReady &&
      (agent.reasonCode === Reason.ringNoAnswer || agent.reasonCode === Reason.consecutiveMisses);
    const { sequence } = event;
    this.#lastChange.set(keyOf(agent), sequence);
    if (!working && !resting) return;
    this.#after(working ? this.options.wrapup : this.options.rest, agent, () => {
      // The agent may have been changed by someone else meanwhile.
      if (this.#lastChange.get(keyOf(agent)) !== sequence) return;
      this.center.setAgentState({
        peripheralId: agent.peripheralId,
        instrument: agent.instrument,
        agentId: agent.agentId,
        state: State.available,
      });
    });
  }
}

function keyOf(agent: { peripheralId: number; agentId: string }): string {
  return `${agent.peripheralId}/${agent.agentId}`;
}
