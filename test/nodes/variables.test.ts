/** Settings as people write them: environment variables, hosts in any form. The dialog's test reads them as the runtime does. */
import assert from 'node:assert/strict';
import { withVariables } from '../../nodes/shared/session/environment.js';
import { readHost } from '../../nodes/shared/session/hosts.js';
import { readSettings, type SessionDef } from '../../nodes/shared/session/settings.js';

const CTI = {
  connect: 'ctiserver',
  hostA: 'cti-a',
  portA: 42027,
  clientId: 'crm',
  peripheralId: 5000,
  mode: 'monitor',
};
const read = (def: object, credentials = {}) => readSettings(def as SessionDef, credentials);

/** A runtime in which one session is deployed on a tab, and the tab has variables of its own. */
function runtime(variables: Record<string, Record<string, unknown>>) {
  const nodes: Record<string, { z: string; _flow: string }> = {
    s1: { z: 'tab1', _flow: 'tab1' },
    n2: { z: 'tab2', _flow: 'tab2' },
  };
  return {
    nodes: {
      getNode: (id: string) => nodes[id] ?? null,
      eachNode: (look: (config: object) => void) => {
        for (const [id, { z }] of Object.entries(nodes)) look({ id, z });
      },
    },
    util: {
      getSetting: (_: unknown, name: string, flow: string | undefined) => variables[flow ?? 'global']?.[name],
    },
  } as never;
}

describe('environment variables in a session', () => {
  const VARIABLES = {
    tab1: { HOST: 'cti-one', PORT: '43027', PW: 'planted', PERIPHERAL: 5001, OFF: 'false' },
    tab2: { HOST: 'cti-two' },
    global: { HOST: 'cti-global' },
  };
  const typed = { ...CTI, hostA: '${HOST}', portA: '${PORT}', peripheralId: '${PERIPHERAL}', allowControl: '${OFF}' };

  it('are those of the flow in which the session stands, in every field and in passwords', () => {
    const RED = runtime(VARIABLES);
    const { target, mode } = read(
      withVariables(RED, typed, 's1', 'tab1'),
      withVariables(RED, { clientPassword: '${PW}' }, 's1', 'tab1'),
    );
    assert.deepEqual(target, {
      kind: 'ctiserver',
      a: { host: 'cti-one', port: 43027 },
      peripheralId: 5001,
      clientId: 'crm',
      clientPassword: 'planted',
      agentIds: [],
    });
    assert.deepEqual(mode, { mode: 'monitor', filter: '', snapshot: true, control: false });
  });

  it('are those of its tab for a session that is not deployed yet', () => {
    const RED = runtime(VARIABLES);
    assert.equal(withVariables(RED, typed, 'new', 'tab2').hostA, 'cti-two');
  });

  it('are named where nobody has set them, before a host or a password is made of them', () => {
    assert.throws(() => read({ ...CTI, hostA: '${NOBODY}' }), /environment variable NOBODY is not set \(hostA\)/);
    assert.throws(() => read(CTI, { clientPassword: '${NO_PW}' }), /NO_PW is not set \(clientPassword\)/);
    assert.throws(() => read({ connect: 'ctios-server', urlA: '${URL}', mode: 'monitor' }), /URL is not set \(urlA\)/);
    assert.doesNotThrow(
      () => read({ connect: 'simulator', hostA: '${NOBODY}', mode: 'monitor' }),
      'a field that is not used',
    );
  });

  for (const [value, control] of [
    [true, true],
    ['true', true],
    ['1', true],
    [false, false],
    ['false', false],
    ['False', false],
    ['0', false],
    ['off', false],
    ['', false],
    [undefined, false],
  ] as const) {
    it(`tick a box with ${JSON.stringify(value)}: ${control ? 'on' : 'off'}`, () => {
      assert.equal((read({ ...CTI, allowControl: value }).mode as { control: boolean }).control, control);
      assert.equal(
        (read({ ...CTI, snapshot: value }).mode as { snapshot: boolean }).snapshot,
        control || value === '' || value === undefined,
      );
    });
  }
});

describe('the host of a side', () => {
  for (const [typed, host] of [
    ['cti-a', 'cti-a'],
    ['cti-a.example.com', 'cti-a.example.com'],
    ['10.1.2.3', '10.1.2.3'],
    ['::1', '::1'],
    ['[::1]', '::1'],
    ['[fe80::1%eth0]', 'fe80::1%eth0'],
    ['2001:db8::42', '2001:db8::42'],
  ] as const) {
    it(`is ${host} for ${typed}`, () => assert.equal(readHost(typed), host));
  }

  for (const [typed, says] of [
    ['cti-a.example.com:42027', /Host of side B: put the port 42027/],
    ['[::1]:42027', /Host of side B: put the port 42027/],
    ['tcp://cti-a', /Host of side B: remove "tcp:\/\/"/],
    ['https://cti-a/x', /Host of side B: remove "https:\/\/"/],
    ['cti-a/path', /Host of side B: remove the path/],
    ['cti a', /Host of side B: "cti a" contains a blank/],
  ] as const) {
    it(`is refused for ${typed}, by the name of its field`, () => {
      assert.throws(() => read({ ...CTI, hostB: typed, portB: 43027 }), says);
    });
  }
});
