import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import sinon from 'sinon';
import { currentVersion, migrated, migrations } from '../../../nodes/shared/migrations.js';
import { shortReasons } from '../../../nodes/shared/status/short-reasons.js';
import { STATUS_LENGTH, statuses } from '../../../nodes/shared/status/status.js';

const ROOT = join(__dirname, '..', '..', '..', '..');
const NODES = join(ROOT, 'nodes');
const LANGUAGES = ['en-US', 'de', 'ja'] as const;
const SHARED = '@openctios/node-red-ctios/ctios-session:';
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const types = Object.keys(manifest['node-red'].nodes);

interface Definition {
  category: string;
  color?: string;
  icon?: string;
  inputs?: number;
  outputs?: number;
  defaults: Record<string, { value: unknown; type?: string; validate?: (value: unknown, opt: object) => unknown }>;
  credentials?: Record<string, { type: string }>;
  [handler: string]: unknown;
}

/** The parts of a node's .html file as shipped, including the rows it shares with other nodes. */
function parts(type: string): { html: string; template: string; definition: Definition } {
  const html = readFileSync(join(ROOT, 'dist', 'nodes', type, `${type}.html`), 'utf8');
  const template = new RegExp(`<script type="text/html" data-template-name="${type}">(.*?)</script>`, 's').exec(
    html,
  )?.[1];
  assert.ok(template, `${type} has no template`);
  const registerType = sinon.spy((_name: string, _definition: Definition) => {});
  const RED = { nodes: { registerType } };
  for (const [, script] of html.matchAll(/<script type="text\/javascript">(.*?)<\/script>/gs)) {
    runInContext(script!, createContext({ RED }));
  }
  sinon.assert.calledOnceWithExactly(registerType, type, sinon.match.object);
  return { html, template: template!, definition: registerType.firstCall.args[1] };
}

type Catalog = Record<string, string>;

/** Headings of a help text, as in Node-RED's own help. */
const HEADINGS: Readonly<Record<string, readonly string[]>> = {
  'en-US': ['Properties', 'Inputs', 'Outputs', 'Details', 'References'],
  de: ['Eigenschaften', 'Eingangsdaten', 'Ausgangsdaten', 'Details', 'Referenzen'],
  ja: ['プロパティ', '入力', '出力', '詳細', '参考'],
};

/** A flattened catalog: "status.ready" -> "ready". */
function catalog(type: string, language: string): Catalog {
  const flat: Catalog = {};
  const walk = (value: Record<string, unknown>, path: string): void => {
    for (const [key, each] of Object.entries(value)) {
      if (typeof each === 'string') flat[path + key] = each;
      else walk(each as Record<string, unknown>, `${path}${key}.`);
    }
  };
  walk(JSON.parse(readFileSync(join(NODES, type, 'locales', language, `${type}.json`), 'utf8')), '');
  return flat;
}

const placeholders = (text: string): string[] => [...text.matchAll(/__\w+?__/g)].map(String).sort();
const codeIn = (...folder: string[]): string =>
  readdirSync(join(NODES, ...folder))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(NODES, ...folder, file), 'utf8'))
    .join('\n');
const editorCode = codeIn('editor');
const sidebarCode = codeIn('editor', 'sidebar');
const templates = types.map((type) => parts(type).template).join('\n');
const idsIn = (text: string): Set<string> => new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!));

