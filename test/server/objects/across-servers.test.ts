import assert from 'node:assert/strict';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import type { Args } from '../../../src/ctios/index.js';
import type { MessageInit, MessageOf } from '../../../src/ged188/index.js';
import type { ObjectServerRequester, ObjectServerSettings, RequestResult } from '../../../src/server/index.js';
import { MemoryNetwork } from '../peers/memory-network.js';
import { agentState, begin, Center, end, established, P } from './center.js';
import { settled } from './scripted-link.js';

const CALL = 'call.5000.7.2001';

/** Two linked servers on the same switch and one clock: both receive the messages of the switch. */
class Pair {
  readonly clock = new VirtualClock();
  readonly network = new MemoryNetwork(this.clock);
  a!: Center;
  b!: Center;

  static async up(settings: Partial<ObjectServerSettings> = {}): Promise<Pair> {
    const pair = new Pair();
    const { network, clock } = pair;
    const [a, b] = [network.server('a', { urls: ['b'] }), network.server('b', { urls: ['a'] })];
    pair.a = await Center.up(settings, clock, a);
    pair.b = await Center.up(settings, clock, b);
    a.start();
    b.start();
    clock.advance(5_000);
    for (const { link } of [pair.a, pair.b]) {
      link.answer('QUERY_AGENT_STATE_REQ', ({ AgentID }: MessageOf<'QUERY_AGENT_STATE_REQ'>) => ({
        type: 'QUERY_AGENT_STATE_CONF',
        AgentState: 1,
        ...(AgentID === undefined ? {} : { AgentID }),
      }));
      link.answer('AGENT_DESK_SETTINGS_REQ', { type: 'AGENT_DESK_SETTINGS_CONF', PeripheralID: P });
    }
    pair.hear({
      type: 'AGENT_TEAM_CONFIG_EVENT',
      PeripheralID: P,
      TeamID: 1,
      ConfigOperation: 1,
      AgentTeamName: 'Alpha',
      TeamMembers: (
        [
          ['1001', 0],
          ['1002', 0],
          ['90001', 5],
          ['90002', 4],
        ] as const
      ).map(([AtcAgentID, AgentFlags]) => ({ AtcAgentID, AgentFlags, AtcAgentState: 1, AtcStateDuration: 0 })),
    });
    await settled();
    return pair;
  }

  /** Both servers receive the messages of the switch. */
  hear(...messages: MessageInit[]): void {
    this.a.tell(...messages);
    this.b.tell(...messages);
  }

  async desktop(center: Center, clientId: string, AgentID: string): Promise<ObjectServerRequester> {
    await center.request('SetAgent', undefined, { AgentID }, { clientId, mode: 'none' });
    await settled();
    return { clientId, mode: 'agent', agent: `agent.${P}.${AgentID}` };
  }

  /** A request, and the resulting messages between the servers. */
  async ask(center: Center, from: ObjectServerRequester, name: string, args: Args): Promise<RequestResult> {
    const result = center.request(name, undefined, args, from);
    await this.pass();
    return result;
  }

  async pass(ms = 20): Promise<void> {
    for (let step = 0; step < 4; step++) {
      await settled();
      this.clock.advance(ms / 4);
    }
    await settled();
  }

  /** Drops the link between the two servers. */
  cut(): void {
    for (const wire of this.network.wires.splice(0)) wire.cut();
  }

  forget(): void {
    this.a.published.length = 0;
    this.b.published.length = 0;
  }
}

const told = (center: Center, event: string) => center.published.filter((each) => each.event === event);
const START = 0x20;

