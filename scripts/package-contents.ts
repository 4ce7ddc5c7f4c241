/**
 * Checks what `npm pack` would ship: the compiled code and what Node-RED needs beside it, the examples and the
 * documentation, and nothing else. Runs in .ci/run and in the package tests.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { unreachableDeclarations } from './package-reach.js';

const ROOT = resolve(__dirname, '..', '..');
const MAX_BYTES = 2 * 1024 * 1024;

const ALLOWED: readonly RegExp[] = [
  /^dist\/src\/.+\.(js|d\.ts|json)$/,
  /^dist\/nodes\/.+\.(js|html|svg|json)$/,
  /^examples\/([^/]+\/)?[^/]+\.json$/,
  /^resources\/.+\.(js|css|svg|json)$/,
  /^wireshark\/ged188\.lua$/,
  /^dist\/schemas\/.+\.json$/,
  /^dist\/sbom\.cdx\.json$/,
  /^docs\/.+\.(md|service|yml)$/,
  /^docs\/how-to\/grafana-dashboard\.json$/,
  /^(package\.json|README\.md|LICENSE|(CHANGELOG|CONTRIBUTING|SECURITY)\.md)$/,
];

interface Packed {
  size: number;
  files: ReadonlyArray<{ path: string; size: number }>;
}

/** The problems of the package, as sentences. */
export function complaints(packed: Packed, root = ROOT): string[] {
  const paths = packed.files.map((file) => file.path);
  const {
    'node-red': nodeRed,
    exports,
    bin,
  } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    'node-red': { nodes: Record<string, string>; plugins?: Record<string, string> };
    exports: Record<string, string | { types: string; default: string }>;
    bin: Record<string, string>;
  };
  const entries = { ...nodeRed.nodes, ...nodeRed.plugins };
  const needed = [
    'README.md',
    'LICENSE',
    'CHANGELOG.md',
    'docs/index.md',
    'docs/how-to/ctios-server.service',
    'docs/how-to/grafana-dashboard.json',
    'docs/how-to/alert-rules.yml',
    ...Object.keys(nodeRed.nodes).map((name) => `docs/reference/nodes/${name}.md`),
    ...Object.values(entries).flatMap((js) => [js, js.replace(/\.js$/, '.html')]),
    ...Object.keys(nodeRed.nodes).flatMap((name) => {
      const folder = `dist/nodes/${name}`;
      return existsSync(join(root, folder, 'locales'))
        ? readdirSync(join(root, folder, 'locales')).map((language) => `${folder}/locales/${language}/${name}.json`)
        : [];
    }),
    ...Object.values(exports).flatMap((each) => (typeof each === 'string' ? [each] : Object.values(each))),
    ...Object.values(bin),
  ].map((path) => path.replace(/^\.\//, ''));
  return [
    ...paths
      .filter((path) => !ALLOWED.some((form) => form.test(path)))
      .map((path) => `ships ${path}, which nobody needs`),
    ...unreachableDeclarations(root).map((path) => `ships ${path}, the types of what nobody can import`),
    ...[...new Set(needed)].filter((path) => !paths.includes(path)).map((path) => `lacks ${path}`),
    ...(packed.size > MAX_BYTES ? [`is ${packed.size} bytes, more than ${MAX_BYTES}`] : []),
  ];
}

/** Asks npm what it would pack; the working copy must have been built. */
export function dryRun(root = ROOT): Packed {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const output = execFileSync(npm, ['pack', '--dry-run', '--json', '--ignore-scripts', '--silent'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const answer = JSON.parse(output) as Packed[] | Record<string, Packed>;
  return Object.values(answer)[0]!;
}

if (require.main === module) {
  const packed = dryRun();
  const wrong = complaints(packed);
  for (const complaint of wrong) console.error(`The package ${complaint}`);
  console.log(`${packed.files.length} files, ${Math.round(packed.size / 1024)} KiB packed`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
