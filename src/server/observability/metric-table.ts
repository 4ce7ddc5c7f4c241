/**
 * Every metric of this package: a `ctios-server` and a Node-RED have different ones, and both have those of their
 * process. The code that counts, the reference page and the checks of dashboard and alert rules take names, kinds and
 * labels from here.
 */
export interface MetricDefinition {
  readonly kind: 'counter' | 'gauge';
  /** Where it is found. */
  readonly on: 'server' | 'node-red' | 'both';
  /** Names of its labels. Their values come from tables and from settings, never from received data. */
  readonly labels: readonly string[];
  readonly about: string;
}

type Row = Pick<MetricDefinition, 'kind' | 'on'>;
const metric = ({ kind, on }: Row, about: string, ...labels: string[]): MetricDefinition => ({
  kind,
  on,
  labels,
  about,
});

const serverGauge: Row = { kind: 'gauge', on: 'server' };
const serverCounter: Row = { kind: 'counter', on: 'server' };
const gauge: Row = { kind: 'gauge', on: 'node-red' };
const counter: Row = { kind: 'counter', on: 'node-red' };

/** Of a session: the id of its config node, and its name. */
const SESSION = ['session', 'name'] as const;
/** Of a webhook node: its id, its name, and where the deliveries wait if not on this machine. */
const QUEUE = ['node', 'name', 'place'] as const;

