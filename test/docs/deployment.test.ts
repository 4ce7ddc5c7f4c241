import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { options } from '../../src/cli/ctios-server/options.js';
import { readConfig } from '../../src/cli/ctios-server/read-config.js';

const docs = resolve(__dirname, '../../../docs/how-to');
const page = readFileSync(join(docs, 'deployment.md'), 'utf8');
const metrics = ['northbound/server-metrics.ts', 'peers/peer-metrics.ts']
  .map((file) => readFileSync(resolve(docs, '../../src/server', file), 'utf8'))
  .join('\n');

describe('the page on running ctios-server', () => {
  it('shows a configuration that the server takes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ctios-docs-'));
    try {
      const file = join(folder, 'config.json');
      writeFileSync(file, /```json\n([\s\S]*?)```/.exec(page)![1]!);
      assert.equal(readConfig(['--config', file]).config().name, 'side-a');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('names only options and metrics that exist', () => {
    const unit = readFileSync(join(docs, 'ctios-server.service'), 'utf8');
    const known = new Set([
      ...Object.keys(options),
      'config',
      'config-schema',
      'help',
      'port',
      'traffic',
      'make-agent-password',
      'system',
    ]);
    for (const [, name] of (page + unit).matchAll(/(?<![\w-])--([a-z][a-z-]+)/g)) {
      if (name !== 'now') assert.ok(known.has(name!), `--${name}`);
    }
    for (const [name] of page.matchAll(/\bctios_[a-z_]+/g)) assert.ok(metrics.includes(`'${name}'`), name);
    for (const [, name] of metrics.matchAll(/'(ctios_[a-z_]+)'/g))
      assert.ok(page.includes(name!), `${name} is not described`);
  });
});
