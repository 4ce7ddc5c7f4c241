import assert from 'node:assert/strict';
import { hasNatsServer } from '../../scripts/ha/nats-server.js';

/** These tests require nats-server. Without it they fail where all tests are mandatory, and are skipped elsewhere. */
export function needsNatsServer(context: Mocha.Context): void {
  if (hasNatsServer) return;
  assert.notEqual(process.env.CI, 'true', 'nats-server is not installed');
  context.skip();
}
