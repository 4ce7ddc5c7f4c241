import assert from 'node:assert/strict';
import type { Args } from '../../../src/ctios/index.js';
import type { MessageInit } from '../../../src/ged188/index.js';
import type {
  AgentClaim,
  ObjectServerRequester,
  ObjectServerSettings,
  RequestResult,
} from '../../../src/server/index.js';
import { agentState, at, begin, Center, delivered, end, established } from './center.js';
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

/** Sends SetAgent and returns the order of everything this client receives. */
async function setAgent(center: Center, args: Args = {}): Promise<{ result: RequestResult; seen: string[] }> {
  const seen: string[] = [];
  const stop = center.server.subscribe(({ event, to }) => {
    if (to.client === CLIENT.clientId) seen.push(event);
  });
  const result = await new Promise<RequestResult>((resolve) =>
    center.server.request(CLIENT, 'SetAgent', undefined, { AgentID: '1001', ...args }, 15_000, (ended) => {
      if (ended.conf !== undefined) seen.push(ended.conf.event);
      resolve(ended);
    }),
  );
  await settled();
  stop();
  return { result, seen };
}

describe('SetAgent', () => {
  it('for a logged-out agent: the state, the mode, the desk settings, the system status', async () => {
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

  it('for a logged-in agent: also the phone and its calls, as recovered', async () => {
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
      // The desk settings require reasons, so the buttons of agent and call differ from the previous ones.
      'OnButtonEnablementChange',
      'OnButtonEnablementChange',
      'OnCTIOSFailure',
    ]);
    assert.equal(center.last('OnSnapshotCallConf').recovered, true);
    assert.deepEqual(center.last('OnSnapshotDeviceConf').args.ValidCalls, { 'call.5000.7.2001': true });
  });

  it('queries the calls of an unknown agent', async () => {
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

  it('fails with the code of the switch for an agent it does not know, and reports it in an event', async () => {
    const center = await desktopFor({ type: 'FAILURE_CONF', Status: 8 });
    const { result, seen } = await setAgent(center);
    assert.equal(result.failure?.code, 'E_CTI_INVALID_AGENT_DATA');
    assert.ok(seen.includes('OnCTIOSFailure'));
  });

  it('requires authentication of the agent in any notation', async () => {
    const center = await desktopFor(state(2), {}, (it) => it.tell(agentState('1001', '2001', 2)));
    const asked: AgentClaim[] = [];
    const from: ObjectServerRequester = {
      ...CLIENT,
      prove: (claim, ended) => {
        asked.push(claim);
        const right = claim.password === 'right';
        ended(right ? undefined : { code: 'CTIOS_AUTHENTICATION_FAILED', message: 'it is not.' });
      },
    };
    const ask = (request: string, args: Args, target?: string) => center.request(request, target, args, from);
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
    const login = (args: Args) => center.request('Login', 'agent.5000.1001', args, own);
    assert.equal((await login({})).outcome, 'confirmed', 'its own agent has proved itself with SetAgent');
    assert.equal(asked.length, 0);
    assert.equal((await login({ AgentPassword: 'guess' })).failure?.code, 'CTIOS_AUTHENTICATION_FAILED');
  });

  it('rejects an agent who is already logged in, if the site requires that', async () => {
    const center = await desktopFor(state(3), { rejectIfAlreadyLoggedIn: true });
    const { result } = await setAgent(center);
    assert.equal(result.failure?.code, 'CTIOS_AGENT_ALREADY_LOGGED_IN');
    const eAgentAlreadyLoggedIn = 12;
    assert.equal(center.last('OnCTIOSFailure').args.FailureCode, eAgentAlreadyLoggedIn);
  });

  it('reports the requirements of the desk settings', async () => {
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

  it('a login sends the state and the desk settings to the requesting client', async () => {
    const center = await desktopFor(state(2));
    const result = await center.request('Login', undefined, { AgentID: '1001', AgentInstrument: '2001' }, AGENT);
    await settled();
    assert.equal(result.conf?.event, 'OnSetAgentStateConf');
    assert.deepEqual(center.names(), ['OnQueryAgentStateConf', 'OnAgentDeskSettingsConf']);
    assert.deepEqual(center.published[0]!.to, { client: 'desktop' });
  });

  it('a login of an agent who is already logged in is rejected if the site requires that, and sends nothing', async () => {
    const center = await desktopFor(state(2), { rejectIfAlreadyLoggedIn: true });
    center.tell(agentState('1001', '2001', 2));
    const result = await center.request('Login', undefined, { AgentID: '1001', AgentInstrument: '2001' }, AGENT);
    assert.equal(result.failure?.code, 'CTIOS_AGENT_ALREADY_LOGGED_IN');
    assert.equal(center.link.sentOf('SET_AGENT_STATE_REQ').length, 0);
  });

  it("a logout is reported to the agent's last phone, and then the agent has no phone", async () => {
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

  it('an agent with AutoLogin who is logged out after a gap is logged in again', async () => {
    const center = await outAfterGap({ AutoLogin: true, AgentInstrument: '2001', AgentPassword: 'p' }, false);
    assert.equal(logins(center).length, 1);
    assert.equal(logins(center)[0]!.AgentPassword, 'p');
    assert.ok(!JSON.stringify(center.published).includes('"p"'));
  });

  it('an agent without AutoLogin is not logged in again', async () => {
    assert.equal(logins(await outAfterGap({ AgentInstrument: '2001' }, false)).length, 0);
  });

  it('an agent who logged out deliberately is not logged in again', async () => {
    assert.equal(logins(await outAfterGap({ AutoLogin: true, AgentInstrument: '2001' }, true)).length, 0);
  });
});

describe('a phone that already has calls', () => {
  const told = (center: Center) =>
    center.published.filter(({ to }) => to.client === 'desktop').map(({ event, args }) => [event, args.UniqueObjectID]);

  it('shows the calls to the desktop of an agent who logs in there, without a beginning', async () => {
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

describe('the buttons of a call without events', () => {
  const RETRIEVE = 0x8;
  const ALTERNATE = 0x800;

  it('are reported when an event of the other call at the phone changes them', async () => {
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

describe('the buttons of a call that is shown to another client', () => {
  const call = 'call.5000.7.2001';
  /** A query reveals the state before the event about it arrives. @returns what is shown */
  const ways: Record<string, (center: Center) => Promise<Args | undefined>> = {
    'a monitor that comes': async (center) => {
      await center.request('QueryAgentState', 'agent.5000.1001');
      return [...center.server.snapshot()].find(({ args }) => args.UniqueObjectID === call)?.args;
    },
    'a second desktop of the agent': async (center) => {
      const second: ObjectServerRequester = { clientId: 'second', mode: 'none' };
      await center.request('SetAgent', undefined, { AgentID: '1001' }, second);
      return center.published.find(
        ({ args, event, to }) =>
          to.client === 'second' && event === 'OnSnapshotCallConf' && args.UniqueObjectID === call,
      )?.args;
    },
  };
  for (const [who, look] of Object.entries(ways))
    it(`are reported to the desktop when they change: ${who}`, async () => {
      const center = await desktopFor(state(2));
      await setAgent(center);
      center.tell(agentState('1001', '2001', 2), begin(7, '2001'), delivered(7, '2001', 1));
      const before = center.published.findLast(({ args }) => args.UniqueObjectID === call)?.args.EnablementMask;
      center.link.answer('QUERY_AGENT_STATE_REQ', state(3));
      center.published.length = 0;
      const shown = await look(center);
      await settled();
      center.tell(agentState('1001', '2001', 3));
      const told = center.published.findLast(
        ({ event, args, to }) =>
          event === 'OnButtonEnablementChange' && args.UniqueObjectID === call && to.client === 'desktop',
      );
      assert.notEqual(shown?.EnablementMask, before);
      assert.equal(told?.args.EnablementMask, shown?.EnablementMask);
    });
});

describe('the buttons while the link or the phone is down', () => {
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

  it("are disabled with the link, and restored to the agent's state, each reported once", async () => {
    const center = await atWork();
    center.link.disconnect();
    assert.deepEqual(told(center), [DISABLE_ALL]);
    center.link.connect();
    await settled();
    assert.equal(told(center).length, 2);
    const NOTREADY_WITH_REASON = 0x20000000;
    assert.ok(told(center)[1]! & NOTREADY_WITH_REASON);
  });

  it('are disabled while the phone is out of service', async () => {
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

describe('a desktop that disconnects', () => {
  const FORCED = { forceLogoutOnSessionClose: true, forceLogoutNotReadyReason: 50_002, forceLogoutReason: 50_003 };

  async function gone(how: 'closed' | 'lost', settings: Partial<ObjectServerSettings>): Promise<[number, number][]> {
    const center = await desktopFor(state(3), settings);
    await setAgent(center);
    center.tell(agentState('1001', '2001', 3));
    center.server.release('desktop', how);
    await settled();
    return center.link.sentOf('SET_AGENT_STATE_REQ').map((each) => [each.AgentState, each.EventReasonCode]);
  }

  it('by losing its connection: its agent is set NotReady, then logged out, with the reasons of the site', async () => {
    assert.deepEqual(await gone('lost', FORCED), [
      [2, 50_002],
      [1, 50_003],
    ]);
  });

  it('by closing its connection: its agent keeps its state', async () => {
    assert.deepEqual(await gone('closed', FORCED), []);
  });

  it('by losing its connection, if the site does not require a logout: its agent keeps its state', async () => {
    assert.deepEqual(await gone('lost', {}), []);
  });

  it('by losing its connection, while the agent has another desktop: its agent keeps its state', async () => {
    const center = await desktopFor(state(3), FORCED);
    await setAgent(center);
    await center.request('SetAgent', undefined, { AgentID: '1001' }, { clientId: 'other', mode: 'none' });
    await settled();
    center.tell(agentState('1001', '2001', 3));
    center.server.release('desktop', 'lost');
    await settled();
    assert.equal(center.link.sentOf('SET_AGENT_STATE_REQ').length, 0);
  });
});

describe('desktop settings', () => {
  it("are sent as a tree, with the site's settings overriding the defaults", async () => {
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

  it('are rejected for a desktop of another kind', async () => {
    const center = await Center.up();
    const { failure } = await center.request('RequestDesktopSettings', undefined, { DesktopType: 7 });
    assert.equal(failure?.code, 'E_CTIOS_INVALID_DESKTOP_TYPE');
  });
});
