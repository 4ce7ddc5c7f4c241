/**
 * Every property of every dialog, generated from the nodes' defaults: starting with a saved flow of an earlier version
 * (the nodes have no version and none of their properties), changed, saved, opened again. A new property of a node is
 * tested here automatically.
 */
import { strict as assert } from 'node:assert';
import { isDeepStrictEqual } from 'node:util';
import { currentVersion, migrated } from '../../nodes/shared/migrations.js';
import { Editor, FLOW, NODE_TYPES, type Properties } from './editor.js';

/** Values to type in fields that do not accept any text. */
const TEXTS: Readonly<Record<string, string>> = {
  filter: 'AgentID=1001',
  urlA: 'wss://cti-a.example.com:42028',
  urlB: 'wss://cti-b.example.com:42028',
  masked: 'CallVariable3, user.Card*',
  protocol: '24',
  charset: 'utf8',
  peripheralId: '5001',
  internalDigits: '4',
  region: 'DE',
  tokenUrl: 'https://login.example.com/token',
  successOn: '200-299, 409',
  retryOn: '503',
  lists: '{"notReady": {"Lunch": 2}}',
};
/** The lists: their id, and how a row is saved. */
const LISTS: Readonly<Record<string, { list: string; row: (key: string, value: string) => object }>> = {
  args: { list: 'ctios-args', row: (key, value) => ({ key, value, type: 'str' }) },
  filter: { list: 'ctios-filter', row: (key, value) => ({ key, op: 'is', value, type: 'str' }) },
  ends: { list: 'ctios-ends', row: (key, value) => ({ key, op: 'is', value, type: 'str' }) },
  match: { list: 'ctios-match', row: (key, value) => ({ key, op: 'is', value, type: 'str' }) },
  fields: { list: 'ctios-fields', row: (key, value) => ({ from: key, to: value }) },
  headers: { list: 'ctios-headers', row: (key, value) => ({ key, value, type: 'str' }) },
  properties: { list: 'ctios-properties', row: (p, v) => ({ p, v, vt: 'str' }) },
};
/** Other properties required for a field to be visible. */
const NEEDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'ctios-query object': { query: 'object' },
  'ctios-query filter': { query: 'agents' },
  'ctios-call followOnTimeout': { request: 'Answer', complete: 'OnCallEstablished' },
  'ctios-agent followOnTimeout': { request: 'SetAgentState', complete: 'OnAgentStateChange' },
  'ctios-request followOnTimeout': { request: 'Answer', complete: 'OnCallEstablished' },
  'ctios-request complete': { request: 'Answer' },
  'ctios-call complete': { request: 'Hold' },
  ...Object.fromEntries(
    ['agents', 'traffic', 'scenario', 'seed', 'profile', 'recording', 'replay', 'replaySpeed'].map((name) => [
      `ctios-session ${name}`,
      { connect: 'simulator' },
    ]),
  ),
  ...Object.fromEntries(['filter', 'snapshot'].map((name) => [`ctios-session ${name}`, { mode: 'monitor' }])),
  ...Object.fromEntries(
    ['hostA', 'portA', 'hostB', 'portB', 'clientId', 'protocol', 'charset', 'agentIds', 'peripheralId'].map((name) => [
      `ctios-session ${name}`,
      { connect: 'ctiserver' },
    ]),
  ),
  ...Object.fromEntries(
    ['tokenUrl', 'user', 'scope'].map((name) => [`ctios-webhook ${name}`, { authentication: 'oauth2' }]),
  ),
  'ctios-webhook signingVariable': { signed: 'true' },
  'ctios-contact maxWrapup': { when: 'wrapup' },
  'ctios-session allowControl': { connect: 'ctiserver', mode: 'monitor' },
  ...Object.fromEntries(['urlA', 'urlB'].map((name) => [`ctios-session ${name}`, { connect: 'ctios-server' }])),
  ...Object.fromEntries(
    ['natsServers', 'natsSite', 'natsGroup', 'natsUser', 'natsCredentials'].map((name) => [
      `ctios-session ${name}`,
      { connect: 'nats' },
    ]),
  ),
  'ctios-session natsPublish': { connect: 'ctiserver' },
  ...Object.fromEntries(
    ['agentId', 'agentInstrument', 'agentLogin'].map((name) => [`ctios-session ${name}`, { mode: 'agent' }]),
  ),
  ...Object.fromEntries(['agentLimit', 'agentIdle'].map((name) => [`ctios-session ${name}`, { mode: 'agents' }])),
};
/** A row added to a list. */
const ROW = { key: 'CallVariable4', value: 'Ada' };
/** Properties that determine which other fields are visible. */
const DECIDERS = new Set([
  'authentication',
  'connect',
  'mode',
  'interface',
  'request',
  'query',
  'command',
  'complete',
  'split',
  'when',
]);
/**
 * Tested elsewhere: the version by migrations, the outputs by the selection of events, the session and TLS by the
 * editor.
 */
const NOT_HERE = new Set([
  'urlType',
  'bodyType',
  'keyType',
  'orderingType',
  'version',
  'outputs',
  'session',
  'tls',
  'natsTls',
  'proxy',
  'objectType',
]);

