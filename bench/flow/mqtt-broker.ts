/**
 * As much of an MQTT 3.1.1 broker as core `mqtt in` needs to be flooded: it accepts one client and its subscription,
 * answers pings, and publishes at QoS 0 what it is given. A broker that does nothing else costs nothing, so that the row
 * shows the node and not the broker.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Bench } from '../run/bench-case.js';
import { within } from '../run/waits.js';

export const TOPIC = 'calls';

const CONNECT = 1;
const SUBSCRIBE = 8;
const PINGREQ = 12;
const PUBLISH_QOS_0 = 0x30;

export interface Broker {
  readonly port: number;
  /** Resolves once a client has subscribed. */
  subscribed(): Promise<void>;
  send(packets: Buffer): Promise<void>;
}

export async function startBroker(bench: Bench): Promise<Broker> {
  const server = createServer({ noDelay: true });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  let client: Socket | undefined;
  let subscribed = () => {};
  const subscription = new Promise<void>((resolve) => {
    subscribed = resolve;
  });
  server.on('connection', (socket) => {
    client = socket;
    socket.on('error', () => {});
    let rest: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      for (let packet = cut(rest); packet !== undefined; packet = cut(rest)) {
        rest = rest.subarray(packet.length);
        if (packet.type === CONNECT) socket.write(Buffer.from([0x20, 2, 0, 0]));
        else if (packet.type === PINGREQ) socket.write(Buffer.from([0xd0, 0]));
        else if (packet.type === SUBSCRIBE) {
          socket.write(Buffer.from([0x90, 3, packet.body[0]!, packet.body[1]!, 0]));
          subscribed();
        }
      }
    });
  });
  bench.after(() => {
    client?.destroy();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    subscribed: () => within('a subscription of mqtt in', subscription),
    async send(packets) {
      if (packets.length === 0 || client!.write(packets)) return;
      await within('an MQTT client that reads', new Promise<void>((drained) => client!.once('drain', () => drained())));
    },
  };
}

/** A PUBLISH packet at QoS 0. */
export function publish(payload: Buffer): Buffer {
  const topic = Buffer.from(TOPIC);
  const head = Buffer.from([0, topic.length]);
  const length = head.length + topic.length + payload.length;
  return Buffer.concat([Buffer.from([PUBLISH_QOS_0, ...remainingLength(length)]), head, topic, payload]);
}

function remainingLength(length: number): number[] {
  const bytes: number[] = [];
  let left = length;
  do {
    bytes.push((left % 128) | (left >= 128 ? 0x80 : 0));
    left = Math.floor(left / 128);
  } while (left > 0);
  return bytes;
}

/** The first packet of the bytes, if all of it is there. */
function cut(bytes: Buffer): { type: number; body: Buffer; length: number } | undefined {
  let body = 0;
  for (let digit = 0; digit < 4; digit++) {
    const byte = bytes[1 + digit];
    if (byte === undefined) return undefined;
    body += (byte & 0x7f) * 128 ** digit;
    if (byte & 0x80) continue;
    const start = 2 + digit;
    if (bytes.length < start + body) return undefined;
    return { type: bytes[0]! >> 4, body: bytes.subarray(start, start + body), length: start + body };
  }
  return undefined;
}