describe('silent monitoring (Unified CM) between the servers of a pair', () => {
  /** Supervisor 90001 at A, agent 1001 in a call, with a desktop at B; supervisor 90002 at B observes. */
  async function listening(): Promise<{ pair: Pair; listen: () => Promise<RequestResult> }> {
    const pair = await Pair.up();
    const supervisor = await pair.desktop(pair.a, 'sup', '90001');
    await pair.desktop(pair.b, 'desk', '1001');
    const other = await pair.desktop(pair.b, 'sup2', '90002');
    pair.hear(agentState('90001', '9001', 2), agentState('90002', '9002', 2), agentState('1001', '2001', 4));
    pair.hear(begin(7, '2001'), established(7, '2001'));
    await pair.ask(pair.b, other, 'StartMonitoringAgent', { AgentReference: '1001' });
    pair.a.link.answer('SUPERVISE_CALL_REQ', {
      type: 'SUPERVISE_CALL_CONF',
      ConnectionCallID: 8,
      ConnectionDeviceID: '9001',
    });
    return {
      pair,
      listen: () =>
        pair.ask(pair.a, supervisor, 'SuperviseCall', {
          AgentReference: '1001',
          CallReference: CALL,
          SupervisoryAction: 1,
        }),
    };
  }
  const mask = (pair: Pair) => pair.b.last('OnSupervisorButtonChange').args.SupervisorBtnEnablementMask as number;

  it('notifies the agent at the other server of its beginning and its end, once each', async () => {
    const { pair, listen } = await listening();
    assert.equal((await listen()).outcome, 'confirmed');
    assert.equal(told(pair.b, 'OnSilentMonitorStartedEvent').length, 0, 'not before there is a monitor call');
    pair.hear(begin(8, '9001'));
    const begun = told(pair.b, 'OnSilentMonitorStartedEvent');
    assert.deepEqual(
      begun.map((each) => each.to),
      [{ agent: 'agent.5000.90001' }, { client: 'desk' }],
    );
    assert.deepEqual(begun[1]!.args, told(pair.a, 'OnSilentMonitorStartedEvent')[0]!.args);
    pair.hear(end(8, '9001'));
    await pair.pass();
    for (const center of [pair.a, pair.b]) {
      assert.equal(
        told(center, 'OnSilentMonitorStopRequestedEvent').filter(({ to }) => to.agent !== undefined).length,
        1,
      );
    }
    assert.equal(told(pair.b, 'OnSilentMonitorStopRequestedEvent').filter(({ to }) => to.client === 'desk').length, 1);
  });

  it('does not allow a supervisor at the other server to listen to the same agent meanwhile', async () => {
    const { pair, listen } = await listening();
    assert.ok(mask(pair) & START);
    await listen();
    assert.equal(mask(pair) & START, 0);
    pair.hear(begin(8, '9001'), end(8, '9001'));
    await pair.pass();
    assert.ok(mask(pair) & START);
  });

  it('ends if the link of the servers is lost meanwhile: each observes that the call has ended', async () => {
    const { pair, listen } = await listening();
    await listen();
    pair.hear(begin(8, '9001'));
    pair.network.down.add('a').add('b');
    pair.cut();
    pair.hear(end(8, '9001'));
    assert.equal(told(pair.b, 'OnSilentMonitorStopRequestedEvent').filter(({ to }) => to.client === 'desk').length, 1);
  });

  it('is not kept forever if it ended before the other server was notified', async () => {
    const { pair, listen } = await listening();
    await listen();
    // Its beginning and end were observed at B before the message about its beginning arrived; then A is lost.
    pair.network.down.add('a').add('b');
    pair.cut();
    // No monitor call was seen, so the desktop was notified neither of a beginning nor of an end.
    for (const event of ['OnSilentMonitorStartedEvent', 'OnSilentMonitorStopRequestedEvent']) {
      assert.equal(told(pair.b, event).length, 0, event);
    }
    assert.ok(mask(pair) & START);
  });

  it('is reported to a server that connects later, and reported once even if the link is lost repeatedly', async () => {
    const { pair, listen } = await listening();
    pair.network.down.add('a').add('b');
    pair.cut();
    await listen();
    pair.hear(begin(8, '9001'));
    assert.equal(told(pair.b, 'OnSilentMonitorStartedEvent').length, 0);
    pair.network.down.clear();
    for (let round = 0; round < 2; round++) {
      await pair.pass(40_000);
      assert.equal(told(pair.b, 'OnSilentMonitorStartedEvent').filter(({ to }) => to.client === 'desk').length, 1);
      pair.cut();
    }
    // A server does not report back what it was told.
    assert.deepEqual(
      pair.network.events.get('a')!.filter(({ what }) => what === 'asked'),
      [],
    );
  });
});

