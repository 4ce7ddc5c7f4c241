/** The translated explanations of the vocabulary: complete, consistent and actually translated. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type EventDefinition, enumValues, events, keywords, requests } from '../../../src/ctios/index.js';
import { simulatorCommands } from '../../../src/embedded.js';
import type { ArgumentDefinition } from '../../../src/simulator/index.js';

const ROOT = join(__dirname, '..', '..', '..', '..');
/** The maximum size of a language: it is fetched by every editor in that language. */
const MAX_BYTES = 64_000;

/** Names from Cisco's documents, thousands of which occur elsewhere: they are looked up there. */
const CODE_TABLES = new Set([
  'ControlFailureCode',
  'DeskSettingsMask',
  'EventCause',
  'PeripheralErrorCode',
  'PeripheralType',
  'RequestID',
  'SilentMonitorStatus',
]);

type Texts = Record<string, string>;
interface Catalog {
  events: Texts;
  requests: Record<string, { does: string; notes?: string[] }>;
  keywords: Texts;
  values: Record<string, Texts>;
  commands: {
    arguments: Record<string, { about: string; fallback?: string }>;
    commands: Record<string, { about: string; args?: Record<string, { about: string; fallback?: string }> }>;
  };
}

/** All English texts that require a translation, by path. */
function english(): Texts {
  const said: Texts = {};
  for (const { name, when, twinOf } of Object.values<EventDefinition>(events)) {
    // Events of a supervisor are covered by the ordinary ones.
    if (twinOf === undefined) said[`events ${name}`] = when;
  }
  for (const { name, does, notes } of Object.values(requests)) {
    said[`requests ${name}`] = does;
    notes.forEach((note, index) => {
      said[`requests ${name} ${index}`] = note;
    });
  }
  for (const [keyword, { meaning }] of Object.entries(keywords)) said[`keywords ${keyword}`] = meaning;
  for (const name of new Set(Object.values(keywords).flatMap((each) => ('enum' in each ? [each.enum] : [])))) {
    if (name === 'EventID' || CODE_TABLES.has(name)) continue;
    for (const { word, meaning } of enumValues(name)) said[`values ${name} ${word}`] = meaning;
  }
  for (const [name, { about, args }] of Object.entries(simulatorCommands)) {
    said[`commands ${name}`] = about;
    for (const [key, argument] of Object.entries<ArgumentDefinition>(args)) {
      said[`commands ${name} ${key}`] = argument.about;
      if (argument.fallback !== undefined) said[`commands ${name} ${key} fallback`] = argument.fallback;
    }
  }
  return said;
}

function translated(language: string): Texts {
  const catalog = JSON.parse(readFileSync(join(ROOT, 'resources', `ctios-words-${language}.json`), 'utf8')) as Catalog;
  const said: Texts = {};
  for (const [name, when] of Object.entries(catalog.events)) said[`events ${name}`] = when;
  for (const [name, { does, notes }] of Object.entries(catalog.requests)) {
    said[`requests ${name}`] = does;
    notes?.forEach((note, index) => {
      said[`requests ${name} ${index}`] = note;
    });
  }
  for (const [keyword, meaning] of Object.entries(catalog.keywords)) said[`keywords ${keyword}`] = meaning;
  for (const [name, words] of Object.entries(catalog.values)) {
    for (const [word, meaning] of Object.entries(words)) said[`values ${name} ${word}`] = meaning;
  }
  for (const [name, { about, args }] of Object.entries(catalog.commands.commands)) {
    said[`commands ${name}`] = about;
    const known = (simulatorCommands as Record<string, { args: object }>)[name]?.args ?? {};
    for (const key of new Set([...Object.keys(known), ...Object.keys(args ?? {})])) {
      const argument = args?.[key] ?? catalog.commands.arguments[key];
      if (argument === undefined) continue;
      said[`commands ${name} ${key}`] = argument.about;
      if (argument.fallback !== undefined) said[`commands ${name} ${key} fallback`] = argument.fallback;
    }
  }
  return said;
}

/** Names that are identical in every language: OnCallEnd, AgentID, CallVariable1, ENABLE_READY, 0x0a. */
const names = (text: string): string[] =>
  [...text.matchAll(/\b(?:[A-Z][a-z]+[A-Z]\w*|[A-Z]{2,}[_a-z]\w+|\d{2,}|0x\w+)\b/g)].map(([name]) =>
    name.replace(/IDs$/, 'ID'),
  );

describe('the vocabulary in another language', () => {
  const source = english();
  for (const language of ['de', 'ja']) {
    describe(language, () => {
      const texts = translated(language);

      it('translates every English text, and contains no others', () => {
        const missing = Object.keys(source).filter((path) => (texts[path] ?? '').trim() === '');
        assert.deepEqual(missing, [], 'not translated');
        const left = Object.keys(texts).filter((path) => source[path] === undefined);
        assert.deepEqual(left, [], 'translated, but no longer said');
      });

      it('names the same events, requests, keywords and numbers', () => {
        const unnamed = Object.entries(source).flatMap(([path, text]) =>
          names(text)
            .filter((name) => !texts[path]?.includes(name))
            .map((name) => `${path}: "${texts[path]}" does not name ${name}`),
        );
        assert.deepEqual(unnamed, []);
      });

      it('contains no untranslated English', () => {
        for (const [path, text] of Object.entries(source)) {
          if (/^\d*$/.test(text)) continue;
          assert.notEqual(texts[path]?.toLowerCase(), text.toLowerCase(), path);
        }
        if (language !== 'ja') return;
        for (const [path, text] of Object.entries(texts)) {
          if (/^\d*$/.test(text)) continue;
          assert.match(text, /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u, path);
        }
      });

      it('is small enough to be fetched while the editor starts', () => {
        assert.ok(statSync(join(ROOT, 'resources', `ctios-words-${language}.json`)).size < MAX_BYTES);
      });
    });
  }

  it('has one meaning for an argument shared by several commands, unless a command defines its own', () => {
    const catalog = JSON.parse(readFileSync(join(ROOT, 'resources', 'ctios-words-de.json'), 'utf8')) as Catalog;
    const meant = new Map<string, string>();
    for (const [name, { args }] of Object.entries(simulatorCommands)) {
      for (const [key, { about, fallback }] of Object.entries<ArgumentDefinition>(args)) {
        if (catalog.commands.commands[name]?.args?.[key] !== undefined) continue;
        const before = meant.get(key);
        const now = `${about} (${fallback})`;
        assert.ok(before === undefined || before === now, `${name} ${key}: ${now}, elsewhere ${before}`);
        meant.set(key, now);
      }
    }
  });
});

describe('the catalogs and the help', () => {
  /** Other terms for the same thing. */
  const OTHER_WORDS: Readonly<Record<string, RegExp>> = {
    de: /Skill-?gruppe/i,
    // Call as a noun; to call back uses another word.
    ja: /コール(?!バック|センタ)/,
  };
  for (const [language, other] of Object.entries(OTHER_WORDS))
    it(`use one term for one thing in ${language}`, () => {
      const folders = [join(ROOT, 'nodes')];
      const files = folders.flatMap((folder) =>
        readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter((name) => new RegExp(`[\\\\/]${language}[\\\\/][^\\\\/]+\\.(json|html)$`).test(name))
          .map((name) => join(folder, name)),
      );
      assert.ok(files.length > 10, 'catalogs and help were found');
      for (const file of files) assert.doesNotMatch(readFileSync(file, 'utf8'), other, file);
    });
});
