/**
 * Writes flows down as code: nodes on a grid, wires by name, every node complete with the defaults its editor part
 * declares, so that an imported example looks untouched. `npm run examples` turns each into `examples/<label>.json`.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { type Example, introduction } from './catalog.js';
import { DASHBOARD_CONFIGS, DASHBOARD_DEFAULTS } from './dashboard/defaults.js';
import type { FlowNode, Place, Properties } from './flow-node.js';
import { groupBox, untangle } from './layout.js';

const ROOT = join(__dirname, '..', '..', '..');
const COLUMN = 200;
const LINE = 60;

export type { FlowNode, Place, Properties };

/** Complete properties of the core nodes that the examples use, as the editor writes them. */
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

const NOT_ON_THE_CANVAS = ['websocket-listener', 'mqtt-broker', 'ctios-session', 'tls-config', ...DASHBOARD_CONFIGS];

export class Flow {
  readonly #nodes: FlowNode[] = [];
  readonly #tab: FlowNode;
  #session?: string;
  #untangled = false;

  /** Name of the tab. */
  readonly label: string;
  /** Name of the file below `examples/`, without the extension. */
  readonly file: string;
  /** Markdown shown when the tab is selected. */
  readonly info: string;

  /**
   * @param example its texts
   * @param details Markdown: what is to be said beyond that
   * @param env settings of the tab that a user may change: name and value, or an expression that is evaluated at each start
   */
  constructor(
    readonly example: Example,
    details = '',
    env: Record<string, string | { readonly jsonata: string }> = {},
  ) {
    this.label = example.label;
    this.file = [example.folder, example.label].filter(Boolean).join('/');
    this.info = [introduction(example), details].filter(Boolean).join('\n\n');
    this.#tab = {
      id: this.#id('tab'),
      type: 'tab',
      label: this.label,
      disabled: false,
      info: this.info,
      env: Object.entries(env).map(([name, value]) =>
        typeof value === 'string' ? { name, value, type: 'str' } : { name, value: value.jsonata, type: 'jsonata' },
      ),
    };
  }

  /** A node without a place on the canvas. */
  config(type: string, name: string, properties: Properties = {}): FlowNode {
    return this.#add({ id: this.#id(`${type}/${name}`), type, ...defaultsOf(type), name, ...properties });
  }

  /** The example's session, named after it ("Example 01", "Cookbook 01"), on a contact center of its own: the number of the example is the seed. */
  session(properties: Properties = {}): FlowNode {
    const number = /^\d+/.exec(this.label)![0];
    const { folder } = this.example;
    const name = `${folder === undefined ? 'Example' : folder[0]!.toUpperCase() + folder.slice(1)} ${number}`;
    const session = this.config('ctios-session', name, { seed: Number(number), ...properties });
    this.#session = session.id;
    return session;
  }

  /** Id of the session that was drawn, for parts that several examples have. */
  get sessionId(): string {
    if (this.#session === undefined) throw new Error(`${this.label}: the session is drawn first`);
    return this.#session;
  }

  node(type: string, name: string, at: Place, properties: Properties = {}): FlowNode {
    if (NOT_ON_THE_CANVAS.includes(type)) throw new Error(`${type} is a configuration node`);
    return this.#add({
      id: this.#id(`${type}/${name || at}`),
      type,
      z: this.#tab.id,
      ...defaultsOf(type),
      name,
      ...properties,
      x: 190 + at[0] * COLUMN,
      y: 80 + at[1] * LINE,
      wires: [],
    });
  }

  comment(text: string, at: Place, info = ''): FlowNode {
    return this.node('comment', text, at, { info });
  }

  /** Joins an output (from 0) to the inputs of others. */
  wire(from: FlowNode, output: number, ...to: FlowNode[]): void {
    const wires = from.wires!;
    while (wires.length <= output) wires.push([]);
    wires[output]!.push(...to.map((each) => each.id));
  }

  /** First outputs, one after another. */
  chain(...nodes: FlowNode[]): void {
    for (let index = 1; index < nodes.length; index++) this.wire(nodes[index - 1]!, 0, nodes[index]!);
  }

  /** A frame with a title around nodes. */
  group(name: string, color: string, nodes: readonly FlowNode[]): void {
    const id = this.#id(`group/${name}`);
    for (const node of nodes) node.g = id;
    this.#nodes.unshift({
      id,
      type: 'group',
      z: this.#tab.id,
      name,
      style: { label: true, stroke: color, fill: color, 'fill-opacity': '0.08', color },
      nodes: nodes.map((node) => node.id),
    } as FlowNode);
  }

  /** The tab, and all that is on it or belongs to it. */
  nodes(): FlowNode[] {
    if (!this.#untangled) this.#untangle();
    return [this.#tab, ...this.#nodes];
  }

  /** Once all is drawn: link nodes where wires would be in the way, and frames around what is there then. */
  #untangle(): void {
    this.#untangled = true;
    const z = this.#tab.id;
    const link = (type: string, name: string, beside: FlowNode, { x, y }: { x: number; y: number }): FlowNode => ({
      ...{ id: this.#id(`${type}/${name}`), type, z, ...defaultsOf(type), name, x, y, wires: [] },
      ...(beside.g === undefined ? {} : { g: beside.g }),
    });
    this.#nodes.push(...untangle(this.#nodes, link));
    for (const group of this.#nodes.filter(({ type }) => type === 'group')) {
      const members = this.#nodes.filter(({ g }) => g === group.id);
      const { left, right, top, bottom } = groupBox(members);
      Object.assign(group, { nodes: members.map(({ id }) => id), x: left, y: top, w: right - left, h: bottom - top });
    }
  }

  /** The file's content. */
  toString(): string {
    return `${JSON.stringify(this.nodes(), null, 2)}\n`;
  }

  #add(node: FlowNode): FlowNode {
    if (this.#nodes.some((each) => each.id === node.id)) throw new Error(`two nodes named ${node.type}/${node.name}`);
    this.#nodes.push(node);
    return node;
  }

  /**
   * The same name gives the same id: a change of one node is a change of one place in the file. The zero before a number
   * is left out, so that flows from before the numbers had two digits are recognized.
   */
  #id(name: string): string {
    return createHash('sha256')
      .update(`${this.file.replace(/^0/, '')}/${name}`)
      .digest('hex')
      .slice(0, 16);
  }
}

const known = new Map<string, Properties>();

/** What the editor would write for a fresh node of this type. */
function defaultsOf(type: string): Properties {
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
