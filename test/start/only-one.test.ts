/** Two starts with the same user directory, and the leftovers of a killed process. */
import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { runningIn } from '../../scripts/start/only-one.js';
import { NodeRedProcess, ROOT, temporaryDirectory } from '../support/node-red-process.js';

describe('one Node-RED for each user directory', () => {
  it('does not start a second one, and prints the address of the first; exits without leftovers', async function () {
    this.timeout(60_000);
    const userDir = temporaryDirectory();
    const first = await NodeRedProcess.start({ userDir });
    const args = [join(ROOT, 'dist', 'scripts', 'start.js'), '--port', '0', '--user-dir', userDir];
    const second = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    second.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const [code] = await once(second, 'close');
    assert.equal(code, 1);
    assert.match(said, /runs already/);
    assert.match(said, new RegExp(`${first.at('start')}\\?token=\\S+`));
    await first.stop();
    assert.ok(!existsSync(join(userDir, 'running.json')));
    assert.equal(await runningIn(userDir), undefined);
  });

  describe('the lock of a killed process', () => {
    let server: Server | undefined;
    afterEach(() => server?.close());

    /** A directory that names this address; the server there responds with `says`. */
    async function left(says: string): Promise<{ userDir: string; url: string }> {
      server = createServer((_, response) => response.end(says)).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const userDir = temporaryDirectory();
      writeFileSync(join(userDir, 'running.json'), JSON.stringify({ url, pid: 4711 }));
      return { userDir, url };
    }

    it('is ignored if nothing listens there, or another program does', async () => {
      const { userDir } = await left('4712');
      assert.equal(await runningIn(userDir), undefined);
      server!.close();
      server!.closeAllConnections();
      assert.equal(await runningIn(userDir), undefined);
    });

    it('is respected if the same process responds', async () => {
      const { userDir, url } = await left('4711');
      assert.equal(await runningIn(userDir), url);
    });

    it('is ignored if it cannot be read', async () => {
      const userDir = temporaryDirectory();
      for (const text of ['', '{', 'null', '{"url":1}']) {
        writeFileSync(join(userDir, 'running.json'), text);
        assert.equal(await runningIn(userDir), undefined, text);
      }
    });
  });
});
