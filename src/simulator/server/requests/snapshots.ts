/** Requests that query the current state of calls and devices. */
import {
  ClassOfDevice,
  ControlFailureCode,
  LineType,
  type MessageInitOf,
  ServiceMask,
  TransferConferenceSetupMask,
  TypeOfDevice,
} from '../../../ged188/index.js';
import type { CallView, ConnectionView } from '../../model/state/types.js';
import { peripheralType } from '../center.js';
import { definedBits } from '../delivery/masks.js';
import { callDataFields, callReference, routerCallKeyFields } from '../messages/call-data.js';
import { STATIC } from '../messages/call-fields.js';
import { confirm, missing, refuseControl, requestTable } from './definition.js';

/** Granted to sessions that may control and to those that may see. */
const service =
  ServiceMask.CTI_SERVICE_CLIENT_CONTROL |
  ServiceMask.CTI_SERVICE_ALL_EVENTS |
  ServiceMask.CTI_SERVICE_PERIPHERAL_MONITOR |
  ServiceMask.CTI_SERVICE_SUPERVISOR;
const MAX_CALLS = 16;
const MAX_DEVICES = 16;

export const snapshots = requestTable({
  SNAPSHOT_CALL_REQ: {
    service,
    control: true,
    run(request, { center, server }) {
      const call = center.call(request.PeripheralID, request.ConnectionCallID);
      if (call === undefined) return refuseControl(ControlFailureCode.CF_INVALID_CSTA_CALL_IDENTIFIER);
      const own = call.connections.find((each) => each.deviceId === request.ConnectionDeviceID);
      return confirm(snapshotOfCall(call, own, server.clientsAt(call.peripheralId, own?.deviceId)));
    },
  },
  SNAPSHOT_DEVICE_REQ: {
    service,
    control: true,
    run(request, { center }) {
      if (request.AgentInstrument === undefined) return missing;
      const device = center.device(request.PeripheralID, request.AgentInstrument);
      if (device === undefined) return refuseControl(ControlFailureCode.CF_INVALID_CSTA_DEVICE_IDENTIFIER);
      return confirm({
        type: 'SNAPSHOT_DEVICE_CONF',
        Calls: device.connections.slice(0, MAX_CALLS).map((connection) => ({
          CallConnectionCallID: connection.callId,
          CallConnectionDeviceIDType: STATIC,
          CallConnectionDeviceID: connection.deviceId,
          CallState: connection.state,
          SilentMonitorStatus: connection.silentMonitor,
        })),
      });
    },
  },
  QUERY_DEVICE_INFO_REQ: {
    service,
    control: true,
    run(request, { center, session }) {
      if (request.AgentInstrument === undefined) return missing;
      const device = center.device(request.PeripheralID, request.AgentInstrument);
      if (device === undefined) return refuseControl(ControlFailureCode.CF_INVALID_CSTA_DEVICE_IDENTIFIER);
      return confirm({
        type: 'QUERY_DEVICE_INFO_CONF',
        PeripheralType: peripheralType(center, request.PeripheralID),
        TypeOfDevice: TypeOfDevice.DEVT_STATION,
        ClassOfDevice: ClassOfDevice.DEVC_VOICE,
        MaxActiveCalls: 1,
        MaxHeldCalls: MAX_CALLS - 1,
        MaxDevicesInConference: MAX_DEVICES,
        TransferConferenceSetup:
          TransferConferenceSetupMask.CONF_SETUP_CONN_HELD |
          TransferConferenceSetupMask.CONF_SETUP_CONSULT_ANY |
          TransferConferenceSetupMask.TRANS_SETUP_ANY_SINGLE_CALL,
        CallEventsSupported: definedBits.call(session.grant?.version ?? 0),
        CallControlSupported: ALL_CALL_CONTROL,
        Lines: [{ LineHandle: 0, LineType: LineType.LINETYPE_INBOUND_ACD }],
      });
    },
  },
});

/** Every bit of CallControlMask but that of predictive calls. */
const ALL_CALL_CONTROL = 0x7ffff & ~0x800;

function snapshotOfCall(
  call: CallView,
  own: ConnectionView | undefined,
  clients: { CTIClientSignature: string; CTIClientTimestamp: number }[],
): MessageInitOf<'SNAPSHOT_CALL_CONF'> {
  return {
    type: 'SNAPSHOT_CALL_CONF',
    CallType: own?.callType ?? call.callType,
    CalledPartyDisposition: call.facts.disposition,
    ...callDataFields(call.data),
    ...snapshotKey(call),
    CTIClients: clients,
    CallDevices: call.connections.slice(0, MAX_DEVICES).map((connection) => ({
      CallConnectionCallID: connection.callId,
      CallConnectionDeviceIDType: STATIC,
      CallConnectionDeviceID: connection.deviceId,
      CallDeviceType: connection.device.type,
      CallDeviceID: connection.device.id,
      CallDeviceConnectionState: connection.state,
    })),
    CallReferenceID: callReference(call.facts),
    ...(call.consultOf !== undefined &&
      own && {
        COCConnectionCallID: call.consultOf,
        COCCallConnectionDeviceIDType: STATIC,
        COCCallConnectionDeviceID: own.deviceId,
      }),
  };
}

/** The guide's table of this confirmation has no sequence number, though the tag table allows it. */
function snapshotKey(call: CallView) {
  const { RouterCallKeyDay, RouterCallKeyCallID } = routerCallKeyFields(call.facts.routerCallKey);
  return { RouterCallKeyDay, RouterCallKeyCallID };
}
