import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readCaptureFile, saveRecording } from '../../../src/recording/index.js';
import { oneCall, recordedCenter } from '../../recording/recorded-center.js';
import { temporaryDirectory } from '../../support/node-red-process.js';
import { helper, load, node, received, sessionNode, statusOf, tab } from '../runtime.js';

/** The recording of a session, from its dialog to the file, with the simulated contact center and without fakes. */

const sink = { id: 'h', z: tab.id, type: 'helper', wires: [] };
const query = { id: 'q', z: tab.id, type: 'ctios-query', session: 's1', query: 'recording', wires: [['h']] };
const catcher = { id: 'ca', z: tab.id, type: 'catch', scope: null, wires: [['hc']] };
const session = (recording: string) => ({
  ...sessionNode,
  connect: 'simulator',
  agents: 2,
  traffic: 'off',
  seed: 7,
  mode: 'monitor',
  snapshot: true,
  recording,
});

describe('the recording of a session', function () {
  this.timeout(60_000);
  before(() => helper.startServer());
  after((done) => {
    helper.stopServer(done);
  });
  afterEach(() => helper.unload());

  async function loaded(recording: string): Promise<void> {
    await load([session(recording), query, sink, catcher, { ...sink, id: 'hc' }]);
    while (statusOf('q') !== 'green dot') await new Promise((resolve) => setImmediate(resolve));
  }

  async function ask(path: string, body?: object): Promise<Response> {
    const server = createServer((helper as unknown as { _httpAdmin: never })._httpAdmin);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const headers = { 'content-type': 'application/json', connection: 'close' };
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers,
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    const copy = new Response(await answer.arrayBuffer(), { status: answer.status, headers: answer.headers });
    server.closeAllConnections();
    server.close();
    return copy;
  }
  const fileOf = async (answer: Response) => readCaptureFile(Buffer.from(await answer.arrayBuffer()));

  it('is read by ctios-query, redacted unless the message says otherwise', async () => {
    await loaded('on');
    const { next } = received('h');
    node('q').receive({});
    const [first] = (await next()) as unknown as { payload: Buffer; topic: string; recording: { redacted: boolean } }[];
    assert.equal(first!.topic, 'recording');
    assert.equal(first!.recording.redacted, true);
    assert.ok(readCaptureFile(first!.payload).sessions[0]!.frames.length > 2);
    assert.ok(!first!.payload.includes('node-red'));
    node('q').receive({ payload: { redact: false } });
    const [, second] = (await next(2)) as unknown as { payload: Buffer }[];
    assert.ok(second!.payload.includes('node-red'), 'the client ID is there');
  });

  it('is downloaded by the editor, always redacted for users without write permission', async () => {
    await loaded('on-fault');
    const looked = await ask('/ctios/sessions/s1/recording');
    assert.equal(looked.headers.get('cache-control'), 'no-store');
    assert.equal((await fileOf(looked)).redacted, true);
    assert.equal((await fileOf(await ask('/ctios/sessions/s1/recording', { redact: false }))).redacted, false);
  });

  it('is refused by name if nothing is recorded', async () => {
    await loaded('off');
    const { next } = received('hc');
    node('q').receive({});
    const [failed] = (await next()) as unknown as { error: { code: string } }[];
    assert.equal(failed!.error.code, 'CTIOS_NOT_RECORDED');
    assert.equal((await ask('/ctios/sessions/s1/recording')).status, 404);
  });
});

describe('the support bundle of a session', function () {
  this.timeout(60_000);
  before(() => helper.startServer());
  after((done) => {
    helper.stopServer(done);
  });
  afterEach(() => helper.unload());

  it('is read by ctios-query: a tar.gz without passwords', async () => {
    const credentials = { s1: { clientPassword: 'planted-password' } };
    await load([session('on'), { ...query, query: 'support' }, sink], credentials);
    while (statusOf('q') !== 'green dot') await new Promise((resolve) => setImmediate(resolve));
    const { next } = received('h');
    node('q').receive({});
    const [answer] = (await next()) as unknown as { payload: Buffer; topic: string }[];
    assert.equal(answer!.topic, 'support');
    const archive = gunzipSync(answer!.payload);
    for (const name of ['settings.json', 'status.json', 'log.txt', 'recording.pcapng'])
      assert.ok(archive.includes(`ctios-support/${name}`), name);
    assert.ok(archive.includes('"phase": "ready"'));
    assert.ok(archive.includes('starting'), 'the log has what was told of the session');
    assert.ok(!archive.includes('planted-password'));
  });
});

describe('a session that plays a recording', function () {
  this.timeout(60_000);
  const folder = temporaryDirectory();
  const file = join(folder, 'call.pcapng');
  before(async () => {
    const { bed, recorder } = await recordedCenter({}, { agents: 2 });
    await oneCall(bed);
    writeFileSync(file, saveRecording(recorder, { redact: false }).file);
    await new Promise<void>((started) => helper.startServer(() => started()));
  });
  after((done) => {
    helper.stopServer(done);
  });
  afterEach(() => helper.unload());

  const events = {
    id: 'e',
    z: tab.id,
    type: 'ctios-call-events',
    session: 's1',
    events: ['OnCallEstablished'],
    wires: [['h']],
  };
  const step = { id: 'x', z: tab.id, type: 'ctios-simulate', session: 's1', command: 'replaySpeed', wires: [['hs']] };

  it('emits the recorded events when ctios-simulate lets it continue', async () => {
    const replay = { ...session('off'), replay: file, replaySpeed: 'stepped' };
    await load([replay, events, step, sink, { ...sink, id: 'hs' }]);
    const { next } = received('h');
    while (statusOf('e') !== 'green dot' && statusOf('e') !== 'yellow ring')
      await new Promise((resolve) => setImmediate(resolve));
    node('x').receive({ payload: { speed: 1_000 } });
    const [established] = (await next()) as unknown as { payload: { ANI?: string; CallStatus?: number } }[];
    assert.ok(established!.payload.CallStatus !== undefined);
  });

  it('shows in its status that a file cannot be played', async () => {
    await load([{ ...session('off'), replay: join(folder, 'nowhere') }, events, sink]);
    while (statusOf('e') !== 'red dot') await new Promise((resolve) => setImmediate(resolve));
  });
});
