/** The example files: what Import > Examples shows. */
import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLES } from '../../scripts/examples/build.js';

const ROOT = join(__dirname, '..', '..', '..');
const FOLDER = join(ROOT, 'examples');

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
]);

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const read = (file: string) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as FlowNode[];

describe('the examples', () => {
  it('are what their sources draw (npm run examples)', () => {
    const drawn = EXAMPLES.map((make) => make()).map((flow) => [`${flow.label}.json`, flow.toString()]);
    for (const [file, text] of drawn) assert.equal(readFileSync(join(FOLDER, file!), 'utf8'), text, file);
    assert.deepEqual(files.sort(), drawn.map(([file]) => file).sort());
  });

  it('use core nodes and ours only, and every node of ours stands in one of them', () => {
    const { 'node-red': nodeRed } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      'node-red': { nodes: Record<string, string> };
    };
    const ours = Object.keys(nodeRed.nodes);
    const used = new Set(files.flatMap(read).map((node) => node.type));
    for (const type of used) assert.ok(CORE.has(type) || ours.includes(type), `${type} is neither core nor ours`);
    if (EXAMPLES.length >= 10) for (const type of ours) assert.ok(used.has(type), `${type} stands in no example`);
  });

  it('stand in the README in the words of the catalog', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    for (const { label, says, needs } of EXAMPLES.map((make) => make().example))
      assert.ok(readme.includes(`| ${label} | ${says}${needs === undefined ? '' : ` Needs ${needs}.`} |`), label);
  });

  for (const file of files) {
    describe(file, () => {
      const nodes = read(file);

      it('is one tab of its own, described, with wires that lead somewhere', () => {
        const tabs = nodes.filter((node) => node.type === 'tab');
        assert.equal(tabs.length, 1);
        assert.equal(`${tabs[0]!.label}.json`, file);
        assert.ok(String(tabs[0]!.info).length > 80, 'the tab says what it shows');
        assert.ok(nodes.some((node) => node.type === 'comment'));
        const ids = new Set(nodes.map((node) => node.id));
        assert.equal(ids.size, nodes.length, 'ids are unique');
        for (const node of nodes)
          for (const id of (node.wires ?? []).flat()) assert.ok(ids.has(id), `${node.name} -> ${id}`);
      });

      it('has frames that do not lie upon each other', () => {
        const frames = nodes.filter((node) => node.type === 'group') as unknown as Frame[];
        for (const one of frames)
          for (const other of frames) assert.ok(one === other || apart(one, other), `${one.name} and ${other.name}`);
      });

      it('has configuration nodes for all that need one, and nothing that needs an edit', () => {
        const sessions = new Set(nodes.filter((node) => node.type === 'ctios-session').map((node) => node.id));
        for (const node of nodes) if ('session' in node) assert.ok(sessions.has(String(node.session)), node.name);
      });

      it('has functions that are sound JavaScript', () => {
        for (const node of nodes.filter((each) => each.type === 'function'))
          assert.doesNotThrow(
            () => new Function('msg', 'node', 'flow', 'env', `return (async () => { ${node.func} })`),
            node.name,
          );
      });
    });
  }
});
