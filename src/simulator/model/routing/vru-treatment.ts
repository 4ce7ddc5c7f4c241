import { Direction, Lcs, Line } from '../state/codes.js';
import type { Peripheral, SimulatedCall, SimulatedConnection, SimulatedDevice } from '../state/entities.js';
import type { SimulatedCalls } from '../telephony/calls.js';
import type { Connections } from '../telephony/connections.js';

/** Where callers are while not at an agent: route points, and the VRU that treats them or queues them. */
export class VruTreatment {
  constructor(
    private readonly connections: Connections,
    private readonly calls: SimulatedCalls,
  ) {}

  /** Connects a caller to the VRU, for treatment or to wait. */
  connectVru(call: SimulatedCall): void {
    const vru = vruOf(call.peripheral);
    if (vru === undefined || call.connections.some((each) => each.device === vru)) return;
    for (const parked of call.connections.filter((each) => each.device.kind === 'routePoint'))
      this.connections.divert(parked);
    const connection = this.park(call, vru, Lcs.connect);
    this.calls.establish(connection);
  }

  /** A route point or the VRU becomes a party. */
  park(
    call: SimulatedCall,
    device: SimulatedDevice,
    state: typeof Lcs.alerting | typeof Lcs.connect,
  ): SimulatedConnection {
    return this.connections.join(call, device, state, {
      callType: call.type,
      lineType: Line.inboundAcd,
      direction: Direction.none,
    });
  }

  /** The VRU's connection is the one in the queue; without a VRU it is the caller's own. */
  waitingParty(call: SimulatedCall): SimulatedConnection | undefined {
    return call.connections.find((each) => each.device.kind === 'vru') ?? call.connections[0];
  }

  waitState(call: SimulatedCall, state: typeof Lcs.queued | typeof Lcs.connect): void {
    const vru = call.connections.find((each) => each.device.kind === 'vru');
    if (vru !== undefined) this.connections.enter(vru, state);
  }
}

const vrus = new WeakMap<Peripheral, SimulatedDevice | null>();
function vruOf(peripheral: Peripheral): SimulatedDevice | undefined {
  let vru = vrus.get(peripheral);
  if (vru === undefined) {
    vru = [...peripheral.devices.values()].find((each) => each.kind === 'vru') ?? null;
    vrus.set(peripheral, vru);
  }
  return vru ?? undefined;
}