const table = {
  // The link of a ctios-server
  ctios_link_up: metric(serverGauge, 'Whether the link to the CTI Server is up, by side.', 'side'),
  ctios_online: metric(serverGauge, 'Whether requests can succeed.'),
  ctios_link_protocol_version: metric(serverGauge, 'Protocol version in force on the link.'),
  ctios_link_heartbeat_milliseconds: metric(serverGauge, 'Round trip of the last heartbeat of the link.'),
  ctios_decode_oddities: metric(
    serverGauge,
    'Messages of the CTI Server that deviate from the protocol.',
    ...['kind', 'message', 'field'],
  ),
  ctios_gaps_total: metric(serverCounter, 'Gaps of the link after which the server compared notes.'),

  // Its calls, events and requests
  ctios_calls: metric(serverGauge, 'Calls, counted once for each participating device.'),
  ctios_oldest_call_seconds: metric(
    serverGauge,
    'Since when the oldest call is known. If it has lasted for many hours, its end was never reported.',
  ),
  ctios_events_total: metric(serverCounter, 'Events of the object server, by event.', 'event'),
  ctios_events_delivered: metric(serverGauge, 'Events handed out since the start, once for each client that got one.'),
  ctios_requests_total: metric(serverCounter, 'Requests of clients, by request and outcome.', 'request', 'outcome'),
  ctios_requests_pending: metric(serverGauge, 'Requests of clients under way.'),

  // Its clients
  ctios_sessions: metric(serverGauge, 'Client sessions, by mode.', 'mode'),
  ctios_connections_total: metric(serverCounter, 'Clients that were welcomed or refused.', 'outcome'),
  ctios_agent_proofs_total: metric(
    serverCounter,
    'Claims to be an agent: proven, wrong password, locked out, not checked.',
    'outcome',
  ),
  ctios_disconnections_total: metric(
    serverCounter,
    'Clients that were welcomed and are gone, by how they ended: closed or lost by themselves, or dropped for a reason.',
    'end',
  ),
  ctios_audit_entries_lost_total: metric(
    serverCounter,
    'Entries that are missing from the audit log because its file could not be written.',
  ),
  ctios_monitor_lock_outs_total: metric(serverCounter, 'Attempts at monitor mode while locked out.'),
  ctios_client_queue_bytes: metric(serverGauge, 'Bytes waiting for the client that reads slowest.'),
  ctios_client_lag_seconds: metric(
    serverGauge,
    'How long the oldest message waits for the client that is furthest behind.',
  ),

  // The other servers of a pair
  ctios_peer_up: metric(serverGauge, 'Whether a configured peer can be asked, by its address.', 'peer'),
  ctios_peers_linked: metric(serverGauge, 'Peers that are linked, regardless of which side connected.'),
  ctios_peer_links_total: metric(
    serverCounter,
    'Links with peers that came about, were lost, or were refused.',
    'outcome',
  ),
  ctios_peer_asks_total: metric(
    serverCounter,
    'What this server asked of peers, by ask and outcome.',
    ...['ask', 'outcome'],
  ),
  ctios_peer_asked_total: metric(
    serverCounter,
    'What peers asked of this server, by ask and outcome.',
    ...['ask', 'outcome'],
  ),

  // The event stream
  ctios_stream_connected: metric(serverGauge, 'Whether NATS can be reached.'),
  ctios_stream_leader: metric(serverGauge, 'Whether this server publishes the events of its site.'),
  ctios_stream_epoch: metric(serverGauge, 'The epoch in which it publishes; 0 while it does not.'),
  ctios_stream_leader_changes_total: metric(
    serverCounter,
    'How often this server became the leader: took over (with a gap), or went on (without).',
    'how',
  ),
  ctios_stream_published: metric(serverGauge, 'Events stored since the start.'),
  ctios_stream_waiting: metric(serverGauge, 'Events that are not stored yet.'),
  ctios_stream_publish_failures: metric(serverGauge, 'Attempts to publish that failed and were repeated.'),
  ctios_stream_group_lag: metric(
    serverGauge,
    'Events that a group of readers has not acknowledged, as the leading server sees it. Some hundreds are normal under load; a growing number means that no Node-RED of the group is active.',
    'group',
  ),
  ctios_stream_audit_copied: metric(serverGauge, 'Entries of the audit log that were copied to NATS since the start.'),
  ctios_stream_audit_waiting_bytes: metric(serverGauge, 'Bytes of the audit log that are not copied yet.'),

  // Sessions of a Node-RED
  ctios_session_ready: metric(gauge, 'Whether the session can be used.', ...SESSION),
  ctios_session_standby: metric(
    gauge,
    'Whether the session is on standby: another Node-RED of its group receives the events.',
    ...SESSION,
  ),
  ctios_session_online: metric(gauge, 'Whether requests of the session can succeed.', ...SESSION),
  ctios_session_link_up: metric(
    gauge,
    "Whether the link of the session's server to the CTI Server is up, by side.",
    ...SESSION,
    'side',
  ),
  ctios_session_link_heartbeat_milliseconds: metric(
    gauge,
    'Round trip of the last heartbeat of that link.',
    ...SESSION,
  ),
  ctios_session_gaps_total: metric(
    counter,
    'OnConnectionGap events since this page was first read: of the link, of a deploy, of slow flows (overflow) or of the event stream.',
    ...SESSION,
    'reason',
  ),
  ctios_session_events_total: metric(counter, 'Events of the session.', ...SESSION),
  ctios_session_lag_seconds: metric(
    gauge,
    'How long the event that was sent into the flows last had waited for them.',
    ...SESSION,
  ),
  ctios_session_events_waiting: metric(gauge, 'Events that wait for slow flows, at most 20,000.', ...SESSION),
  ctios_session_events_lost_total: metric(
    counter,
    'Events that were left out because the flows were behind. Each loss is also a gap with the reason overflow.',
    ...SESSION,
  ),
  ctios_session_calls: metric(gauge, 'Calls that the session knows, counted once for each device.', ...SESSION),
  ctios_session_agents: metric(gauge, 'Agents that the session knows, by state.', ...SESSION, 'state'),
  ctios_session_skill_groups: metric(gauge, 'Skill groups that the session knows.', ...SESSION),
  ctios_session_agent_sessions: metric(
    gauge,
    'Agents who have a session, if there is one for each of many agents.',
    ...SESSION,
  ),
  ctios_session_nodes: metric(gauge, 'Nodes that use the session.', ...SESSION),

  // Deliveries of ctios-webhook
  ctios_deliveries: metric(
    gauge,
    'Deliveries of a webhook node: waiting, sent or givenUp. Ended ones are counted for seven days.',
    ...QUEUE,
    'state',
  ),
  ctios_deliveries_oldest_seconds: metric(gauge, 'How long the oldest waiting delivery has been waiting.', ...QUEUE),
  ctios_delivery_store_up: metric(
    gauge,
    'Whether the store of deliveries can be read; its place is blank for the one on this machine.',
    'place',
  ),

  // The process
  ctios_event_loop_delay_seconds: metric(
    { kind: 'gauge', on: 'both' },
    'Longest time in the last minute that received messages waited until the process read them.',
  ),
  process_resident_memory_bytes: metric({ kind: 'gauge', on: 'both' }, 'Memory of the process.'),
  nodejs_heap_size_used_bytes: metric({ kind: 'gauge', on: 'both' }, 'Memory of JavaScript objects.'),
  nodejs_external_memory_bytes: metric({ kind: 'gauge', on: 'both' }, 'Memory of buffers, outside of the heap.'),
  process_cpu_seconds_total: metric({ kind: 'counter', on: 'both' }, 'CPU time of the process.'),
  process_start_time_seconds: metric({ kind: 'gauge', on: 'both' }, 'When the process was started, since the epoch.'),
};

export type MetricName = keyof typeof table;
export const metricTable: Readonly<Record<MetricName, MetricDefinition>> = table;
