/** Example 5: the page of any agent who logs in, which acts for that agent only. */
import { strict as assert } from 'node:assert';
import type { FlowTest } from '../../../src/testing/index.js';
import type { ExampleTest, OpenExample } from '../example-test.js';
import { keepsPageRules } from '../page-rules.js';

interface Told {
  state?: string;
  error?: string;
  calls?: Array<{ id: string; status: string; number: string; facts: Record<string, string> }>;
  buttons?: Array<{ id: string; enabled: boolean }>;
  history?: Array<{ number: string; seconds: number }>;
  lists?: Record<string, Array<[string, string]>>;
  team?: Array<{ id: string; name: string; state: string }>;
  watched?: Array<{ call: string; number: string; status: string }>;
  signIn?: { note?: string };
  token?: string;
  link?: { online: boolean };
}

async function opened(open: OpenExample): Promise<FlowTest> {
  const test = await open({ world: { agents: 2, available: ['1001'] } });
  await test.advance('2 s');
  assert.equal(test.agent('1001').state, 'Logout');
  return test;
}

/** A page, connected with a ticket. */
async function page(test: FlowTest) {
  const socket = await test.webSocket('/agent-desktop/live');
  const { ticket } = (await test.fetch('/agent-desktop/ticket', { method: 'POST' })).body as { ticket: string };
  await socket.send({ ticket });
  const told = () => socket.received as Told[];
  /** What it shows of its desk. */
  const desk = () =>
    told()
      .filter(({ state }) => state !== undefined)
      .at(-1)!;
  const say = async (what: object) => {
    await socket.send(what);
    await test.advance('0.2 s');
  };
  const logIn = async (agent: string, phone: string) => {
    await say({ logIn: { agent, phone, password: '' } });
    return told()
      .filter(({ token }) => token !== undefined)
      .at(-1)?.token;
  };
  const press = (button: string, more: object = {}) => say({ press: button, ...more });
  const note = () =>
    told()
      .filter(({ signIn }) => signIn !== undefined)
      .at(-1)?.signIn?.note;
  const enabled = () =>
    desk()
      .buttons!.filter((each) => each.enabled)
      .map(({ id }) => id);
  return { socket, told, desk, say, logIn, press, note, enabled };
}

