/**
 * The options of `ctios-server` for desktops: statistics, and the end of silent monitoring. Source: the guide's server
 * configuration.
 */
import type { ObjectServerSettings } from '../../../server/index.js';
import { type ConfigOf, defineOptions } from '../../option-definition.js';

const group = 'Desktops';

export const deskOptions = defineOptions({
  'stop-monitor-on-other-calls': {
    type: 'flag',
    group,
    about: 'end desktop silent monitoring at a call that is not an ACD call (StopSMNonACDCall)',
  },
  'agent-statistics-every': {
    type: 'number',
    group,
    placeholder: 's',
    min: 5,
    max: 3_600,
    about: 'interval of agent statistics; by default they are sent when a call ends',
  },
  'skill-group-statistics-every': {
    type: 'number',
    group,
    placeholder: 's',
    min: 5,
    max: 3_600,
    fallback: 10,
    about: 'interval of skill group statistics',
  },
  'agent-statistics': {
    type: 'list',
    group,
    placeholder: 'name,…',
    about: 'agent statistics to send to desktops; all by default',
  },
  'skill-group-statistics': {
    type: 'list',
    group,
    placeholder: 'name,…',
    about: 'skill group statistics to send to desktops; all by default',
  },
  'whole-statistics-for-monitors': {
    type: 'flag',
    group,
    about: 'send all statistics to monitor sessions, regardless of the settings for desktops',
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
