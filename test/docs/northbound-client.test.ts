/** A client in another language, implemented from the protocol documentation alone, with a real server. */
import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Simulator } from '../../src/simulator/index.js';
import { ROOT } from './code-blocks.js';
import { Program } from './program.js';

const SERVER = join(ROOT, 'dist', 'src', 'cli', 'ctios-server.js');
const WALKTHROUGH = join(ROOT, 'test', 'northbound-client', 'walkthrough.py');

describe('a client implemented from the northbound protocol documentation', function () {
  this.timeout(60_000);
  const center = new Simulator({ agents: 4, traffic: 'off', automatic: false });
  let server: Program;

  before(async function () {
    if (spawnSync('python3', ['--version']).error !== undefined) {
      const message = 'no python3 installed: the client in Python is not tried';
      if (process.env.CI) throw new Error(message);
      console.log(`      ${message}`);
      this.skip();
    }
    const { host, portA, portB } = await center.start();
    for (const agent of ['1001', '1002']) center.run('loginAgent', { agent });
    server = new Program(SERVER, [
      ...['--cti-server', `${host}:${portA},${host}:${portB}`, '--listen', '127.0.0.1:0', '--allow-monitor-control'],
      ...['--heartbeat', '100', '--heartbeat-retries', '50'],
    ]);
  });

  after(async () => {
    await server?.stop();
    await center.stop();
  });

  it('works as documented', async () => {
    const { url } = await server.listening();
    const client = new Program(WALKTHROUGH, [url!], { PYTHONDONTWRITEBYTECODE: '1' }, 'python3');
    assert.equal(await client.ended(), 0, client.lines.join('\n'));
    assert.equal(client.lines.length, 10, client.lines.join('\n'));
  });
});
