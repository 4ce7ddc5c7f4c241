import { encode, type MessageInit } from '../../../ged188/index.js';

/** The MonitorID of an event is its first field, behind the header. */
const MONITOR_ID_OFFSET = 8;

/** A message's bytes, encoded once for each protocol version; the MonitorID, its first field, differs by session. */
export class Encodings {
  readonly #byVersion = new Map<number, Buffer>();

  constructor(private readonly message: MessageInit) {}

  bytes(version: number, charset: string, monitorId: number): Buffer {
    let encoded = this.#byVersion.get(version);
    if (encoded === undefined) {
      encoded = encode(this.message, version, { charset });
      this.#byVersion.set(version, encoded);
    }
    const own = Buffer.from(encoded);
    own.writeUInt32BE(monitorId, MONITOR_ID_OFFSET);
    return own;
  }
}
