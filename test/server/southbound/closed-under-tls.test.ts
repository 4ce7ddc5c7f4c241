/** A port that closes after the TLS handshake: the reason does not ask whether the port expects TLS. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { systemClock } from '../../../src/common/clock.js';
import { socketDial } from '../../../src/common/network/net-stream.js';
import { createLink } from '../../../src/server/index.js';

const fixture = (name: string) =>
  readFileSync(join(__dirname, '..', '..', '..', '..', 'test', 'fixtures', 'tls', name));

describe('a link to a port that is not a CTI Server, under TLS', () => {
  it('has a reason that does not ask whether the port expects TLS', async () => {
    const server = createServer({ key: fixture('good.key'), cert: fixture('good.crt') }, (socket) => socket.end());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const link = createLink({
      sides: { A: { host: '127.0.0.1', port } },
      dial: socketDial({ ca: fixture('authority.crt') }),
      clock: systemClock,
      random: { next: () => 0 },
      clientId: 'tls',
      protocolVersion: 23,
    });
    const reason = new Promise<string>((known) => {
      link.listen({ up() {}, down: (down) => known(down.reason), message() {} });
    });
    link.start();
    assert.match(
      await reason,
      /closed the connection before the session was open; check that it is the port of a CTI Server$/,
    );
    await link.stop();
    server.close();
  });
});
