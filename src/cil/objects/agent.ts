/**
 * An agent: the session's own in agent mode, those of the events in monitor mode, a supervisor's team. Source:
 * CTI OS Developer Guide, "Agent Object".
 */
import type { AnyRequestName } from '../../ctios/index.js';
import { toText } from '../../ctios/values.js';
import { Call } from './call.js';
import type { Confirmation, ObjectHost, RequestOptions } from './request.js';
import { withRequests } from './request-methods.js';
import { SkillGroup } from './skill-group.js';

/** AgentFlags: primary supervisor, supervisor. */
const SUPERVISES = 5;

export class Agent extends withRequests('Agent') {
  /** UniqueObjectID of the agent that this supervisor monitors. */
  monitoredAgentId: string | undefined;
  /** UniqueObjectID of the call that this supervisor monitors. */
  monitoredCallId: string | undefined;

  /** TeamID of the teams in which this agent was announced to a supervisor. */
  readonly teams = new Set<string>();

  constructor(private readonly host: ObjectHost) {
    super();
  }

  request(name: AnyRequestName, options?: RequestOptions): Promise<Confirmation> {
    return this.host.request(name, { target: this.uniqueObjectID, ...options });
  }

  /** Enumeration AgentState, as last reported; undefined before the first event. */
  getAgentState(): number | undefined {
    return this.getValueInt('AgentState');
  }

  /** This agent's skill groups whose statistics have been received. All memberships are in `SkillGroup[1]` …. */
  getSkillGroups(): SkillGroup[] {
    const groups: SkillGroup[] = [];
    for (let index = 1; ; index++) {
      const membership = this.getElement('SkillGroup', index);
      if (typeof membership !== 'object') return groups;
      const id = `skillgroup.${this.getValueString('PeripheralID')}.${toText(membership.SkillGroupNumber)}`;
      const group = this.host.getObjectFromObjectID(id);
      if (group instanceof SkillGroup) groups.push(group);
    }
  }

  getMonitoredAgent(): Agent | undefined {
    const agent = this.monitoredAgentId && this.host.getObjectFromObjectID(this.monitoredAgentId);
    return agent instanceof Agent ? agent : undefined;
  }

  getMonitoredCall(): Call | undefined {
    const call = this.monitoredCallId && this.host.getObjectFromObjectID(this.monitoredCallId);
    return call instanceof Call ? call : undefined;
  }

  /** From the desk settings or, if the team became known later, from its list of members. */
  isSupervisor(): boolean {
    return this.getValueBool('IsSupervisor') === true || ((this.getValueInt('AgentFlags') ?? 0) & SUPERVISES) !== 0;
  }

  isAgent(): boolean {
    return !this.isSupervisor();
  }
}
