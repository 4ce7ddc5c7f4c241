/** Example 8: events to an MQTT broker, and requests back. The test is the broker. */
import { strict as assert } from 'node:assert';
import type { ExampleTest, OpenExample } from '../example-test.js';

const withoutBroker = (open: OpenExample) =>
  open({ world: { agents: 2, available: ['1001', '1002'] }, standIns: ['mqtt in', 'mqtt out'] });

export const mqtt: ExampleTest = {
  example: '08 events to an MQTT broker and back',
  does: {
    'publishes each event under a topic of its own': async (open) => {
      const test = await withoutBroker(open);
      await test.call({ from: '2065550101', to: '8001' });
      await test.advance('2 s');
      test.expect.message({
        node: 'publish',
        match: {
          topic: /^ctios\/ICallEvents\/call\.5000\.\d+\.\d+\/OnCallDelivered$/,
          payload: {
            event: 'OnCallDelivered',
            args: { UniqueObjectID: /^call\./ },
            call: { ANI: '2065550101' },
            agent: { AgentID: /^100/ },
            ctios: { interface: 'ICallEvents' },
          },
          event: undefined,
        },
      });
      test.expect.message({ node: 'publish', match: { topic: /^ctios\/ISessionEvents\/-\// }, inOrder: false });
    },

    'carries requests out, and answers those who want it': async (open) => {
      const test = await withoutBroker(open);
      const payload = { AgentID: '1001', AgentState: 'NotReady' };
      const topic = 'ctios/request/SetAgentState';
      await test.send('requests', { topic, payload, responseTopic: 'ctios/answer/me', correlationData: 'c1' });
      assert.equal(test.agent('1001').state, 'NotReady');
      test.expect.message({
        node: 'respond',
        match: { topic: 'ctios/answer/me', payload: { UniqueObjectID: 'agent.5000.1001' }, correlationData: 'c1' },
      });
      await test.send('requests', {
        topic,
        payload: { ...payload, AgentID: '4711' },
        responseTopic: 'ctios/answer/me',
      });
      test.expect.message({
        node: 'respond',
        match: { topic: 'ctios/answer/me', payload: { error: 'CTIOS_NO_OBJECT', message: /4711/ } },
      });
      await test.send('requests', { topic, payload: { AgentID: '1001', AgentState: 'Available' } });
      assert.equal(test.agent('1001').state, 'Available');
      test.expect.noMessage({ node: 'respond' });
    },

    'works on events elsewhere, and asks over the broker': async (open) => {
      const test = await withoutBroker(open);
      await test.send('every event of calls', {
        topic: 'ctios/ICallEvents/call.1/OnCallBegin',
        payload: { event: 'OnCallBegin' },
      });
      test.expect.message({ node: 'works', match: { 'payload.event': 'OnCallBegin' } });
      const asked = await test.eventually.message({
        node: 'request over the broker',
        match: {
          topic: 'ctios/request/SetAgentState',
          payload: { AgentID: '1002' },
          responseTopic: 'ctios/answer/worker-1',
        },
        within: '6 s',
      });
      assert.equal(asked.correlationData, asked._msgid);
      await test.send('answers', { payload: {}, correlationData: Buffer.from('c2') });
      test.expect.message({ node: 'answered', match: { correlationData: 'c2' } });
    },
  },
};
