import assert from 'node:assert/strict';
import type { ObjectServerRequester } from '../../../src/server/index.js';
import { TestBed } from '../../support/test-bed.js';

const P = 5000;
const AGENT: ObjectServerRequester = { clientId: 'a1', mode: 'agent', agent: 'agent.5000.1001' };

async function agentsAvailable(bed: TestBed, ...agentIds: string[]): Promise<void> {
  for (const AgentID of agentIds) {
    const AgentInstrument = `2${AgentID.slice(1)}`;
    assert.equal((await bed.request('Login', undefined, { AgentID, AgentInstrument })).outcome, 'confirmed');
    assert.equal((await bed.request('SetAgentState', `agent.${P}.${AgentID}`, { AgentState: 3 })).outcome, 'confirmed');
  }
  await bed.run(500);
}

/** Calls as a customer and is routed. @returns UniqueObjectID of the call that rings at an agent */
async function ringing(bed: TestBed, instrument: string): Promise<string> {
  bed.simulator.run('placeCall', { from: '2065550101', to: '8001' });
  for (let second = 0; second < 30; second++) {
    await bed.run(1_000);
    const call = callsAt(bed, instrument).find(([, status]) => status === 2);
    if (call !== undefined) return call[0];
  }
  throw new Error(`nothing rings at ${instrument}`);
}

function callsAt(bed: TestBed, instrument: string): [id: string, status: unknown][] {
  return [...bed.server.snapshot()]
    .filter(
      ({ event, args }) => event === 'OnSnapshotCallConf' && args.DeviceUniqueObjectID === `device.${P}.${instrument}`,
    )
    .map(({ args }) => [args.UniqueObjectID as string, args.CallStatus]);
}

async function confirmed(bed: TestBed, name: string, target: string, args = {}): Promise<string | undefined> {
  const result = await bed.request(name, target, args);
  assert.equal(result.outcome, 'confirmed', `${name}: ${result.failure?.message}`);
  await bed.run(500);
  return result.newObject;
}

describe('the object server on a simulated contact center', () => {
  it('reports an inbound call from its announcement to wrap-up', async () => {
    const bed = await TestBed.open({ agents: 3 });
    await agentsAvailable(bed, '1001');
    bed.published.length = 0;
    const call = await ringing(bed, '2001');
    await confirmed(bed, 'Answer', call);
    await confirmed(bed, 'Hold', call);
    await confirmed(bed, 'Retrieve', call);
    await confirmed(bed, 'ClearConnection', call);
    assert.deepEqual(bed.publishedOf(call), [
      'OnCallBegin',
      'OnCallDelivered 2',
      'OnCallEstablished 3',
      'OnCallHeld 4',
      'OnCallRetrieved 3',
      'OnCallConnectionCleared 0',
      'OnCallConnectionCleared 0',
      'OnCallCleared 0',
      'OnCallEnd 0',
    ]);
    const states = bed.published
      .filter(({ event, args }) => event === 'OnAgentStateChange' && args.AgentID === '1001')
      .map(({ args }) => args.AgentState);
    assert.deepEqual(states, [8, 4, 10, 4, 6]);
    const names = bed.published.map(({ event }) => event);
    assert.ok(names.indexOf('OnAgentPrecallEvent') < names.indexOf('OnCallBegin'));
    assert.ok(bed.published.every((each) => each.recovered === undefined));
    assert.deepEqual(callsAt(bed, '2001'), []);
  });

  it('supports a consult transfer: the colleague ends up with the customer under the first id', async () => {
    const bed = await TestBed.open({ agents: 3 });
    await agentsAvailable(bed, '1001');
    await bed.request('Login', undefined, { AgentID: '1002', AgentInstrument: '2002' });
    const call = await ringing(bed, '2001');
    await confirmed(bed, 'Answer', call);
    const consult = await confirmed(bed, 'MakeConsultCall', call, { DialedNumber: '1002', ConsultType: 1 });
    const atColleague = callsAt(bed, '2002')[0]![0];
    await confirmed(bed, 'Answer', atColleague);
    bed.published.length = 0;
    await confirmed(bed, 'Transfer', consult!);
    const renamed = bed.published.find(({ args }) => args.OldUniqueObjectID === atColleague);
    assert.equal(renamed?.args.UniqueObjectID, call.replace('2001', '2002'));
    assert.deepEqual(callsAt(bed, '2001'), []);
    assert.deepEqual(callsAt(bed, '2002'), [[call.replace('2001', '2002'), 3]]);
    assert.equal(bed.publishedOf(call).at(-1), 'OnCallEnd 0');
    assert.equal(bed.publishedOf(consult!).at(-1), 'OnCallEnd 0');
  });

  it('supports a conference: the controller keeps one call, and the buttons of a controller', async () => {
    const bed = await TestBed.open({ agents: 3 });
    await agentsAvailable(bed, '1001');
    await bed.request('Login', undefined, { AgentID: '1002', AgentInstrument: '2002' });
    const call = await ringing(bed, '2001');
    await confirmed(bed, 'Answer', call);
    await confirmed(bed, 'MakeConsultCall', call, { DialedNumber: '1002', ConsultType: 2 });
    await confirmed(bed, 'Answer', callsAt(bed, '2002')[0]![0]);
    bed.published.length = 0;
    await confirmed(bed, 'Conference', call);
    assert.deepEqual(callsAt(bed, '2001'), [[call, 3]]);
    assert.deepEqual(callsAt(bed, '2002'), [[call.replace('2001', '2002'), 3]]);
    const [HOLD, RELEASE, CONFERENCE_INIT, TRANSFER_INIT] = [4, 2, 0x100, 0x20];
    const told = bed.published.find(({ event, args }) => event === 'OnCallConferenced' && args.UniqueObjectID === call);
    assert.equal(
      (told!.args.EnablementMask as number) & (HOLD | RELEASE | CONFERENCE_INIT | TRANSFER_INIT),
      HOLD | RELEASE | CONFERENCE_INIT,
    );
  });

  it('reports a refusal with the code of the switch', async () => {
    const bed = await TestBed.open({ agents: 3 });
    await agentsAvailable(bed, '1001');
    const result = await bed.request('SetAgentState', 'agent.5000.1001', { AgentState: 3 }, AGENT);
    assert.equal(result.outcome, 'failed');
    assert.match(result.failure!.code, /^CF_/);
    assert.ok(result.failure!.peripheralErrorCode! > 10_000);
  });

  for (const version of [13, 14, 18, 19, 22, 24, 25]) {
    it(`works with version ${version} of the protocol`, async () => {
      const bed = await TestBed.open({ agents: 2, protocolVersion: version, settings: { agents: ['1001', '1002'] } });
      assert.equal(bed.server.status().protocolVersion, version);
      await agentsAvailable(bed, '1001');
      const call = await ringing(bed, '2001');
      await confirmed(bed, 'Answer', call);
      await confirmed(bed, 'ClearConnection', call);
      assert.equal(bed.publishedOf(call)[0], 'OnCallBegin');
      assert.equal(bed.publishedOf(call).at(-1), 'OnCallEnd 0');
    });
  }
});