describe('silent monitoring (CTI OS) between the servers of a pair', () => {
  const BODY = {
    AgentID: '1001',
    PeripheralID: P,
    MonitoringIPAddress: '10.0.0.9',
    HeartbeatInterval: 5,
    HeartbeatTimeout: 15,
  };

  async function desktops(): Promise<{ pair: Pair; sup: ObjectServerRequester; desk: ObjectServerRequester }> {
    const pair = await Pair.up({ ccmBasedSilentMonitor: false });
    const sup = await pair.desktop(pair.a, 'sup', '90001');
    const desk = await pair.desktop(pair.b, 'desk', '1001');
    pair.hear(agentState('1001', '2001', 3));
    pair.forget();
    return { pair, sup, desk };
  }

  const to = (center: Center, client: string) =>
    center.published.filter((each) => each.to.client === client).map(({ event }) => event);

  it("is forwarded from the supervisor's desktop to the agent's and back, until its end", async () => {
    const { pair, sup, desk } = await desktops();
    const started = await pair.ask(pair.a, sup, 'StartSilentMonitorRequest', BODY);
    assert.equal(started.conf?.event, 'OnStartSilentMonitorConf');
    const asked = pair.b.last('OnSilentMonitorStartRequestedEvent');
    assert.deepEqual(asked.to, { client: 'desk' });
    assert.equal(asked.args.MonitoringIPAddress, '10.0.0.9');
    assert.equal(asked.args.OriginatingServerID, 'a/id-a');
    const accepted = await pair.ask(pair.b, desk, 'AcceptSilentMonitoring', { ...asked.args });
    assert.equal(accepted.outcome, 'confirmed');
    assert.deepEqual(to(pair.b, 'desk'), ['OnSilentMonitorStartRequestedEvent', 'OnSilentMonitorStartedEvent']);
    assert.equal(pair.a.last('OnSilentMonitorStatusReportEvent').args.StatusCode, 3);
    const { SMSessionKey } = asked.args;
    const stopped = await pair.ask(pair.a, sup, 'StopSilentMonitorRequest', { SMSessionKey: SMSessionKey! });
    assert.equal(stopped.conf?.event, 'OnStopSilentMonitorConf');
    assert.equal(to(pair.b, 'desk').at(-1), 'OnSilentMonitorStopRequestedEvent');
    const late = await pair.ask(pair.b, desk, 'AcceptSilentMonitoring', { ...asked.args });
    assert.equal(late.failure?.code, 'CTIOS_NO_OBJECT');
  });

  it('is rejected if the agent has no desktop at either server, with a report', async () => {
    const { pair, sup } = await desktops();
    pair.b.server.release('desk');
    const { failure } = await pair.ask(pair.a, sup, 'StartSilentMonitorRequest', BODY);
    assert.equal(failure?.code, 'CTIOS_NO_RECIPIENT');
    assert.equal(pair.a.last('OnSilentMonitorStatusReportEvent').args.StatusCode, 0x10000006);
  });

  it('distinguishes sessions with the same key at both servers', async () => {
    const { pair, sup, desk } = await desktops();
    const other = await pair.desktop(pair.b, 'sup2', '90002');
    const here = await pair.desktop(pair.b, 'desk2', '1002');
    pair.hear(agentState('1002', '2002', 3));
    await pair.ask(pair.b, other, 'StartSilentMonitorRequest', { ...BODY, AgentID: '1002' });
    const own = pair.b.last('OnSilentMonitorStartRequestedEvent').args;
    await pair.ask(pair.a, sup, 'StartSilentMonitorRequest', BODY);
    const across = pair.b.last('OnSilentMonitorStartRequestedEvent').args;
    assert.equal(own.SMSessionKey, across.SMSessionKey);
    await pair.ask(pair.b, desk, 'AcceptSilentMonitoring', { ...across });
    assert.deepEqual(
      to(pair.b, 'sup2').filter((event) => event.includes('Status')),
      [],
    );
    assert.equal(pair.a.last('OnSilentMonitorStatusReportEvent').to.client, 'sup');
    await pair.ask(pair.b, here, 'AcceptSilentMonitoring', { ...own });
    assert.equal(pair.b.last('OnSilentMonitorStatusReportEvent').to.client, 'sup2');
  });

  it("ends for the agent when the supervisor's desktop disconnects", async () => {
    const { pair, sup } = await desktops();
    await pair.ask(pair.a, sup, 'StartSilentMonitorRequest', BODY);
    pair.a.server.release('sup');
    await pair.pass();
    assert.equal(to(pair.b, 'desk').at(-1), 'OnSilentMonitorSessionDisconnected');
  });

  it("ends for the supervisor when the agent's desktop disconnects or declines", async () => {
    for (const leave of ['gone', 'enough'] as const) {
      const { pair, sup, desk } = await desktops();
      await pair.ask(pair.a, sup, 'StartSilentMonitorRequest', BODY);
      const asked = pair.b.last('OnSilentMonitorStartRequestedEvent');
      await pair.ask(pair.b, desk, 'AcceptSilentMonitoring', { ...asked.args });
      if (leave === 'gone') pair.b.server.release('desk');
      else await pair.ask(pair.b, desk, 'StopSilentMonitorMode', {});
      await pair.pass();
      const { args, to: audience } = pair.a.last('OnSilentMonitorSessionDisconnected');
      assert.deepEqual([audience.client, args.StatusCode], ['sup', 0x1000000a], leave);
      const { failure } = await pair.ask(pair.a, sup, 'StopSilentMonitorRequest', { SMSessionKey: args.SMSessionKey! });
      assert.equal(failure?.code, 'CTIOS_NO_OBJECT', leave);
    }
  });

  it('begins even if another desktop disconnects while the other server is queried', async () => {
    const { pair, sup } = await desktops();
    const started = pair.a.request('StartSilentMonitorRequest', undefined, BODY, sup);
    pair.a.server.release('somebody else');
    await pair.pass();
    assert.equal((await started).outcome, 'confirmed');
    assert.equal(told(pair.a, 'OnSilentMonitorSessionDisconnected').length, 0);
  });

  it('ends for the requester when the last desktop that was asked disconnects', async () => {
    const { pair, sup } = await desktops();
    await pair.ask(pair.a, sup, 'StartSilentMonitorRequest', BODY);
    pair.b.server.release('desk');
    await pair.pass();
    assert.equal(to(pair.a, 'sup').at(-1), 'OnSilentMonitorSessionDisconnected');
  });

  it('ends at both ends when the link of the servers is lost', async () => {
    const { pair, sup } = await desktops();
    await pair.ask(pair.a, sup, 'StartSilentMonitorRequest', BODY);
    pair.cut();
    const ABNORMALLY = 0x10000000;
    for (const [center, client] of [
      [pair.a, 'sup'],
      [pair.b, 'desk'],
    ] as const) {
      const { args, to: audience } = center.last('OnSilentMonitorSessionDisconnected');
      assert.deepEqual([audience.client, args.StatusCode], [client, ABNORMALLY]);
    }
  });
});

