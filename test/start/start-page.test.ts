/** The responses of the start page's server, with a fake Node-RED runtime. */
import { strict as assert } from 'node:assert';
import { EventEmitter } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EXAMPLES } from '../../scripts/examples/build.js';
import type { FlowNode } from '../../scripts/examples/flow.js';
import { firstFlows } from '../../scripts/start/examples.js';
import { type Runtime, startPage } from '../../scripts/start/start-page.js';

const examples = EXAMPLES.map((make) => make());
const MQTT = '08 events to an MQTT broker and back';

/** Deploys like Node-RED: rejected if there was another deploy since. */
class FakeRuntime implements Runtime {
  readonly events = new EventEmitter();
  deploys = 0;
  /** How many times another deploy occurs just before ours. */
  disturbed = 0;
  #rev = 1;
  constructor(public deployed: FlowNode[]) {}

  readonly flows: Runtime['flows'] = {
    getFlows: async () => ({ flows: structuredClone(this.deployed), rev: String(this.#rev) }),
    setFlows: async ({ flows }) => {
      if (this.disturbed-- > 0) this.#rev++;
      if (flows.rev !== String(this.#rev)) throw Object.assign(new Error('conflict'), { code: 'version_mismatch' });
      this.deployed = flows.flows;
      this.#rev++;
      this.deploys++;
      this.events.emit('flows:started');
    },
  };
}

describe('the start page’s server', () => {
  let runtime: FakeRuntime;
  let server: Server;
  let url: string;

  beforeEach(async () => {
    runtime = new FakeRuntime(firstFlows(examples));
    const answers = startPage(runtime, examples, '/home/<me>');
    server = createServer((request, response) => {
      if (!answers(request, response)) response.writeHead(404).end('Node-RED');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  const run = (body: string, type = 'application/json') =>
    fetch(`${url}/start/run`, { method: 'POST', headers: { 'content-type': type }, body });

  it('shows every example with escaped text, and where changes are saved', async () => {
    const html = await (await fetch(`${url}/start`)).text();
    for (const { example } of examples) assert.ok(html.includes(`data-label="${example.label}"`), example.label);
    assert.ok(html.includes('/home/&lt;me&gt;'));
  });

  it('leaves everything else to Node-RED', async () => {
    for (const path of ['/', '/startup', '/start/other', '/flows'])
      assert.equal(await (await fetch(url + path)).text(), 'Node-RED', path);
    assert.equal((await fetch(`${url}/start/`, { redirect: 'manual' })).headers.get('location'), '../start');
  });

  it('enables an example', async () => {
    assert.equal((await run(JSON.stringify({ label: MQTT }))).status, 204);
    assert.equal(runtime.deployed.find((node) => node.label === MQTT)!.disabled, false);
  });

  it('reports the state of each example, now and after each deploy', async () => {
    const response = await fetch(`${url}/start/live`);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    const next = async () => JSON.parse((await reader.read()).value!.replace(/^data: /, ''))[MQTT].state as string;
    assert.equal(await next(), 'off');
    await run(JSON.stringify({ label: MQTT }));
    assert.equal(await next(), 'running');
    await reader.cancel();
  });

  it('retries after a concurrent deploy, and gives up with a message if that continues', async () => {
    runtime.disturbed = 2;
    assert.equal((await run(JSON.stringify({ label: MQTT }))).status, 204);
    runtime.disturbed = 99;
    const refused = await run(JSON.stringify({ label: MQTT }));
    assert.deepEqual([refused.status, await refused.text()], [500, 'conflict']);
  });

  it('accepts requests only from its own page, not from a form on another site', async () => {
    assert.equal((await run(JSON.stringify({ label: MQTT }), 'text/plain')).status, 415);
    assert.equal(runtime.deploys, 0);
  });

  for (const [what, body] of [
    ['a name that is no example', '{"label":"toString"}'],
    ['no name', '{}'],
    ['nothing', 'null'],
    ['what is not JSON', '{'],
    ['too much', JSON.stringify({ label: MQTT, more: 'x'.repeat(5_000) })],
  ] as const)
    it(`rejects ${what}`, async () => {
      assert.equal((await run(body)).status, 404);
      assert.equal(runtime.deploys, 0);
    });
});
