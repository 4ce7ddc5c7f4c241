/** Editor labels quoted on the pages exist: a label in italics is one of a catalog, ours or Node-RED's. */
import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ALL_FLOWS } from '../../scripts/examples/build.js';
import { events, requests } from '../../src/ctios/index.js';
import { commands } from '../../src/simulator/index.js';
import { pagesForPeople, ROOT } from './code-blocks.js';

/**
 * Names in italics that are not labels: core nodes, message properties in a node's help, terms introduced on a page.
 */
const NO_LABELS = new Set([
  // Core nodes, and services of a CTI Server.
  ...[
    'catch',
    'change',
    'complete msg object',
    'debug',
    'delay',
    'http request',
    'inject',
    'trigger',
    'http response',
    'http in',
    'switch',
    'tls-config',
    'http proxy',
    'websocket out',
  ],
  ...['All Events'],
  // Parts of a message.
  ...['answer', 'ctios', 'method', 'payload', 'status', 'statusCode', 'topic', 'traceparent', 'url'],
  // Columns and groups of a page.
  ...['done', 'In process', 'simulated', 'Tested', 'Optimizations tried'],
  // Actions of the admin API without a button, a heading of the changelog, and a button of flows.nodered.org.
  ...['send again', 'Unreleased', 'refresh'],
  // The sidebar of Dashboard 2.0, which is not installed here.
  ...['Dashboard 2.0', 'Client Data', 'Accept Client Data'],
  // Terms that a page introduces or emphasizes.
  ...['agent mode', 'anonymous', 'ask', 'confirmed', 'confirms', 'dialler', 'expired', 'failed', 'fixed part'],
  ...['floating part', 'monitor mode', 'people', 'programs', 'skillgroup', 'unique value', 'unknown'],
]);

const emphasized = (page: string): string[] => {
  const text = readFileSync(join(ROOT, page), 'utf8')
    .replace(/```[\s\S]*?```/g, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/`[^`\n]*`/g, '`')
    .replace(/^(\s*)\* /gm, '$1')
    .replace(/^(?:\s*)\*\*[^*]*\*\*/gm, '')
    .replace(/\*\*[^*]*\*\*/g, '');
  return [...text.matchAll(/\*([^*`]+)\*/g)].map(([, words]) => words!.replace(/\s+/g, ' ').trim());
};

/** Bold words within a sentence that are not labels: emphasized words, and addresses of pages. */
const STRESSED = new Set([
  ...['1', 'start page', 'its own client ID', 'a second session under the same ID disconnects the first'],
  ...['CTI OS', 'Zendesk'],
]);

/** Bold text within a sentence; at the beginning of a line or a cell it is a heading. */
const bold = (page: string): string[] => {
  const text = readFileSync(join(ROOT, page), 'utf8')
    .replace(/```[\s\S]*?```/g, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/`[^`\n]*`/g, '`')
    .replace(/^(\s*)\* /gm, '$1')
    .replace(/^(?:\s*(?:\d+\.|-)?\s*)\*\*[^*]*\*\*/gm, '')
    .replace(/\|\s*\*\*[^*]*\*\*/g, '|');
  return [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, words]) => words!.replace(/\s+/g, ' '));
};

/** A label as quoted on a page: without its unit and its explanation. */
function quotable(label: string): string[] {
  const text = label.replace(/<[^>]+>/g, '').trim();
  return [text, text.replace(/ \([^)]*\)$/, ''), text.split(':')[0]!, text.replace(/^__\w+__\s*/, '')];
}

function labelsOf(catalog: unknown): string[] {
  if (typeof catalog === 'string') return quotable(catalog);
  return catalog !== null && typeof catalog === 'object' ? Object.values(catalog).flatMap(labelsOf) : [];
}

/** The node names of an example. */
const namesIn = (flow: string): string[] => (JSON.parse(flow) as { name?: string }[]).map(({ name }) => name ?? '');

const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

describe('the labels quoted on the pages', () => {
  const catalogs = readdirSync(join(ROOT, 'nodes'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /locales[\\/]en-US[\\/].*\.json$/.test(name))
    .map((name) => join(ROOT, 'nodes', name));
  const editor = createRequire(join(ROOT, 'package.json')).resolve('@node-red/editor-client/locales/en-US/editor.json');
  const webPages = readdirSync(join(ROOT, 'scripts', 'pages'))
    .filter((name) => name.endsWith('.html'))
    .map((name) => readFileSync(join(ROOT, 'scripts', 'pages', name), 'utf8'))
    .join('\n');
  const known = new Set([
    ...[...catalogs, editor].flatMap((file) => labelsOf(json(file))),
    ...ALL_FLOWS.map((make) => make()).flatMap((flow) => [
      ...[flow.label, flow.label.replace(/^\d+ /, ''), flow.example.folder ?? ''],
      ...namesIn(flow.toString()),
    ]),
    ...Object.keys(events),
    ...Object.keys(requests),
    ...Object.keys(commands),
    '@openctios/node-red-ctios',
  ]);

  for (const page of pagesForPeople().filter((each) => !each.includes('ged188')))
    it(`${page} quotes only existing labels`, () => {
      for (const words of emphasized(page)) {
        for (const label of words.split(/>|: /).map((part) => part.trim())) {
          const shown = label.replace(/\d[\d:]*/, '__time__');
          const there = known.has(label) || known.has(shown) || NO_LABELS.has(label) || webPages.includes(label);
          assert.ok(there, `*${label}*`);
        }
      }
      for (const words of bold(page)) {
        const there = known.has(words) || NO_LABELS.has(words) || STRESSED.has(words) || words.startsWith('/');
        assert.ok(there, `**${words}**`);
      }
    });

  it('include the words for filtering the sidebar, in one row with the values beside them', () => {
    const page = readFileSync(join(ROOT, 'docs', 'how-to', 'sidebar.md'), 'utf8');
    const [, state, number] = /`(\w+) (8\d{3})`/.exec(page)!;
    const sidebar = json(join(ROOT, 'nodes', 'sidebar', 'locales', 'en-US', 'sidebar.json')) as {
      callStatus: Record<string, string>;
    };
    // A dialed number is in the row of a call, so the state must be one of a call.
    const states = Object.values(sidebar.callStatus).map((word) => word.toLowerCase());
    assert.ok(states.includes(state!), `${state} ${number}`);
  });
});
