/** Changing the data of a call. */
import { CallType, ConnectionDeviceIDType, DeviceIDType, DispositionCode } from '../constants/call.js';
import { NULL_CALLTYPE } from '../constants/limits.js';
import { STRING, UCHAR, UINT, UNSPEC, USHORT } from '../definition/field.js';
import { NAMED_ARRAYS, NAMED_VARIABLES } from '../definition/list.js';
import { message } from '../definition/message.js';
import { Tag } from '../definition/tags.js';
import { CALL_ID, CALL_VARIABLES, PERIPHERAL_ID, SERVICE_ID, SKILL_GROUP_ID } from './common.js';

export const SET_CALL_DATA_REQ = message('SET_CALL_DATA_REQ', 26, {
  from: 'client',
  reply: 'SET_CALL_DATA_CONF',
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ConnectionCallID: CALL_ID,
    NumNamedVariables: USHORT.counts('NamedVariables'),
    NumNamedArrays: USHORT.counts('NamedArrays'),
    CallType: USHORT.of(CallType).absent(NULL_CALLTYPE).since(8),
    CalledPartyDisposition: USHORT.of(DispositionCode).since(8),
    CampaignID: UINT.since(8),
    QueryRuleID: UINT.since(8),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    ANI: STRING(40).tag(Tag.ANI_TAG),
    UserToUserInfo: UNSPEC(131).tag(Tag.UUI_TAG),
    CallerEnteredDigits: STRING(40).tag(Tag.CED_TAG),
    ...CALL_VARIABLES,
    CallWrapupData: STRING(40).tag(Tag.CALL_WRAPUP_DATA_TAG),
    NamedVariables: NAMED_VARIABLES,
    NamedArrays: NAMED_ARRAYS,
    CustomerPhoneNumber: STRING(20).tag(Tag.CUSTOMER_PHONE_NUMBER_TAG).since(8),
    CustomerAccountNumber: STRING(32).tag(Tag.CUSTOMER_ACCOUNT_NUMBER_TAG).since(8),
    RouterCallKeyDay: UINT.tag(Tag.ROUTER_CALL_KEY_DAY_TAG).since(14),
    RouterCallKeyCallID: UINT.tag(Tag.ROUTER_CALL_KEY_CALLID_TAG).since(14),
    RouterCallKeySequenceNumber: UINT.tag(Tag.ROUTER_CALL_KEY_SEQUENCE_NUM_TAG).since(14),
    CallOriginatedFrom: UCHAR.tag(Tag.CALL_ORIGINATED_FROM_TAG).since(14),
  },
  extra: {
    ANI_II: STRING(2).tag(Tag.ANI_II_TAG),
    CTIOSCILClientID: STRING(64).tag(Tag.CTIOS_CIL_CLIENT_ID_TAG),
  },
});

export const SET_CALL_DATA_CONF = message('SET_CALL_DATA_CONF', 27, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
  },
});

export const RELEASE_CALL_REQ = message('RELEASE_CALL_REQ', 28, {
  from: 'client',
  reply: 'RELEASE_CALL_CONF',
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ConnectionCallID: CALL_ID,
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
  },
});

export const RELEASE_CALL_CONF = message('RELEASE_CALL_CONF', 29, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
  },
});

export const SET_DEVICE_ATTRIBUTES_REQ = message('SET_DEVICE_ATTRIBUTES_REQ', 141, {
  from: 'client',
  reply: 'SET_DEVICE_ATTRIBUTES_CONF',
  since: 8,
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ServiceNumber: SERVICE_ID,
    ServiceID: SERVICE_ID,
    SkillGroupNumber: SKILL_GROUP_ID,
    SkillGroupID: SKILL_GROUP_ID,
    SkillGroupPriority: USHORT,
    CallType: USHORT.of(CallType).absent(NULL_CALLTYPE),
    CallingDeviceType: USHORT.of(DeviceIDType),
  },
  floating: {
    CallingDeviceID: STRING(64).tag(Tag.CALLING_DEVID_TAG).required,
  },
});

export const SET_DEVICE_ATTRIBUTES_CONF = message('SET_DEVICE_ATTRIBUTES_CONF', 142, {
  from: 'server',
  since: 8,
  fixed: {
    InvokeID: UINT,
  },
});
