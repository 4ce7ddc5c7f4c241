import { createServer } from 'node:http';
import { type ListenAddress, limitSockets, listenAt } from '../../listen.js';
import type { ServerSystemStatus } from '../../object-server.js';
import { EXPOSITION_TYPE } from '../../observability/metrics.js';

/** Monitoring systems open few connections, and send their request immediately. */
const SOCKETS = { total: 200, perNetwork: 50 };
const HEADERS_MS = 5_000;

export interface HealthListener extends ListenAddress {
  close(): Promise<void>;
}

/**
 * `/healthz`: 200 while requests can succeed, otherwise 503 with the reason. `/metrics`: metrics for Prometheus. They
 * have a separate port, because other systems need access to them than to the server.
 */
export async function listenForHealth(options: {
  host: string;
  port: number;
  status: () => ServerSystemStatus;
  metrics: () => string;
  /** Additional content of `/healthz`; it does not affect whether requests can succeed. */
  more?: () => Readonly<Record<string, unknown>>;
}): Promise<HealthListener> {
  const { host, port, status, metrics, more = () => ({}) } = options;
  const times = { headersTimeout: HEADERS_MS, requestTimeout: HEADERS_MS, connectionsCheckingInterval: HEADERS_MS / 2 };
  const http = createServer(times, (request, response) => {
    const path = (request.url ?? '').split('?')[0];
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
    } else if (path === '/healthz') {
      const { online, reason, side, protocolVersion, incomplete, statusSystem } = status();
      const objectsComplete = statusSystem.StatusObjects === true && incomplete === undefined;
      response.writeHead(online ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      const facts = { online, reason, side, protocolVersion, objectsComplete, incomplete, ...more() };
      response.end(`${JSON.stringify(facts)}\n`);
    } else if (path === '/metrics') {
      response.writeHead(200, { 'content-type': EXPOSITION_TYPE });
      response.end(metrics());
    } else {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('/healthz and /metrics are here.\n');
    }
  });
  limitSockets(http, SOCKETS);
  return {
    ...(await listenAt(http, port, host)),
    close: () =>
      new Promise((closed) => {
        http.close(() => closed());
        http.closeAllConnections();
      }),
  };
}
