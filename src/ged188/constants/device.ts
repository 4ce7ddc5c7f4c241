/** Peripherals and devices, and what a peripheral can do. */

/** What kind of switch the peripheral is. */
export const PeripheralType = {
  PT_ASPECT: 1, // until 24
  PT_MERIDIAN: 2,
  PT_G2: 3,
  PT_DEFINITY_ECS_NON_EAS: 4,
  PT_DEFINITY_ECS_EAS: 5,
  PT_GALAXY: 6,
  PT_SPECTRUM: 7,
  PT_VRU: 8,
  PT_VRU_POLLED: 9,
  PT_DMS100: 10,
  PT_SIEMENS_9006: 11,
  PT_SIEMENS_9005: 12,
  PT_ALCATEL: 13,
  PT_NEC_NEAX_2x00: 14,
  PT_ACP_1000: 15,
  PT_SYMPOSIUM: 16, // until 24
  PT_ENTERPRISE_AGENT: 17,
  PT_MD110: 18,
  PT_MEDIA_ROUTING: 19,
  PT_GENERIC: 20,
  PT_ACMI_CRS: 21,
  PT_ACMI_IPCC: 22,
  PT_SIMPLIFIED_IPCC: 23, // until 24
  PT_ARS: 24,
  PT_ACMI_ERS: 25,
  PT_ACMI_EXPERT_ADVISOR: 26,
  PT_NONE: 0xffff,
} as const;
export type PeripheralType = (typeof PeripheralType)[keyof typeof PeripheralType];

/** What kind of device it is. */
export const TypeOfDevice = {
  DEVT_STATION: 0,
  DEVT_LINE: 1,
  DEVT_BUTTON: 2,
  DEVT_ACD: 3,
  DEVT_TRUNK: 4,
  DEVT_OPERATOR: 5,
  DEVT_STATION_GROUP: 16,
  DEVT_LINE_GROUP: 17,
  DEVT_BUTTON_GROUP: 18,
  DEVT_ACD_GROUP: 19,
  DEVT_TRUNK_GROUP: 20,
  DEVT_OPERATOR_GROUP: 21,
  DEVT_CTI_PORT_SCCP: 22,
  DEVT_CTI_PORT_SIP: 23,
  DEVT_OTHER: 255,
} as const;
export type TypeOfDevice = (typeof TypeOfDevice)[keyof typeof TypeOfDevice];

/** What media the device handles. */
export const ClassOfDevice = {
  DEVC_OTHER: 0x0010,
  DEVC_IMAGE: 0x0020,
  DEVC_DATA: 0x0040,
  DEVC_VOICE: 0x0080,
} as const;
export type ClassOfDevice = (typeof ClassOfDevice)[keyof typeof ClassOfDevice];

/** How a device is forwarded. */
export const ForwardType = {
  FWT_IMMEDIATE: 0,
  FWT_BUSY: 1,
  FWT_NO_ANS: 2,
  FWT_BUSY_INT: 3,
  FWT_BUSY_EXT: 4,
  FWT_NO_ANS_INT: 5,
  FWT_NO_ANS_EXT: 6,
} as const;
export type ForwardType = (typeof ForwardType)[keyof typeof ForwardType];

/** Call control requests that a peripheral supports. */
export const CallControlMask = {
  CONTROL_QUERY_AGENT_STATE: 0x00000001,
  CONTROL_SET_AGENT_STATE: 0x00000002,
  CONTROL_ALTERNATE_CALL: 0x00000004,
  CONTROL_ANSWER_CALL: 0x00000008,
  CONTROL_CLEAR_CALL: 0x00000010,
  CONTROL_CLEAR_CONNECTION: 0x00000020,
  CONTROL_CONFERENCE_CALL: 0x00000040,
  CONTROL_CONSULTATION_CALL: 0x00000080,
  CONTROL_DEFLECT_CALL: 0x00000100,
  CONTROL_HOLD_CALL: 0x00000200,
  CONTROL_MAKE_CALL: 0x00000400,
  CONTROL_MAKE_PREDICTIVE_CALL: 0x00000800,
  CONTROL_RECONNECT_CALL: 0x00001000,
  CONTROL_RETRIEVE_CALL: 0x00002000,
  CONTROL_TRANSFER_CALL: 0x00004000,
  CONTROL_QUERY_DEVICE_INFO: 0x00008000,
  CONTROL_SNAPSHOT_CALL: 0x00010000,
  CONTROL_SNAPSHOT_DEVICE: 0x00020000,
  CONTROL_SEND_DTMF_SIGNAL: 0x00040000,
} as const;
export type CallControlMask = (typeof CallControlMask)[keyof typeof CallControlMask];

/** Ways to set up a transfer or conference that a peripheral supports. */
export const TransferConferenceSetupMask = {
  CONF_SETUP_CONSULT_SPECIFIC: 0x00000001,
  CONF_SETUP_CONSULT_ANY: 0x00000002,
  CONF_SETUP_CONN_HELD: 0x00000004,
  CONF_SETUP_ANY_TWO_CALLS: 0x00000008,
  CONF_SETUP_SINGLE_ACD_CALL: 0x00000010,
  TRANS_SETUP_SINGLE_ACD_CALL: 0x00000020,
  CONF_SETUP_ANY_SINGLE_CALL: 0x00000040,
  TRANS_SETUP_ANY_SINGLE_CALL: 0x00000080,
} as const;
export type TransferConferenceSetupMask =
  (typeof TransferConferenceSetupMask)[keyof typeof TransferConferenceSetupMask];

/** Other features that a peripheral supports. */
export const OtherFeatureMask = {
  FEATURE_POST_ROUTE: 0x00000001,
  FEATURE_UNIQUE_CONSULT_CALLID: 0x00000002,
} as const;
export type OtherFeatureMask = (typeof OtherFeatureMask)[keyof typeof OtherFeatureMask];

/** Direction of a media stream. Our names, after the labels of the guide. */
export const RTPDirection = {
  INPUT: 0,
  OUTPUT: 1,
  BIDIRECTIONAL: 2,
} as const;
export type RTPDirection = (typeof RTPDirection)[keyof typeof RTPDirection];

/** What a media stream carries. Our names, after the labels of the guide. */
export const RTPType = {
  AUDIO: 0,
  VIDEO: 1,
  DATA: 2,
} as const;
export type RTPType = (typeof RTPType)[keyof typeof RTPType];
