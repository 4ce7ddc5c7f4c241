import assert from 'node:assert/strict';
import { hasNatsServer } from '../../scripts/ha/nats-server.js';

/** Where there is no nats-server these tests cannot run: an error where all tests must, else they are reported as skipped. */
export function needsNatsServer(context: Mocha.Context): void {
  if (hasNatsServer) return;
  assert.notEqual(process.env.CI, 'true', 'nats-server is not installed');
  context.skip();
}
