/** Requests between desktops of different servers: three servers on the in-memory engine. */
import assert from 'node:assert/strict';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import type { Args } from '../../src/ctios/index.js';
import type { MessageInit, MessageOf } from '../../src/ged188/index.js';
import type { ObjectServerRequester, ObjectServerSettings, RequestResult } from '../../src/server/index.js';
import { StreamPeers } from '../../src/stream/index.js';
import { agentState, Center, P } from '../server/objects/center.js';
import { MemoryBroker } from './memory-engine.js';
import { pass } from './pass.js';

interface Side {
  readonly center: Center;
  readonly engine: ReturnType<MemoryBroker['connect']>;
}

describe('desktops on different servers of a site', () => {
  let clock: VirtualClock;
  let broker: MemoryBroker;
  let a: Side;
  let b: Side;
  let c: Side;

  async function servers(settings: Partial<ObjectServerSettings> = {}): Promise<void> {
    clock = new VirtualClock();
    broker = new MemoryBroker(clock);
    const side = async (name: string): Promise<Side> => {
      const engine = broker.connect();
      const peers = new StreamPeers({ engine, site: 'berlin', name, clock, id: `id-${name}` });
      const center = await Center.up(settings, clock, peers);
      peers.start();
      center.link.answer('QUERY_AGENT_STATE_REQ', ({ AgentID }: MessageOf<'QUERY_AGENT_STATE_REQ'>) => ({
        type: 'QUERY_AGENT_STATE_CONF',
        AgentState: 1,
        ...(AgentID === undefined ? {} : { AgentID }),
      }));
      center.link.answer('AGENT_DESK_SETTINGS_REQ', { type: 'AGENT_DESK_SETTINGS_CONF', PeripheralID: P });
      center.link.answer('SET_AGENT_STATE_REQ', { type: 'SET_AGENT_STATE_CONF' });
      return { center, engine };
    };
    [a, b, c] = [await side('a'), await side('b'), await side('c')];
    hear({
      type: 'AGENT_TEAM_CONFIG_EVENT',
      PeripheralID: P,
      TeamID: 1,
      ConfigOperation: 1,
      AgentTeamName: 'Alpha',
      TeamMembers: (
        [
          ['1001', 0],
          ['90001', 5],
        ] as const
      ).map(([AtcAgentID, AgentFlags]) => ({ AtcAgentID, AgentFlags, AtcAgentState: 1, AtcStateDuration: 0 })),
    });
    await pass(clock, 3_000);
  }

  function hear(...messages: MessageInit[]): void {
    for (const { center } of [a, b, c]) center.tell(...messages);
  }

  async function desktop({ center }: Side, clientId: string, AgentID: string): Promise<ObjectServerRequester> {
    await center.request('SetAgent', undefined, { AgentID }, { clientId, mode: 'none' });
    await pass(clock, 100);
    return { clientId, mode: 'agent', agent: `agent.${P}.${AgentID}` };
  }

  async function ask({ center }: Side, from: ObjectServerRequester, name: string, args: Args): Promise<RequestResult> {
    const result = center.request(name, undefined, args, from);
    await pass(clock, 100);
    return result;
  }

  const logouts = ({ center }: Side): number =>
    center.link.sentOf('SET_AGENT_STATE_REQ').filter(({ AgentState }) => AgentState === 1).length;

  it('exchange chat messages across servers', async () => {
    await servers();
    const supervisor = await desktop(a, 'sup', '90001');
    await desktop(c, 'desk', '1001');
    const { outcome } = await ask(a, supervisor, 'SendChatMessage', { Target: '1001', Message: 'hello' });
    assert.equal(outcome, 'confirmed');
    assert.equal(c.center.last('OnChatMessage').args.Message, 'hello');
    c.engine.cut = true;
    await pass(clock, 7_000);
    const { failure } = await ask(a, supervisor, 'SendChatMessage', { Target: '1001', Message: 'hello' });
    assert.equal(failure?.code, 'CTIOS_NO_RECIPIENT');
  });

  it('monitor each other silently until one of their servers stops', async () => {
    await servers({ ccmBasedSilentMonitor: false });
    const supervisor = await desktop(a, 'sup', '90001');
    const agent = await desktop(c, 'desk', '1001');
    hear(agentState('1001', '2001', 3));
    const body = { AgentID: '1001', PeripheralID: P, MonitoringIPAddress: '10.0.0.9' };
    const times = { HeartbeatInterval: 5, HeartbeatTimeout: 15 };
    const started = await ask(a, supervisor, 'StartSilentMonitorRequest', { ...body, ...times });
    assert.equal(started.conf?.event, 'OnStartSilentMonitorConf');
    const asked = c.center.last('OnSilentMonitorStartRequestedEvent');
    assert.equal(asked.args.OriginatingServerID, 'a/id-a');
    const accepted = await ask(c, agent, 'AcceptSilentMonitoring', { ...asked.args });
    assert.equal(accepted.outcome, 'confirmed');
    assert.equal(a.center.last('OnSilentMonitorStatusReportEvent').args.StatusCode, 3);
    c.engine.cut = true;
    await pass(clock, 7_000);
    assert.equal(a.center.last('OnSilentMonitorSessionDisconnected').to.client, 'sup');
  });

  describe('orphaned agents with --force-logout', () => {
    async function vanished(): Promise<void> {
      await servers({ forceLogoutOnSessionClose: true });
      await desktop(a, 'desk', '1001');
      hear(agentState('1001', '2001', 3));
      a.center.server.release('desk', 'lost');
    }

    it('are logged out if no server has them after ten seconds, even if a server has failed meanwhile', async () => {
      await vanished();
      b.engine.cut = true;
      await pass(clock, 9_000);
      assert.equal(logouts(a), 0);
      await pass(clock, 12_000);
      assert.equal(logouts(a), 1);
    });

    it('stay logged in if they are on any other server', async () => {
      await vanished();
      await desktop(c, 'again', '1001');
      await pass(clock, 60_000);
      assert.equal(logouts(a), 0);
    });

    it('stay logged in while NATS is unreachable, and their servers are queried after it is back', async () => {
      await vanished();
      broker.reachable = false;
      await pass(clock, 60_000);
      assert.equal(logouts(a), 0);
      broker.reachable = true;
      await pass(clock, 25_000);
      assert.equal(logouts(a), 1);
    });
  });
});
