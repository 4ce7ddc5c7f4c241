/** Network recording. */

/** What is recorded. Since version 23. */
export const RecordingType = {
  CALL_RECORDING_TYPE_NONE: 0,
  CALL_RECORDING_TYPE_AUTOMATIC: 1,
  CALL_RECORDING_TYPE_APPLICATION_INITIATED_SILENT: 2,
  CALL_RECORDING_TYPE_USER_INITIATED_FROM_DEVICE: 3,
  CALL_RECORDING_TYPE_USER_INITIATED_FROM_APPLICATION: 4,
} as const;
export type RecordingType = (typeof RecordingType)[keyof typeof RecordingType];

/** What forks the media. Since version 23. */
export const MediaForkingDeviceType = {
  CALL_RECORDING_MEDIA_FORKING_DEVICE_TYPE_NONE: 0,
  CALL_RECORDING_MEDIA_FORKING_DEVICE_TYPE_PHONE: 1,
  CALL_RECORDING_MEDIA_FORKING_DEVICE_TYPE_GW: 2,
} as const;
export type MediaForkingDeviceType = (typeof MediaForkingDeviceType)[keyof typeof MediaForkingDeviceType];

/** What records. Since version 23. */
export const RecorderType = {
  CALL_RECORDING_MEDIA_FORKING_RECORDER_TYPE_UNKNOWN: 0,
  CALL_RECORDING_MEDIA_FORKING_RECORDER_TYPE_OPTIONAL_RECORDER: 1,
  CALL_RECORDING_MEDIA_FORKING_RECORDER_TYPE_MANDATORY_RECORDER: 2,
} as const;
export type RecorderType = (typeof RecorderType)[keyof typeof RecorderType];

/** Outcome of a recording. Since version 23. */
export const RecorderStatus = {
  CALL_RECORDING_MEDIA_FORKING_RECORDER_STATUS_UNKNOWN: 0,
  CALL_RECORDING_MEDIA_FORKING_RECORDER_STATUS_SUCCESS: 1,
  CALL_RECORDING_MEDIA_FORKING_RECORDER_STATUS_FAILURE: 2,
} as const;
export type RecorderStatus = (typeof RecorderStatus)[keyof typeof RecorderStatus];

/**
 * Which parties hear the recording tone; absent means none. Since version 23. Our names, after the labels of the guide.
 */
export const PlayToneDirection = {
  LOCAL_ONLY: 0,
  REMOTE_ONLY: 1,
  LOCAL_AND_REMOTE: 2,
  NONE: 3,
} as const;
export type PlayToneDirection = (typeof PlayToneDirection)[keyof typeof PlayToneDirection];

/**
 * How recording is invoked. The guide publishes names but no numbers; absent means silent. Since version 23.
 * Our names, after the labels of the guide.
 */
export const InvocationType = {
  SILENT_RECORDING: 1, // presumed: the guide publishes no numbers; Unified CM's telephony interface has 2 for the other mode
  USER_RECORDING: 2, // presumed: the number of Unified CM's telephony interface, which has the same two modes
} as const;
export type InvocationType = (typeof InvocationType)[keyof typeof InvocationType];
