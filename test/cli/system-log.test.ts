import assert from 'node:assert/strict';
import { systemLog } from '../../src/cli/ctios-server/system-log.js';
import { listenForHealth } from '../../src/server/northbound/index.js';
import { FakeObjectServer } from '../server/northbound/fake-object-server.js';

const INCOMPLETE = 'The configuration of agents is incomplete: its upload did not end within 60 s.';

describe('a part of the configuration that is missing', () => {
  const server = new FakeObjectServer();
  const tell = () => server.publish('OnCTIOSFailure', { ErrorMessage: 'The system is online.' });
  const status = (StatusObjects: boolean, incomplete?: string) => {
    server.systemStatus = { online: true, statusSystem: { StatusObjects }, ...(incomplete && { incomplete }) };
  };

  it('is logged once, and again if the next configuration is incomplete, too', () => {
    const warnings: unknown[] = [];
    const stop = server.subscribe(
      systemLog(server, (level, event, details) => void (level === 'warn' && warnings.push([event, details?.about]))),
    );
    status(true, INCOMPLETE);
    tell();
    tell();
    assert.deepEqual(warnings, [['configuration incomplete', INCOMPLETE]]);
    status(true);
    tell();
    status(true, INCOMPLETE);
    tell();
    assert.equal(warnings.length, 2);
    stop();
  });

  it('is in /healthz: the objects are not complete', async () => {
    const health = await listenForHealth({
      host: '127.0.0.1',
      port: 0,
      status: () => server.status(),
      metrics: () => '',
    });
    const told = async () => (await (await fetch(`http://127.0.0.1:${health.port}/healthz`)).json()) as object;
    status(true, INCOMPLETE);
    assert.deepEqual(await told(), { online: true, objectsComplete: false, incomplete: INCOMPLETE });
    status(true);
    assert.deepEqual(await told(), { online: true, objectsComplete: true });
    status(false);
    assert.deepEqual(await told(), { online: true, objectsComplete: false });
    await health.close();
  });
});
