/** The page on monitoring, with its dashboard and its alert rules: they parse, and use metrics and labels that exist. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTraceSettings } from '../../nodes/shared/tracing/trace-settings.js';
import { type MetricDefinition, metricTable } from '../../src/server/observability/metric-table.js';
import { Receiver } from '../delivery/helpers.js';
import { GuardedNodeRed } from '../support/guarded.js';
import { blocksOf, ROOT } from './code-blocks.js';

/** What is used of a syntax tree: the types of the parser are for ES modules only. */
interface SyntaxNode {
  readonly name: string;
  readonly type: { readonly isError: boolean };
  readonly from: number;
  readonly to: number;
  readonly parent: SyntaxNode | null;
  getChild(name: string): SyntaxNode | null;
}
interface Parser {
  parse(text: string): { iterate(visitor: { enter(at: { node: SyntaxNode }): void }): void };
}
const { load } = require('js-yaml') as { load(yaml: string): unknown };
const { parser } = require('@prometheus-io/lezer-promql') as { parser: Parser };

const PAGE = 'docs/how-to/monitoring.md';
const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const blocks = blocksOf(PAGE);
const table: Readonly<Record<string, Pick<MetricDefinition, 'kind' | 'labels'>>> = {
  ...metricTable,
  // Prometheus' own.
  up: { kind: 'gauge', labels: [] },
};
/** What Prometheus adds to every sample. */
const TARGET = ['job', 'instance'];
/** Functions that need a counter, and those that need a gauge. */
const NEEDS: Readonly<Record<string, MetricDefinition['kind']>> = {
  rate: 'counter',
  increase: 'counter',
  delta: 'gauge',
  deriv: 'gauge',
};

/** @returns what is wrong with an expression */
function problemsOf(expression: string): string[] {
  const problems: string[] = [];
  const said = (node: SyntaxNode) => expression.slice(node.from, node.to);
  const labels = new Set<string>();
  const named: string[] = [];
  parser.parse(expression).iterate({
    enter({ node }) {
      if (node.type.isError) problems.push(`not PromQL at ${node.from}`);
      if (node.name === 'LabelName') named.push(said(node));
      if (node.name !== 'VectorSelector') return;
      const metric = said(node.getChild('Identifier')!);
      const definition = table[metric];
      if (definition === undefined) {
        problems.push(`no metric ${metric}`);
        return;
      }
      for (const label of [...definition.labels, ...TARGET]) labels.add(label);
      const call = callAround(node);
      const needed = call && NEEDS[said(call.getChild('FunctionIdentifier')!)];
      if (needed !== undefined && needed !== definition.kind) problems.push(`${metric} is a ${definition.kind}`);
    },
  });
  return [...problems, ...named.filter((label) => !labels.has(label)).map((label) => `no label ${label}`)];
}

function callAround(node: SyntaxNode): SyntaxNode | undefined {
  for (let each = node.parent; each !== null; each = each.parent) if (each.name === 'FunctionCall') return each;
  return undefined;
}

interface Rule {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity: string };
  annotations: { summary: string; description?: string };
}
interface Dashboard {
  panels: { title: string; targets?: { expr: string; legendFormat: string }[] }[];
}

