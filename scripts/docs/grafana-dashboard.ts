/** The Grafana dashboard of the docs: its panels as a table, laid out in rows. */

type Unit = 'short' | 's' | 'ms' | 'bytes' | 'reqps' | 'bool';
interface Query {
  readonly expr: string;
  readonly legend: string;
}
interface Panel {
  readonly title: string;
  readonly unit: Unit;
  readonly queries: readonly Query[];
  readonly kind: 'timeseries' | 'stat';
}

const JOBS = 'job=~"$job"';
/** Of the targets that are selected at the top of the dashboard. */
const of = (name: string, ...more: string[]) => `${name}{${[JOBS, ...more].join(',')}}`;
const rate = (name: string) => `rate(${of(name)}[$__rate_interval])`;
const lines = (title: string, unit: Unit, ...queries: [expr: string, legend: string][]): Panel => ({
  title,
  unit,
  queries: queries.map(([expr, legend]) => ({ expr, legend })),
  kind: 'timeseries',
});
const figure = (title: string, unit: Unit, expr: string, legend: string): Panel => ({
  title,
  unit,
  queries: [{ expr, legend }],
  kind: 'stat',
});

const ROWS: readonly (readonly [title: string, ...panels: Panel[]])[] = [
  [
    'State',
    figure('Sessions of Node-RED', 'bool', of('ctios_session_ready'), '{{instance}} {{name}}'),
    figure('On standby', 'bool', of('ctios_session_standby'), '{{instance}} {{name}}'),
    figure('ctios-server: link to the CTI Server', 'bool', of('ctios_link_up'), '{{instance}} side {{side}}'),
    figure('ctios-server: online', 'bool', of('ctios_online'), '{{instance}}'),
    figure('Stream leader', 'bool', of('ctios_stream_leader'), '{{instance}}'),
  ],
  [
    'Contact center',
    lines(
      'Calls',
      'short',
      [of('ctios_session_calls'), '{{instance}} {{name}}'],
      [of('ctios_calls'), 'ctios-server {{instance}}'],
    ),
    lines('Agents by state', 'short', [`sum by (name, state) (${of('ctios_session_agents')})`, '{{name}} {{state}}']),
    lines(
      'Events',
      'reqps',
      [rate('ctios_session_events_total'), '{{instance}} {{name}}'],
      [`sum by (instance) (${rate('ctios_events_total')})`, 'ctios-server {{instance}}'],
    ),
    lines('Requests by outcome (ctios-server)', 'reqps', [
      `sum by (outcome) (${rate('ctios_requests_total')})`,
      '{{outcome}}',
    ]),
  ],
  [
    'Delay and gaps',
    lines('Lag of flows', 's', [of('ctios_session_lag_seconds'), '{{instance}} {{name}}']),
    lines(
      'Events waiting for flows',
      'short',
      [of('ctios_session_events_waiting'), '{{instance}} {{name}}'],
      [of('ctios_stream_group_lag'), 'group {{group}}'],
    ),
    lines(
      'Gaps in an hour',
      'short',
      [`increase(${of('ctios_session_gaps_total')}[1h])`, '{{instance}} {{name}} {{reason}}'],
      [`increase(${of('ctios_gaps_total')}[1h])`, 'ctios-server {{instance}}'],
    ),
    lines('Lag of the slowest client (ctios-server)', 's', [of('ctios_client_lag_seconds'), '{{instance}}']),
    lines(
      'Heartbeat of the link',
      'ms',
      [of('ctios_session_link_heartbeat_milliseconds'), '{{instance}} {{name}}'],
      [of('ctios_link_heartbeat_milliseconds'), 'ctios-server {{instance}}'],
    ),
  ],
  [
    'Deliveries of ctios-webhook',
    lines('Waiting', 'short', [of('ctios_deliveries', 'state="waiting"'), '{{instance}} {{name}} {{place}}']),
    lines('Oldest', 's', [of('ctios_deliveries_oldest_seconds'), '{{instance}} {{name}} {{place}}']),
    lines('Given up, of seven days', 'short', [
      of('ctios_deliveries', 'state="givenUp"'),
      '{{instance}} {{name}} {{place}}',
    ]),
  ],
  [
    'Processes',
    lines('Event loop delay', 's', [of('ctios_event_loop_delay_seconds'), '{{instance}}']),
    lines(
      'Memory',
      'bytes',
      [of('process_resident_memory_bytes'), '{{instance}} process'],
      [of('nodejs_heap_size_used_bytes'), '{{instance}} heap'],
    ),
    lines('CPU', 'short', [rate('process_cpu_seconds_total'), '{{instance}}']),
    lines(
      'Clients (ctios-server)',
      'short',
      [`sum by (mode) (${of('ctios_sessions')})`, '{{mode}}'],
      [of('ctios_peers_linked'), 'peers of {{instance}}'],
    ),
  ],
];

const WIDTH = 24;
const HEIGHTS = { stat: 4, timeseries: 8 } as const;
const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };

export function grafanaDashboard(): string {
  let y = 0;
  let id = 1;
  const panels: object[] = [];
  for (const [title, ...row] of ROWS) {
    panels.push({
      id: id++,
      type: 'row',
      title,
      collapsed: false,
      gridPos: { x: 0, y: y++, w: WIDTH, h: 1 },
      panels: [],
    });
    const height = Math.max(...row.map(({ kind }) => HEIGHTS[kind]));
    const width = Math.floor(WIDTH / row.length);
    for (const [index, panel] of row.entries()) {
      panels.push(panelOf(panel, id++, { x: index * width, y, w: width, h: height }));
    }
    y += height;
  }
  const dashboard = {
    uid: 'ctios',
    title: 'CTI OS for Node-RED',
    description: 'Sessions inside Node-RED, ctios-server, deliveries. Made by `npm run docs`.',
    tags: ['ctios', 'node-red'],
    schemaVersion: 39,
    editable: true,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    templating: { list: [datasourceVariable, jobVariable] },
    panels,
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}

const datasourceVariable = { name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus' };
const jobVariable = {
  name: 'job',
  label: 'Job',
  type: 'query',
  datasource: DATASOURCE,
  query: { query: 'label_values(process_start_time_seconds, job)', refId: 'job' },
  refresh: 2,
  multi: true,
  includeAll: true,
  current: { text: 'All', value: '$__all' },
};

function panelOf({ title, unit, queries, kind }: Panel, id: number, gridPos: object): object {
  const onOff = [{ type: 'value', options: { 0: { text: 'no', color: 'red' }, 1: { text: 'yes', color: 'green' } } }];
  return {
    id,
    type: kind,
    title,
    datasource: DATASOURCE,
    gridPos,
    fieldConfig: {
      defaults: unit === 'bool' ? { mappings: onOff } : { unit, min: 0 },
      overrides: [],
    },
    options:
      kind === 'stat'
        ? { reduceOptions: { calcs: ['lastNotNull'] }, colorMode: 'background', textMode: 'value_and_name' }
        : { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } },
    targets: queries.map(({ expr, legend }, index) => ({
      refId: String.fromCharCode(65 + index),
      datasource: DATASOURCE,
      expr,
      legendFormat: legend,
      ...(kind === 'stat' ? { instant: true } : {}),
    })),
  };
}
