/** What Prometheus reads of the sessions of this Node-RED. */
import type { NodeAPI } from 'node-red';
import type { SessionApi } from '../../src/cil/index.js';
import { enumNamer } from '../../src/ctios/index.js';
import { toText } from '../../src/ctios/values.js';
import { type Family, Gauge, type Labels, type MetricName } from '../../src/embedded.js';
import type { SessionHost } from '../shared/session/session-host.js';
import { sessionsOf } from '../shared/session/sessions.js';

type Sample = readonly [Labels, number];
/** Samples of one session, without the labels that say which. */
type Reading = readonly [name: MetricName, read: (host: SessionHost) => Iterable<Sample>];

/** A value without further labels; none where it is undefined. */
const one = (name: MetricName, read: (host: SessionHost) => number | boolean | undefined): Reading => [
  name,
  (host) => {
    const value = read(host);
    return value === undefined ? [] : [[{}, Number(value)]];
  },
];

/** The same of an open session. */
const open = (name: MetricName, read: (session: SessionApi) => number | boolean | undefined): Reading =>
  one(name, ({ session }) => (session === undefined ? undefined : read(session)));

const READINGS: readonly Reading[] = [
  one('ctios_session_ready', ({ view }) => view.phase === 'ready'),
  one('ctios_session_standby', ({ view }) => view.phase === 'warm'),
  open('ctios_session_online', ({ status }) => status.online),
  [
    'ctios_session_link_up',
    ({ link }) =>
      link === undefined
        ? []
        : (['A', 'B'] as const).map((side) => [{ side }, Number(link.state === 'up' && link.side === side)]),
  ],
  one('ctios_session_link_heartbeat_milliseconds', ({ link }) => link?.roundTripMs),
  ['ctios_session_gaps_total', ({ session }) => (session === undefined ? [] : gapsOf(session))],
  open('ctios_session_events_total', ({ sequence }) => sequence),
  one('ctios_session_lag_seconds', ({ outlet }) => outlet.lagMs / 1000),
  one('ctios_session_events_waiting', ({ outlet }) => outlet.waiting),
  one('ctios_session_events_lost_total', ({ outlet }) => outlet.lostInAll),
  open('ctios_session_calls', ({ calls }) => calls.size),
  ['ctios_session_agents', ({ session }) => (session === undefined ? [] : agentsByState(session))],
  open('ctios_session_skill_groups', ({ skillGroups }) => skillGroups.size),
  one('ctios_session_agent_sessions', ({ agents }) => agents?.sessions.size),
  one('ctios_session_nodes', ({ users }) => users),
];

const nameOfState = enumNamer('AgentState');

/** By the names of the enumeration: a state that is not in it cannot make a new time series. */
function agentsByState({ agents }: SessionApi): Sample[] {
  const counts = new Map<string, number>();
  for (const agent of agents.values()) {
    const state = nameOfState(agent.getValue('AgentState')) ?? 'Unknown';
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return [...counts].map(([state, count]) => [{ state }, count]);
}

/** Why events may be missing: for any other reason, it is the link. */
const GAP_REASONS = ['link', 'deploy', 'overflow', 'stream'] as const;
type GapCounts = Record<string, number>;
/** Counted from the first reading on. */
const gaps = new WeakMap<SessionApi, GapCounts>();

function gapsOf(session: SessionApi): Sample[] {
  let counts = gaps.get(session);
  if (counts === undefined) {
    const made: GapCounts = Object.fromEntries(GAP_REASONS.map((reason) => [reason, 0]));
    session.subscribe('ISessionEvents', ({ event, args }) => {
      if (event !== 'OnConnectionGap') return;
      const reason = toText(args.Reason) ?? '';
      made[Object.hasOwn(made, reason) ? reason : 'link']!++;
    });
    gaps.set(session, made);
    counts = made;
  }
  return Object.entries(counts).map(([reason, count]) => [{ reason }, count]);
}

export function sessionMetrics(RED: NodeAPI): Family[] {
  const sessions = sessionsOf(RED.events);
  return READINGS.map(
    ([name, read]) =>
      new Gauge(name, function* () {
        for (const host of sessions) {
          const which = { session: host.id, name: RED.nodes.getNode(host.id)?.name ?? '' };
          for (const [labels, value] of read(host)) yield [{ ...which, ...labels }, value];
        }
      }),
  );
}
