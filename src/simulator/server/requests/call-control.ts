/** Requests that control calls (Client Control service) and their data (Call Data Update service). */
import { ControlFailureCode, type MessageOf, NULL_CALL_ID, ServiceMask, StatusCode } from '../../../ged188/index.js';
import type { CommandOutcome, JoinedCall, JoinRequest, NewConnection } from '../../model/state/types.js';
import { callDataPatch } from '../messages/call-data.js';
import { connectedParties, STATIC } from '../messages/call-fields.js';
import {
  answerWith,
  confirm,
  connectionRef,
  done,
  missing,
  refuseControl,
  refuseRequest,
  requestTable,
} from './definition.js';

const service = ServiceMask.CTI_SERVICE_CLIENT_CONTROL;

type OneConnection = MessageOf<'ANSWER_CALL_REQ' | 'HOLD_CALL_REQ' | 'CLEAR_CALL_REQ' | 'DEFLECT_CALL_REQ'>;
type TwoConnections = MessageOf<'RECONNECT_CALL_REQ' | 'TRANSFER_CALL_REQ' | 'CONFERENCE_CALL_REQ'>;

const named = (request: OneConnection | MessageOf<'CLEAR_CONNECTION_REQ' | 'SEND_DTMF_SIGNAL_REQ'>) =>
  connectionRef(request, request.ConnectionCallID, request.ConnectionDeviceID, request.AgentInstrument);
const active = (request: TwoConnections | MessageOf<'ALTERNATE_CALL_REQ' | 'CONSULTATION_CALL_REQ'>) =>
  connectionRef(request, request.ActiveConnectionCallID, request.ActiveConnectionDeviceID, request.AgentInstrument);
const held = (request: TwoConnections | MessageOf<'RETRIEVE_CALL_REQ'>) =>
  connectionRef(request, request.HeldConnectionCallID, request.HeldConnectionDeviceID, request.AgentInstrument);

const onOne = (request: OneConnection | MessageOf<'SEND_DTMF_SIGNAL_REQ'>) => ({
  peripheralId: request.PeripheralID,
  device: request.ConnectionDeviceID ?? request.AgentInstrument,
});
const onActive = (request: TwoConnections | MessageOf<'ALTERNATE_CALL_REQ' | 'CONSULTATION_CALL_REQ'>) => ({
  peripheralId: request.PeripheralID,
  device: request.ActiveConnectionDeviceID ?? request.AgentInstrument,
});

