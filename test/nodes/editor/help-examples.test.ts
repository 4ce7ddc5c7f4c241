/** The example message in each node's help: present in every language, and built from the vocabulary. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { enumName, eventByName, keywordByName, requestByName } from '../../../src/ctios/index.js';
import { commands } from '../../../src/simulator/index.js';

const ROOT = join(__dirname, '..', '..', '..', '..');
type Message = Record<string, unknown> & { topic?: string; payload?: Record<string, unknown> };
interface Example {
  dialog?: { request?: string };
  in?: Message;
  out: Message & { ctios?: { names?: Record<string, string> } };
}

const types = readdirSync(join(ROOT, 'nodes')).filter(
  (type) =>
    type.startsWith('ctios-') && type !== 'ctios-session' && existsSync(join(ROOT, 'nodes', type, `${type}.html`)),
);
const read = (type: string) => JSON.parse(readFileSync(join(ROOT, 'nodes', type, 'example.json'), 'utf8')) as Example;

describe('the example message of', () => {
  for (const type of types)
    describe(type, () => {
      for (const [language, heading] of Object.entries({ 'en-US': 'Example', de: 'Beispiel', ja: '例' }))
        it(`is included in the help (${language})`, () => {
          const help = readFileSync(join(ROOT, 'dist', 'nodes', type, 'locales', language, `${type}.html`), 'utf8');
          const [, text] = new RegExp(`### ${heading}\n([\\s\\S]*?)\n### `).exec(help)!;
          const blocks = [...text!.matchAll(/```json\n([\s\S]*?)\n```/g)].map(([, json]) => JSON.parse(json!));
          const { dialog, in: arrives, out } = read(type);
          assert.deepEqual(
            blocks,
            [dialog, arrives, out].filter((each) => each !== undefined),
          );
        });

      it('uses existing events, requests, keywords and values', () => {
        const { dialog, in: arrives, out } = read(type);
        const event = eventByName(String(out.topic));
        if (event !== undefined) {
          const known = new Set(['UniqueObjectID', ...event.params.map(({ keyword }) => keyword)]);
          for (const keyword of Object.keys(out.payload!)) assert.ok(known.has(keyword), `${keyword} of ${event.name}`);
        }
        const request = requestByName(String(dialog?.request ?? arrives?.topic));
        if (request !== undefined) {
          assert.equal(event?.name, request.conf);
          const known = new Set(request.args.map(({ keyword }) => keyword));
          for (const keyword of Object.keys(arrives!.payload!)) assert.ok(known.has(keyword), keyword);
        }
        for (const [keyword, word] of Object.entries(out.ctios?.names ?? {})) {
          const enumeration = keywordByName(keyword)?.enum;
          if (enumeration !== undefined) assert.equal(enumName(enumeration, Number(out.payload![keyword])), word);
        }
        if (type === 'ctios-simulate') assert.ok(out.topic! in commands);
      });
    });
});
