import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { options } from '../../src/cli/ctios-server/options/options.js';
import { readConfig } from '../../src/cli/ctios-server/options/read-config.js';
import { metricTable } from '../../src/server/observability/metric-table.js';

const docs = resolve(__dirname, '../../../docs/how-to');
const page = readFileSync(join(docs, 'deployment.md'), 'utf8');

describe('the deployment guide of ctios-server', () => {
  it('shows a valid configuration', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ctios-docs-'));
    try {
      const file = join(folder, 'config.json');
      writeFileSync(file, /```json\n([\s\S]*?)```/.exec(page)![1]!);
      assert.equal(readConfig(['--config', file]).config().name, 'side-a');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('has a unit that allows the server to read each file of that configuration', () => {
    const unit = readFileSync(join(docs, 'ctios-server.service'), 'utf8');
    const { 'tls-key': key, 'agent-passwords': passwords } = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)![1]!);
    // DynamicUser: a file readable only by root must be a credential, or belong to the group of the unit.
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

  it('names only existing options and metrics', () => {
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
      // Options of the benchmark and of check:ha.
      'only',
      'rounds',
    ]);
    for (const [, name] of (page + unit).matchAll(/(?<![\w-])--([a-z][a-z-]+)/g)) {
      if (name !== 'now') assert.ok(known.has(name!), `--${name}`);
    }
    for (const [name] of page.matchAll(/\bctios_[a-z_]+/g)) assert.ok(name in metricTable, name);
  });
});
