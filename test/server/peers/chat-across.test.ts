import assert from 'node:assert/strict';
import type { Session } from '../../../src/cil/index.js';
import type { Args } from '../../../src/ctios/index.js';
import type { ChatLevel, ObjectServerSettings } from '../../../src/server/index.js';
import type { PeerHubOptions } from '../../../src/server/peers/index.js';
import { Simulator } from '../../../src/simulator/index.js';
import { Cable, ServerOfPair } from './pair.js';

/** Supervisor 90001 leads the team of 1001, 1002 and 1003; 1001 is at A, the others at B. */
describe('chat between the servers of a pair', function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let a: ServerOfPair;
  let b: ServerOfPair;
  let cable: Cable | undefined;

  beforeEach(async () => {
    simulator = new Simulator({ agents: 3, traffic: 'off', automatic: false });
    await simulator.start();
    for (const agent of ['1001', '1002', '1003', '90001']) simulator.run('loginAgent', { agent });
  });

  afterEach(async () => {
    await a.stop();
    await b.stop();
    await cable?.close();
    cable = undefined;
    await simulator.stop();
  });

  /** A connects to B; both are linked. */
  async function pair(
    settings: Partial<ObjectServerSettings> = {},
    options: Partial<PeerHubOptions> = {},
    through = false,
  ) {
    b = await new ServerOfPair('b').start(simulator, settings);
    if (through) cable = await new Cable(() => b.listener.port).open();
    const port = cable?.port ?? b.listener.port;
    a = await new ServerOfPair('a', { urls: [`ws://127.0.0.1:${port}`], ...options }).start(simulator, settings);
    a.hub.start();
    await a.linked();
    await b.linked();
  }

  function messages(session: Session): Args[] {
    const seen: Args[] = [];
    session.subscribe('IAgentEvents', (event) => {
      if (event.event === 'OnChatMessage') seen.push(event.args);
    });
    return seen;
  }

  /** Resolves at the first chat message of a session. */
  const hears = (session: Session) =>
    new Promise<Args>((resolve) =>
      session.subscribe('IAgentEvents', (event) => {
        if (event.event === 'OnChatMessage') resolve(event.args);
      }),
    );

  const say = (session: Session, Target: string, Message = 'hello', answerMs?: number) =>
    session.request('SendChatMessage', {
      args: { Distribution: 'agent', Target, Message },
      ...(answerMs === undefined ? {} : { answerMs }),
    });

  async function codeOf(asked: Promise<unknown>): Promise<string | undefined> {
    try {
      await asked;
      return undefined;
    } catch (error) {
      return (error as { code: string }).code;
    }
  }

  const levels: [level: ChatLevel, target: string, code: string | undefined][] = [
    ['disabled', '90001', 'CTIOS_NOT_ALLOWED'],
    ['primarySupervisor', '90001', undefined],
    ['primarySupervisor', '1002', 'CTIOS_NOT_ALLOWED'],
    ['teamSupervisors', '90001', undefined],
    ['teamSupervisors', '1002', 'CTIOS_NOT_ALLOWED'],
    ['team', '1002', undefined],
    ['unrestricted', '1002', undefined],
  ];
  for (const [agentChatLevel, target, code] of levels) {
    it(`at level ${agentChatLevel} ${code === undefined ? 'reaches' : 'does not reach'} ${target === '1002' ? 'a colleague' : 'the supervisor'} at the other server`, async () => {
      await pair({ agentChatLevel });
      const from = await a.desktop('1001', '2001');
      const to = target === '1002' ? await b.desktop('1002', '2002') : await b.desktop('90001', '95001');
      const seen = messages(to);
      const heard = code === undefined ? hears(to) : undefined;
      assert.equal(await codeOf(say(from, target)), code);
      const args = await heard;
      if (args !== undefined) {
        assert.deepEqual([args.Source, args.Target, args.AgentID, args.Message], ['1001', target, target, 'hello']);
      }
      assert.equal(seen.length, code === undefined ? 1 : 0);
    });
  }

  it('is sent in the other direction over the same link, from a supervisor to an agent', async () => {
    await pair();
    const to = await a.desktop('1001', '2001');
    const from = await b.desktop('90001', '95001');
    const heard = hears(to);
    assert.equal(await codeOf(say(from, 'agent.5000.1001', 'Grüße')), undefined);
    assert.equal((await heard).Message, 'Grüße');
  });

  it('reaches every desktop of an agent with desktops at both servers, each once', async () => {
    await pair({ agentChatLevel: 'team' });
    const from = await a.desktop('1001', '2001');
    const desktops = [
      await a.desktop('1002', '2002'),
      await b.desktop('1002', '2002'),
      await b.desktop('1002', '2002'),
    ];
    const seen = desktops.map(messages);
    const heard = Promise.all(desktops.map(hears));
    assert.equal(await codeOf(say(from, '1002')), undefined);
    await heard;
    await a.until(({ what }) => what === 'ask ended');
    assert.deepEqual(
      seen.map((each) => each.length),
      [1, 1, 1],
    );
  });

  it('fails if the agent has no desktop at either server', async () => {
    await pair({ agentChatLevel: 'team' });
    const from = await a.desktop('1001', '2001');
    await assert.rejects(say(from, '1003'), {
      code: 'CTIOS_NO_RECIPIENT',
      message: /1003 at this server or its peers\./,
    });
  });

  it('names the peer that could not be reached', async () => {
    await pair({ agentChatLevel: 'team' });
    const from = await a.desktop('1001', '2001');
    await b.desktop('1002', '2002');
    await b.stop();
    await a.until(({ what }) => what === 'lost');
    await assert.rejects(say(from, '1002'), {
      code: 'CTIOS_NO_RECIPIENT',
      message: /there is no link to ws:\/\/127\.0\.0\.1:\d+ just now/,
    });
  });

  it('has an unknown result if the peer is lost before its response, and is not delivered twice when it is back', async () => {
    await pair({ agentChatLevel: 'team' }, {}, true);
    const from = await a.desktop('1001', '2001');
    const to = await b.desktop('1002', '2002');
    const seen = messages(to);
    const heard = hears(to);
    cable!.hold();
    const asked = codeOf(say(from, '1002'));
    await heard;
    cable!.cut();
    assert.equal(await asked, 'CTIOS_OUTCOME_UNKNOWN');
    assert.equal(seen.length, 1);
  });

  it('has an unknown result if the peer does not respond in time', async () => {
    await pair({ agentChatLevel: 'team' }, {}, true);
    const from = await a.desktop('1001', '2001');
    const to = await b.desktop('1002', '2002');
    const heard = hears(to);
    cable!.hold();
    const asked = codeOf(say(from, '1002', 'hello', 100));
    await heard;
    assert.equal(await asked, 'CTIOS_ANSWER_TIMEOUT');
  });

  it('is rejected by servers with a different secret, which report it', async () => {
    b = await new ServerOfPair('b', { secret: 'another secret altogether' }).start(simulator, {});
    a = await new ServerOfPair('a', { urls: [`ws://127.0.0.1:${b.listener.port}`] }).start(simulator, {});
    a.hub.start();
    const event = await a.until(({ what }) => what === 'not linked');
    assert.equal(event.what === 'not linked' && event.why.code, 'CTIOS_PEER_NOT_PROVEN');
    const from = await a.desktop('1001', '2001');
    await b.desktop('90001', '95001');
    assert.equal(await codeOf(say(from, '90001')), 'CTIOS_NO_RECIPIENT');
  });
});