describe('chat across the servers of a pair', () => {
  it('for an agent known only to the other server is checked there, by the level of the sender', async () => {
    for (const [agentChatLevel, code] of [
      ['team', 'CTIOS_NOT_ALLOWED'],
      ['unrestricted', undefined],
    ] as const) {
      const pair = await Pair.up({ agentChatLevel });
      const from = await pair.desktop(pair.a, 'desk', '1001');
      await pair.desktop(pair.b, 'new', '4711');
      const { failure } = await pair.ask(pair.a, from, 'SendChatMessage', { Target: '4711', Message: 'hello' });
      assert.equal(failure?.code, code);
      assert.equal(told(pair.b, 'OnChatMessage').length, code === undefined ? 1 : 0);
    }
  });

  it('finds an agent by a login name known only to the other server', async () => {
    const pair = await Pair.up({ agentChatLevel: 'unrestricted' });
    const from = await pair.desktop(pair.a, 'desk', '1001');
    await pair.desktop(pair.b, 'desk2', '1002');
    pair.b.tell({
      type: 'CONFIG_AGENT_EVENT',
      Records: [{ RecordType: 1, LoginID: '1002', FltPeripheralID: P, LoginName: 'Ada' }],
    } as MessageInit);
    const { outcome } = await pair.ask(pair.a, from, 'SendChatMessage', { LoginName: 'ada', Message: 'hello' });
    assert.equal(outcome, 'confirmed');
    assert.equal(told(pair.b, 'OnChatMessage')[0]?.args.AgentID, '1002');
    const nobody = await pair.ask(pair.a, from, 'SendChatMessage', { LoginName: 'Bob', Message: 'hello' });
    assert.match(nobody.failure?.message ?? '', /agent Bob at this server or its peers/);
  });
});

