/** Dashboard 2: every browser gets the table of the team that it has selected. */
import { strict as assert } from 'node:assert';
import type { ExampleTest, OpenExample } from '../example-test.js';
import { received, withWidgets } from './browsers.js';

interface Row {
  agent: string;
  id: string;
  state: string;
  time: string;
  groups: string;
  team: number;
}

async function opened(open: OpenExample) {
  const test = await open(withWidgets({ world: { agents: 24, available: ['1001', '1024'] } }));
  const connect = async (socketId: string) => {
    await test.send('browsers come and go', { payload: 'connect', _client: { socketId } });
  };
  const rows = (socketId: string) => received(test, 'table', socketId).at(-1)?.payload as Row[];
  const row = (socketId: string, id: string) => rows(socketId).find((each) => each.id === id);
  return { test, connect, rows, row };
}

export const dashboardAgentList: ExampleTest = {
  example: 'dashboard/02 agent list',
  does: {
    'shows states, how long they last, and skill groups': async (open) => {
      const { test, connect, row, rows } = await opened(open);
      await connect('a');
      await test.advance('5.2 s');
      assert.deepEqual(
        { ...row('a', '1001') },
        {
          ...{ agent: 'Alex Andersen', id: '1001', state: 'Available', time: '00:00:05' },
          ...{ groups: 'Sales, Support', team: 1 },
        },
      );
      assert.deepEqual([row('a', '1002')!.state, row('a', '1002')!.time], ['Logged out', '']);
      assert.deepEqual(
        rows('a')
          .slice(0, 3)
          .map(({ id }) => id),
        ['1001', '1024', '1002'],
        'who is logged out comes last',
      );
      await test.call({ from: '2065550101', to: '8001' });
      await test.agent('1001').answer();
      await test.advance('61 s');
      assert.deepEqual([row('a', '1001')!.state, row('a', '1001')!.time], ['Talking', '00:01:01']);
      await test.deploy();
      await test.advance('1.5 s');
      assert.deepEqual([row('a', '1001')!.state, row('a', '1001')!.time], ['Talking', '00:01:02']);
    },

    'filters for each browser alone': async (open) => {
      const { test, connect, rows } = await opened(open);
      await connect('a');
      await connect('b');
      assert.deepEqual(
        received(test, 'team', 'b').map(({ payload }) => payload),
        [0],
      );
      await test.advance('2.2 s');
      const { options } = received(test, 'team').find((each) => each.ui_update !== undefined)!.ui_update!;
      assert.deepEqual({ ...options[0] }, { value: 0, label: 'All teams' });
      assert.match(options[2]!.label, /^Team 2 \(\w+ \w+\)$/);
      await test.send('team', { payload: 2, _client: { socketId: 'b' } });
      await test.send('team', { payload: 'hostile', _client: { socketId: 'a' } });
      await test.advance('1 s');
      const teams = (socketId: string) => [...new Set(rows(socketId).map(({ team }) => team))].sort();
      assert.deepEqual([teams('a'), teams('b')], [[1, 2], [2]]);
      await test.send('browsers come and go', { payload: 'lost', _client: { socketId: 'a' } });
      const before = received(test, 'table', 'a').length;
      await test.advance('3 s');
      assert.equal(received(test, 'table', 'a').length, before);
      assert.equal(received(test, 'team').filter((each) => each.ui_update !== undefined).length, 1, 'once is enough');
    },
  },
};
