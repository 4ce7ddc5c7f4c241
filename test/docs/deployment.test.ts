import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { options } from '../../src/cli/ctios-server/options.js';
import { readConfig } from '../../src/cli/ctios-server/read-config.js';

const docs = resolve(__dirname, '../../../docs/how-to');
const page = readFileSync(join(docs, 'deployment.md'), 'utf8');
const metrics = ['server/northbound/server-metrics.ts', 'server/peers/peer-metrics.ts', 'stream/stream-metrics.ts']
  .map((file) => readFileSync(resolve(docs, '../../src', file), 'utf8'))
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

  it('has a unit that lets the server read each file of that configuration', () => {
    const unit = readFileSync(join(docs, 'ctios-server.service'), 'utf8');
    const { 'tls-key': key, 'agent-passwords': passwords } = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)![1]!);
    // DynamicUser: what only root reads has to be a credential, or belong to the group of the unit.
    const group = /^SupplementaryGroups=(\S+)$/m.exec(unit)![1]!;
    const handedOver = new RegExp(`^#\\s+chgrp ${group} (.+)$`, 'm').exec(unit)![1]!.split(' ');
    const readable = /^#\s+chmod 640 (.+)$/m.exec(unit)![1]!.split(' ');
    for (const file of [key, passwords]) assert.ok(handedOver.includes(file) && readable.includes(file), file);
    const started = /^ExecStart=([\s\S]*?)\n(?!\s)/m.exec(unit)![1]!;
    for (const [, name] of started.matchAll(/%d\/(\S+)/g)) {
      assert.match(unit, new RegExp(`^LoadCredential=${name}:/`, 'm'));
    }
    const args = started.replace(/\\\n/g, '').split(/\s+/).slice(1);
    assert.doesNotThrow(() => readConfig(args));
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
