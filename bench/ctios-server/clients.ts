/** The clients of the bench of the object server, in a process of their own. */
import { WebSocket } from 'ws';

export interface ClientOrder {
  /** Opens so many, and answers when all have their mode. */
  connect?: number;
  /** @default 'monitor'; 'none': until the welcome */
  mode?: 'monitor' | 'agent' | 'none';
  url?: string;
  /** Answers when so many events have come, or none has come for a while. */
  report?: number;
  disconnect?: true;
}

/** An order that could not be carried out. */
export interface ClientFailure {
  failed: string;
}

export interface ClientReport {
  received: number;
  /** Length of the last event, in bytes. */
  bytes: number;
  /** From publication to receipt, in milliseconds. */
  p50: number;
  p99: number;
}

const sockets: WebSocket[] = [];
let latencies: number[] = [];
let bytes = 0;

const now = () => performance.timeOrigin + performance.now();
const SENT_AT = /"EventTime":([\d.]+)/;

function open(url: string, mode: 'monitor' | 'agent' | 'none', number: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    sockets.push(socket);
    socket.on('error', reject);
    // Harmless once the mode is set: a promise settles once.
    socket.on('close', (code, reason) => reject(new Error(`closed with ${code} ${reason.toString()}`.trim())));
    socket.on('open', () => {
      socket.send(JSON.stringify({ kind: 'hello', version: 1, client: 'bench' }));
      if (mode === 'none') return;
      const request =
        mode === 'monitor'
          ? { request: 'SetMessageFilter', args: { MonitorSessionSnapshotMode: 0 } }
          : { request: 'SetAgent', args: { AgentID: String(1001 + number), PeripheralID: 5000 } };
      socket.send(JSON.stringify({ kind: 'request', id: 1, answerMs: 30_000, ...request }));
    });
    socket.on('message', (data: Buffer) => {
      const text = data.toString('latin1');
      if (text.startsWith(mode === 'none' ? '{"kind":"welcome"' : '{"kind":"done"')) {
        if (mode === 'none' || text.includes('"outcome":"confirmed"')) resolve();
        else reject(new Error(text));
      }
      const sentAt = text.startsWith('{"kind":"event","event":"OnCallDelivered"') ? SENT_AT.exec(text)?.[1] : undefined;
      if (sentAt === undefined) return;
      bytes = data.length;
      latencies.push(now() - Number(sentAt));
    });
  });
}

async function carryOut(order: ClientOrder): Promise<ClientReport> {
  if (order.connect !== undefined) {
    latencies = [];
    const { url = '', mode = 'monitor' } = order;
    const opened = Array.from({ length: order.connect }, (_, number) => open(url, mode, number));
    const failures = (await Promise.allSettled(opened)).filter((each) => each.status === 'rejected');
    const [first] = failures;
    if (first !== undefined) {
      throw new Error(`${failures.length} of ${order.connect} clients were not let in: ${String(first.reason)}`);
    }
  }
  if (order.disconnect) for (const socket of sockets.splice(0)) socket.terminate();
  if (order.report !== undefined) {
    for (let before = -1; latencies.length < order.report && latencies.length > before; ) {
      before = latencies.length;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
  const sorted = Float64Array.from(latencies).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { received: latencies.length, bytes, p50: at(0.5), p99: at(0.99) };
}

process.on('message', (order: ClientOrder) => {
  carryOut(order).then(
    (report) => process.send?.(report),
    (error: unknown) => process.send?.({ failed: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