describe('the editor part of a node', () => {
  for (const type of types) {
    describe(type, () => {
      const { html, template, definition } = parts(type);
      const isConfig = type === 'ctios-session';
      const ids = idsIn(template);

      it('has the same defaults as the runtime', () => {
        const begun: Record<string, unknown> = migrated(type, {});
        for (const [key, { value }] of Object.entries(definition.defaults)) {
          if (['name', 'session', 'outputs'].includes(key)) continue;
          assert.deepEqual(begun[key], JSON.parse(JSON.stringify(value)), key);
        }
        const unknown = Object.keys(begun).filter((key) => !(key in definition.defaults));
        assert.deepEqual(unknown, [], 'the runtime knows a property that the editor does not save');
        assert.equal(definition.defaults.version!.value, currentVersion(type));
      });

      it('has a field for each simple property and each credential', () => {
        const prefix = isConfig ? 'node-config-input-' : 'node-input-';
        for (const [key, { value }] of Object.entries(definition.defaults)) {
          if (key === 'version' || typeof value === 'object') continue;
          assert.ok(ids.has(prefix + key), `no field for ${key}`);
        }
        for (const key of Object.keys(definition.credentials ?? {})) {
          assert.ok(new RegExp(`type="password" id="${prefix}${key}"`).test(template), `no password field for ${key}`);
        }
      });

      it('has no duplicate field, and a label for each field', () => {
        const found = [...template.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
        assert.equal(found.length, new Set(found).size);
        for (const [tag, id] of template.matchAll(/<(?:input|select)[^>]* id="([^"]+)"[^>]*>/g)) {
          if (tag.includes('type="hidden"')) continue;
          assert.ok(template.includes(`for="${id}"`) || tag.includes('[aria-label]'), `${id} has no label`);
        }
      });

      it('keeps no password among its properties', () => {
        assert.deepEqual(
          Object.keys(definition.defaults).filter((key) => /password|secret/i.test(key)),
          [],
        );
      });

      it('reports why a value is not valid', () => {
        for (const [key, { validate }] of Object.entries(definition.defaults)) {
          if (validate !== undefined) assert.equal(validate.length, 2, `${key} cannot give a reason`);
        }
      });

      it('has an icon of the correct size', () => {
        if (isConfig) return;
        const svg = readFileSync(join(ROOT, 'icons', definition.icon!), 'utf8');
        assert.match(svg, /width="40" height="60" viewBox="0 0 40 60"/);
      });

      it('takes every text from a catalog', () => {
        const own = catalog(type, 'en-US');
        const shared = catalog('ctios-session', 'en-US');
        for (const [, keys] of template.matchAll(/data-i18n="([^"]+)"/g)) {
          const key = keys!.replace(/^\[[\w-]+\]/, '');
          const known = key.startsWith(SHARED) ? shared[key.slice(SHARED.length)] : own[key];
          assert.ok(known, `no text for ${key}`);
        }
        for (const [, key] of html.matchAll(/this\._\((?:index === 0 \? )?'([\w.]+)'/g))
          assert.ok(own[key!], `no text for ${key}`);
        assert.doesNotMatch(template.replace(/<[^>]+>/g, ''), /\S/, 'a text stands in the template');
      });

      it('has the same texts and the same help in every language', () => {
        const english = catalog(type, 'en-US');
        for (const language of LANGUAGES) {
          const translated = catalog(type, language);
          assert.deepEqual(Object.keys(translated).sort(), Object.keys(english).sort(), language);
          for (const [key, text] of Object.entries(translated)) {
            assert.ok(text.trim() !== '', `${language} ${key} is empty`);
            assert.deepEqual(placeholders(text), placeholders(english[key]!), `${language} ${key}`);
          }
        }
        const shapes = LANGUAGES.map((language) => {
          const help = readFileSync(join(NODES, type, 'locales', language, `${type}.html`), 'utf8');
          assert.match(help, new RegExp(`^<script type="text/markdown" data-help-name="${type}">\n\\S`));
          for (const [, heading] of help.matchAll(/^### (.+)$/gm))
            assert.ok(
              HEADINGS[language]!.includes(heading!),
              `${language}: ${heading} is not what Node-RED says there`,
            );
          return [...help.matchAll(/^(### .+|#### |: |- |\d\. )/gm)].map(([, found]) => {
            const heading = HEADINGS[language]!.indexOf(found!.replace('### ', ''));
            return heading < 0 ? found : heading;
          });
        });
        assert.deepEqual(shapes[1], shapes[0], 'de says more or less than en-US');
        assert.deepEqual(shapes[2], shapes[0], 'ja says more or less than en-US');
      });
    });
  }

  it('is registered with a literal, so that tools that read packs without running them find types, defaults and colors', () => {
    for (const type of types) {
      const { html } = parts(type);
      assert.ok(html.includes(`RED.nodes.registerType('${type}', {`));
      assert.doesNotMatch(html, /\.\.\.|type="module"/);
    }
  });

  it('loads the shared script once, with the first set', () => {
    const loading = types.filter((type) => /<script src=/.test(parts(type).html));
    assert.deepEqual(loading, [types[0]]);
    // A script that does not exist blocks the whole editor.
    for (const [folder, script] of [
      [types[0], 'ctios-editor.js'],
      ['sidebar', 'ctios-sidebar.js'],
    ]) {
      const built = readFileSync(join(ROOT, 'dist', 'nodes', folder!, `${folder}.html`), 'utf8');
      const [, path, version] = /<script src="([^"?]+)\?v=([^"]+)"/.exec(built)!;
      assert.equal(path, `resources/@openctios/node-red-ctios/${script}`);
      assert.equal(version, manifest.version);
      assert.ok(existsSync(join(ROOT, 'resources', script!)));
    }
  });

  it('uses only elements that a template contains', () => {
    const known = idsIn(templates);
    for (const [, id] of editorCode.matchAll(/'#((?:ctios|node-input|node-config-input)-[\w-]+)'/g)) {
      assert.ok(known.has(id!), `no template has #${id}`);
    }
  });

  it('has a text for each key used by the shared code', () => {
    const ask = (code: string, texts: Catalog): void => {
      for (const [, key] of code.matchAll(/\btext\('([\w.]+)'/g)) assert.ok(texts[key!], `no text for ${key}`);
    };
    ask(editorCode, catalog('ctios-session', 'en-US'));
    ask(sidebarCode, catalog('sidebar', 'en-US'));
  });

  it('has the texts of the sidebar in every language', () => {
    const english = catalog('sidebar', 'en-US');
    for (const language of LANGUAGES) {
      const translated = catalog('sidebar', language);
      assert.deepEqual(Object.keys(translated).sort(), Object.keys(english).sort());
      for (const [key, text] of Object.entries(translated)) {
        assert.deepEqual(placeholders(text), placeholders(english[key]!), `${language} ${key}`);
      }
    }
  });

  it('has a status text for each status, short enough in every language', () => {
    for (const language of LANGUAGES) {
      const shared = catalog('ctios-session', language);
      for (const key of Object.keys(statuses)) {
        const text = shared[`status.${key}`];
        assert.ok(text, `${language}: no text for the status ${key}`);
        if (placeholders(text).length === 0) assert.ok([...text].length <= STATUS_LENGTH, `${language}: ${text}`);
      }
    }
  });

  it('has a short text for each reason, short enough in every language', () => {
    for (const language of LANGUAGES) {
      const shared = catalog('ctios-session', language);
      for (const key of Object.keys(shortReasons)) {
        const text = shared[`status.short.${key}`];
        assert.ok(text && [...text].length <= STATUS_LENGTH, `${language} ${key}: ${text}`);
      }
    }
  });

  it('belongs to a set of package.json, one for each folder', () => {
    const folders = readdirSync(NODES).filter((name) => existsSync(join(NODES, name, `${name}.html`)));
    const plugins = Object.keys(manifest['node-red'].plugins ?? {});
    assert.deepEqual(folders.filter((name) => !plugins.includes(name)).sort(), [...types].sort());
    for (const type of types) {
      assert.equal(manifest['node-red'].nodes[type], `dist/nodes/${type}/${type}.js`);
    }
  });
});

describe('a saved node of an earlier version', () => {
  it('gets the properties it lacks and keeps its own', () => {
    const now: Record<string, unknown> = migrated('ctios-call', { id: 'x', request: 'Hold', args: undefined });
    assert.equal(now.request, 'Hold');
    assert.deepEqual(now.args, []);
    assert.equal(now.answerTimeout, 15);
    assert.equal(now.version, currentVersion('ctios-call'));
  });
  it('is not changed in place, and not twice', () => {
    const saved = Object.freeze({ request: 'Hold' });
    const once = migrated('ctios-call', saved);
    assert.deepEqual(migrated('ctios-call', once), once);
    assert.deepEqual(saved, { request: 'Hold' });
  });
  it('is left unchanged if it comes from a newer version', () => {
    assert.deepEqual(migrated('ctios-call', { version: 99, request: 'Fly' }), { version: 99, request: 'Fly' });
  });
  it('can be of any type', () => {
    assert.deepEqual(Object.keys(migrations).sort(), [...types].sort());
  });
});
