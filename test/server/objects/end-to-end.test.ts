import assert from 'node:assert/strict';
import type { ObjectServerRequester } from '../../../src/server/index.js';
import { WholeCenter } from './whole-center.js';

const P = 5000;
const AGENT: ObjectServerRequester = { clientId: 'a1', mode: 'agent', agent: 'agent.5000.1001' };

async function agentsAvailable(center: WholeCenter, ...agentIds: string[]): Promise<void> {
  for (const AgentID of agentIds) {
    const AgentInstrument = `2${AgentID.slice(1)}`;
    assert.equal((await center.request('Login', undefined, { AgentID, AgentInstrument })).outcome, 'confirmed');
    assert.equal(
      (await center.request('SetAgentState', `agent.${P}.${AgentID}`, { AgentState: 3 })).outcome,
      'confirmed',
    );
  }
  await center.run(500);
}

/** Lets a customer call and be routed. @returns UniqueObjectID of the call that rings at an agent */
async function ringing(center: WholeCenter, instrument: string): Promise<string> {
  center.simulator.run('placeCall', { from: '2065550101', to: '8001' });
  for (let second = 0; second < 30; second++) {
    await center.run(1_000);
    const call = callsAt(center, instrument).find(([, status]) => status === 2);
    if (call !== undefined) return call[0];
  }
  throw new Error(`nothing rings at ${instrument}`);
}

function callsAt(center: WholeCenter, instrument: string): [id: string, status: unknown][] {
  return [...center.server.snapshot()]
    .filter(
      ({ event, args }) => event === 'OnSnapshotCallConf' && args.DeviceUniqueObjectID === `device.${P}.${instrument}`,
    )
    .map(({ args }) => [args.UniqueObjectID as string, args.CallStatus]);
}

async function confirmed(center: WholeCenter, name: string, target: string, args = {}): Promise<string | undefined> {
  const result = await center.request(name, target, args);
  assert.equal(result.outcome, 'confirmed', `${name}: ${result.failure?.message}`);
  await center.run(500);
  return result.newObject;
}

describe('the object server over a simulated contact center', () => {
  it('tells an inbound call from its announcement to after-call work', async () => {
    const center = await WholeCenter.started({ agents: 3 });
    await agentsAvailable(center, '1001');
    center.clear();
    const call = await ringing(center, '2001');
    await confirmed(center, 'Answer', call);
    await confirmed(center, 'Hold', call);
    await confirmed(center, 'Retrieve', call);
    await confirmed(center, 'ClearConnection', call);
    assert.deepEqual(center.story(call), [
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
    const states = center.published
      .filter(({ event, args }) => event === 'OnAgentStateChange' && args.AgentID === '1001')
      .map(({ args }) => args.AgentState);
    assert.deepEqual(states, [8, 4, 10, 4, 6]);
    const names = center.published.map(({ event }) => event);
    assert.ok(names.indexOf('OnAgentPrecallEvent') < names.indexOf('OnCallBegin'));
    assert.ok(center.published.every((each) => each.recovered === undefined));
    assert.deepEqual(callsAt(center, '2001'), []);
  });

  it('carries a consult transfer: the colleague ends up with the customer under the first id', async () => {
    const center = await WholeCenter.started({ agents: 3 });
    await agentsAvailable(center, '1001');
    await center.request('Login', undefined, { AgentID: '1002', AgentInstrument: '2002' });
    const call = await ringing(center, '2001');
    await confirmed(center, 'Answer', call);
    const consult = await confirmed(center, 'MakeConsultCall', call, { DialedNumber: '1002', ConsultType: 1 });
    const atColleague = callsAt(center, '2002')[0]![0];
    await confirmed(center, 'Answer', atColleague);
    center.clear();
    await confirmed(center, 'Transfer', consult!);
    const renamed = center.published.find(({ args }) => args.OldUniqueObjectID === atColleague);
    assert.equal(renamed?.args.UniqueObjectID, call.replace('2001', '2002'));
    assert.deepEqual(callsAt(center, '2001'), []);
    assert.deepEqual(callsAt(center, '2002'), [[call.replace('2001', '2002'), 3]]);
    assert.equal(center.story(call).at(-1), 'OnCallEnd 0');
    assert.equal(center.story(consult!).at(-1), 'OnCallEnd 0');
  });

  it('carries a conference: the controller keeps one call, and the buttons of a controller', async () => {
    const center = await WholeCenter.started({ agents: 3 });
    await agentsAvailable(center, '1001');
    await center.request('Login', undefined, { AgentID: '1002', AgentInstrument: '2002' });
    const call = await ringing(center, '2001');
    await confirmed(center, 'Answer', call);
    await confirmed(center, 'MakeConsultCall', call, { DialedNumber: '1002', ConsultType: 2 });
    await confirmed(center, 'Answer', callsAt(center, '2002')[0]![0]);
    center.clear();
    await confirmed(center, 'Conference', call);
    assert.deepEqual(callsAt(center, '2001'), [[call, 3]]);
    assert.deepEqual(callsAt(center, '2002'), [[call.replace('2001', '2002'), 3]]);
    const [HOLD, RELEASE, CONFERENCE_INIT, TRANSFER_INIT] = [4, 2, 0x100, 0x20];
    const told = center.published.find(
      ({ event, args }) => event === 'OnCallConferenced' && args.UniqueObjectID === call,
    );
    assert.equal(
      (told!.args.EnablementMask as number) & (HOLD | RELEASE | CONFERENCE_INIT | TRANSFER_INIT),
      HOLD | RELEASE | CONFERENCE_INIT,
    );
  });

  it('tells a refusal in the code of the switch', async () => {
    const center = await WholeCenter.started({ agents: 3 });
    await agentsAvailable(center, '1001');
    const result = await center.request('SetAgentState', 'agent.5000.1001', { AgentState: 3 }, AGENT);
    assert.equal(result.outcome, 'failed');
    assert.match(result.failure!.code, /^CF_/);
    assert.ok(result.failure!.peripheralErrorCode! > 10_000);
  });

  for (const version of [13, 14, 18, 19, 22, 24, 25]) {
    it(`works over version ${version} of the protocol`, async () => {
      const center = await WholeCenter.started({ agents: 2 }, { agents: ['1001', '1002'] }, version);
      assert.equal(center.server.status().protocolVersion, version);
      await agentsAvailable(center, '1001');
      const call = await ringing(center, '2001');
      await confirmed(center, 'Answer', call);
      await confirmed(center, 'ClearConnection', call);
      assert.equal(center.story(call)[0], 'OnCallBegin');
      assert.equal(center.story(call).at(-1), 'OnCallEnd 0');
    });
  }
});