describe('the monitoring that is shipped', () => {
  const { groups } = load(text('docs/how-to/alert-rules.yml')) as { groups: { name: string; rules: Rule[] }[] };
  const rules = groups.flatMap((group) => group.rules);
  const dashboard = JSON.parse(text('docs/how-to/grafana-dashboard.json')) as Dashboard;
  const targets = dashboard.panels.flatMap(({ title, targets: all = [] }) => all.map((each) => ({ title, ...each })));

  it('has alert rules of metrics that exist', () => {
    assert.ok(rules.length >= 10);
    assert.equal(new Set(rules.map(({ alert }) => alert)).size, rules.length);
    for (const { alert, expr, for: lasts, labels, annotations } of rules) {
      assert.deepEqual(problemsOf(expr), [], `${alert}: ${expr}`);
      assert.match(lasts ?? '1m', /^\d+[smh]$/, alert);
      assert.ok(['info', 'warning', 'critical'].includes(labels.severity), alert);
      assert.ok(annotations.summary, alert);
    }
  });

  it('has a dashboard of metrics that exist', () => {
    assert.ok(targets.length >= 15);
    for (const { title, expr, legendFormat } of targets) {
      const filled = expr.replaceAll('$__rate_interval', '5m');
      assert.deepEqual(problemsOf(filled), [], `${title}: ${expr}`);
      const known = Object.keys(table)
        .filter((name) => expr.includes(name))
        .flatMap((name) => table[name]!.labels);
      for (const [, label] of legendFormat.matchAll(/{{(\w+)}}/g))
        assert.ok([...known, ...TARGET].includes(label!), `${title}: ${legendFormat}`);
    }
  });

  it('would fail for a metric, a label or a use that does not exist', () => {
    assert.deepEqual(problemsOf('ctios_sesion_ready == 0'), ['no metric ctios_sesion_ready']);
    assert.deepEqual(problemsOf('sum by (nam) (ctios_session_ready)'), ['no label nam']);
    assert.deepEqual(problemsOf('rate(ctios_session_calls[5m])'), ['ctios_session_calls is a gauge']);
    assert.ok(problemsOf('ctios_online == ').length > 0);
  });

  it('is what the page says of it', () => {
    const page = text(PAGE);
    for (const { alert } of rules) assert.ok(page.includes(`\`${alert}\``), alert);
    for (const [name] of page.matchAll(/\bCtios[A-Z]\w+/g))
      assert.ok(
        rules.some(({ alert }) => alert === name),
        name,
      );
    for (const [name] of page.matchAll(/\bctios_[a-z_]+/g)) assert.ok(name in metricTable, name);
    const [config] = blocks.filter(({ info }) => info === 'yaml').map((block) => load(block.text) as never);
    const { scrape_configs: jobs } = config as unknown as {
      scrape_configs: { job_name: string; metrics_path?: string }[];
    };
    assert.deepEqual(
      jobs.map(({ job_name, metrics_path = '/metrics' }) => [job_name, metrics_path]),
      [
        ['ctios-server', '/metrics'],
        ['node-red', '/ctios/metrics'],
      ],
    );
  });

  it('is read with the token of the page, which reads nothing else', async function () {
    this.timeout(60_000);
    const folder = mkdtempSync(join(tmpdir(), 'ctios-settings-'));
    const settings = join(folder, 'settings.cjs');
    writeFileSync(settings, blocks.find(({ text: code }) => code.includes('METRICS_TOKEN'))!.text);
    process.env.METRICS_TOKEN = 'a-long-random-text';
    const nodeRed = await GuardedNodeRed.start([{ id: 's1', type: 'ctios-session', name: 'Lab' }], settings);
    try {
      const answer = await nodeRed.askWith('a-long-random-text', 'ctios/metrics');
      assert.equal(answer.status, 200);
      assert.match(await answer.text(), /^ctios_session_ready\{session="s1",name="Lab"\} 0$/m);
      assert.equal((await nodeRed.askWith('another-text', 'ctios/metrics')).status, 401);
      for (const path of ['ctios/sessions', 'ctios/sidebar/view?session=s1', 'flows', 'ctios/deliveries'])
        assert.equal((await nodeRed.askWith('a-long-random-text', path)).status, 401, path);
    } finally {
      delete process.env.METRICS_TOKEN;
      await nodeRed.stop();
      rmSync(folder, { recursive: true });
    }
  });

  it('has traces as the page switches them on, at a collector', async function () {
    this.timeout(60_000);
    const collector = await Receiver.start();
    // Inside the package, from where the SDK of the tests is found as it would be beside settings.js.
    const folder = mkdtempSync(join(ROOT, 'dist', 'docs-traces-'));
    const write = (name: string, mark: string) => {
      writeFileSync(
        join(folder, name),
        blocks.find(({ info, text: code }) => info === 'js' && code.includes(mark))!.text,
      );
      return join(folder, name);
    };
    const environment = {
      NODE_OPTIONS: `--require ${write('tracing.js', 'NodeTracerProvider')}`,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '50',
    };
    const settings = write('settings.cjs', 'traces: true');
    const session = { id: 's1', type: 'ctios-session', name: 'Lab', connect: 'simulator', agents: 2, traffic: 'off' };
    const flow = [
      { id: 't1', type: 'tab', label: 'test' },
      session,
      { id: 'n1', z: 't1', type: 'ctios-call-events', session: 's1', events: ['OnCallDelivered'], wires: [[]] },
    ];
    const nodeRed = await GuardedNodeRed.start(flow, settings, environment);
    try {
      const exported = new Promise<string>((resolve) => {
        collector.behavior = ({ path, body }, response) => {
          response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
          if (path === '/v1/traces' && body.includes('ctios-call-events OnCallDelivered')) resolve(body);
        };
      });
      const place = { command: 'placeCall', args: { from: '2065550101', to: '8001' } };
      assert.equal((await nodeRed.ask('boss', 'ctios/sessions/s1/simulate', 'POST', place)).status, 200);
      const body = await exported;
      assert.match(body, /"service.name".*"node-red"/);
      assert.doesNotMatch(body, /2065550101/);
    } finally {
      await nodeRed.stop();
      await collector.stop();
      rmSync(folder, { recursive: true });
    }
  });

  it('has settings of traces that are valid', () => {
    const settings = blocks.filter(({ info, text: code }) => info === 'js' && code.includes('ctios:'));
    assert.equal(settings.length, 2);
    for (const { text: code } of settings) {
      const module = { exports: {} as { ctios?: unknown } };
      new Function('module', code)(module);
      assert.ok(readTraceSettings(module.exports.ctios));
    }
  });
});
