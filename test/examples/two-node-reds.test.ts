/** Example 11 as one command: two Node-RED instances of one group, of which the active one is killed. */
import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { isRunning } from '../../scripts/ha/child-process.js';
import { needsNatsServer } from '../stream/needs-nats-server.js';
import { ROOT } from '../support/node-red-process.js';

describe('example 11, complete', function () {
  this.timeout(120_000);

  it('loses and duplicates no pop when the active Node-RED is killed', async function () {
    needsNatsServer(this);
    const command = join(ROOT, 'dist', 'scripts', 'ha', 'example.js');
    const child = spawn(process.execPath, [command, '--free-ports', '--every', '400'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exit = once(child, 'exit');
    let printed = '';
    let wake = (): void => {};
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      wake();
    });
    /** The process ids of the active Node-RED instances, as printed. */
    const workers = () => [...printed.matchAll(/Node-RED \d.*works +kill -9 (\d+)/g)].map(([, pid]) => Number(pid));
    const until = async (fulfilled: () => boolean): Promise<void> => {
      while (!fulfilled() && isRunning(child)) await new Promise<void>((resolve) => (wake = resolve));
    };
    try {
      await until(() => workers().length > 0);
      const [first] = workers();
      process.kill(first!, 'SIGKILL');
      await until(() => workers().some((pid) => pid !== first));
      await until(() => /Node-RED \d.*is down[\s\S]*Node-RED \d.*kill -9 \d+\n[\s\S]*Node-RED/.test(printed));
    } finally {
      child.kill('SIGINT');
    }
    const [code] = (await exit) as [number];
    const result = JSON.parse(printed.trim().split('\n').at(-1)!) as Record<
      'calls' | 'pops' | 'lost' | 'doubled',
      number
    >;
    assert.deepEqual({ code, lost: result.lost, doubled: result.doubled }, { code: 0, lost: 0, doubled: 0 }, printed);
    assert.ok(result.calls > 5 && result.pops > 0, printed);
  });
});
