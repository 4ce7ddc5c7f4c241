/** The CTI OS vocabulary: the events, requests and properties of sessions, agents, calls and skill groups. */

export { type ArgTypeName, type ArgumentInput, Arguments, type ArgumentValue } from './arguments.js';
export { type CheckOptions, checkArguments } from './check-arguments.js';
export { CtiosError, type CtiosErrorCause } from './ctios-error.js';
export type {
  ArgumentValueOf,
  ArgumentValueOf as ValueOf,
  InterfaceName,
  KeywordSpec,
  ObjectName,
  RequestGroup,
  RequestNode,
  ValueType,
} from './definition.js';
export {
  constants,
  type EnumName,
  type EnumValue,
  enumKind,
  enumName,
  enumNamer,
  enums,
  enumValue,
  enumValues,
} from './enums/index.js';
export {
  type EventArgs,
  type EventDefinition,
  type EventName,
  type EventNames,
  type EventsOf,
  eventById,
  eventByName,
  events,
  eventsOf,
  interfaces,
  type ParamDefinition,
} from './events/index.js';
export { type Filter, parseFilter } from './filter.js';
export { type KeywordDefinition, keywordByName, nearestKeyword, nearestName } from './keyword-lookup.js';
export { callVariables, isTracked, type Keyword, keywords, TRACKED_KEYWORDS } from './keywords.js';
export { isOtherMedia, isVoice, VOICE_MRDID } from './media.js';
export { objectProperties } from './properties.js';
export {
  type AnyKeyword,
  type AnyRequestName,
  nearestRequest,
  type RequestArgs,
  type RequestDefinition,
  type RequestMethodNames,
  type RequestName,
  type RequestsOf,
  requestByName,
  requests,
  requestsOfNode,
} from './requests/index.js';
export * from './transport.js';
export * from './unique-object-id.js';
