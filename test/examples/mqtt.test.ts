/** Example 8 with a broker of its own: Debian's mosquitto, on a free port. Without one it is skipped; under CI that is an error. */
import { strict as assert } from 'node:assert';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { type FlowNode, NodeRedProcess, ROOT, temporaryDirectory } from '../support/node-red-process.js';

const MOSQUITTO = ['mosquitto', '/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto'].find(
  (path) => spawnSync(path, ['-h']).error === undefined,
);

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
    port = await freePort();
    const home = temporaryDirectory();
    const config = join(home, 'mosquitto.conf');
    writeFileSync(config, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\n`);
    broker = spawn(MOSQUITTO, ['-c', config], { stdio: 'ignore' });
    await listening(port);
    const userDir = temporaryDirectory();
    writeFileSync(join(userDir, 'flows.json'), '[]');
    nodeRed = await NodeRedProcess.start({ userDir });
  });

  after(async () => {
    await nodeRed?.stop();
    broker?.kill();
  });

  it('takes requests over the broker, and answers there', async () => {
    const answered = new Promise<string>((done) => {
      const stop = nodeRed.watchDebug((node, message) => {
        if (node !== 'answered') return;
        stop();
        done(String(message));
      });
    });
    await nodeRed.deploy(flows());
    assert.match(await answered, /agent\.5000\.1002/);
  });

  it('shares the events among several Node-REDs: each event is worked by one of them', async () => {
    const userDir = temporaryDirectory();
    writeFileSync(join(userDir, 'flows.json'), '[]');
    const other = await NodeRedProcess.start({ userDir });
    try {
      const worked = [sequencesOf(nodeRed), sequencesOf(other)];
      // The worker's group alone: this Node-RED has no session.
      const group = flows().find((node) => node.name === 'The other end')!;
      await other.deploy(flows().filter((node) => ['tab', 'mqtt-broker'].includes(node.type) || node.g === group.id));
      const [here, there] = await Promise.all(worked.map((each) => each.enough));
      assert.deepEqual(
        here!.filter((sequence) => there!.includes(sequence)),
        [],
      );
    } finally {
      await other.stop();
    }
  });

  /** The example, with the broker where it is in this test, and more calls to share. */
  function flows(): FlowNode[] {
    const file = join(ROOT, 'examples', '8 events to an MQTT broker and back.json');
    const nodes = JSON.parse(readFileSync(file, 'utf8')) as FlowNode[];
    return nodes.map((node) => ({
      ...node,
      ...(node.type === 'mqtt-broker' && { port: String(port) }),
      ...(node.type === 'ctios-session' && { traffic: 'rush' }),
    }));
  }
});

/** What the worker of a Node-RED gets: the sequence numbers of the events, when there are some. */
function sequencesOf(nodeRed: NodeRedProcess): { enough: Promise<number[]> } {
  const sequences: number[] = [];
  return {
    enough: new Promise((done) => {
      const stop = nodeRed.watchDebug((node, message) => {
        if (node !== 'works') return;
        const { event, ctios } = JSON.parse(String(message)) as { event: string; ctios: { sequence: number } };
        assert.match(event, /^On/);
        sequences.push(ctios.sequence);
        if (sequences.length < 3) return;
        stop();
        done(sequences);
      });
    }),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Resolves when something accepts connections on the port. */
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
