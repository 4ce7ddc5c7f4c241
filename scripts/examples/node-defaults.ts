/** The complete properties of each type of node, as the editor writes them for a node that was just added. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { DASHBOARD_DEFAULTS } from './dashboard/defaults.js';
import type { Properties } from './flow-node.js';

const ROOT = join(__dirname, '..', '..', '..');

/** The core nodes that the examples use. */
const CORE: Record<string, Properties> = {
  comment: { info: '' },
  inject: {
    props: [{ p: 'payload' }],
    repeat: '',
    crontab: '',
    once: false,
    onceDelay: 0.1,
    topic: '',
    payload: '',
    payloadType: 'date',
  },
  debug: {
    active: true,
    tosidebar: true,
    console: false,
    tostatus: false,
    complete: 'payload',
    targetType: 'msg',
    statusVal: '',
    statusType: 'auto',
  },
  function: { func: '', outputs: 1, timeout: 0, noerr: 0, initialize: '', finalize: '', libs: [] },
  template: { field: 'payload', fieldType: 'msg', format: 'html', syntax: 'plain', template: '', output: 'str' },
  'http in': { url: '', method: 'get', upload: false, skipBodyParsing: false, swaggerDoc: '' },
  'http response': { statusCode: '', headers: {} },
  'http request': {
    method: 'use',
    ret: 'obj',
    paytoqs: 'ignore',
    url: '',
    tls: '',
    persist: false,
    proxy: '',
    insecureHTTPParser: false,
    authType: '',
    senderr: true,
    headers: [],
  },
  'websocket out': { server: '', client: '' },
  'websocket in': { server: '', client: '' },
  'websocket-listener': { path: '', wholemsg: 'false' },
  'mqtt-broker': {
    broker: 'localhost',
    port: '1883',
    tls: '',
    clientid: '',
    autoConnect: true,
    usetls: false,
    protocolVersion: '5',
    keepalive: '60',
    cleansession: true,
    autoUnsubscribe: true,
    birthTopic: '',
    birthQos: '0',
    birthRetain: 'false',
    birthPayload: '',
    birthMsg: {},
    closeTopic: '',
    closeQos: '0',
    closeRetain: 'false',
    closePayload: '',
    closeMsg: {},
    willTopic: '',
    willQos: '0',
    willRetain: 'false',
    willPayload: '',
    willMsg: {},
    userProps: '',
    sessionExpiry: '',
  },
  'mqtt in': { topic: '', qos: '1', datatype: 'auto-detect', broker: '', nl: false, rap: true, rh: 0, inputs: 0 },
  'mqtt out': {
    topic: '',
    qos: '1',
    retain: '',
    respTopic: '',
    contentType: '',
    userProps: '',
    correl: '',
    expiry: '',
    broker: '',
  },
  catch: { scope: null, uncaught: false },
  status: { scope: null },
  complete: { scope: [] },
  trigger: {
    op1: '1',
    op2: '0',
    op1type: 'str',
    op2type: 'str',
    duration: '250',
    extend: false,
    overrideDelay: false,
    units: 'ms',
    reset: '',
    bytopic: 'all',
    topic: 'topic',
    outputs: 1,
  },
  change: { rules: [], action: '', property: '', from: '', to: '', reg: false },
  switch: { property: 'payload', propertyType: 'msg', rules: [], checkall: 'true', repair: false, outputs: 1 },
  delay: {
    pauseType: 'delay',
    timeout: '5',
    timeoutUnits: 'seconds',
    rate: '1',
    nbRateUnits: '1',
    rateUnits: 'second',
    randomFirst: '1',
    randomLast: '5',
    randomUnits: 'seconds',
    drop: false,
    allowrate: false,
    outputs: 1,
  },
  csv: {
    spec: 'rfc',
    sep: ',',
    hdrin: '',
    hdrout: 'none',
    multi: 'one',
    ret: '\\r\\n',
    temp: '',
    skip: '0',
    strings: true,
    include_empty_strings: '',
    include_null_values: '',
  },
  file: {
    filename: '',
    filenameType: 'str',
    appendNewline: true,
    createDir: false,
    overwriteFile: 'false',
    encoding: 'none',
  },
  exec: { command: '', addpay: '', append: '', useSpawn: 'false', timer: '', winHide: false, oldrc: false },
  'link in': { links: [] },
  'link out': { mode: 'link', links: [] },
  'global-config': { env: [] },
  ...DASHBOARD_DEFAULTS,
};

const known = new Map<string, Properties>();

/** The properties that the editor saves for a new node of this type. */
export function defaultsOf(type: string): Properties {
  if (CORE[type]) return structuredClone(CORE[type]);
  if (!known.has(type)) known.set(type, readDefaults(type));
  return structuredClone(known.get(type)!);
}

interface Definition {
  defaults?: Record<string, { value?: unknown }>;
}

/** Runs the node's editor part against a stand-in for the editor, to learn the defaults it registers. */
function readDefaults(type: string): Properties {
  const file = join(ROOT, 'nodes', type, `${type}.html`);
  if (!existsSync(file)) throw new Error(`no node ${type}`);
  const scripts = [...readFileSync(file, 'utf8').matchAll(/<script type="text\/javascript">([\s\S]*?)<\/script>/g)];
  const definitions: Record<string, Definition> = {};
  const anything: unknown = new Proxy(() => {}, { get: () => anything, apply: () => anything });
  const RED = new Proxy(
    {
      nodes: {
        registerType: (name: string, definition: Definition) => {
          definitions[name] = definition;
        },
      },
    },
    { get: (target, key) => Reflect.get(target, key) ?? anything },
  );
  for (const [, script] of scripts) runInNewContext(script!, { RED, $: anything, window: {}, document: anything });
  const defaults = definitions[type]?.defaults;
  if (defaults === undefined) throw new Error(`${file} registers no ${type}`);
  return JSON.parse(
    JSON.stringify(Object.fromEntries(Object.entries(defaults).map(([key, { value }]) => [key, value ?? '']))),
  ) as Properties;
}
