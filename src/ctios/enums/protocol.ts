import * as protocol from '../../ged188/constants/index.js';
import { defineEnum, type EnumSpec, type EnumValueSpec } from '../definition.js';

// Enumerations that CTI OS takes over unchanged from the CTI Server protocol; they are defined in the protocol's
// tables.

type Group = Readonly<Record<string, number>>;

/** The protocol's names for a number; if several names share one, the first is the name and the others are aliases. */
function taken<Values extends Group>(kind: EnumSpec['kind'], prefix: readonly string[], group: Values) {
  const values = Object.fromEntries(Object.entries(group).map(([name, value]) => [name, { value }])) as {
    readonly [Name in keyof Values]: EnumValueSpec & { readonly value: Values[Name] };
  };
  return defineEnum({ kind, prefix, values });
}

export const AgentWorkMode = taken('enum', ['AWM_', 'RA_'], protocol.AgentWorkMode);
export const DeskSettingsMask = taken('mask', ['DESK_'], protocol.DeskSettingsMask);
export const TaskState = taken('enum', ['TASK_STATE_'], protocol.TaskState);

export const CallType = taken('enum', ['CALLTYPE_'], protocol.CallType);
export const EventCause = taken('enum', ['CECX_', 'CEC_'], protocol.EventCause);
export const LineType = taken('enum', ['LINETYPE_'], protocol.LineType);
export const ConnectionDeviceIDType = taken('enum', ['CONNECTION_ID_'], protocol.ConnectionDeviceIDType);
export const DeviceIDType = taken('enum', ['DEVID_'], protocol.DeviceIDType);
export const DispositionCode = taken('enum', ['DISP_'], protocol.DispositionCode);
export const CallMannerType = taken('enum', ['CMT_'], protocol.CallMannerType);
export const CallOption = taken('enum', ['COPT_'], protocol.CallOption);
export const ConsultType = taken('enum', ['CT_'], protocol.ConsultType);
export const FacilityType = taken('enum', ['FT_'], protocol.FacilityType);
export const AnsweringMachine = taken('enum', ['AM_'], protocol.AnsweringMachine);
export const AnswerDetectMode = taken('enum', ['ADM_'], protocol.AnswerDetectMode);
export const AllocationState = taken('enum', ['ALLOC_'], protocol.AllocationState);
export const DestinationCountry = taken('enum', ['DEST_'], protocol.DestinationCountry);
export const SilentMonitorCallStatus = taken('enum', ['SILENT_MONITOR_'], protocol.SilentMonitorStatus);

export const PeripheralType = taken('enum', ['PT_'], protocol.PeripheralType);
export const TypeOfDevice = taken('enum', ['DEVT_'], protocol.TypeOfDevice);
export const ClassOfDevice = taken('mask', ['DEVC_'], protocol.ClassOfDevice);
export const ForwardType = taken('enum', ['FWT_'], protocol.ForwardType);

export const ControlFailureCode = taken('enum', ['CF_'], protocol.ControlFailureCode);
export const CTIServerStatusCode = taken('enum', ['E_CTI_'], protocol.StatusCode);
export const PGStatusCode = taken('mask', ['PGS_'], protocol.PGStatus);
export const CTIServiceMask = taken('mask', ['CTI_SERVICE_'], protocol.ServiceMask);
export const NullValues = taken('enum', [], protocol.Limits);

export const AgentService = taken('enum', ['AGENT_'], protocol.AgentService);
export const RecordingType = taken('enum', ['CALL_RECORDING_TYPE_'], protocol.RecordingType);
export const MediaForkingDeviceType = taken(
  'enum',
  ['CALL_RECORDING_MEDIA_FORKING_DEVICE_TYPE_'],
  protocol.MediaForkingDeviceType,
);
export const RecorderType = taken('enum', ['CALL_RECORDING_MEDIA_FORKING_RECORDER_TYPE_'], protocol.RecorderType);
export const RecorderStatus = taken('enum', ['CALL_RECORDING_MEDIA_FORKING_RECORDER_STATUS_'], protocol.RecorderStatus);
export const PlayToneDirection = taken('enum', [], protocol.PlayToneDirection);
export const InvocationType = taken('enum', [], protocol.InvocationType);
