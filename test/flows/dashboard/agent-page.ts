/** Dashboard 3: whose desk it is depends on the socket that the Dashboard reports, and on nothing that a browser says. */
import { strict as assert } from 'node:assert';
import type { FlowTest } from '../../../src/testing/index.js';
import type { ExampleTest, OpenExample } from '../example-test.js';
import { received, withWidgets } from './browsers.js';

interface Desk {
  agent: string;
  state: string;
  calls: Array<{ id: string; number: string; status: string; current: boolean; facts: Record<string, string> }>;
  buttons: Array<{ name: string; enabled: boolean }>;
  colleagues: Array<{ value: string; title: string }>;
  reasons: Record<string, Array<{ title: string; value: string }>>;
}
interface Told {
  desk?: Desk | null;
  note?: string;
  token?: string;
  probe?: string;
}

type Desks = Record<string, { digest: string; calls: Record<string, object> }>;

const BUTTONS = ['Answer', 'Hold', 'Retrieve', 'Hang up', 'Ready', 'Not ready', 'Log out', 'Call'];

async function opened(open: OpenExample): Promise<FlowTest> {
  const test = await open(withWidgets({ world: { agents: 2, available: ['1001'] } }));
  await test.advance('2 s');
  assert.equal(test.agent('1001').state, 'Logout');
  return test;
}

/** A browser with the page open. */
async function browser(test: FlowTest, socketId: string, token?: string, reasons?: object) {
  const _client = { socketId };
  const told = () => received(test, 'the desk', socketId).map(({ payload }) => payload as Told);
  const send = async (widget: string, payload: unknown, more: object = {}) => {
    // The Dashboard sets the topic of buttons and forms from their properties.
    await test.send(widget, { topic: widget, payload, _client, ...more });
    await test.advance('0.2 s');
  };
  const last = (key: keyof Told) =>
    told()
      .filter((each) => each[key] !== undefined)
      .at(-1)?.[key];
  const logIn = async (agent: string, phone: string) => {
    await send('log in', { agent, phone, password: '' });
    return last('token') as string | undefined;
  };
  const enabled = () => BUTTONS.filter((button) => received(test, button, socketId).at(-1)?.enabled === true);
  const form = () => received(test, 'log in', socketId).at(-1)?.visible;
  await send('the desk', { hello: true, ...(token !== undefined && { token }), ...(reasons && { reasons }) });
  return {
    ...{ send, logIn, enabled, form, told },
    desk: () => last('desk') as Desk,
    /** The buttons beside the number. */
    near: () => [...(last('desk') as Desk).buttons].flatMap(({ name, enabled: may }) => (may ? [name] : [])),
    note: () => last('note'),
    press: (button: string) => send(button, ''),
  };
}

