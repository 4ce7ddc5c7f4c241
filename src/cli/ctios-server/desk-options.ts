/** What `ctios-server` can be told of what desktops get: statistics, and when listening ends. Source: the guide's server configuration. */
import type { ObjectServerSettings } from '../../server/index.js';
import { type ConfigOf, defineOptions } from './option-definition.js';

const group = 'Desktops';

export const deskOptions = defineOptions({
  'stop-monitor-on-other-calls': {
    type: 'flag',
    group,
    about: 'silent monitoring by the desktops ends with a call that no skill group sent (StopSMNonACDCall)',
  },
  'agent-statistics-every': {
    type: 'number',
    group,
    placeholder: 's',
    min: 5,
    max: 3_600,
    about: "seconds between an agent's statistics; by default they come when a call ends",
  },
  'skill-group-statistics-every': {
    type: 'number',
    group,
    placeholder: 's',
    min: 5,
    max: 3_600,
    fallback: 10,
    about: "seconds between a skill group's statistics",
  },
  'agent-statistics': {
    type: 'list',
    group,
    placeholder: 'name,…',
    about: "the agents' statistics that desktops get; all by default",
  },
  'skill-group-statistics': {
    type: 'list',
    group,
    placeholder: 'name,…',
    about: "the skill groups' statistics that desktops get; all by default",
  },
  'whole-statistics-for-monitors': {
    type: 'flag',
    group,
    about: 'monitor sessions get all statistics whatever desktops get',
  },
});

export function deskSettings(config: ConfigOf<typeof deskOptions>): Partial<ObjectServerSettings> {
  const every = config['agent-statistics-every'];
  return {
    stopSilentMonitorOnNonAcdCall: config['stop-monitor-on-other-calls'],
    ...(every === undefined ? {} : { pollForAgentStatsAtEndCall: false, agentPollingIntervalSec: every }),
    skillGroupPollingIntervalSec: config['skill-group-statistics-every'],
    agentStatisticsColumns: config['agent-statistics'] ?? [],
    skillGroupStatisticsColumns: config['skill-group-statistics'] ?? [],
    disableMonitorModeStatsMinimization: config['whole-statistics-for-monitors'],
  };
}
