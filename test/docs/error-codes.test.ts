import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adviceWithoutCode } from '../../scripts/docs/contact-center-codes.js';
import { errorCodes } from '../../scripts/docs/error-codes.js';
import { pagesForPeople } from './code-blocks.js';

const ROOT = join(__dirname, '..', '..', '..');

const sources = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(ROOT, folder, file));

/** Every code used in the sources. */
function used(): Set<string> {
  const found = new Set<string>();
  for (const file of [...sources('src'), ...sources('nodes')]) {
    for (const [, name] of readFileSync(file, 'utf8').matchAll(/'((?:CTIOS|SIM)_[A-Z][A-Z_]+)'/g)) found.add(name!);
  }
  return found;
}

describe('the list of error codes', () => {
  const listed = Object.values(errorCodes).flatMap((codes) => Object.keys(codes));

  it('contains every code that can occur, once, and no others', () => {
    assert.deepEqual([...listed].sort(), [...used()].sort(), 'scripts/docs/error-codes.ts is the list');
  });
  it('contains every code named on a page', () => {
    const environment = new Set(['CTIOS_CLIENT_PASSWORD', 'CTIOS_MONITOR_PASSWORD', 'CTIOS_PEER_SECRET', 'CTIOS_URL']);
    const known = new Set([...listed, ...environment, 'CTIOS_AGENT_CHECK_TOKEN', 'CTIOS_NATS_PASSWORD']);
    for (const page of pagesForPeople().filter((each) => !/ged188|enumerations/.test(each))) {
      const text = readFileSync(join(ROOT, page), 'utf8');
      for (const [name] of text.matchAll(/\b(?:CTIOS|SIM)_[A-Z]+(?:_[A-Z]+)+\b/g))
        assert.ok(known.has(name), `${page}: ${name}`);
    }
  });
  it('gives advice only on existing codes of the contact center', () => assert.deepEqual(adviceWithoutCode(), []));
  it('describes for each code what happened and what to do', () => {
    for (const codes of Object.values(errorCodes)) {
      for (const [name, { happened, action }] of Object.entries(codes)) {
        assert.ok(happened.length > 10 && action.length > 5, name);
      }
    }
  });
});