export const callControl = requestTable({
  MAKE_CALL_REQ: {
    service,
    control: true,
    actsOn: (request) => ({ peripheralId: request.PeripheralID, device: request.AgentInstrument }),
    run(request, { center }) {
      if (request.AgentInstrument === undefined || request.DialedNumber === undefined) return missing;
      const outcome = center.makeCall({
        peripheralId: request.PeripheralID,
        instrument: request.AgentInstrument,
        dialedNumber: request.DialedNumber,
        placementType: request.CallPlacementType,
        mannerType: request.CallMannerType,
        data: callDataPatch(request),
      });
      return answerWith(outcome, (made) => ({ type: 'MAKE_CALL_CONF', ...newConnection(made) }));
    },
  },
  // Automatic outbound dialing requires a dialer, which this center does not have.
  MAKE_PREDICTIVE_CALL_REQ: {
    service,
    control: true,
    run: () => refuseControl(ControlFailureCode.CF_REQUESTED_SERVICE_NOT_REGISTERED),
  },
  ANSWER_CALL_REQ: {
    service,
    control: true,
    actsOn: onOne,
    run: (request, { center }) => answerWith(center.answer(named(request)), done('ANSWER_CALL_CONF')),
  },
  HOLD_CALL_REQ: {
    service,
    control: true,
    actsOn: onOne,
    run: (request, { center }) => answerWith(center.hold(named(request)), done('HOLD_CALL_CONF')),
  },
  RETRIEVE_CALL_REQ: {
    service,
    control: true,
    actsOn: (request) => ({
      peripheralId: request.PeripheralID,
      device: request.HeldConnectionDeviceID ?? request.AgentInstrument,
    }),
    run: (request, { center }) => answerWith(center.retrieve(held(request)), done('RETRIEVE_CALL_CONF')),
  },
  ALTERNATE_CALL_REQ: {
    service,
    control: true,
    actsOn: onActive,
    run(request, { center }) {
      const other = connectionRef(
        request,
        request.OtherConnectionCallID,
        request.OtherConnectionDeviceID,
        request.AgentInstrument,
      );
      return answerWith(center.alternate(active(request), other), done('ALTERNATE_CALL_CONF'));
    },
  },
  RECONNECT_CALL_REQ: {
    service,
    control: true,
    actsOn: onActive,
    run: (request, { center }) =>
      answerWith(center.reconnect(active(request), held(request)), done('RECONNECT_CALL_CONF')),
  },
  CLEAR_CALL_REQ: {
    service,
    control: true,
    actsOn: onOne,
    run: (request, { center }) => answerWith(center.clearCall(named(request)), done('CLEAR_CALL_CONF')),
  },
  CLEAR_CONNECTION_REQ: {
    service,
    control: true,
    // Another party of one's own call may be dropped: then the permission depends on the requesting device.
    actsOn: (request) => ({
      peripheralId: request.PeripheralID,
      device: request.RequestingDeviceID ?? request.AgentInstrument ?? request.ConnectionDeviceID,
    }),
    run: (request, { center }) =>
      answerWith(
        center.clearConnection(named(request), request.RequestingDeviceID ?? request.AgentInstrument),
        done('CLEAR_CONNECTION_CONF'),
      ),
  },
  CONSULTATION_CALL_REQ: {
    service,
    control: true,
    actsOn: onActive,
    run(request, { center }) {
      if (request.DialedNumber === undefined) return missing;
      const outcome = center.consult({
        active: active(request),
        dialedNumber: request.DialedNumber,
        consultType: request.ConsultType,
        data: callDataPatch(request),
      });
      return answerWith(outcome, (made) => ({ type: 'CONSULTATION_CALL_CONF', ...newConnection(made) }));
    },
  },
  TRANSFER_CALL_REQ: {
    service,
    control: true,
    confirmLast: true,
    actsOn: onActive,
    run: (request, { center }) =>
      answerWith(
        join(request, (what) => center.transfer(what)),
        (call) => ({
          type: 'TRANSFER_CALL_CONF',
          ...joinedCall(call),
        }),
      ),
  },
  CONFERENCE_CALL_REQ: {
    service,
    control: true,
    confirmLast: true,
    actsOn: onActive,
    run: (request, { center }) =>
      answerWith(
        join(request, (what) => center.conference(what)),
        (call) => ({
          type: 'CONFERENCE_CALL_CONF',
          ...joinedCall(call),
        }),
      ),
  },
  DEFLECT_CALL_REQ: {
    service,
    control: true,
    actsOn: onOne,
    run(request, { center }) {
      if (request.CalledDeviceID === undefined) return missing;
      return answerWith(center.deflect(named(request), request.CalledDeviceID), done('DEFLECT_CALL_CONF'));
    },
  },
  SEND_DTMF_SIGNAL_REQ: {
    service,
    control: true,
    actsOn: onOne,
    run(request, { center }) {
      const digits = request.DTMFString;
      if (digits === undefined) return missing;
      if (!/^[0-9A-D*#]+$/i.test(digits)) return refuseRequest(StatusCode.E_CTI_INVALID_DIGITS);
      return answerWith(center.sendDtmf(named(request), digits), done('SEND_DTMF_SIGNAL_CONF'));
    },
  },
  BAD_CALL_REQ: {
    service,
    control: true,
    actsOn: (request) => ({ peripheralId: request.PeripheralID, device: request.ConnectionDeviceID }),
    run: (request, { center }) =>
      answerWith(
        center.reportBadLine(connectionRef(request, request.ConnectionCallID, request.ConnectionDeviceID)),
        done('BAD_CALL_CONF'),
      ),
  },
  START_NETWORK_RECORDING_REQ: {
    service,
    control: true,
    actsOn: (request) => ({ peripheralId: request.PeripheralID, device: request.ConnectionDeviceID }),
    run: (request, { center }) =>
      answerWith(
        center.startRecording(
          connectionRef(request, request.ConnectionCallID, request.ConnectionDeviceID, request.AgentInstrument),
        ),
        done('START_NETWORK_RECORDING_CONF'),
      ),
  },
  STOP_NETWORK_RECORDING_REQ: {
    service,
    control: true,
    actsOn: (request) => ({ peripheralId: request.PeripheralID, device: request.ConnectionDeviceID }),
    run: (request, { center }) =>
      answerWith(
        center.stopRecording(
          connectionRef(request, request.ConnectionCallID, request.ConnectionDeviceID, request.AgentInstrument),
        ),
        done('STOP_NETWORK_RECORDING_CONF'),
      ),
  },
});

export const callDataOfRequest = requestTable({
  SET_CALL_DATA_REQ: {
    service: ServiceMask.CTI_SERVICE_CALL_DATA_UPDATE,
    actsOn: (request) => ({ peripheralId: request.PeripheralID, device: request.ConnectionDeviceID }),
    run(request, { center }) {
      const patch = callDataPatch(request);
      // Zero and the null value both mean "not given": real clients send either.
      if (given(request.CallType, 0xffff)) patch.callType = request.CallType;
      if (given(request.CalledPartyDisposition, 0xffff)) patch.disposition = request.CalledPartyDisposition;
      if (given(request.CampaignID, 0xffffffff)) patch.campaignId = request.CampaignID;
      if (given(request.QueryRuleID, 0xffffffff)) patch.queryRuleId = request.QueryRuleID;
      const ref = connectionRef(request, request.ConnectionCallID, request.ConnectionDeviceID);
      return answerWith(center.setCallData(ref, patch), done('SET_CALL_DATA_CONF'));
    },
  },
  // The client no longer needs the call's data; nothing is kept for it here, so there is nothing to release.
  RELEASE_CALL_REQ: {
    service: ServiceMask.CTI_SERVICE_CALL_DATA_UPDATE,
    run: (request, { center }) =>
      center.call(request.PeripheralID, request.ConnectionCallID)
        ? confirm({ type: 'RELEASE_CALL_CONF' })
        : refuseRequest(StatusCode.E_CTI_INVALID_CALLID),
  },
  SET_DEVICE_ATTRIBUTES_REQ: {
    service: ServiceMask.CTI_SERVICE_CALL_DATA_UPDATE,
    run: (request, { center }) =>
      request.CallingDeviceID !== undefined && center.device(request.PeripheralID, request.CallingDeviceID)
        ? confirm({ type: 'SET_DEVICE_ATTRIBUTES_CONF' })
        : refuseRequest(StatusCode.E_CTI_INVALID_DEVICE),
  },
});

function given(value: number | undefined, none: number): value is number {
  return value !== undefined && value !== 0 && value !== none;
}

/** With both calls it joins them; with one call and a number it is a single step. */
function join(
  request: MessageOf<'TRANSFER_CALL_REQ' | 'CONFERENCE_CALL_REQ'>,
  run: (what: JoinRequest) => CommandOutcome<JoinedCall>,
): CommandOutcome<JoinedCall> {
  const single =
    request.HeldConnectionCallID === NULL_CALL_ID ||
    (request.HeldConnectionDeviceID === undefined && request.DialedNumber !== undefined);
  return run({
    active: active(request),
    ...(single ? { dialedNumber: request.DialedNumber } : { held: held(request) }),
    data: callDataPatch(request),
  });
}

function newConnection(made: NewConnection) {
  return {
    NewConnectionCallID: made.connection.callId,
    NewConnectionDeviceIDType: STATIC,
    NewConnectionDeviceID: made.connection.deviceId,
    LineHandle: made.lineHandle,
    LineType: made.lineType,
  };
}

function joinedCall(call: JoinedCall) {
  return { ...newConnection(call), ConnectedParties: connectedParties(call.parties) };
}
