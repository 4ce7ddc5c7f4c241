/** What is sent in the benches: calls as GED-188 frames, and the same data as JSON lines for the core nodes. */
import { encode, type MessageInit } from '../../src/ged188/index.js';
import { publish } from './mqtt-broker.js';

export const VERSION = 24;
/** Number of the first call of a flood. */
export const FIRST_CALL = 1000;
const DEVICE = { ConnectionDeviceIDType: 0, ConnectionDeviceID: '2001', PeripheralID: 5000 } as const;
const VARIABLES = {
  ANI: '2065550101',
  DNIS: '8001',
  DialedNumber: '8001',
  CallerEnteredDigits: '20417',
  RouterCallKeyDay: 153_000,
  CallVariable1: 'A-20417',
  CallVariable2: 'Order status',
  CallVariable3: 'Northwind Trading',
  CallVariable4: 'en-US',
  CallVariable5: 'web',
} as const;

/** A message that carries the time at which it was sent in CallVariable10: microseconds, as text. */
export interface Kind {
  name: string;
  /** One message. */
  one(number: number, stamp: string): Buffer;
  /** A flood of `count` messages for the sink, as few chunks; the first and the last are marked in CallVariable9. */
  flood(count: number): Buffer[];
  /** What has to be sent before {@link one}. */
  opening: Buffer;
}

export const ged188: Kind = {
  name: 'CTI Server socket to event node',
  opening: frame({ type: 'BEGIN_CALL_EVENT', ...DEVICE, ConnectionCallID: 1, CallType: 2, ...VARIABLES }),
  one: (number, stamp) => update(1, number, stamp, ''),
  // Whole calls, as a center sends them: seven events each.
  flood(count) {
    const frames: Buffer[] = [update(1, 0, '', 'start')];
    for (let call = FIRST_CALL; frames.length + 7 < count; call++) frames.push(...life(call));
    while (frames.length < count - 1) frames.push(update(1, frames.length, '', ''));
    frames.push(update(1, count, '', 'end'));
    return chunks(frames);
  },
};

export const jsonLines: Kind = {
  name: 'tcp in + json',
  opening: Buffer.alloc(0),
  one: (number, stamp) => line(number, stamp, ''),
  flood(count) {
    const lines = Array.from({ length: count }, (_, index) => line(index, '', index === count - 1 ? 'end' : ''));
    return chunks(lines);
  },
};

export const mqtt: Kind = {
  name: 'mqtt in (JSON)',
  opening: Buffer.alloc(0),
  one: (number, stamp) => publish(line(number, stamp, '')),
  flood(count) {
    const packets = Array.from({ length: count }, (_, index) =>
      publish(line(index, '', index === count - 1 ? 'end' : '')),
    );
    return chunks(packets);
  },
};

function life(call: number): Buffer[] {
  const connection = { ...DEVICE, ConnectionCallID: call };
  const party = { CallingDeviceID: '2065550101', CalledDeviceID: '8001', CallingDeviceType: 1, CalledDeviceType: 2 };
  return [
    frame({ type: 'BEGIN_CALL_EVENT', ...connection, CallType: 2, ...VARIABLES, RouterCallKeyCallID: call }),
    frame({ type: 'CALL_DELIVERED_EVENT', ...connection, ...party, AlertingDeviceID: '2001', LocalConnectionState: 2 }),
    frame({
      type: 'CALL_ESTABLISHED_EVENT',
      ...connection,
      ...party,
      AnsweringDeviceID: '2001',
      LocalConnectionState: 3,
    }),
    update(call, call, '', ''),
    frame({
      type: 'CALL_CONNECTION_CLEARED_EVENT',
      ...connection,
      ReleasingDeviceID: '2065550101',
      LocalConnectionState: 0,
    }),
    frame({ type: 'CALL_CLEARED_EVENT', ...connection, LocalConnectionState: 0 }),
    frame({ type: 'END_CALL_EVENT', ...connection }),
  ];
}

function update(call: number, number: number, stamp: string, mark: string): Buffer {
  return frame({
    type: 'CALL_DATA_UPDATE_EVENT',
    ...DEVICE,
    ConnectionCallID: call,
    NewConnectionDeviceIDType: 0,
    NewConnectionCallID: call,
    NewConnectionDeviceID: '2001',
    CallType: 2,
    ...VARIABLES,
    CallVariable8: String(number),
    CallVariable9: mark || '-',
    CallVariable10: stamp || '-',
  });
}

function frame(message: MessageInit): Buffer {
  return encode(message, VERSION);
}

/** Some 500 bytes, as much as the event as a message holds. */
function line(number: number, stamp: string, mark: string): Buffer {
  const fields = {
    event: 'OnCallDataUpdate',
    UniqueObjectID: 'call.5000.1.2001',
    PeripheralID: 5000,
    PeripheralType: 0,
    CallType: 2,
    ConnectionCallID: 1,
    ...VARIABLES,
    RouterCallKeyCallID: number,
    ICMEnterpriseUniqueID: `icm.153000.${number}`,
    CallStatus: 3,
    ServiceNumber: 4294967295,
    SkillGroupNumber: 10,
    SkillGroupPriority: 0,
    CallVariable8: String(number),
    CallVariable9: mark || '-',
    CallVariable10: stamp || '-',
  };
  return Buffer.from(`${JSON.stringify(fields)}\n`);
}

/** Joined to pieces of some 64 KiB, as sockets like them. */
export function chunks(parts: readonly Buffer[]): Buffer[] {
  const result: Buffer[] = [];
  let batch: Buffer[] = [];
  let size = 0;
  for (const part of parts) {
    batch.push(part);
    size += part.length;
    if (size < 65_536) continue;
    result.push(Buffer.concat(batch));
    batch = [];
    size = 0;
  }
  if (batch.length > 0) result.push(Buffer.concat(batch));
  return result;
}
