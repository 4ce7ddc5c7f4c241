/** The node at the end of the benches' flows: it takes messages, and tells the bench what it saw when asked. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the sink has seen since it was last asked. */
export interface Seen {
  count: number;
  /** Milliseconds between the first message and the marked one, if that has come. */
  floodMs?: number;
  /** Latency of the stamped messages, microseconds. */
  latencies: number[];
  heapMegabytes: number;
}

const CODE = `
module.exports = (RED) => {
  const fresh = () => ({ count: 0, first: 0n, floodMs: undefined, latencies: [] });
  let seen = fresh();
  RED.nodes.registerType('bench-sink', function (config) {
    RED.nodes.createNode(this, config);
    this.on('input', (msg, send, done) => {
      const { payload } = msg;
      if (seen.count++ === 0) seen.first = process.hrtime.bigint();
      const stamp = payload.CallVariable10;
      if (stamp !== undefined && stamp !== '-') seen.latencies.push(Number(process.hrtime.bigint() / 1000n) - Number(stamp));
      if (payload.CallVariable9 === 'end') seen.floodMs = Number(process.hrtime.bigint() - seen.first) / 1e6;
      done();
    });
  });
  RED.httpNode.get('/bench-sink', (request, response) => {
    const { count, floodMs, latencies } = seen;
    if (request.query.keep === undefined) seen = fresh();
    response.json({ count, floodMs, latencies, heapMegabytes: process.memoryUsage().heapUsed / 1e6 });
  });
};
`;

const EDITOR = `<script type="text/javascript">
RED.nodes.registerType('bench-sink', { category: 'bench', defaults: {}, inputs: 1, outputs: 0 });
</script>
<script type="text/html" data-template-name="bench-sink"></script>
`;

/** Puts the node where a Node-RED with this user directory finds it. */
export function installSink(userDir: string): void {
  const folder = join(userDir, 'nodes');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'bench-sink.js'), CODE);
  writeFileSync(join(folder, 'bench-sink.html'), EDITOR);
}
