/**
 * Example 8 with a separate broker: Debian's mosquitto, on a free port. Without it the test is skipped; in CI that is
 * an error.
 */
import { strict as assert } from 'node:assert';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { lastingPort } from '../../scripts/ha/lasting-port.js';
import { type FlowNode, NodeRedProcess, ROOT, temporaryDirectory } from '../support/node-red-process.js';

const MOSQUITTO = ['mosquitto', '/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto'].find(
  (path) => spawnSync(path, ['-h']).error === undefined,
);
const REQUESTS = 12;

interface Event {
  readonly event: string;
  readonly args: { readonly UniqueObjectID?: string };
  readonly ctios: { readonly sequence: number };
}

describe('example 8, with an MQTT broker', function () {
  this.timeout(60_000);
  let broker: ChildProcess;
  let nodeRed: NodeRedProcess;
  let port: number;

  before(async function () {
    if (MOSQUITTO === undefined) {
      const message = 'no mosquitto installed: the MQTT example is not tried';
      if (process.env.CI) throw new Error(message);
      console.log(`      ${message}`);
      this.skip();
    }
    port = await lastingPort();
    const home = temporaryDirectory();
    const config = join(home, 'mosquitto.conf');
    const limits = 'max_queued_messages 0\nmax_inflight_messages 0';
    writeFileSync(config, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\n${limits}\n`);
    broker = spawn(MOSQUITTO, ['-c', config], { stdio: 'ignore' });
    await listening(port);
    nodeRed = await emptyNodeRed();
  });

  after(async () => {
    await nodeRed?.stop();
    broker?.kill();
  });

  it('accepts requests over the broker, and responds to each at its response topic with its correlation data', async () => {
    const answers = new Map<string, string>();
    const answered = new Promise<string>((done) => {
      const stop = nodeRed.watchDebug((node, message) => {
        if (node === 'answered' && answers.size === REQUESTS) {
          stop();
          done(String(message));
        }
        if (node !== 'correlated') return;
        const { correlationData, payload } = JSON.parse(String(message)) as {
          correlationData: string;
          payload: object;
        };
        assert.ok(!answers.has(correlationData), 'one answer each');
        answers.set(correlationData, JSON.stringify(payload));
      });
    });
    await nodeRed.deploy([...flows(), ...asking(brokerOf('worker 1'))]);
    // The example's own request is sent after the others.
    assert.match(await answered, /agent\.5000\.1002/);
    for (const [agent, answer] of answers)
      assert.match(answer, agent.startsWith('1') ? new RegExp(`agent\\.5000\\.${agent}`) : /"error":"/, agent);
  });

  it('delivers to a worker that was disconnected every event that it missed, in order and once', async () => {
    const userDir = temporaryDirectory();
    let worker = await emptyNodeRed(userDir);
    try {
      const here = follow(nodeRed);
      let there = follow(worker);
      // Only the worker's group: this Node-RED has no session. The publisher runs in another Node-RED, under another
      // name.
      const group = flows().find((node) => node.name === 'Worker')!;
      const parts = flows().filter((node) => ['tab', 'mqtt-broker'].includes(node.type) || node.g === group.id);
      await nodeRed.deploy([
        ...flows().map((node) => (node.id === brokerOf('worker 1') ? { ...node, clientid: 'ctios-worker-0' } : node)),
      ]);
      await worker.deploy(parts);
      await there.has(5);
      await worker.stop();
      there.stop();
      const before = there.events;
      const missed = here.events.length;
      await here.has(missed + 10);
      worker = await emptyNodeRed(userDir);
      there = follow(worker);
      await worker.deploy(parts);
      await there.has(15);
      const sequences = [...before, ...there.events].map(({ ctios }) => ctios.sequence);
      const from = here.events.findIndex(({ ctios }) => ctios.sequence === sequences[0]);
      // Here they may arrive later than there.
      await here.has(from + sequences.length);
      const all = here.events.map(({ ctios }) => ctios.sequence);
      assert.deepEqual(sequences, all.slice(from, from + sequences.length));
    } finally {
      await worker.stop();
    }
  });

  /** The example with the broker of this test, and more calls. */
  function flows(): FlowNode[] {
    const file = join(ROOT, 'examples', '08 events to an MQTT broker and back.json');
    const nodes = JSON.parse(readFileSync(file, 'utf8')) as FlowNode[];
    return nodes.map((node) => ({
      ...node,
      ...(node.type === 'mqtt-broker' && { port: String(port) }),
      ...(node.type === 'ctios-session' && { traffic: 'rush' }),
    }));
  }

  const brokerOf = (name: string): string =>
    flows().find((node) => node.type === 'mqtt-broker' && node.name!.endsWith(name))!.id;
});

/** A tab that sends many requests at once, some of which fail, and shows their responses. */
function asking(broker: string): FlowNode[] {
  const node = (id: string, type: string, more: object): FlowNode => ({
    id,
    z: 'asking',
    type,
    x: 0,
    y: 0,
    wires: [],
    ...more,
  });
  const func = `for (let n = 0; n < ${REQUESTS}; n++) {
    const agent = n % 3 === 0 ? '9' + n : String(1001 + n);
    node.send({
      topic: 'ctios/request/QueryAgentState',
      payload: { AgentID: agent, PeripheralID: n % 3 === 0 ? 'none' : 5000 },
      responseTopic: 'test/answers',
      correlationData: agent,
    });
  }`;
  const text = `msg.payload = { correlationData: String(msg.correlationData), payload: msg.payload }; return msg;`;
  return [
    { id: 'asking', type: 'tab', label: 'asking' },
    node('go', 'inject', { once: true, onceDelay: 2, props: [], repeat: '', crontab: '', wires: [['many']] }),
    node('many', 'function', { func, outputs: 1, libs: [], wires: [['out']] }),
    node('out', 'mqtt out', { broker, qos: '1', topic: '' }),
    node('in', 'mqtt in', { broker, qos: '1', topic: 'test/answers', datatype: 'json', inputs: 0, wires: [['read']] }),
    node('read', 'function', { func: text, outputs: 1, libs: [], wires: [['correlated']] }),
    node('correlated', 'debug', {
      name: 'correlated',
      active: true,
      tosidebar: true,
      complete: 'payload',
      targetType: 'msg',
    }),
  ];
}

function emptyNodeRed(userDir = temporaryDirectory()): Promise<NodeRedProcess> {
  writeFileSync(join(userDir, 'flows.json'), '[]');
  return NodeRedProcess.start({ userDir });
}

/** The messages that the worker of a Node-RED receives. */
function follow(nodeRed: NodeRedProcess) {
  const events: Event[] = [];
  let wake = (): void => {};
  const stop = nodeRed.watchDebug((node, message) => {
    if (node !== 'works') return;
    const event = JSON.parse(String(message)) as Event;
    assert.match(event.event, /^On/);
    events.push(event);
    wake();
  });
  return {
    events,
    stop,
    async has(count: number): Promise<void> {
      while (events.length < count) await new Promise<void>((resolve) => (wake = resolve));
    },
  };
}

/** Resolves when the port accepts connections. */
function listening(port: number): Promise<void> {
  return new Promise((ready) => {
    const attempt = () => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        ready();
      });
      socket.once('error', () => setTimeout(attempt, 20));
    };
    attempt();
  });
}
