import { equal } from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { ROOT } from '../../docs/code-blocks.js';
import { Program } from '../../docs/program.js';

describe('A program with a session', () => {
  const running: Program[] = [];
  let folder: string;
  const run = (...args: ConstructorParameters<typeof Program>) => {
    const program = new Program(...args);
    running.push(program);
    return program;
  };

  before(() => {
    // Inside the package, so that its own name resolves to it as it would in a dependent package.
    folder = mkdtempSync(join(ROOT, 'dist', 'docs-cil-'));
  });

  after(async () => {
    await Promise.all(running.map((program) => program.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  it('can be started before its server: it waits and does not exit', async () => {
    const file = join(folder, 'early.mjs');
    writeFileSync(
      file,
      `import { Session, webSocketConnector } from '@openctios/node-red-ctios/cil';
      const session = new Session({ connectors: [webSocketConnector(process.env.CTIOS_URL)], random: { next: () => 0.5 } });
      session.subscribe('ISessionEvents', ({ event }) => console.log(event, session.status.state));
      process.once('beforeExit', () => console.log('over in state', session.status.state));
      // Nothing but the session keeps this program alive.
      setTimeout(() => session.disconnect(), 300).unref();
      session.connect();
      `,
    );
    // A port on which nothing listens any more.
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    await new Promise((resolve) => listener.close(resolve));
    const program = run(file, [], { CTIOS_URL: `ws://127.0.0.1:${port}` });
    equal(await program.line(/over/), 'over in state disconnected');
    equal(program.lines[0], 'OnConnectionFailure waiting');
    equal(program.lines.includes('OnConnectionClosed disconnected'), true);
  });
});
