/**
 * The rules of the flow library for packages (`node-red-dev validate`, 0.1.6), as far as they can be checked offline,
 * so that problems are found here first. The rule numbers are those of the tool.
 */
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleFiles, readExample } from '../../scripts/examples/files.js';
import { ROOT } from '../support/node-red-process.js';

const json = <T>(...path: string[]): T => JSON.parse(readFileSync(join(ROOT, ...path), 'utf8')) as T;
const manifest = json<{
  name: string;
  license: string;
  repository: { url: string };
  bugs: { url: string };
  keywords: string[];
  engines: { node: string };
  'node-red': { version: string; nodes: Record<string, string>; plugins: Record<string, string> };
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
}>('package.json');
const lock = json<{ packages: Record<string, { version?: string; dev?: boolean }> }>('package-lock.json');

/** The latest maintained releases of Node-RED, and the oldest Node.js supported by the latest one. */
const CURRENT_NODE_RED = ['4.1.15', '5.0.7'];
const OLDEST_NODE = '22.9.0';
/** The limit of the tool, which most packages of the library stay below. */
const MAX_DEPENDENCIES = 6;
/** Packages known to conflict with Node-RED: name, and the first version that does not. */
const BAD_PACKAGES: Readonly<Record<string, string>> = { 'agent-base': '6.0.0' };

/** Whether a range without gaps and upper limit includes a version. */
function admits(range: string, version: string): boolean {
  const least = /^>=(\d+(?:\.\d+){0,2})$/.exec(range)?.[1];
  return least !== undefined && !isBefore(version, least);
}
function isBefore(version: string, other: string): boolean {
  const numbers = (text: string): number[] => text.split('.').map((part) => Number.parseInt(part, 10));
  const [one, two] = [numbers(version), numbers(other)];
  for (const [index, part] of one.entries()) if (part !== (two[index] ?? 0)) return part < (two[index] ?? 0);
  return false;
}

/** How the library reads a node's .html file: statically. It only sees literals. */
function registration(type: string): { literal: boolean; category: string | undefined } {
  const html = readFileSync(join(ROOT, 'nodes', type, `${type}.html`), 'utf8');
  const scripts = [...html.matchAll(/<script.+?type=['"]text\/javascript['"].*?>([\S\s]*?)<\/script>/gi)];
  const found = scripts.map(([, code]) => code!).filter((code) => code.includes(`registerType('${type}', {`));
  const code = found[0] ?? '';
  return {
    literal: found.length === 1 && /\bdefaults: \{/.test(code) && !/\.\.\.|\bdefaults: [^{]/.test(code),
    category: /\bcategory: '([^']+)'/.exec(code)?.[1],
  };
}

const types = Object.keys(manifest['node-red'].nodes);
const inExamples = new Set(exampleFiles().flatMap((file) => readExample(file).map(({ type }) => type)));
const shipped = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && dev !== true);

/** Each rule, and its violations: none if it is met. */
const rules: Readonly<Record<string, () => readonly unknown[]>> = {
  'P01: the package has a license': () => (manifest.license === 'Apache-2.0' ? [] : [manifest.license]),
  'P03: it says where to report bugs': () =>
    [manifest.repository.url, manifest.bugs.url].filter((url) => !/^(git\+)?https:\/\/.+/.test(url)),
  'P04: its name has a scope': () => (/^@[a-z\d][\w-.]+\/[a-z\d][\w-.]*$/.test(manifest.name) ? [] : [manifest.name]),
  'P05: it can be found under "node-red"': () => (manifest.keywords.includes('node-red') ? [] : [manifest.keywords]),
  'P06: it admits each Node-RED that is looked after': () =>
    CURRENT_NODE_RED.filter((version) => !admits(manifest['node-red'].version, version)),
  'P07: it admits the oldest Node.js of the newest Node-RED': () =>
    admits(manifest.engines.node, OLDEST_NODE) ? [] : [manifest.engines.node],
  'P08: no package in another scope has its name: what tells ours is "ctios"': () =>
    manifest.name.endsWith('/node-red-ctios') ? [] : [manifest.name],
  'N01: types are its own, by their prefix, and each is registered where the library can read it': () =>
    types.filter((type) => !type.startsWith('ctios-') || !registration(type).literal),
  'N02: an example uses each type; the config node is in them all': () => types.filter((type) => !inExamples.has(type)),
  'D01: it has few dependencies': () =>
    Object.keys(manifest.dependencies).length <= MAX_DEPENDENCIES ? [] : Object.keys(manifest.dependencies),
  'D02: nothing it brings along is known not to work beside Node-RED': () =>
    shipped.filter(([path, { version = '' }]) => {
      const works = BAD_PACKAGES[path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)];
      return works !== undefined && isBefore(version, works);
    }),
  'D03: its dependencies are pinned, to what is tested here': () =>
    Object.entries({ ...manifest.dependencies, ...manifest.optionalDependencies }).filter(
      ([name, version]) => json<{ version: string }>('node_modules', name, 'package.json').version !== version,
    ),
};

/** Transitive dependencies: of iconv-lite, of standardwebhooks, and of the NATS client. */
const BROUGHT_ALONG = [
  'safer-buffer',
  ...['@stablelib/base64', 'fast-sha256'],
  ...['@nats-io/nats-core', '@nats-io/nkeys', '@nats-io/nuid', 'tweetnacl'],
];

describe('the rules of the flow library', () => {
  for (const [rule, broken] of Object.entries(rules)) {
    it(rule, () => assert.deepEqual(broken(), []));
  }

  it('find a category in text form for every type of the palette, and "config" for the session', () => {
    for (const type of types)
      assert.equal(registration(type).category, type === 'ctios-session' ? 'config' : 'cti_os', type);
  });

  it('distinguish a range with a gap from one without', () => {
    assert.ok(admits('>=20', '22.9.0'));
    assert.ok(!admits('^20.19 || >=22.12', '22.9.0'));
    assert.ok(!admits('>=4.2.0', '4.1.15'));
  });

  it('do not treat the tests of this package as part of it', () => {
    assert.deepEqual(
      shipped.map(([path]) => path.replace('node_modules/', '')).sort(),
      [...Object.keys(manifest.dependencies), ...Object.keys(manifest.optionalDependencies), ...BROUGHT_ALONG].sort(),
    );
  });
});
