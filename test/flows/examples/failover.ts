/** Example 7: both CTI Servers are down for five seconds, and the flow knows what it has missed. */
import { strict as assert } from 'node:assert';
import type { ExampleTest } from '../example-test.js';

export const failover: ExampleTest = {
  example: '07 failover seen from a flow',
  does: {
    'tells of the outage, and which calls were missed in it': async (open) => {
      const test = await open({ world: { agents: 8, available: ['1001', '1002', '1003'] } });
      for (const topic of ['OnConnection', 'OnMonitorModeEstablished'])
        test.expect.message({ node: 'session', match: { topic } });
      const first = await test.call({ from: '2065550101', to: '8001' });
      await test.agent('1001').answer();
      test.expect.message({ node: 'observed live', match: { topic: 'OnCallDelivered' } });
      test.expect.message({ node: 'observed live', match: { topic: 'OnCallEstablished' } });
      await test.eventually.message({ node: 'status', match: { 'status.text': /offline/ }, within: '9 s' });
      test.expect.message({ node: 'session', match: { topic: 'OnCTIOSFailure' }, inOrder: false });
      await first.hangUp();
      await test.call({ from: '2065550102', to: '8001' });
      await test.advance('4.9 s');
      test.expect.noMessage({ node: 'outage over' });
      await test.eventually.message({ node: 'outage over', within: '1 s' });
      await test.eventually.message({
        node: 'missed',
        match: {
          topic: /^\d+ s: 1 calls new, 1 ended$/,
          payload: {
            callsEnded: 1,
            callsNew: 1,
            seconds: (seconds: number) => seconds >= 5 && seconds < 30,
            calls: [
              { from: '2065550101', now: 'ended during the outage', to: '8001' },
              { from: '2065550102', now: 'ringing' },
            ],
          },
        },
      });
      test.expect.message({ node: 'session', match: { topic: 'OnConnectionGap' }, inOrder: false });
      test.expect.noMessage({ node: 'session', match: { topic: 'OnSnapshotDeviceConf' } });
      await test.advance('1 s');
      test.expect.message({ node: 'status', match: { 'status.fill': 'green' }, inOrder: false });
      const { sides } = await test.simulate('status', {});
      assert.deepEqual(
        [...sides].map(({ running }) => running),
        [true, true],
      );
      // Both sides run again: the second one takes over when the first one stops.
      await test.simulate('stopSide', { side: 'A' });
      await test.advance('10 s');
      test.expect.message({ node: 'status', match: { 'status.fill': 'green' }, inOrder: false });
    },

    'marks nothing as missed that was seen': async (open) => {
      const test = await open({ world: { agents: 8, available: ['1001'] } });
      const caller = await test.call({ from: '2065550101', to: '8001' });
      await test.agent('1001').answer();
      await caller.hangUp();
      for (const topic of ['OnCallDelivered', 'OnCallEstablished', 'OnCallEnd'])
        test.expect.message({ node: 'observed live', match: { topic } });
      test.expect.noMessage({ node: 'missed' });
    },
  },
};