export const dashboardAgentPage: ExampleTest = {
  example: 'dashboard/03 agent page',
  does: {
    'takes a call from the ring to the end, and dials': async (open) => {
      const test = await opened(open);
      for (const button of BUTTONS)
        assert.deepEqual(
          received(test, button).map(({ enabled, _client }) => [enabled, _client]),
          [[false, undefined]],
          'disabled for whoever comes',
        );
      const { desk, logIn, press, send, enabled, form, note } = await browser(test, 'a');
      assert.deepEqual([desk(), form(), enabled()], [null, true, []]);
      assert.equal(typeof (await logIn('1001', '2001')), 'string');
      assert.deepEqual([form(), desk().agent], [false, 'Alex Andersen (1001)']);
      await press('Ready');
      assert.deepEqual([desk().state, test.agent('1001').state], ['Ready for calls', 'Available']);
      assert.deepEqual(enabled(), ['Not ready', 'Call']);
      await test.call({ from: '2065550101', to: '8001', data: { CallVariable1: 'A-17', CallVariable2: 'Delivery' } });
      await test.advance('2 s');
      const [call] = desk().calls;
      assert.deepEqual([call?.status, call?.number, call?.current], ['ringing', '2065550101', true]);
      assert.deepEqual({ ...call?.facts }, { Dialed: '8001', Account: 'A-17', Reason: 'Delivery' });
      assert.deepEqual(enabled(), ['Answer']);
      for (const [button, state, next] of [
        ['Answer', 'talking', 'Hold'],
        ['Hold', 'on hold', 'Retrieve'],
        ['Retrieve', 'talking', 'Hold'],
      ] as const) {
        await press(button);
        assert.equal(desk().calls[0]?.status, state);
        assert.deepEqual(
          ['Answer', 'Hold', 'Retrieve'].filter((each) => enabled().includes(each)),
          [next],
        );
      }
      await press('Hang up');
      assert.equal(desk().calls.length, 0);
      await press('Not ready');
      await send('Call', { number: 'no' });
      assert.match(String(note()), /Enter a number/);
      await send('Call', { number: '912065550199' });
      assert.deepEqual([note(), desk().calls[0]?.number], ['', '912065550199']);
      await press('Hang up');
      await press('Log out');
      assert.deepEqual([note(), form(), desk(), enabled()], ['Logged out.', true, null, []]);
    },

    'consults a colleague from the list and transfers the call, in two steps or in one': async (open) => {
      const test = await opened(open);
      const [first, second] = [await browser(test, 'a'), await browser(test, 'b')];
      await first.logIn('1001', '2001');
      assert.equal(first.desk().colleagues.length, 0);
      await second.logIn('1002', '2002');
      await second.press('Ready');
      assert.deepEqual(
        [first, second].map(({ desk }) => [...desk().colleagues].map(({ value, title }) => [value, title])),
        [[['2002', 'Bianca Brown (1002): Ready for calls']], [['2001', 'Alex Andersen (1001): Not ready']]],
      );
      await first.press('Ready');
      for (const inTwoSteps of [true, false]) {
        await test.call({ from: '2065550101', to: '8001' });
        await test.advance('1 s');
        await first.press('Answer');
        assert.deepEqual(first.near(), ['Consult', 'Transfer']);
        await first.send('the desk', { press: 'Consult', number: 'Bianca' });
        assert.match(String(first.note()), /Enter a number/);
        await first.send('the desk', { press: inTwoSteps ? 'Consult' : 'Transfer', number: '2002' });
        await test.advance('1 s');
        await second.press('Answer');
        if (inTwoSteps) {
          assert.deepEqual(first.near(), ['Alternate', 'Back to the caller', 'Complete transfer', 'Conference']);
          const talking = () => first.desk().calls.find(({ status }) => status === 'talking')?.number;
          const consulted = talking();
          await first.send('the desk', { press: 'Alternate' });
          assert.notEqual(talking(), consulted);
          // It would end the customer's call.
          assert.equal(first.near().includes('Back to the caller'), false);
          await first.send('the desk', { press: 'Alternate' });
          await first.send('the desk', { press: 'Back to the caller' });
          assert.deepEqual([first.desk().calls.length, second.desk().calls.length], [1, 0]);
          await second.press('Ready');
          await first.send('the desk', { press: 'Consult', number: '2002' });
          await test.advance('1 s');
          await second.press('Answer');
          await first.send('the desk', { press: 'Complete transfer' });
        }
        assert.deepEqual(
          [first.desk().calls.length, [...second.desk().calls].map(({ status }) => status)],
          [0, ['talking']],
        );
        await second.press('Hang up');
        await first.press('Ready');
        await second.press('Ready');
      }
      // Only what is in the table can be asked for, and only by an agent.
      await first.send('the desk', { press: 'SuperviseCall', number: '2002' });
      const third = await browser(test, 'c');
      await third.send('the desk', { press: 'Transfer', number: '2002' });
      assert.equal(third.note(), 'Log in first.');
    },

    'joins the customer, the agent and a colleague who was consulted': async (open) => {
      const test = await opened(open);
      const [first, second] = [await browser(test, 'a'), await browser(test, 'b')];
      await first.logIn('1001', '2001');
      await second.logIn('1002', '2002');
      await first.press('Ready');
      await test.call({ from: '2065550101', to: '8001' });
      await test.advance('1 s');
      await first.press('Answer');
      await first.send('the desk', { press: 'Consult', number: '2002' });
      await test.advance('1 s');
      const [consult] = second.desk().calls;
      assert.deepEqual([consult?.number, { ...consult?.facts }.Dialed], ['2065550101', '2002']);
      const [, made] = first.desk().calls;
      assert.deepEqual([made?.number, { ...made?.facts }.Dialed], ['2002', undefined], 'the other end, once');
      await second.press('Answer');
      await first.send('the desk', { press: 'Conference' });
      await test.advance('1 s');
      const { calls } = await test.simulate('calls', {});
      assert.deepEqual(
        calls.map(({ parties }) => parties.map(({ device }) => device).toSorted()),
        [['2001', '2002', '2065550101']],
      );
    },

    'gives a reason for not ready and for the log-out': async (open) => {
      const test = await opened(open);
      const first = await browser(test, 'a');
      const token = await first.logIn('1001', '2001');
      const lists = { notReady: { Lunch: 3, Training: 4 }, logout: { 'End of shift': 9 } };
      await test.inject('the site’s reasons', { payload: lists });
      const [reason, other] = first.desk().reasons.notReady!;
      const [atLogout] = first.desk().reasons.logout!;
      assert.ok(reason && other && atLogout, 'the lists of the site');
      assert.deepEqual({ ...reason }, { title: 'Lunch', value: '3' });
      await first.press('Ready');
      await first.send('the desk', { reasons: { notReady: reason.value } });
      await first.press('Not ready');
      assert.equal(first.desk().state, `Not ready: ${reason.title}`);
      // A reload keeps what is chosen.
      const again = await browser(test, 'b', token, { notReady: other.value, logout: atLogout.value });
      await again.press('Ready');
      await again.press('Not ready');
      assert.equal(again.desk().state, `Not ready: ${other.title}`);
      await again.press('Log out');
      test.expect.message({ node: 'ask for it', match: { topic: 'Logout', payload: { EventReasonCode: 9 } } });
    },

    'shows and does only what belongs to the agent of the socket': async (open) => {
      const test = await opened(open);
      const [first, second, third] = [await browser(test, 'a'), await browser(test, 'b'), await browser(test, 'c')];
      await second.press('Ready');
      assert.equal(second.note(), 'Log in first.');
      await second.send('the desk', { hello: true, token: 'forged' });
      assert.equal(second.note(), 'Log in again.');
      await second.logIn('x', '2001');
      assert.equal(second.note(), 'Enter your agent ID.');
      await second.logIn('4711', '2001');
      assert.match(String(second.note()), /INVALID_AGENT_ID/);
      const token = await first.logIn('1001', '2001');
      await second.logIn('1002', '2002');
      // What a browser adds to its messages changes nothing.
      const forged = { loggingIn: '1001', agentId: '1001', check: '1001', ctios: { agentId: '1001' }, from: 'start' };
      await second.send('Ready', { agentId: '1001' }, forged);
      await second.send('the desk', { agentId: '1001' }, { ...forged, topic: 'start' });
      assert.deepEqual([test.agent('1001').state, test.agent('1002').state], ['NotReady', 'Available']);
      assert.equal(second.desk().agent, 'Bianca Brown (1002)');
      const before = third.told().length;
      await test.call({ from: '2065550101', to: '8002' });
      await test.advance('1 s');
      assert.deepEqual([first.desk().calls.length, second.desk().calls.length], [0, 1]);
      await first.press('Answer');
      assert.equal(second.desk().calls[0]?.status, 'ringing');
      assert.ok(String(first.note()).length > 5, 'the server refuses what was not enabled');
      await second.press('Answer');
      assert.equal(second.desk().calls[0]?.status, 'talking');
      await first.send('the desk', { choose: second.desk().calls[0]!.id });
      assert.equal(third.told().length, before, 'who is not logged in gets nothing');
      // A reload: another socket, the same token. A log-in elsewhere takes the desk over.
      const again = await browser(test, 'd', token);
      assert.deepEqual([again.desk().agent, again.form()], ['Alex Andersen (1001)', false]);
      await third.logIn('1001', '2001');
      assert.match(String(again.note()), /another window/);
      assert.equal(again.desk(), null);
      // A message that the Dashboard adds no client to is nobody's.
      await test.send('Log out', { topic: 'Log out', payload: '' });
      assert.equal(test.agent('1002').state, 'Talking');
      // A browser that has left gets nothing.
      await test.send('browsers come and go', { payload: 'lost', _client: { socketId: 'c' } });
      const left = third.told().length;
      await test.simulate('setAgentState', { agent: '1001', state: 'Available' });
      await test.advance('1 s');
      assert.equal(third.told().length, left);
    },

    'keeps desks and calls through a deploy': async (open) => {
      const test = await opened(open);
      const first = await browser(test, 'a');
      const token = await first.logIn('1001', '2001');
      await first.press('Ready');
      await test.call({ from: '2065550101', to: '8001' });
      await test.advance('1 s');
      await first.press('Answer');
      await test.deploy();
      await test.advance('2 s');
      assert.ok(
        received(test, 'the desk').some(({ payload, _client }) => (payload as { who?: boolean }).who && !_client),
      );
      const again = await browser(test, 'a', token);
      assert.deepEqual([again.note(), again.desk().calls[0]?.status, again.form()], ['', 'talking', false]);
      assert.ok(again.enabled().includes('Hang up'));
      // What is stored may be out of date: a call that has ended, and an agent without a session.
      const { flow } = test.node('the desks').context() as {
        flow: { get(key: string): Desks; set(key: string, to: Desks): void };
      };
      const desks = flow.get('desks');
      flow.set('desks', {
        '1001': { ...desks['1001']!, calls: { ...desks['1001']!.calls, 'call.9': { status: 'talking' } } },
        '1002': { ...desks['1001']!, digest: 'of another token', calls: {} },
      });
      await test.deploy();
      await test.advance('2 s');
      const third = await browser(test, 'c', token);
      assert.deepEqual(
        [...third.desk().calls].map(({ status }) => status),
        ['talking'],
      );
      assert.deepEqual(Object.keys(flow.get('desks')), ['1001']);
    },

    'refuses log-ins if the Dashboard sends every message to every browser': async (open) => {
      const test = await opened(open);
      const first = await browser(test, 'a');
      await first.logIn('1001', '2001');
      await first.send('the desk', { probe: 'guessed' });
      assert.equal(first.desk().agent, 'Alex Andersen (1001)');
      const [{ payload }] = received(test, 'the desk', 'nobody') as [{ payload: Told }];
      await first.send('the desk', { probe: payload.probe });
      assert.equal(first.desk(), null);
      assert.match(String(first.note()), /tick ui-template, ui-button and ui-form/);
      const second = await browser(test, 'b');
      assert.equal(await second.logIn('1002', '2002'), undefined);
      assert.match(String(second.note()), /sends every message/);
      assert.equal(test.agent('1002').state, 'Logout');
    },
  },
};