export const agentDesktop: ExampleTest = {
  example: '05 agent desktop',
  does: {
    'takes a call from the ring to the history': async (open) => {
      const test = await opened(open);
      const { status, headers, body } = await test.fetch('/agent-desktop');
      assert.deepEqual(
        [status, /html/.test(String(headers['content-type'])), /<html/.test(String(body))],
        [200, true, true],
      );
      const { desk, logIn, press, enabled, note } = await page(test);
      assert.equal(typeof (await logIn('1001', '2001')), 'string');
      await press('Ready');
      assert.deepEqual([desk().state, test.agent('1001').state], ['Ready for calls', 'Available']);
      await test.call({ from: '2065550101', to: '8001', data: { CallVariable1: 'A-17' } });
      await test.advance('2 s');
      const [call] = desk().calls!;
      assert.deepEqual([call?.status, call?.number, call?.facts.Account], ['ringing', '2065550101', 'A-17']);
      assert.ok(enabled().includes('Answer'));
      for (const [button, state] of [
        ['Answer', 'talking'],
        ['Hold', 'on hold'],
        ['Retrieve', 'talking'],
      ] as const) {
        await press(button, { call: call!.id });
        assert.equal(desk().calls![0]?.status, state);
      }
      await press('Save', { call: call!.id, wrapup: 'Sold' });
      assert.equal(desk().calls![0]?.facts['Wrap-up'], 'Sold');
      await press('Transfer', { call: call!.id, number: 'no' });
      assert.match(desk().error!, /Enter a number/);
      await press('Hang up', { call: call!.id });
      assert.deepEqual([desk().calls, desk().history!.map(({ number }) => number)], [[], ['2065550101']]);
      await press('Not ready', { notReady: '1' });
      await press('Log out', { logout: '1' });
      assert.equal(note(), 'Logged out.');
      test.expect.nothingElse({
        except: ['to the page', 'ask for it', 'goes home', 'page', 'ticket', 'is gone already'],
      });
    },

    'acts for nobody without a token, and for its own agent only': async (open) => {
      const test = await opened(open);
      const [first, second] = [await page(test), await page(test)];
      await second.press('Ready');
      assert.equal(second.note(), 'Log in first.');
      await second.say({ token: 'forged' });
      assert.equal(second.note(), 'Log in again.');
      await second.logIn('4711', '2001');
      assert.match(second.note()!, /INVALID_AGENT_ID/);
      const token = await first.logIn('1001', '2001');
      await second.logIn('1002', '2002');
      await second.press('Ready', { agentId: '1001' });
      assert.deepEqual([test.agent('1001').state, test.agent('1002').state], ['NotReady', 'Available']);
      const third = await page(test);
      await third.say({ token });
      assert.equal(third.desk().state, 'Not ready');
      await third.press('Hang up', { call: 'call.1' });
      assert.match(third.desk().error!, /./);
      const unknown = await test.webSocket('/agent-desktop/live');
      await unknown.send({ ticket: 'forged' });
      await test.advance('3 s');
      assert.deepEqual(unknown.received, []);
    },

    'shows the team to a supervisor, and the words of a CRM to all': async (open) => {
      const test = await opened(open);
      const [agent, supervisor] = [await page(test), await page(test)];
      await agent.logIn('1001', '2001');
      await supervisor.logIn('90001', '95001');
      await agent.press('Ready');
      await test.advance('1 s');
      const member = supervisor.desk().team!.find(({ id }) => id.endsWith('.1001'))!;
      assert.equal(member.state, 'Ready for calls');
      await supervisor.press('Watch', { member: member.id });
      await test.call({ from: '2065550101', to: '8001' });
      await test.agent('1001').answer();
      await test.advance('1 s');
      assert.deepEqual(
        supervisor.desk().watched!.map(({ status }) => status),
        ['talking'],
      );
      await test.inject('words of a CRM');
      assert.deepEqual(agent.desk().lists!.wrapup, [
        ['Sold', 'Sold'],
        ['No interest', 'No interest'],
        ['To be called back', 'To be called back'],
      ]);
    },

    'lets a supervisor listen to a call, join it, take it over, and leave it': async (open) => {
      const test = await opened(open);
      const [agent, supervisor] = [await page(test), await page(test)];
      await agent.logIn('1001', '2001');
      await supervisor.logIn('90001', '95001');
      await agent.press('Ready');
      await test.advance('1 s');
      const member = supervisor.desk().team!.find(({ id }) => id.endsWith('.1001'))!.id;
      await supervisor.press('Watch', { member });
      await supervisor.press('Listen', { member });
      assert.match(supervisor.desk().error!, /Choose an agent with a call/);
      await test.call({ from: '2065550101', to: '8001' });
      await test.agent('1001').answer();
      await test.advance('1 s');
      assert.deepEqual(supervisor.desk().calls, []);
      /** How many phones are in the customer's call, and whom the supervisor and the agent talk with, after a button. */
      const after = async (button: string) => {
        await supervisor.press(button, { member, call: supervisor.desk().watched![0]!.call });
        await test.advance('1 s');
        const { calls } = await test.simulate('calls', {});
        const [supervisors, agents] = [supervisor, agent].map((each) => each.desk().calls!.map(({ status }) => status));
        const phones = calls.find(({ to }) => to === '8001')!.parties.map(({ device }) => device);
        return [phones.toSorted(), supervisors, supervisor.desk().error, agents?.includes('talking')];
      };
      const customer = '2065550101';
      assert.deepEqual(await after('Listen'), [['2001', customer], ['talking'], undefined, true]);
      assert.deepEqual(await after('Leave'), [['2001', customer], [], undefined, true]);
      assert.deepEqual(await after('Barge in'), [['2001', customer, '95001'], ['talking'], undefined, true]);
      assert.deepEqual(await after('Leave'), [['2001', customer], [], undefined, true]);
      assert.deepEqual(
        (await after('Take over'))[2],
        'SuperviseCall: a call can be intercepted only after a barge-in.',
      );
      await after('Barge in');
      assert.deepEqual(await after('Take over'), [[customer, '95001'], ['talking'], undefined, false]);
    },

    'joins the customer, the agent and a colleague who was consulted': async (open) => {
      const test = await open({ world: { agents: 3, available: ['1003'] } });
      await test.advance('2 s');
      const { desk, logIn, press, enabled } = await page(test);
      await (await page(test)).logIn('1002', '2002');
      await logIn('1001', '2001');
      await press('Ready');
      await test.call({ from: '2065550101', to: '8001' });
      await test.advance('1 s');
      await press('Answer', { call: desk().calls![0]!.id });
      await press('Consult', { call: desk().calls![0]!.id, number: '2002' });
      await test.advance('1 s');
      assert.deepEqual(
        desk().calls!.map(({ facts }) => [facts.Number, facts.Dialed]),
        [
          ['2065550101', '8001'],
          ['2002', ''],
        ],
        'of the call that the agent makes, the other end',
      );
      await test.agent('1002').answer();
      await test.advance('1 s');
      const talking = () => desk().calls!.find(({ status }) => status === 'talking')!.id;
      const may = (...names: string[]) => names.map((each) => enabled().includes(each));
      await press('Alternate', { call: talking() });
      await test.advance('1 s');
      // It would end the customer's call.
      assert.deepEqual(may('Alternate', 'Back to the caller'), [true, false]);
      await press('Alternate', { call: talking() });
      await test.advance('1 s');
      assert.deepEqual(may('Back to the caller'), [true]);
      assert.deepEqual(may('Complete transfer', 'Conference'), [true, true]);
      await press('Conference', { call: talking() });
      await test.advance('1 s');
      const { calls } = await test.simulate('calls', {});
      assert.deepEqual(
        calls.map(({ parties }) => parties.map(({ device }) => device).toSorted()),
        [['2001', '2002', '2065550101']],
      );
    },

    'shows a supervisor each call of who is watched once, also after a transfer': async (open) => {
      const test = await open({ world: { agents: 3, available: ['1003'] } });
      await test.advance('2 s');
      const [first, second, supervisor] = [await page(test), await page(test), await page(test)];
      await first.logIn('1001', '2001');
      await second.logIn('1002', '2002');
      await supervisor.logIn('90001', '95001');
      await first.press('Ready');
      await test.advance('1 s');
      const member = supervisor.desk().team!.find(({ id }) => id.endsWith('.1002'))!;
      await supervisor.press('Watch', { member: member.id });
      await test.call({ from: '2065550101', to: '8001' });
      await test.advance('2 s');
      await test.agent('1001').answer();
      await test.agent('1001').consult('2002');
      await test.agent('1002').answer();
      await test.advance('1 s');
      assert.equal(supervisor.desk().watched!.length, 1);
      await test.agent('1001').transfer();
      await test.advance('1 s');
      assert.deepEqual(
        supervisor.desk().watched!.map(({ status }) => status),
        ['talking'],
      );
      await test.agent('1002').hangUp();
      await test.advance('1 s');
      assert.deepEqual(supervisor.desk().watched, []);
    },

    'keeps desks and calls through a deploy': async (open) => {
      const test = await opened(open);
      const first = await page(test);
      const token = await first.logIn('1001', '2001');
      await first.press('Ready');
      await test.call({ from: '2065550101', to: '8001' });
      await test.agent('1001').answer();
      await test.deploy();
      const again = await page(test);
      await test.advance('3 s');
      await again.say({ token });
      assert.deepEqual([again.note(), again.desk()?.calls?.[0]?.status], [undefined, 'talking']);
      test.expect.message({ node: 'an agent’s calls', match: { check: '1001' } });
      // An agent whose session has ended meanwhile has no desk.
      await test.inject('an agent’s calls', { check: '1001', ctios: { agentId: '4711' } });
      assert.equal(again.note(), 'Log in again.');
    },

    'tells the page how the link stands': async (open) => {
      const test = await opened(open);
      const { told, socket } = await page(test);
      const online = () =>
        told()
          .filter(({ link }) => link !== undefined)
          .at(-1)!.link!.online;
      await test.advance('5 s');
      assert.equal(online(), true);
      await test.link.goesDown();
      await test.advance('5 s');
      assert.equal(online(), false);
      await keepsPageRules(test, 'agent-desktop', socket);
    },
  },
};
