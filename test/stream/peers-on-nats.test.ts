/** Three `ctios-server` processes and a real nats-server: requests between desktops of different servers. */
import assert from 'node:assert/strict';
import { NatsServer } from '../../scripts/ha/nats-server.js';
import { ServerProcess } from '../../scripts/ha/server-process.js';
import { Session, webSocketConnector } from '../../src/cil/index.js';
import { systemClock } from '../../src/common/clock.js';
import type { PeerResult } from '../../src/server/peers/index.js';
import { Simulator } from '../../src/simulator/index.js';
import { NatsEngine, StreamPeers } from '../../src/stream/index.js';
import { needsNatsServer } from './needs-nats-server.js';

describe('three servers of a site on NATS', function () {
  this.timeout(60_000);
  let nats: NatsServer;
  let simulator: Simulator;
  const servers: ServerProcess[] = [];
  const sessions: Session[] = [];

  beforeEach(async function () {
    needsNatsServer(this);
    nats = await new NatsServer().start();
    simulator = new Simulator({ agents: 3, traffic: 'off', automatic: false });
    const { portA } = await simulator.start();
    for (const agent of ['1001', '90001']) simulator.run('loginAgent', { agent });
    for (const name of ['one', 'two', 'three'])
      servers.push(await new ServerProcess(name, portA, nats.url, ['--health', '0']).started());
  });

  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.disconnect();
    for (const server of servers.splice(0)) server.kill('SIGKILL');
    await simulator?.stop();
    await nats?.remove();
  });

  async function desktop(server: ServerProcess, AgentID: string, AgentInstrument: string): Promise<Session> {
    const session = new Session({ connectors: [webSocketConnector(server.url)] });
    sessions.push(session);
    session.connect();
    while (!session.status.online)
      await new Promise<void>((changed) => {
        const stop = session.onStatus(() => {
          stop();
          changed();
        });
      });
    await session.setAgent({ AgentID, PeripheralID: 5000, AgentInstrument });
    return session;
  }

  it('deliver chat messages without configuration of peers, and detect that one of them was killed', async () => {
    const [one, two, three] = servers as [ServerProcess, ServerProcess, ServerProcess];
    for (const server of servers)
      for (const name of ['one', 'two', 'three'])
        if (name !== server.name) await server.logged('peer linked', ({ peer }) => peer === name);
    const supervisor = await desktop(one, '90001', '95001');
    const agent = await desktop(three, '1001', '2001');
    const heard = new Promise<unknown>((hear) =>
      agent.subscribe('IAgentEvents', ({ event, args }) => {
        if (event === 'OnChatMessage') hear(args.Message);
      }),
    );
    const chat = { Distribution: 'agent', Target: '1001', Message: 'walnut' };
    await supervisor.request('SendChatMessage', { args: chat });
    assert.equal(await heard, 'walnut');
    const { peers } = (await one.health()) as { peers: Array<{ peer: string; linked: boolean }> };
    assert.deepEqual(peers.map(({ peer }) => peer).sort(), ['three', 'two']);

    three.kill('SIGKILL');
    for (const server of [one, two]) await server.logged('peer lost', ({ peer }) => peer === 'three');
    await assert.rejects(supervisor.request('SendChatMessage', { args: chat }), { code: 'CTIOS_NO_RECIPIENT' });
  });

  it('report that a request had no effect if the server is gone, and an unknown result if it does not respond', async () => {
    const engine = new NatsEngine({ servers: [nats.url], site: 'site', name: 'test' }, systemClock, () => {});
    const linked = new Set<string>();
    let wake = (): void => {};
    const peers = new StreamPeers({ engine, site: 'site', name: 'test', clock: systemClock });
    peers.watch({
      linked: ({ name }) => {
        linked.add(name);
        wake();
      },
    });
    engine.start();
    peers.start();
    try {
      while (linked.size < 3) await new Promise<void>((resolve) => (wake = resolve));
      const [one, two, three] = ['one', 'two', 'three'].map((name) => peers.linked.find((peer) => peer.name === name)!);
      const ask = (to: typeof one) =>
        new Promise<PeerResult<unknown>>((resolve) =>
          peers.ask(to!, 'CountDesktops', { PeripheralID: 5000, AgentID: '1001' }, 1_500, resolve),
        );
      assert.deepEqual(await ask(one), { outcome: 'answered', answer: { Desktops: 0 } });
      servers[1]!.kill('SIGSTOP');
      const stopped = await ask(two);
      servers[1]!.kill('SIGCONT');
      assert.deepEqual([stopped.outcome, 'code' in stopped && stopped.code], ['unknown', 'CTIOS_PEER_TIMEOUT']);
      await servers[2]!.end('SIGKILL');
      const gone = await ask(three);
      assert.deepEqual([gone.outcome, 'code' in gone && gone.code], ['failed', 'CTIOS_PEER_LOST']);
    } finally {
      await peers.stop();
      await engine.close();
    }
  });
});
