/** What Prometheus reads of the sessions of a Node-RED. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MAX_WAITING_EVENTS } from '../../../nodes/shared/session/event-outlet.js';
import { enumValue } from '../../../src/ctios/index.js';
import { type MetricName, metricTable } from '../../../src/server/observability/metric-table.js';
import { Receiver } from '../../delivery/helpers.js';
import { collectedBy, helper, inNodeRed, load, node, tab } from '../runtime.js';

async function metrics(): Promise<Record<string, number>> {
  const server = createServer((helper as unknown as { _httpAdmin: never })._httpAdmin);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/ctios/metrics`);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain;.*version=0\.0\.4/);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return Object.fromEntries(lines.map((line) => [line.replace(/ \S+$/, ''), Number(/ (\S+)$/.exec(line)?.[1])]));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('the metrics of sessions', () => {
  const openings = inNodeRed();

  it('tell how far flows are behind, what waits and what was lost', async () => {
    const labels = '{session="s1",name="Lab \\"1\\""}';
    await load([
      { id: 's1', type: 'ctios-session', name: 'Lab "1"' },
      { id: 'e1', z: tab.id, type: 'ctios-call-events', session: 's1', events: [], filter: [], wires: [['h1']] },
      { id: 'h1', z: tab.id, type: 'helper', wires: [] },
    ]);
    const idle = await metrics();
    assert.equal(idle[`ctios_session_lag_seconds${labels}`], 0);
    assert.equal(idle[`ctios_session_events_waiting${labels}`], 0);
    assert.equal(idle[`ctios_session_events_lost_total${labels}`], 0);
    let handled = 0;
    let slow = true;
    const some = new Promise<void>((resolve) => {
      node('h1').on('input', (_msg, _send, done) => {
        if (slow) for (const until = performance.now() + 5; performance.now() < until; );
        done();
        if (++handled === 300) resolve();
      });
    });
    const flood = MAX_WAITING_EVENTS + 1_000;
    for (let n = 0; n < flood; n++) openings.session.emit('OnCallHeld', { UniqueObjectID: `call.5000.${n}.2001` });
    await some;
    const behind = await metrics();
    slow = false;
    assert.ok(behind[`ctios_session_lag_seconds${labels}`]! > 0.2);
    assert.ok(behind[`ctios_session_events_waiting${labels}`]! > 15_000);
    assert.ok(behind[`ctios_session_events_lost_total${labels}`]! > 500);
  });

  it('tell what the session knows, how its link is, and which gaps there were', async () => {
    await load([
      { id: 's1', type: 'ctios-session', name: 'Lab' },
      { id: 'e1', z: tab.id, type: 'ctios-call-events', session: 's1', events: [], filter: [], wires: [[]] },
    ]);
    const { last, session } = openings;
    session.addCall('call.5000.100.2001');
    session.addAgent('agent.5000.1001', { AgentState: enumValue('AgentState', 'Available')! });
    session.addAgent('agent.5000.1002', { AgentState: enumValue('AgentState', 'Talking')! });
    session.addAgent('agent.5000.1003', { AgentState: enumValue('AgentState', 'Talking')! });
    session.addAgent('agent.5000.1004', { AgentState: 4711 });
    Object.assign(last, { link: { state: 'up', side: 'B', standby: true, roundTripMs: 3 } });
    const none = await metrics();
    assert.equal(none['ctios_session_gaps_total{session="s1",name="Lab",reason="link"}'], 0);
    for (const Reason of ['deploy', 'overflow', 'CTIOS_LINK_LOST', 'anything'])
      session.emit('OnConnectionGap', { Reason });
    const labels = 'session="s1",name="Lab"';
    const expected = {
      [`ctios_session_ready{${labels}}`]: 1,
      [`ctios_session_standby{${labels}}`]: 0,
      [`ctios_session_online{${labels}}`]: 1,
      [`ctios_session_link_up{${labels},side="A"}`]: 0,
      [`ctios_session_link_up{${labels},side="B"}`]: 1,
      [`ctios_session_link_heartbeat_milliseconds{${labels}}`]: 3,
      [`ctios_session_gaps_total{${labels},reason="deploy"}`]: 1,
      [`ctios_session_gaps_total{${labels},reason="overflow"}`]: 1,
      [`ctios_session_gaps_total{${labels},reason="link"}`]: 2,
      [`ctios_session_events_total{${labels}}`]: 4,
      [`ctios_session_calls{${labels}}`]: 1,
      [`ctios_session_agents{${labels},state="Available"}`]: 1,
      [`ctios_session_agents{${labels},state="Talking"}`]: 2,
      [`ctios_session_agents{${labels},state="Unknown"}`]: 1,
      [`ctios_session_skill_groups{${labels}}`]: 0,
      [`ctios_session_nodes{${labels}}`]: 1,
    };
    const read = await metrics();
    for (const [sample, value] of Object.entries(expected)) assert.equal(read[sample], value, sample);
    session.turn({ ...session.status, online: false, state: 'connecting' });
    Object.assign(last, { link: { state: 'waiting', side: 'B', standby: false } });
    const later = await metrics();
    assert.equal(later[`ctios_session_ready{${labels}}`], 0);
    assert.equal(later[`ctios_session_link_up{${labels},side="B"}`], 0);
  });

  it('come with those of the deliveries and of the process, and are all in the table', async () => {
    const receiver = await Receiver.start();
    await load([
      { id: 's1', type: 'ctios-session', name: '' },
      { id: 'e1', z: tab.id, type: 'ctios-call-events', session: 's1', events: [], filter: [], wires: [[]] },
      { id: 'w1', z: tab.id, type: 'ctios-webhook', name: 'CRM', url: receiver.url, urlType: 'str', wires: [[], []] },
      { id: 'k1', z: tab.id, type: 'complete', scope: ['w1'], wires: [['done']] },
      { id: 'done', z: tab.id, type: 'collector', wires: [] },
    ]);
    // Answered while the delivery is still waiting for its turn, or for its second attempt.
    receiver.behavior = (_, response) => void response.writeHead(503, { 'retry-after': '3600' }).end();
    node('w1').receive({ payload: '2065550101' } as never);
    try {
      await collectedBy('done');
      const read = await metrics();
      const queue = 'node="w1",name="CRM",place=""';
      assert.equal(read[`ctios_deliveries{${queue},state="waiting"}`], 1);
      assert.ok(read[`ctios_deliveries_oldest_seconds{${queue}}`]! >= 0);
      assert.equal(read['ctios_delivery_store_up{place=""}'], 1);
      assert.ok(read.ctios_event_loop_delay_seconds! >= 0);
      for (const name of ['process_resident_memory_bytes', 'nodejs_heap_size_used_bytes', 'process_cpu_seconds_total'])
        assert.ok(read[name]! > 0, name);
      assert.ok(Math.abs(read.process_start_time_seconds! - (Date.now() / 1000 - process.uptime())) < 5);
      assert.doesNotMatch(JSON.stringify(read), /2065550101/);
      for (const sample of Object.keys(read)) {
        const [, name, labels = ''] = /^([a-z_]+)(?:\{(.*)\})?$/.exec(sample)!;
        const definition = metricTable[name as MetricName];
        assert.ok(definition !== undefined && definition.on !== 'server', name);
        const names = [...labels.matchAll(/([a-z]+)="/g)].map(([, label]) => label);
        assert.deepEqual(names, definition.labels, sample);
      }
    } finally {
      await receiver.stop();
    }
  });
});
