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

  it('shares the events among workers, and takes requests', async () => {
    const file = join(ROOT, 'examples', '8 events to an MQTT broker and back.json');
    const flows = JSON.parse(readFileSync(file, 'utf8')) as FlowNode[];
    for (const node of flows) if (node.type === 'mqtt-broker') node.port = String(port);
    const shown = new Map<string, unknown>();
    const both = new Promise<void>((done) => {
      const stop = nodeRed.watchDebug((node, message) => {
        shown.set(node, message);
        if (!shown.has('works') || !shown.has('answered')) return;
        stop();
        done();
      });
    });
    await nodeRed.deploy(flows);
    await both;
    assert.match(String(shown.get('works')), /"event":"On/);
    assert.match(String(shown.get('answered')), /agent\.5000\.1002/);
  });
});

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
