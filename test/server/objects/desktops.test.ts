import assert from 'node:assert/strict';
import type { Args } from '../../../src/ctios/index.js';
import type { MessageInit } from '../../../src/ged188/index.js';
import type {
  AgentClaim,
  ObjectServerRequester,
  ObjectServerSettings,
  RequestResult,
} from '../../../src/server/index.js';
import { agentState, at, begin, Center, end, established } from './center.js';
import { settled } from './scripted-link.js';

const CLIENT: ObjectServerRequester = { clientId: 'desktop', mode: 'none' };

const DESK_SETTINGS: MessageInit = {
  type: 'AGENT_DESK_SETTINGS_CONF',
  PeripheralID: 5000,
  DeskSettingsMask: 8 | 16,
  WrapupDataIncomingMode: 1,
  WrapupDataOutgoingMode: 2,
  WorkModeTimer: 60,
};

function state(AgentState: number): MessageInit {
  return {
    type: 'QUERY_AGENT_STATE_CONF',
    AgentState,
    AgentID: '1001',
    AgentInstrument: AgentState === 1 ? undefined : '2001',
    AgentExtension: AgentState === 1 ? undefined : '2001',
  };
}

async function desktopFor(
  agent: MessageInit,
  settings: Partial<ObjectServerSettings> = {},
  prepare: (center: Center) => void = () => {},
): Promise<Center> {
  const center = await Center.up(settings);
  center.link.answer('AGENT_DESK_SETTINGS_REQ', DESK_SETTINGS);
  center.link.answer('SET_AGENT_STATE_REQ', { type: 'SET_AGENT_STATE_CONF' });
  center.link.answer('SNAPSHOT_DEVICE_REQ', { type: 'SNAPSHOT_DEVICE_CONF', Calls: [] });
  center.link.answer('QUERY_AGENT_STATE_REQ', agent);
  prepare(center);
  center.published.length = 0;
  return center;
}

/** SetAgent, and the order of everything this client sees of it. */
async function setAgent(center: Center, args: Args = {}): Promise<{ result: RequestResult; seen: string[] }> {
  const seen: string[] = [];
  const stop = center.server.subscribe(({ event, to }) => {
    if (to.client === CLIENT.clientId) seen.push(event);
  });
  const result = await center.server.request(
    CLIENT,
    'SetAgent',
    undefined,
    { AgentID: '1001', ...args },
    15_000,
    (ended) => {
      if (ended.conf !== undefined) seen.push(ended.conf.event);
    },
  );
  await settled();
  stop();
  return { result, seen };
}

