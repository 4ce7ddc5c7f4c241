/** The page of every metric, from the table that the code takes them from. */
import { type MetricDefinition, metricTable } from '../../src/server/observability/metric-table.js';
import { cell, markdownTable } from './table.js';

const SECTIONS: readonly (readonly [on: MetricDefinition['on'], heading: string, about: string])[] = [
  [
    'node-red',
    'Of a Node-RED',
    'At `ctios/metrics` of the admin API. `session` and `node` are IDs in the flow, `name` the name that the node has there.',
  ],
  ['server', 'Of a ctios-server', 'At `/metrics` of the port of `--health`.'],
  ['both', 'Of the process', 'Both have these. A Node-RED measures the delay from the first scrape on.'],
];

export function metricsPage(made: string): string {
  const sections = SECTIONS.map(([on, heading, about]) => {
    const rows = Object.entries(metricTable)
      .filter(([, definition]) => definition.on === on)
      .map(([name, { kind, labels, about: meaning }]) => [
        `\`${name}\``,
        kind,
        labels.map((label) => `\`${label}\``).join(', '),
        cell(meaning),
      ]);
    return `## ${heading}\n\n${about}\n\n${markdownTable(['metric', 'kind', 'labels', 'meaning'], rows)}`;
  });
  return `${made}# Metrics

In the text format of Prometheus. How to read them, with a dashboard and alert rules: [monitoring](../how-to/monitoring.md). Values of labels
come from tables of this package and from the settings of nodes: no caller, call or agent makes a time series.

${sections.join('\n\n')}
`;
}
