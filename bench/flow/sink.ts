/**
 * The nodes of the benches' flows. `bench-sink` is at the end: it takes messages, and tells the bench what it saw when
 * asked. `bench-driver` sends messages, and takes them back when the flow behind it is done with them: so many at a time,
 * or so many a second.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the sink has seen since it was last asked. */
export interface Seen {
  count: number;
  /** Milliseconds between the first message and the marked one, if that has come. */
  floodMs?: number;
  /** Latency of the stamped messages, microseconds. */
  latencies: number[];
  /** Events that came before a snapshot was complete, as a gap reports them. */
  beforeSnapshot?: number;
  /** Of the process: what it takes now, and the most it has taken. */
  rssMegabytes: number;
  maxRssMegabytes: number;
  /** CPU time of the process since it started, in seconds. */
  cpuSeconds: number;
}

/** What a driver has done. */
export interface Driven {
  /** Messages that have come back. */
  done: number;
  /** Messages that were sent. */
  sent: number;
  milliseconds: number;
  /** Of each message, microseconds. */
  latencies: number[];
}

const CODE = `
module.exports = (RED) => {
  const fresh = () => ({ count: 0, first: 0n, floodMs: undefined, latencies: [] });
  let seen = fresh();
  RED.nodes.registerType('bench-sink', function (config) {
    RED.nodes.createNode(this, config);
    this.on('input', (msg, send, done) => {
      // A whole message as JSON has its own payload.
      const payload = msg.payload.payload ?? msg.payload;
      if (seen.count++ === 0) seen.first = process.hrtime.bigint();
      if (payload.EventsBeforeSnapshot !== undefined) seen.beforeSnapshot = payload.EventsBeforeSnapshot;
      const stamp = payload.CallVariable10;
      if (stamp !== undefined && stamp !== '-') seen.latencies.push(Number(process.hrtime.bigint() / 1000n) - Number(stamp));
      if (payload.CallVariable9 === 'end') seen.floodMs = Number(process.hrtime.bigint() - seen.first) / 1e6;
      done();
    });
  });
  RED.httpNode.get('/bench-sink', (request, response) => {
    const { count, floodMs, latencies, beforeSnapshot } = seen;
    if (request.query.keep === undefined) seen = fresh();
    const { user, system } = process.cpuUsage();
    response.json({
      count, floodMs, latencies, beforeSnapshot,
      rssMegabytes: process.memoryUsage.rss() / 1e6,
      maxRssMegabytes: process.resourceUsage().maxRSS * 1024 / 1e6,
      cpuSeconds: (user + system) / 1e6,
    });
  });
  let drive = () => {};
  let driven = () => ({});
  RED.nodes.registerType('bench-driver', function (config) {
    RED.nodes.createNode(this, config);
    let sent = 0, done = 0, total = 0, inFlight = 0, rate = 0, begun = 0n, ended = 0n, latencies = [];
    const now = () => process.hrtime.bigint();
    const sendOne = () => this.send({ payload: {}, sentAt: now(), number: ++sent });
    drive = (query) => {
      sent = done = 0; latencies = []; total = Number(query.total); inFlight = Number(query.inFlight || 0); rate = Number(query.rate || 0);
      begun = ended = now();
      if (inFlight > 0) for (let n = 0; n < inFlight; n++) sendOne();
      else {
        const timer = setInterval(() => {
          const due = Math.min(total, Math.floor(Number(now() - begun) / 1e9 * rate));
          while (sent < due) sendOne();
          if (sent >= total) clearInterval(timer);
        }, 1);
      }
    };
    driven = () => ({ sent, done, milliseconds: Number(ended - begun) / 1e6, latencies });
    this.on('input', (msg, send, finished) => {
      done++;
      ended = now();
      latencies.push(Number((ended - msg.sentAt) / 1000n));
      if (inFlight > 0 && sent < total) sendOne();
      finished();
    });
  });
  RED.httpNode.get('/bench-drive', (request, response) => { drive(request.query); response.json({}); });
  RED.httpNode.get('/bench-driven', (request, response) => response.json(driven()));
};
`;

const EDITOR = `<script type="text/javascript">
RED.nodes.registerType('bench-sink', { category: 'bench', defaults: {}, inputs: 1, outputs: 0 });
RED.nodes.registerType('bench-driver', { category: 'bench', defaults: {}, inputs: 1, outputs: 1 });
</script>
<script type="text/html" data-template-name="bench-sink"></script>
<script type="text/html" data-template-name="bench-driver"></script>
`;

/** Puts the nodes where a Node-RED with this user directory finds it. */
export function installSink(userDir: string): void {
  const folder = join(userDir, 'nodes');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'bench-sink.js'), CODE);
  writeFileSync(join(folder, 'bench-sink.html'), EDITOR);
}
