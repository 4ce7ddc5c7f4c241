/** The package as published to npm: its contents, and that a real Node-RED runs it from an empty directory. */
import { strict as assert } from 'node:assert';
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { complaints, dryRun } from '../../scripts/package-contents.js';
import { COMPLAINTS, type FlowNode, NodeRedProcess, ROOT, temporaryDirectory } from '../support/node-red-process.js';

const PACKAGE = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  name: string;
  exports: Record<string, unknown>;
  'node-red': { nodes: Record<string, string> };
};
const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm';

describe('the package', () => {
  it('contains exactly the required files', () => {
    assert.deepEqual(complaints(dryRun()), []);
  });

  it('reports missing and superfluous files', () => {
    const found = complaints({ size: 3_000_000, files: [{ path: 'src/index.ts', size: 1 }] });
    assert.ok(found.includes('ships src/index.ts, which nobody needs'));
    assert.ok(found.includes('lacks LICENSE'));
    assert.ok(found.some((each) => each.startsWith('is 3000000 bytes')));
  });
});

describe('the package installed into an empty directory', function () {
  this.timeout(120_000);
  let nodeRed: NodeRedProcess;
  let stopped = false;
  let home: string;

  before(async () => {
    home = temporaryDirectory();
    const npm = (...args: string[]) => execFileSync(NPM, args, { cwd: home, stdio: ['ignore', 'pipe', 'pipe'] });
    const options = ['--silent', '--ignore-scripts', '--no-audit', '--no-fund'];
    execFileSync(process.execPath, ['scripts/sbom.mjs'], { cwd: ROOT });
    execFileSync(NPM, ['pack', '--pack-destination', home, '--silent', '--ignore-scripts'], {
      cwd: ROOT,
      stdio: 'pipe',
    });
    const tarball = readdirSync(home).find((name) => name.endsWith('.tgz'))!;
    writeFileSync(join(home, 'package.json'), '{ "name": "somebody-s-node-red", "version": "0.0.1", "private": true }');
    npm('install', `./${tarball}`, '--prefer-offline', ...options);
    nodeRed = await NodeRedProcess.start({ userDir: home, installed: true });
  });

  after(async () => {
    if (nodeRed && !stopped) await nodeRed.stop();
  });

  it('loads every node set without an error', async () => {
    const sets = await nodeRed.sets();
    assert.deepEqual(sets.map((set) => set.name).sort(), Object.keys(PACKAGE['node-red'].nodes).sort());
    for (const set of sets) {
      assert.equal(set.err, undefined, `${set.name}: ${set.err}`);
      assert.equal(set.enabled, true);
    }
  });

  it('has a bill of materials of everything installed with it', () => {
    const installed = (folder: string): string[] =>
      readdirSync(folder, { withFileTypes: true }).flatMap(({ name }) => {
        if (name.startsWith('.')) return [];
        if (name.startsWith('@')) return readdirSync(join(folder, name)).map((each) => `${name}/${each}`);
        return [name];
      });
    const sbom = JSON.parse(
      readFileSync(join(home, 'node_modules', PACKAGE.name, 'dist', 'sbom.cdx.json'), 'utf8'),
    ) as { components: { name: string; version: string }[] };
    const named = sbom.components.map(({ name }) => name);
    assert.deepEqual([...named, PACKAGE.name].sort(), installed(join(home, 'node_modules')).sort());
    for (const { name, version } of sbom.components) {
      const { version: found } = JSON.parse(readFileSync(join(home, 'node_modules', name, 'package.json'), 'utf8')) as {
        version: string;
      };
      assert.equal(version, found, name);
    }
  });

  it('serves the editor parts, the icons and the shared script', async () => {
    const response = await fetch(nodeRed.at('nodes'), { headers: { accept: 'text/html' } });
    const html = await response.text();
    for (const set of await nodeRed.sets())
      for (const type of set.types) assert.ok(html.includes(`data-template-name="${type}"`), type);
    const resources = [...html.matchAll(/src="(resources\/@openctios[^"]+)"/g)].map((match) => match[1]!);
    assert.ok(resources.length > 0, 'the shared editor script is referred to');
    for (const path of resources) assert.equal((await fetch(nodeRed.at(path))).status, 200, path);
    const icons = await nodeRed.json<Record<string, string[]>>('icons');
    for (const type of Object.keys(PACKAGE['node-red'].nodes))
      assert.ok(icons[PACKAGE.name]?.includes(`${type}.svg`), `icon of ${type}`);
  });

  it('has complete types for everything that a program can import', () => {
    const faces = Object.keys(PACKAGE.exports).filter((face) => !face.endsWith('.json'));
    const lines = faces.map((face, index) => `import * as face${index} from '${posix.join(PACKAGE.name, face)}';`);
    writeFileSync(
      join(home, 'faces.ts'),
      `${lines.join('\n')}\nexport const all = [${faces.map((_, n) => `face${n}`)}];\n`,
    );
    const modules = join(ROOT, 'node_modules');
    const compilerOptions = {
      strict: true,
      noEmit: true,
      module: 'node16',
      target: 'es2022',
      lib: ['es2023'],
      skipLibCheck: false,
      types: ['node'],
      typeRoots: [join(modules, '@types')],
    };
    writeFileSync(join(home, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['faces.ts'] }));
    const tsc = join(modules, 'typescript', 'bin', 'tsc');
    const { stdout, status } = spawnSync(process.execPath, [tsc, '-p', home], { encoding: 'utf8' });
    assert.equal(stdout, '');
    assert.equal(status, 0);
  });

  it('provides the examples', async () => {
    const listed = JSON.stringify(await nodeRed.json('library/examples/flows/'));
    assert.ok(listed.includes(PACKAGE.name));
    const path = `library/examples/flows/${PACKAGE.name}/01 screen pop`;
    assert.ok(Array.isArray(await nodeRed.json(encodeURI(path))));
  });

  it('deploys the screen pop, pops a call, and continues after a second deploy', async () => {
    const flows = JSON.parse(readFileSync(join(ROOT, 'examples', '01 screen pop.json'), 'utf8')) as FlowNode[];
    for (const type of ['full', 'full', 'flows', 'nodes'] as const) {
      await nodeRed.deploy(flows, type);
      const card = await nodeRed.heard<{ key: string; caller: object }>('screen-pop', (each) => each.key !== undefined);
      assert.ok(card.caller);
    }
  });

  it('stops without open handles and complaints', async () => {
    const end = await nodeRed.stop();
    stopped = true;
    assert.deepEqual([end.code, end.signal], [0, null]);
    assert.doesNotMatch(end.errors, COMPLAINTS);
  });
});
