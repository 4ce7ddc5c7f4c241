import { ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { commands } from '../../src/simulator/index.js';

describe('docs/reference/simulator.md', () => {
  const page = readFileSync(resolve(__dirname, '../../../docs/reference/simulator.md'), 'utf8');

  it('lists every command with every argument of the table', () => {
    for (const [name, { about, args }] of Object.entries(commands)) {
      const list = Object.entries(args)
        .map(([argument, definition]) => `\`${argument}\`${'required' in definition ? '' : '?'}`)
        .join(', ');
      ok(page.includes(`| \`${name}\` | ${about} | ${list} |`), `${name}: ${about} (${list})`);
    }
  });
});