describe('every property of a dialog', function () {
  this.timeout(60_000);
  let editor: Editor;

  before(async function () {
    editor = await Editor.start(this);
  });
  after(() => editor?.stop());
  afterEach(async () => {
    await editor.closeAll();
    editor.noProblems();
  });

  /** Changes a field to another value. @returns the expected saved value */
  async function change(type: string, name: string): Promise<unknown> {
    const { page } = editor;
    if (name === 'events') {
      const first = await page.textContent('.ctios-event-name >> nth=1');
      await editor.chooseEvent(first!);
      return [first];
    }
    const list = LISTS[name];
    if (list !== undefined && (await page.locator(`#${list.list}`).count()) > 0) {
      await editor.addRow(list.list, ROW.key, ROW.value);
      return [list.row(ROW.key, ROW.value)];
    }
    const prefix = type === 'ctios-session' ? 'node-config-input' : 'node-input';
    const field = page.locator(`#${prefix}-${name}`);
    const kind = await field.evaluate((element) => {
      const found = element as unknown as { tagName: string; type: string; className: string };
      const plain = found.tagName === 'SELECT' ? 'select' : found.type;
      return found.className.includes('red-ui-typedInput') ? 'typed' : plain;
    });
    if (kind === 'select') {
      const before = await field.inputValue();
      const values = await field
        .locator('option')
        .evaluateAll((options) => options.map((option) => (option as unknown as { value: string }).value));
      const other = values.filter((value) => value !== before && value !== '').at(0);
      assert.ok(other, `${name} has nothing to choose from`);
      await field.selectOption(other);
      return other;
    }
    if (kind === 'checkbox') {
      const now = !(await field.isChecked());
      await field.setChecked(now);
      return now;
    }
    const input = kind === 'typed' ? page.locator(`#ctios-${name}-row .red-ui-typedInput-input`) : field;
    const before = await input.inputValue();
    const now = TEXTS[name] ?? (/^\d+$/.test(before) ? String(Number(before) + 1) : 'Ada');
    await input.fill(now);
    await page.keyboard.press('Escape');
    return now;
  }

  const shown = (type: string, name: string): Promise<unknown> =>
    editor.evaluate(`(() => {
      const field = $('#${type === 'ctios-session' ? 'node-config-input' : 'node-input'}-${name}');
      return field.attr('type') === 'checkbox' ? field.prop('checked') : field.val();
    })()`);

  for (const type of ['ctios-session', ...NODE_TYPES.map((each) => `ctios-${each}`)]) {
    it(`${type}: opened and saved without a change is a current node with the same meaning`, async () => {
      const id = type === 'ctios-session' ? 's1' : type.replace('ctios-', '');
      await editor.open(id);
      await editor.close();
      const { valid: _, outputs: __, name, session, tls, natsTls, proxy, ...now } = await editor.saved(id);
      const {
        id: _id,
        type: _type,
        z: _z,
        name: _name,
        session: _session,
        wires: _wires,
        ...kept
      } = FLOW.find((node) => node.id === id)!;
      const begun: Properties = migrated(type, kept);
      for (const key of Object.keys(now)) assert.deepEqual(String(now[key]), String(begun[key]), key);
      assert.equal(now.version, currentVersion(type));
    });

    it(`${type}: each is saved as entered, and shown again`, async () => {
      const id = type === 'ctios-session' ? 's1' : type.replace('ctios-', '');
      const prefix = type === 'ctios-session' ? '#node-config-input' : '#node-input';
      const defaults = await editor.evaluate<string[]>(`Object.keys(RED.nodes.node('${id}')._def.defaults)`);
      for (const [needs, names] of passes(type, defaults)) {
        await editor.open(id);
        for (const [other, value] of Object.entries(needs)) {
          if (value === 'true') await editor.page.check(`${prefix}-${other}`);
          else await editor.page.selectOption(`${prefix}-${other}`, value);
        }
        const entered = new Map<string, unknown>();
        for (const name of names) entered.set(name, await change(type, name));
        await editor.close();
        const now = await editor.saved(id);
        for (const [name, value] of entered) {
          if (Array.isArray(value)) assert.ok(has(now[name], value[0]), `${name}: ${JSON.stringify(now[name])}`);
          else assert.equal(String(now[name]), String(value), name);
        }
        await editor.open(id);
        for (const [name, value] of entered) {
          const list = LISTS[name]?.list;
          if (!Array.isArray(value)) assert.equal(String(await shown(type, name)), String(value), name);
          else if (list !== undefined) assert.ok(has(await editor.rowTexts(list), [ROW.key, ROW.value]), name);
          else assert.ok(await editor.page.isChecked(`.ctios-event:has-text("${value[0]}") >> nth=0 >> input`));
        }
        await editor.close();
        assert.deepEqual(await editor.saved(id), now, 'changed by being looked at');
      }
    });
  }
});

const has = (list: unknown, item: unknown): boolean =>
  Array.isArray(list) && list.some((each) => isDeepStrictEqual(each, item));

/** Groups of changes that can be made together: first each property that determines which fields are visible. */
function passes(type: string, defaults: readonly string[]): [Readonly<Record<string, string>>, string[]][] {
  const found = new Map<string, string[]>();
  for (const name of defaults) {
    if (NOT_HERE.has(name)) continue;
    const needs = JSON.stringify(NEEDS[`${type} ${name}`] ?? {});
    const key = DECIDERS.has(name) ? `${needs}${name}` : needs;
    found.set(key, [...(found.get(key) ?? []), name]);
  }
  return [...found]
    .sort(([, [a]], [, [b]]) => Number(DECIDERS.has(b!)) - Number(DECIDERS.has(a!)))
    .map(([key, names]) => [JSON.parse(key.slice(0, key.lastIndexOf('}') + 1)) as Record<string, string>, names]);
}
