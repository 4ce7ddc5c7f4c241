/**
 * Settings as users write them: environment variables, hosts in any form. The test in the dialog reads them like the
 * runtime.
 */
import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { withVariables } from '../../../nodes/shared/session/settings/environment.js';
import { readHost } from '../../../nodes/shared/session/settings/hosts.js';
import { readSettings, type SessionDef } from '../../../nodes/shared/session/settings/settings.js';
import { tlsChosen, tlsOf } from '../../../nodes/shared/session/settings/tls.js';

const CTI = {
  connect: 'ctiserver',
  hostA: 'cti-a',
  portA: 42027,
  clientId: 'crm',
  peripheralId: 5000,
  mode: 'monitor',
};
const read = (def: object, credentials = {}) => readSettings(def as SessionDef, credentials);

/** A runtime in which one session is deployed on a tab that has its own variables. */
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

describe('the TLS configuration of a session', () => {
  const RED = { nodes: { getNode: () => null } } as never;

  it('is never ignored: a session whose configuration is missing or disabled does not connect without TLS', () => {
    for (const def of [
      { ...CTI, tls: 'gone' },
      { connect: 'ctios-server', tls: 'gone' },
      { connect: 'nats', tls: 'gone' },
      { ...CTI, natsPublish: true, natsTls: 'gone' },
    ])
      assert.throws(() => tlsChosen(RED, def), /TLS configuration is missing, disabled or not deployed yet/);
    assert.throws(() => tlsOf(RED, 'gone'), { code: 'CTIOS_BAD_SETTINGS' });
  });

  it('is not needed where nothing uses it', () => {
    for (const def of [{ connect: 'simulator', tls: 'gone' }, { ...CTI, natsPublish: false, natsTls: 'gone' }, CTI])
      assert.deepEqual(Object.values(tlsChosen(RED, def)).filter(Boolean), []);
  });
});

