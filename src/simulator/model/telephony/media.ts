import { Cause, Lcs } from '../state/codes.js';
import type { SwitchContext } from '../state/context.js';
import type { SimulatedConnection, SimulatedDevice } from '../state/entities.js';

/** Voice streams of agents' phones: they exist while the connection is active, one in each direction. */
export class Media {
  constructor(private readonly context: SwitchContext) {}

  /** Starts or stops the streams of a connection according to its state. */
  follow(connection: SimulatedConnection): void {
    const on =
      connection.state === Lcs.connect &&
      connection.device.kind === 'agentPhone' &&
      connection.agent !== undefined &&
      connection.silentMonitor !== 2;
    if (on === connection.mediaOn) return;
    connection.mediaOn = on;
    this.#tell(connection, on);
  }

  /** Stops the streams of a connection that is about to end. */
  stop(connection: SimulatedConnection): void {
    if (!connection.mediaOn) return;
    connection.mediaOn = false;
    this.#tell(connection, false);
  }

  #tell(connection: SimulatedConnection, started: boolean): void {
    const { device, call } = connection;
    const agent = device.agent;
    for (const direction of [0, 1] as const) {
      const port = 16384 + ((call.id * 4 + direction * 2) % 16384);
      const stream = {
        direction,
        agentId: agent?.config.agentId ?? '',
        extension: device.id,
        instrument: device.instrument,
        clientAddress: phoneAddress(device),
        clientPort: port,
        sendingAddress: '10.20.255.1',
        sendingPort: port,
      };
      this.context.events.tellCall(
        started
          ? { kind: 'rtpStarted', ...stream, bitRate: 64000, packetSize: 20, payloadType: 0 }
          : { kind: 'rtpStopped', ...stream },
        connection,
        Cause.none,
        [connection],
      );
    }
  }
}

/** A private address made of the extension's digits, so that it is the same in every run. */
function phoneAddress(device: SimulatedDevice): string {
  let number = 0;
  for (const character of device.id) number = (number * 31 + character.charCodeAt(0)) % 65025;
  return `10.20.${Math.floor(number / 255)}.${(number % 255) + 1}`;
}