describe('SetAgent', () => {
  it('for an agent who is out: the state, the mode, the desk settings, the system', async () => {
    const center = await desktopFor(state(1));
    const { result, seen } = await setAgent(center);
    assert.deepEqual(seen, [
      'OnQueryAgentStateConf',
      'OnSetAgentModeEvent',
      'OnAgentDeskSettingsConf',
      'OnCTIOSFailure',
    ]);
    assert.equal(result.conf?.args.UniqueObjectID, 'agent.5000.1001');
    assert.equal(result.conf.args.CILConnectionID, 'desktop');
    assert.deepEqual(result.conf.args.StatusSystem, center.server.status().statusSystem);
  });

  it('for an agent who is at work: the phone and its calls as well, recovered', async () => {
    const center = await desktopFor(state(4), {}, (it) => {
      it.tell(agentState('1001', '2001', 2), begin(7, '2001'), established(7, '2001'));
    });
    const { seen } = await setAgent(center);
    assert.deepEqual(seen, [
      'OnQueryAgentStateConf',
      'OnSetAgentModeEvent',
      'OnSnapshotDeviceConf',
      'OnSnapshotCallConf',
      'OnAgentDeskSettingsConf',
      // The desk settings ask for reasons: the buttons of agent and call are others than was told before.
      'OnButtonEnablementChange',
      'OnButtonEnablementChange',
      'OnCTIOSFailure',
    ]);
    assert.equal(center.last('OnSnapshotCallConf').recovered, true);
    assert.deepEqual(center.last('OnSnapshotDeviceConf').args.ValidCalls, { 'call.5000.7.2001': true });
  });

  it('asks for the calls of an agent nobody knew of', async () => {
    const center = await desktopFor(state(4), {}, (it) => {
      it.link.answer('SNAPSHOT_DEVICE_REQ', {
        type: 'SNAPSHOT_DEVICE_CONF',
        Calls: [{ CallConnectionCallID: 7, CallConnectionDeviceID: '2001', CallState: 3 }],
      });
      it.link.answer('SNAPSHOT_CALL_REQ', {
        type: 'SNAPSHOT_CALL_CONF',
        CallType: 2,
        CallDevices: [{ CallConnectionCallID: 7, CallConnectionDeviceID: '2001', CallDeviceConnectionState: 3 }],
      });
    });
    const { seen } = await setAgent(center);
    assert.ok(seen.includes('OnSnapshotCallConf'));
  });

  it('fails with the code of the switch for an agent it does not know, and says so in an event', async () => {
    const center = await desktopFor({ type: 'FAILURE_CONF', Status: 8 });
    const { result, seen } = await setAgent(center);
    assert.equal(result.failure?.code, 'E_CTI_INVALID_AGENT_DATA');
    assert.ok(seen.includes('OnCTIOSFailure'));
  });

  it('asks for the proof of whoever is meant, however that is said', async () => {
    const center = await desktopFor(state(2), {}, (it) => it.tell(agentState('1001', '2001', 2)));
    const asked: AgentClaim[] = [];
    const from: ObjectServerRequester = {
      ...CLIENT,
      prove: async (claim) => {
        asked.push(claim);
        return claim.password === 'right' ? undefined : { code: 'CTIOS_AUTHENTICATION_FAILED', message: 'it is not.' };
      },
    };
    const ask = (request: string, args: Args, target?: string) =>
      center.server.request(from, request, target, args, 15_000);
    for (const [args, target] of [
      [{ AgentID: '1001' }],
      [{ AgentInstrument: '2001' }],
      [{}, 'agent.5000.1001'],
    ] as const) {
      const result = await ask('SetAgent', { ...args, AgentPassword: 'guess' }, target);
      assert.equal(result.failure?.code, 'CTIOS_AUTHENTICATION_FAILED');
      assert.equal(result.failure.message, 'SetAgent: it is not.');
      assert.deepEqual(asked.pop(), { peripheralId: 5000, agentId: '1001', password: 'guess' });
      assert.equal(center.last('OnCTIOSFailure').args.FailureCode, 4);
    }
    for (const request of ['Login', 'SendIdentifyClientRequest']) {
      const result = await ask(request, { AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001' });
      assert.equal(result.failure?.code, 'CTIOS_AUTHENTICATION_FAILED', request);
    }
    assert.equal((await ask('SendIdentifyClientRequest', {})).failure?.code, 'CTIOS_MISSING_ARGUMENT');
    assert.equal((await ask('SetAgent', { AgentID: '1001', AgentPassword: 'right' })).outcome, 'confirmed');
    asked.length = 0;
    const own = { ...from, mode: 'agent', agent: 'agent.5000.1001' } as const;
    const login = (args: Args) => center.server.request(own, 'Login', 'agent.5000.1001', args, 15_000);
    assert.equal((await login({})).outcome, 'confirmed', 'its own agent has proved itself with SetAgent');
    assert.equal(asked.length, 0);
    assert.equal((await login({ AgentPassword: 'guess' })).failure?.code, 'CTIOS_AUTHENTICATION_FAILED');
  });

  it('refuses an agent who is logged in already, where the site says so', async () => {
    const center = await desktopFor(state(3), { rejectIfAlreadyLoggedIn: true });
    const { result } = await setAgent(center);
    assert.equal(result.failure?.code, 'CTIOS_AGENT_ALREADY_LOGGED_IN');
    const eAgentAlreadyLoggedIn = 12;
    assert.equal(center.last('OnCTIOSFailure').args.FailureCode, eAgentAlreadyLoggedIn);
  });

  it('tells what the desk settings ask for', async () => {
    const center = await desktopFor(state(2), {
      logoutReasonCodes: { Lunch: 1 },
      notReadyReasonCodes: { Break: 2 },
      incomingWrapupStrings: ['Sale'],
    });
    await setAgent(center);
    const { args } = center.last('OnAgentDeskSettingsConf');
    assert.equal(args.LogoutReasonRequired, true);
    assert.equal(args.NotReadyReasonRequired, true);
    assert.deepEqual(args.LogoutReasonCodes, { Lunch: 1 });
    assert.deepEqual(args.NotReadyReasonCodes, { Break: 2 });
    assert.deepEqual(args.IncomingWrapupStrings, { 1: 'Sale' });
    assert.equal(args.WorkModeTimer, 60);
    center.tell(agentState('1001', '2001', 4, { Direction: 1 } as never));
    const READY = 0x8000000;
    const NOTREADY_WITH_REASON = 0x20000000;
    const mask = center.last('OnAgentStateChange').args.EnablementMask as number;
    assert.ok(mask & READY && mask & NOTREADY_WITH_REASON, 'wrap-up is optional for incoming calls');
  });
});

describe('login and logout', () => {
  const AGENT: ObjectServerRequester = { clientId: 'desktop', mode: 'agent', agent: 'agent.5000.1001' };

  it('a login brings the state and the desk settings to the client that asked', async () => {
    const center = await desktopFor(state(2));
    const result = await center.request('Login', undefined, { AgentID: '1001', AgentInstrument: '2001' }, AGENT);
    await settled();
    assert.equal(result.conf?.event, 'OnSetAgentStateConf');
    assert.deepEqual(center.names(), ['OnQueryAgentStateConf', 'OnAgentDeskSettingsConf']);
    assert.deepEqual(center.published[0]!.to, { client: 'desktop' });
  });

  it('a login of an agent who is logged in is refused where the site says so, and sends nothing', async () => {
    const center = await desktopFor(state(2), { rejectIfAlreadyLoggedIn: true });
    center.tell(agentState('1001', '2001', 2));
    const result = await center.request('Login', undefined, { AgentID: '1001', AgentInstrument: '2001' }, AGENT);
    assert.equal(result.failure?.code, 'CTIOS_AGENT_ALREADY_LOGGED_IN');
    assert.equal(center.link.sentOf('SET_AGENT_STATE_REQ').length, 0);
  });

  it('a logout is told to the phone the agent was at, and then the agent is nowhere', async () => {
    const center = await desktopFor(state(2));
    center.tell(agentState('1001', '2001', 2), agentState('1001', '2001', 1));
    assert.deepEqual(center.last('OnAgentStateChange').to, { agent: 'agent.5000.1001', device: 'device.5000.2001' });
    center.tell(begin(7, '2001'));
    assert.deepEqual(center.last('OnCallBegin').to, { device: 'device.5000.2001' });
  });

  async function outAfterGap(login: Args, logout: boolean): Promise<Center> {
    const center = await desktopFor(state(2));
    await setAgent(center, login);
    center.tell(agentState('1001', '2001', 2));
    if (logout) await center.request('Logout', undefined, {}, AGENT);
    center.link.disconnect();
    center.link.answer('QUERY_AGENT_STATE_REQ', state(1));
    center.link.connect();
    await settled();
    return center;
  }
  const logins = (center: Center) => center.link.sentOf('SET_AGENT_STATE_REQ').filter((each) => each.AgentState === 0);

  it('an agent with AutoLogin who is out after a gap is logged in again', async () => {
    const center = await outAfterGap({ AutoLogin: true, AgentInstrument: '2001', AgentPassword: 'p' }, false);
    assert.equal(logins(center).length, 1);
    assert.equal(logins(center)[0]!.AgentPassword, 'p');
    assert.ok(!JSON.stringify(center.published).includes('"p"'));
  });

  it('an agent without is not', async () => {
    assert.equal(logins(await outAfterGap({ AgentInstrument: '2001' }, false)).length, 0);
  });

  it('nor one who logged out on purpose', async () => {
    assert.equal(logins(await outAfterGap({ AutoLogin: true, AgentInstrument: '2001' }, true)).length, 0);
  });
});

describe('a phone at which there are calls already', () => {
  const told = (center: Center) =>
    center.published.filter(({ to }) => to.client === 'desktop').map(({ event, args }) => [event, args.UniqueObjectID]);

  it('is shown to the desktop of an agent who logs in there: the calls did not begin for it', async () => {
    const center = await desktopFor(state(1));
    await setAgent(center);
    center.tell(begin(7, '2001'));
    center.published.length = 0;
    center.tell(agentState('1001', '2001', 2));
    assert.deepEqual(told(center).slice(0, 2), [
      ['OnSnapshotDeviceConf', 'device.5000.2001'],
      ['OnSnapshotCallConf', 'call.5000.7.2001'],
    ]);
    center.published.length = 0;
    center.tell(agentState('1001', '2001', 3));
    assert.ok(!told(center).some(([event]) => event === 'OnSnapshotCallConf'));
  });
});

describe('buttons of a call that nothing happens to', () => {
  const RETRIEVE = 0x8;
  const ALTERNATE = 0x800;

  it('are told when what happens to the other call at the phone changes them', async () => {
    const center = await desktopFor(state(3));
    await setAgent(center);
    center.tell(agentState('1001', '2001', 4), begin(7, '2001'), established(7, '2001'));
    const mask = (call: string) =>
      center.published.findLast(({ args }) => args.UniqueObjectID === call && args.EnablementMask !== undefined)?.args
        .EnablementMask as number;
    center.tell({
      type: 'CALL_HELD_EVENT',
      ...at(7, '2001'),
      HoldingDeviceID: '2001',
      LocalConnectionState: 4,
    });
    assert.ok(mask('call.5000.7.2001') & RETRIEVE);
    const originated: MessageInit = { type: 'CALL_ORIGINATED_EVENT', ...at(8, '2001'), CallingDeviceID: '2001' };
    center.tell(begin(8, '2001', { CallType: 12 }), originated, established(8, '2001'));
    const during = center.published.findLast(
      ({ event, args }) => event === 'OnButtonEnablementChange' && args.UniqueObjectID === 'call.5000.7.2001',
    );
    assert.deepEqual(during?.to, { client: 'desktop' });
    assert.ok(mask('call.5000.7.2001') & ALTERNATE);
    center.tell(end(8, '2001'));
    assert.ok(mask('call.5000.7.2001') & RETRIEVE, 'alone again, the held call can be retrieved');
    assert.equal(mask('call.5000.7.2001') & ALTERNATE, 0);
  });
});

describe('buttons while nothing works', () => {
  const DISABLE_ALL = 0x400000;
  const told = (center: Center) =>
    center.published
      .filter(({ event, to }) => event === 'OnButtonEnablementChange' && to.client === 'desktop')
      .map(({ args }) => args.EnablementMask as number);

  async function atWork(): Promise<Center> {
    const center = await desktopFor(state(3));
    await setAgent(center);
    center.tell(agentState('1001', '2001', 3));
    center.published.length = 0;
    return center;
  }

  it('are off with the link, and back as the agent is, each told once', async () => {
    const center = await atWork();
    center.link.disconnect();
    assert.deepEqual(told(center), [DISABLE_ALL]);
    center.link.connect();
    await settled();
    assert.equal(told(center).length, 2);
    const NOTREADY_WITH_REASON = 0x20000000;
    assert.ok(told(center)[1]! & NOTREADY_WITH_REASON);
  });

  it('are off while the phone is out of service', async () => {
    const center = await atWork();
    const phone = (SystemEventID: number): MessageInit => ({
      type: 'SYSTEM_EVENT',
      SystemEventID,
      SystemEventArg1: 5000,
      EventDeviceID: '2001',
    });
    center.tell(phone(10), agentState('1001', '2001', 2));
    assert.deepEqual(told(center), [DISABLE_ALL]);
    assert.equal(center.last('OnAgentStateChange').args.EnablementMask, DISABLE_ALL);
    center.tell(phone(11));
    assert.equal(told(center).length, 2);
  });
});

describe('a desktop that goes', () => {
  const FORCED = { forceLogoutOnSessionClose: true, forceLogoutNotReadyReason: 50_002, forceLogoutReason: 50_003 };

  async function gone(how: 'closed' | 'lost', settings: Partial<ObjectServerSettings>): Promise<[number, number][]> {
    const center = await desktopFor(state(3), settings);
    await setAgent(center);
    center.tell(agentState('1001', '2001', 3));
    center.server.release('desktop', how);
    await settled();
    return center.link.sentOf('SET_AGENT_STATE_REQ').map((each) => [each.AgentState, each.EventReasonCode]);
  }

  it('lost: its agent is set NotReady, then logged out, with the reasons of the site', async () => {
    assert.deepEqual(await gone('lost', FORCED), [
      [2, 50_002],
      [1, 50_003],
    ]);
  });

  it('closed: its agent stays as it is', async () => {
    assert.deepEqual(await gone('closed', FORCED), []);
  });

  it('lost, where the site does not ask for it: its agent stays as it is', async () => {
    assert.deepEqual(await gone('lost', {}), []);
  });

  it('lost, while another desktop of the agent is there: nobody vanished', async () => {
    const center = await desktopFor(state(3), FORCED);
    await setAgent(center);
    await center.server.request(
      { clientId: 'other', mode: 'none' },
      'SetAgent',
      undefined,
      { AgentID: '1001' },
      15_000,
    );
    await settled();
    center.tell(agentState('1001', '2001', 3));
    center.server.release('desktop', 'lost');
    await settled();
    assert.equal(center.link.sentOf('SET_AGENT_STATE_REQ').length, 0);
  });
});

describe('desktop settings', () => {
  it('come as a tree, what the site configured over what every site has', async () => {
    const center = await Center.up({
      recordingEnabled: true,
      agentStatisticsColumns: ['CallsHandledToday'],
      desktopSettings: { ECC: { 'user.Tier': {} }, ScreenPreferences: { MainScreen: { FlashOnCall: true } } },
    });
    const { conf } = await center.request('RequestDesktopSettings', undefined, { DesktopType: 0 });
    assert.equal(conf?.event, 'OnGlobalSettingsDownloadConf');
    assert.deepEqual(conf.args.ECC, { 'user.Tier': {} });
    assert.deepEqual(conf.args.ScreenPreferences, {
      MainScreen: {
        AgentStatisticsIntervalSec: 15,
        BringToFrontOnCall: true,
        FlashOnCall: true,
        RecordingEnabled: true,
      },
    });
    assert.deepEqual((conf.args.Grid as Args).AgentStatistics, {
      columns: { 1: { Type: 'CallsHandledToday', Header: 'CallsHandledToday' } },
    });
  });

  it('are refused for a desktop of another kind', async () => {
    const center = await Center.up();
    const { failure } = await center.request('RequestDesktopSettings', undefined, { DesktopType: 7 });
    assert.equal(failure?.code, 'E_CTIOS_INVALID_DESKTOP_TYPE');
  });
});
