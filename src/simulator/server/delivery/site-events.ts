/** Agent events as real sites send them, differing from an ideal switch, if the site is configured so. */
import type { Random } from '../../../common/random.js';
import { AgentState, type MessageInitOf } from '../../../ged188/index.js';
import { CallKind } from '../../model/state/codes.js';
import type { SiteBehavior } from '../../model/state/site-behavior.js';
import type { AgentStateEvent, EventView } from '../../model/state/types.js';
import { agentStateMessage } from '../messages/agent-messages.js';

type AgentStateMessage = MessageInitOf<'AGENT_STATE_EVENT'>;

/** The media routing domain of chats, and the agent states that occur in it. */
const CHAT_MRD = 5001;
const chatStates = [
  AgentState.AGENT_STATE_LOGOUT,
  AgentState.AGENT_STATE_NOT_READY,
  AgentState.AGENT_STATE_AVAILABLE,
  AgentState.AGENT_STATE_ACTIVE,
] as const;
const MAX_DELAY_MS = 500;

export class SiteEvents {
  constructor(
    private readonly site: SiteBehavior,
    private readonly random: Random,
  ) {}

  /** The messages that report one change of an agent's state. */
  agentStates(event: AgentStateEvent, peripheralType: number, signature: string | undefined): AgentStateMessage[] {
    const { agent, skillGroup } = event;
    const { site } = this;
    const whole = agentStateMessage(agent, skillGroup, peripheralType, signature);
    const messages =
      site.statePerSkillGroup && agent.skillGroups.length > 0
        ? agent.skillGroups.map((group) => agentStateMessage(agent, group, peripheralType, signature, true))
        : [whole];
    const loggedOut = (state: number) =>
      state === AgentState.AGENT_STATE_LOGOUT || state === AgentState.AGENT_STATE_UNKNOWN;
    if (site.transientLogin && loggedOut(event.previous) && !loggedOut(agent.state))
      messages.unshift({ ...whole, AgentState: AgentState.AGENT_STATE_LOGIN, EventReasonCode: 0 });
    if (site.otherMedia && this.random.next() < 0.3) messages.push(this.#inChat(whole));
    return messages;
  }

  #inChat(voice: AgentStateMessage): AgentStateMessage {
    const state = chatStates[Math.floor(this.random.next() * chatStates.length)]!;
    return {
      ...voice,
      MRDID: CHAT_MRD,
      AgentState: state,
      SkillGroupState: state,
      EventReasonCode: 0,
      NumTasks: 0,
      NextAgentState: undefined,
      FltSkillGroups: [],
    };
  }

  /** Delay of the next agent event in milliseconds; undefined: none, and it keeps its place. */
  agentEventDelay(): number | undefined {
    if (this.site.lateAgentEvents) return Math.floor(this.random.next() * (MAX_DELAY_MS + 1));
    return this.site.shuffledOrder && this.random.next() < 0.5 ? 0 : undefined;
  }

  /** Whether a greeting is played when this agent answers. */
  greets({ callType, kind }: EventView): boolean {
    return this.site.agentGreeting && kind === 'agentPhone' && callType === CallKind.routed;
  }
}
