/**
 * What Prometheus reads of this Node-RED: `GET ctios/metrics` of the admin API. It requires a permission of its own, so that
 * a token for metrics cannot read calls.
 */
import type { NodeAPI } from 'node-red';
import { EXPOSITION_TYPE, exposition, type Family, processMetrics } from '../../src/embedded.js';
import { deliveryMetrics } from './delivery-metrics.js';
import { sessionMetrics } from './session-metrics.js';

/** Of this process: measured from the first reading on, so that nobody pays for what nobody reads. */
let ownProcess: readonly Family[] | undefined;

export function registerMetricsRoute(RED: NodeAPI): void {
  const sessions = sessionMetrics(RED);
  RED.httpAdmin.get('/ctios/metrics', RED.auth.needsPermission('ctios-metrics.read'), (_, response) => {
    ownProcess ??= processMetrics().families;
    void deliveryMetrics(RED).then((deliveries) => {
      response
        .type(EXPOSITION_TYPE)
        .set('Cache-Control', 'no-store')
        .send(exposition([...sessions, ...deliveries, ...(ownProcess ?? [])]));
    });
  });
}