describe('environment variables in a session', () => {
  const VARIABLES = {
    tab1: { HOST: 'cti-one', PORT: '43027', PW: 'planted', PERIPHERAL: 5001, OFF: 'false' },
    tab2: { HOST: 'cti-two' },
    global: { HOST: 'cti-global' },
  };
  const typed = { ...CTI, hostA: '${HOST}', portA: '${PORT}', peripheralId: '${PERIPHERAL}', allowControl: '${OFF}' };

  it('are those of the flow that contains the session, in every field and in passwords', () => {
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

  it('may be written in the older form, too, which the runtime replaces', () => {
    const RED = runtime(VARIABLES);
    const values = { hostA: '$(HOST)', portA: '$(PORT)', other: '$(HOST}', part: 'x$(HOST)', none: '$(NOBODY)' };
    assert.deepEqual(withVariables(RED, values, 's1', 'tab1'), {
      ...values,
      hostA: 'cti-one',
      portA: '43027',
    });
    assert.throws(
      () => read({ ...CTI, hostA: '$(NOBODY)' }),
      /^CtiosError: Side A: the environment variable NOBODY is not set\./,
    );
  });

  it('are those of its tab for a session that is not deployed yet', () => {
    const RED = runtime(VARIABLES);
    assert.equal(withVariables(RED, typed, 'new', 'tab2').hostA, 'cti-two');
  });

  it('are named if they are not set, before a host or a password is built from them', () => {
    assert.throws(
      () => read({ ...CTI, hostA: '${NOBODY}' }),
      /^CtiosError: Side A: the environment variable NOBODY is not set\./,
    );
    assert.throws(
      () => read(CTI, { clientPassword: '${NO_PW}' }),
      /Client password: the environment variable NO_PW is not set/,
    );
    assert.throws(
      () => read({ connect: 'ctios-server', urlA: '${URL}', mode: 'monitor' }),
      /URL of side A: the environment variable URL is not set/,
    );
    assert.doesNotThrow(
      () => read({ connect: 'simulator', hostA: '${NOBODY}', mode: 'monitor' }),
      'a field that is not used',
    );
  });

  it('can be part of a client ID, so that each machine has its own, even if the system does not set HOSTNAME', () => {
    const id = (clientId: string) => (read({ ...CTI, clientId }).target as { clientId: string }).clientId;
    const own = process.env.HOSTNAME ?? hostname();
    assert.equal(id('${HOSTNAME}'), own);
    assert.equal(id('crm-${HOSTNAME}-2'), `crm-${own}-2`);
    process.env.CTIOS_TEST_SITE = 'seattle';
    try {
      assert.equal(id('${CTIOS_TEST_SITE}.${HOSTNAME}'), `seattle.${own}`);
    } finally {
      delete process.env.CTIOS_TEST_SITE;
    }
    assert.throws(() => id('crm-${NOBODY}'), /Client ID: the environment variable NOBODY is not set/);
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
    [' TRUE ', true],
    ['yes', true],
    ['No', false],
    ['', false],
    [undefined, false],
  ] as const) {
    it(`check a box with ${JSON.stringify(value)}: ${control ? 'on' : 'off'}`, () => {
      assert.equal((read({ ...CTI, allowControl: value }).mode as { control: boolean }).control, control);
      assert.equal(
        (read({ ...CTI, snapshot: value }).mode as { snapshot: boolean }).snapshot,
        control || value === '' || value === undefined,
      );
    });
  }
});

describe('a value taken from a variable', () => {
  const SIMULATED = { connect: 'simulator', mode: 'monitor' };
  const SERVER = {
    connect: 'ctios-server',
    urlA: 'ws://ctios:42028',
    mode: 'agent',
    agentId: '1001',
    peripheralId: 5000,
  };
  for (const [what, def, says] of [
    ['port', { ...CTI, portA: '42027x' }, /port of side A is a whole number from 1 to 65535, not "42027x"/],
    ['port', { ...CTI, portA: '0' }, /port of side A .* not "0"/],
    ['port', { ...CTI, portA: '70000' }, /port of side A .* not "70000"/],
    ['port', { ...CTI, portA: '' }, /Give the port of side A/],
    ['peripheral', { ...CTI, peripheralId: 'PG1' }, /peripheral ID is a whole number from 0 to 4294967295, not "PG1"/],
    ['peripheral', { ...SERVER, peripheralId: 'PG1' }, /peripheral ID .* not "PG1"/],
    ['protocol', { ...CTI, protocol: 'v24' }, /protocol version is a whole number from 13 to 25, not "v24"/],
    ['protocol', { ...CTI, protocol: '26' }, /protocol version .* not "26"/],
    ['agents', { ...SIMULATED, agents: 'twenty' }, /number of agents is a whole number from 1 to 24000, not "twenty"/],
    ['agents', { ...SIMULATED, agents: '30000' }, /number of agents .* not "30000"/],
    ['seed', { ...SIMULATED, seed: '-1' }, /seed is a whole number from 0 to 4294967295, not "-1"/],
  ] as const)
    it(`for the ${what} is rejected if it is not valid: ${JSON.stringify(Object.values(def).slice(-4))}`, () => {
      assert.throws(() => read(def), says);
    });

  for (const [url, says] of [
    ['http://ctios:42028', /URL of side B: "http:\/\/ctios:42028" is not a URL that begins with ws:\/\/ or wss:\/\//],
    ['ctios:42028', /URL of side B: "ctios:42028" is not a URL/],
    ['ws://cti os:42028', /URL of side B: "ws:\/\/cti os:42028" is not a URL/],
    ['ws://ctios:70000', /URL of side B: "ws:\/\/ctios:70000" is not a URL/],
    ['ws://ctios:42028/#a', /URL of side B: remove "#a"/],
    ['ws://me:secret@ctios:42028', /URL of side B: a user or password does not belong in a URL\.$/],
  ] as const)
    it(`is rejected if it is not a valid URL: ${url}`, () => {
      assert.throws(() => read({ ...SERVER, urlB: url }), says);
    });
});

describe('the host of a side', () => {
  for (const [typed, host] of [
    ['cti-a', 'cti-a'],
    ['cti-a.example.com', 'cti-a.example.com'],
    ['10.1.2.3', '10.1.2.3'],
    ['::1', '::1'],
    ['[::1]', '::1'],
    ['[fe80::1%eth0]', 'fe80::1%eth0'],
    ['[fe80::1%25eth0.100]', 'fe80::1%eth0.100'],
    ['2001:db8::42', '2001:db8::42'],
    ['fe80::1%eth0', 'fe80::1%eth0'],
    ['cti_a', 'cti_a'],
    // As an input method for Chinese or Japanese writes it.
    ['１０.１.１.１', '10.1.1.1'],
    ['ｃｔｉ－ａ．example．com', 'cti-a.example.com'],
    ['cti-a。example。com', 'cti-a.example.com'],
    ['::ffff:10.1.1.1', '::ffff:10.1.1.1'],
    ['cti-a.example.com.', 'cti-a.example.com.'],
    ['m\u00fcnchen.example.com', 'm\u00fcnchen.example.com'],
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
    ['cti-a:', /Host of side B: remove the ":" from "cti-a:"/],
    ['[::1]:', /Host of side B: remove the ":" from "\[::1\]:"/],
    ['１０.１.１.１:42027', /Host of side B: put the port 42027/],
    ['cti-a\u200b', /Host of side B: "cti-a\u200b" contains the character U\+200B/],
    ['cti\u2013a', /Host of side B: "cti\u2013a" contains the character U\+2013/],
    ['*', /Host of side B: "\*" is not a host name/],
    ['$HOST', /Host of side B: "\$HOST" is not a host name/],
    ['%HOST%', /Host of side B: "%HOST%" is not a host name/],
    ['{{host}}', /Host of side B: "\{\{host\}\}" is not a host name/],
    ['tls:cti-a', /Host of side B: "tls:cti-a" is not a host name/],
    ['10.1.1.1/24', /Host of side B: remove the path/],
    ['2130706433', /Host of side B: "2130706433" is not an IP address/],
    ['//cti-a', /Host of side B: remove "\/\/"/],
    ['\\\\cti-a', /Host of side B: remove the path/],
    ['cti-a?x', /Host of side B: remove the path/],
    ['me:secret@cti-a', /Host of side B: a user or password does not belong in a host: it takes a host name/],
    ['cti-a,cti-b', /Host of side B: "cti-a,cti-b" is more than one host/],
    ['cti-${SITE}.example.com', /Host of side B: \$\{SITE\} in "cti-\$\{SITE\}.example.com" is not replaced/],
    ['10.1.2', /Host of side B: "10.1.2" is not an IP address/],
    ['10.1.2.300', /Host of side B: "10.1.2.300" is not an IP address/],
    ['[::1', /Host of side B: "\[::1" is not a host name or an IP address/],
    ['[12:34]', /Host of side B: "12:34" is not a host name or an IP address/],
    ['-x', /Host of side B: "-x" is not a host name or an IP address/],
    ['cti..example.com', /Host of side B: "cti..example.com" is not a host name/],
    ['cti-.example.com', /Host of side B: "cti-.example.com" is not a host name/],
  ] as const) {
    it(`is rejected for ${typed}, with the name of its field`, () => {
      assert.throws(() => read({ ...CTI, hostB: typed, portB: 43027 }), says);
    });
  }
});
