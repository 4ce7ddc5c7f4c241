/**
 * Every dialog with every way to name a session: one that is missing, disabled, on another tab, in a variable, in a
 * property of a subflow, and of nested subflows. The dialog opens, shows the selection, and saving does not change it.
 */
import { strict as assert } from 'node:assert';
import { Editor, NODE_TYPES } from './editor.js';

const variable = (name: string): string => `\${${name}}`;
const property = (name: string, value: string) => ({ name, type: 'ctios-session', value, ui: { type: 'conf-types' } });

/** How the session is named, in which tab or subflow, and whether the node can be used this way. */
const CHOICES = {
  none: { session: '', z: 't1', valid: false },
  gone: { session: 'gone', z: 't1', valid: false },
  disabled: { session: 'off', z: 't1' },
  elsewhere: { session: 'other', z: 't1' },
  variable: { session: variable('CENTER'), z: 't1', valid: true },
  unset: { session: variable('NOWHERE'), z: 't1' },
  property: { session: variable('SESSION'), z: 'sub', valid: true },
  nested: { session: variable('SESSION'), z: 'inner', valid: true },
} as const;

/** The entry that adds a session is not a selection, and neither is none. */
const chosen = (value: unknown): unknown => (value === '_ADD_' || value === null ? '' : value);

const WITH_SESSION = NODE_TYPES.filter((type) => type !== 'webhook');

const FLOW = [
  { id: 't1', type: 'tab', label: 'contact center', env: [{ name: 'CENTER', type: 'str', value: 'lab' }] },
  { id: 't2', type: 'tab', label: 'another tab' },
  { id: 'lab', type: 'ctios-session', name: 'Lab', traffic: 'off' },
  { id: 'off', type: 'ctios-session', name: 'Off', d: true },
  { id: 'other', type: 'ctios-session', z: 't2', name: 'Other', traffic: 'off' },
  { id: 'sub', type: 'subflow', name: 'once', in: [], out: [], env: [property('SESSION', 'lab')] },
  { id: 'inner', type: 'subflow', name: 'twice', in: [], out: [], env: [property('SESSION', '')] },
  { id: 'outer', type: 'subflow', name: 'around it', in: [], out: [], env: [property('SESSION_OF_ALL', '')] },
  { id: 'one', type: 'subflow:sub', z: 't1', x: 90, y: 90, wires: [] },
  ...[
    { id: 'two', type: 'subflow:inner', z: 'outer', env: [property('SESSION', variable('SESSION_OF_ALL'))] },
    { id: 'three', type: 'subflow:outer', z: 't1', env: [property('SESSION_OF_ALL', 'lab')] },
  ].map((instance) => ({ ...instance, x: 90, y: 90, wires: [] })),
  ...Object.entries(CHOICES).flatMap(([choice, { session, z }]) =>
    WITH_SESSION.map((type) => ({
      id: `${choice}-${type}`,
      type: `ctios-${type}`,
      z,
      session,
      x: 90,
      y: 90,
      wires: [],
    })),
  ),
];

describe('the session that a dialog names', function () {
  this.timeout(120_000);
  let editor: Editor;

  before(async function () {
    editor = await Editor.start(this, { flow: FLOW });
  });
  after(() => editor?.stop());
  afterEach(async () => {
    await editor.closeAll();
    editor.noProblems();
  });

  for (const [choice, { session, ...expected }] of Object.entries(CHOICES))
    it(`${choice}: ${session === '' ? 'nothing is chosen' : session}`, async () => {
      for (const type of WITH_SESSION) {
        const id = `${choice}-${type}`;
        await editor.open(id);
        editor.noProblems();
        const shown = await editor.evaluate<string | null>("$('#node-input-session').val()");
        assert.equal(chosen(shown), session, `${type}: what is shown`);
        await editor.close();
        editor.noProblems();
        const { session: kept, valid } = await editor.saved(id);
        assert.equal(chosen(kept), session, `${type}: what is saved`);
        if ('valid' in expected && type !== 'wait') assert.equal(valid, expected.valid, `${type}: valid`);
      }
    });
});
