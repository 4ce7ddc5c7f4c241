/** The CTI Server protocol (GED-188), versions 10 to 25: messages, constants, framing, encoding and decoding. */

export { bytesOf, charsetOf } from './codec/charset.js';
export type { FailureLayout } from './codec/failure-conf.js';
export { type FrameField, frameFields } from './codec/frame-fields.js';
export { DecodeReport, type DecodeWarning, type DecodeWarning as Oddity, type OddityKind } from './codec/report.js';
export { type DecodeOptions, decode, decodeAt, type EncodeOptions, encode, isMessage } from './codec.js';
export * from './constants/index.js';
export type { FieldFacts } from './definition/field.js';
export { hasField, type MessageDefinition, type UnknownField } from './definition/message.js';
export { Tag } from './definition/tags.js';
export { EncodeError, FrameError } from './errors.js';
export { FrameReader, type FrameReaderOptions } from './frame-reader.js';
export {
  definitionOf,
  type Message,
  type MessageInit,
  type MessageInitOf,
  type MessageName,
  type MessageOf,
  messageName,
  messages,
  services,
  type UnknownMessage,
} from './messages/index.js';
export { NAME_ONLY, type NameOnlyMessage } from './messages/name-only.js';
export { MAX_VERSION, MIN_VERSION } from './versions.js';