describe('an agent whose desktop disconnected from a server of a pair', () => {
  async function vanished(): Promise<{ pair: Pair; logouts: () => number }> {
    const pair = await Pair.up({ forceLogoutOnSessionClose: true });
    pair.a.link.answer('SET_AGENT_STATE_REQ', { type: 'SET_AGENT_STATE_CONF' });
    await pair.desktop(pair.a, 'desk', '1001');
    pair.hear(agentState('1001', '2001', 3));
    pair.a.server.release('desk', 'lost');
    return {
      pair,
      logouts: () => pair.a.link.sentOf('SET_AGENT_STATE_REQ').filter(({ AgentState }) => AgentState === 1).length,
    };
  }

  it('is logged out ten seconds after the other server has reported that the desktop is not there either', async () => {
    const { pair, logouts } = await vanished();
    await pair.pass(9_900);
    assert.equal(logouts(), 0);
    await pair.pass(400);
    assert.equal(logouts(), 1);
  });

  it('stays logged in if the desktop has connected to the other server', async () => {
    const { pair, logouts } = await vanished();
    await pair.desktop(pair.b, 'again', '1001');
    await pair.pass(60_000);
    assert.equal(logouts(), 0);
  });

  it('stays logged in if the desktop has reconnected', async () => {
    const { pair, logouts } = await vanished();
    await pair.desktop(pair.a, 'again', '1001');
    pair.hear(agentState('1001', '2001', 3));
    await pair.pass(60_000);
    assert.equal(logouts(), 0);
  });

  it('stays logged in while the other server does not respond, and is queried again when it does', async () => {
    const { pair, logouts } = await vanished();
    for (const wire of pair.network.wires) wire.deaf = wire.other.deaf = true;
    await pair.pass(15_000);
    assert.equal(logouts(), 0);
    await pair.pass(60_000);
    assert.equal(logouts(), 1);
  });

  it('has ten seconds from when the other server is back, because its desktop may be connecting', async () => {
    const { pair, logouts } = await vanished();
    pair.network.down.add('a').add('b');
    pair.cut();
    await pair.pass(60_000);
    pair.network.down.clear();
    const links = () => pair.network.events.get('a')!.filter(({ what }) => what === 'linked').length;
    const before = links();
    for (let second = 0; second < 40 && links() === before; second++) await pair.pass(1_000);
    assert.equal(logouts(), 0);
    await pair.pass(5_000);
    await pair.desktop(pair.b, 'again', '1001');
    await pair.pass(60_000);
    assert.equal(logouts(), 0);
  });

  it('stays logged in while the other server cannot be queried, and is queried when it can', async () => {
    const { pair, logouts } = await vanished();
    pair.network.down.add('a').add('b');
    pair.cut();
    await pair.pass(60_000);
    assert.equal(logouts(), 0);
    pair.network.down.clear();
    await pair.pass(40_000);
    assert.equal(logouts(), 1);
  });
});
