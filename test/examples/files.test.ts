/** The example files, as shown by Import > Examples. */
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ALL_FLOWS, DASHBOARDS, EXAMPLES } from '../../scripts/examples/build.js';
import { DASHBOARD_DEFAULTS } from '../../scripts/examples/dashboard/defaults.js';
import { DASHBOARD } from '../../scripts/examples/dashboard/module.js';
import { EXAMPLES_FOLDER, exampleFiles, readExample } from '../../scripts/examples/files.js';

const ROOT = join(__dirname, '..', '..', '..');

interface FlowNode {
  id: string;
  type: string;
  z?: string;
  wires?: string[][];
  name?: string;
  links?: string[];
  [property: string]: unknown;
}

interface Frame {
  name: string;
  x: number;
  y: number;
  w: number;
  h: number;
}

const apart = (one: Frame, other: Frame): boolean =>
  one.x + one.w <= other.x || other.x + other.w <= one.x || one.y + one.h <= other.y || other.y + other.h <= one.y;

const CORE = new Set([
  ...['tab', 'group', 'comment', 'inject', 'debug', 'function', 'template', 'change', 'switch', 'delay', 'trigger'],
  ...['catch', 'status', 'complete', 'link in', 'link out', 'json', 'http in', 'http response', 'http request'],
  ...['websocket in', 'websocket out', 'websocket-listener', 'mqtt in', 'mqtt out', 'mqtt-broker'],
  ...['csv', 'file', 'exec'],
]);

/** Additional nodes that the flows of a folder may use: those of a module named in each of its files. */
const MODULES: Readonly<Record<string, { types: readonly string[]; module: string; version: string }>> = {
  dashboard: {
    ...{ module: DASHBOARD.name, version: DASHBOARD.version },
    types: ['global-config', ...Object.keys(DASHBOARD_DEFAULTS)],
  },
};
const moduleOf = (file: string) => MODULES[dirname(file)];

const files = exampleFiles();
const read = (file: string) => readExample(file) as unknown as FlowNode[];

describe('the examples', () => {
  it('name no agent of the simulated contact center in the dialog of a request: another site has none of that ID', () => {
    const named = ALL_FLOWS.map((make) => make()).flatMap((flow) =>
      (JSON.parse(flow.toString()) as FlowNode[])
        .filter(({ type, object, objectType }) => /^ctios-/.test(type) && object && (objectType ?? 'str') === 'str')
        .map(({ name, object }) => `${flow.example.label}: ${name} ${String(object)}`),
    );
    assert.deepEqual(named, []);
  });

  it('match their sources (npm run examples)', () => {
    const drawn = ALL_FLOWS.map((make) => make()).map((flow) => [flow.file, flow.toString()]);
    for (const [file, text] of drawn)
      assert.equal(readFileSync(join(EXAMPLES_FOLDER, `${file}.json`), 'utf8'), text, file);
    assert.deepEqual(files.sort(), drawn.map(([file]) => file).sort());
  });

  it('use only core nodes and ours, and each of our nodes is used in one of them', () => {
    const { 'node-red': nodeRed } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      'node-red': { nodes: Record<string, string> };
    };
    const ours = Object.keys(nodeRed.nodes);
    for (const file of files)
      for (const { type } of read(file)) {
        const allowed = CORE.has(type) || ours.includes(type) || moduleOf(file)?.types.includes(type) === true;
        assert.ok(allowed, `${file}: ${type} is neither core nor ours`);
      }
    const used = new Set(files.flatMap(read).map((node) => node.type));
    if (EXAMPLES.length >= 10) for (const type of ours) assert.ok(used.has(type), `${type} stands in no example`);
  });

  it('are listed in the README with the texts of the catalog', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    for (const { label, says, needs } of EXAMPLES.map((make) => make().example))
      assert.ok(readme.includes(`| ${label} | ${says}${needs === undefined ? '' : ` Needs ${needs}.`} |`), label);
    // Their requirements are named once above the table.
    for (const { label, says } of DASHBOARDS.map((make) => make().example))
      assert.ok(readme.includes(`| dashboard > ${label} | ${says} |`), label);
  });

  it('name the required module, in the tested version', () => {
    for (const file of files) {
      const { module, version } = moduleOf(file) ?? {};
      const named = read(file).filter(({ type }) => type === 'global-config');
      assert.deepEqual(
        named.map(({ modules }) => modules),
        module === undefined ? [] : [{ [module]: version }],
        file,
      );
    }
    const ci = readFileSync(join(ROOT, '.ci', 'run'), 'utf8');
    assert.ok(ci.includes(`DASHBOARD=${DASHBOARD.version}\n`));
  });

  for (const file of files) {
    describe(file, () => {
      const nodes = read(file);

      it('are on one separate tab, with a description and valid wires', () => {
        const tabs = nodes.filter((node) => node.type === 'tab');
        assert.equal(tabs.length, 1);
        assert.equal(tabs[0]!.label, basename(file));
        assert.ok(String(tabs[0]!.info).length > 80, 'the tab says what it shows');
        assert.ok(nodes.some((node) => node.type === 'comment'));
        const ids = new Set(nodes.map((node) => node.id));
        assert.equal(ids.size, nodes.length, 'ids are unique');
        for (const node of nodes)
          for (const id of (node.wires ?? []).flat()) assert.ok(ids.has(id), `${node.name} -> ${id}`);
      });

      it('have groups that do not overlap', () => {
        const frames = nodes.filter((node) => node.type === 'group') as unknown as Frame[];
        for (const one of frames)
          for (const other of frames) assert.ok(one === other || apart(one, other), `${one.name} and ${other.name}`);
      });

      it('have configuration nodes for all nodes that require one, and nothing that requires an edit', () => {
        const sessions = new Set(nodes.filter((node) => node.type === 'ctios-session').map((node) => node.id));
        const [number] =
          /^\d\d(?= )/.exec(basename(file)) ?? assert.fail('the number has two digits, so that a list sorts by it');
        for (const node of nodes)
          if (node.type === 'ctios-session')
            assert.match(String(node.name), new RegExp(`^[A-Z]\\w+ ${number}$`), 'its session is named after it');
        // A local queue requires none.
        for (const node of nodes)
          if ('session' in node && node.store !== 'machine') assert.ok(sessions.has(String(node.session)), node.name);
      });

      it('have an operator in each row of a filter', () => {
        for (const { name, filter, match } of nodes as { name?: string; filter?: unknown; match?: unknown }[])
          for (const row of [filter, match].flatMap((rows) => (Array.isArray(rows) ? rows : [])) as { op?: string }[])
            assert.ok(row.op, String(name));
      });

      it('have functions with valid JavaScript', () => {
        for (const node of nodes.filter((each) => each.type === 'function'))
          assert.doesNotThrow(
            () => new Function('msg', 'node', 'flow', 'env', `return (async () => { ${node.func} })`),
            node.name,
          );
      });
    });
  }
});
