/**
 * Refusals of a strict server: what is wrong with the form of a request, according to the guide, before its content is
 * considered. A lenient server skips this, like real ones.
 */
import {
  DecodeReport,
  decode,
  definitionOf,
  type Message,
  type OddityKind,
  StatusCode,
  Tag,
} from '../../ged188/index.js';

/** Bytes that ECC names and values may take together, nulls included. */
const NAMED_DATA_LIMIT = 2000;

/** @returns the status with which the request is refused; undefined if its form is valid */
export function formStatus(frame: Buffer, version: number): number | undefined {
  let found: number | undefined;
  const report = new DecodeReport(({ kind, message, field, value }) => {
    found ??= statusOf(kind, message, field, value);
  });
  const message = decode(frame, version, { report });
  return found ?? missingField(message);
}

function statusOf(kind: OddityKind, message: string, field: string, value: number | undefined): number | undefined {
  switch (kind) {
    case 'short-fixed-part':
      return StatusCode.E_CTI_BAD_MESSAGE_FORMAT;
    case 'short-floating-part':
      return StatusCode.E_CTI_INVALID_MESSAGE_LENGTH;
    case 'unknown-tag':
      return unknownTag(message, Number(field));
    case 'field-size':
      return StatusCode.E_CTI_INVALID_FIELD_LENGTH;
    case 'repeated-field':
      return StatusCode.E_CTI_BAD_MESSAGE_FORMAT;
    case 'count-mismatch':
      return countStatus[field] ?? StatusCode.E_CTI_BAD_MESSAGE_FORMAT;
    case 'outside-enumeration':
      // Clients send zero for "not given" if the enumeration has no zero.
      return value === 0 ? undefined : enumerationStatus(field);
    case 'unknown-message':
      return undefined;
  }
}

function unknownTag(message: string, tag: number): number {
  if (!Object.values<number>(Tag).includes(tag)) return StatusCode.E_CTI_INVALID_FIELD_TAG;
  const floating = definitionOf(message)?.facts.floating ?? {};
  const known = Object.values(floating).some((slot) => 'fields' in slot === false && slot.facts.tag === tag);
  return known ? StatusCode.E_CTI_INVALID_TAG_FOR_VERSION : StatusCode.E_CTI_INVALID_TAG_FOR_MSG_TYPE;
}

const countStatus: Readonly<Record<string, number>> = {
  NumNamedVariables: StatusCode.E_CTI_INVALID_NUM_NAMED_VARIABLES,
  NumNamedArrays: StatusCode.E_CTI_INVALID_NUM_NAMED_ARRAYS,
  NumSkillGroups: StatusCode.E_CTI_INVALID_NUM_SKILL_GROUPS,
  NumParties: StatusCode.E_CTI_INVALID_NUM_PARTIES,
  NumLines: StatusCode.E_CTI_INVALID_NUM_LINES,
};

/** The status of a value that its enumeration does not have, by the end of the field's name. */
const enumerationEndings: readonly [RegExp, number][] = [
  [/ConnectionDeviceIDType$/, StatusCode.E_CTI_INVALID_CONNECTION_ID_TYPE],
  [/DeviceType$|DeviceIDType$/, StatusCode.E_CTI_INVALID_DEVICE_ID_TYPE],
  [/^CallType$/, StatusCode.E_CTI_INVALID_CALL_TYPE],
  [/^AgentWorkMode$/, StatusCode.E_CTI_INVALID_AGENT_WORK_MODE],
  [/^CallOption$/, StatusCode.E_CTI_INVALID_CALL_OPTION],
  [/^CallPlacementType$/, StatusCode.E_CTI_INVALID_CALL_PLACEMENT_TYPE],
  [/^CallMannerType$/, StatusCode.E_CTI_INVALID_CALL_MANNER_TYPE],
  [/^ConsultType$/, StatusCode.E_CTI_INVALID_CONSULT_TYPE],
  [/^FacilityType$/, StatusCode.E_CTI_INVALID_FACILITY_TYPE],
  [/^AnsweringMachine$/, StatusCode.E_CTI_INVALID_ANSWERING_MACHINE],
  [/^AnswerDetectMode$/, StatusCode.E_CTI_INVALID_ANSWER_DETECT_MODE],
  [/^AllocationState$/, StatusCode.E_CTI_INVALID_ALLOCATION_STATE],
  [/^DestinationCountry$/, StatusCode.E_CTI_INVALID_DESTINATION_COUNTRY],
  [/^CalledPartyDisposition$/, StatusCode.E_CTI_CALLED_PARTY_DISPOSITION],
  [/^SupervisoryAction$/, StatusCode.E_CTI_INVALID_SUPERVISORY_ACTION],
  [/^Distribution$/, StatusCode.E_CTI_INVALID_DISTRIBUTION_TYPE],
  [/^Direction$/, StatusCode.E_CTI_INVALID_RTP_DIRECTION],
  [/^RTPType$/, StatusCode.E_CTI_INVALID_RTP_TYPE],
];

function enumerationStatus(field: string): number {
  return enumerationEndings.find(([ending]) => ending.test(field))?.[1] ?? StatusCode.E_CTI_BAD_MESSAGE_FORMAT;
}

/** A floating field that the guide's table marks as required. */
function missingField(message: Message): number | undefined {
  const values: Readonly<Record<string, unknown>> = { ...message };
  for (const [name, slot] of Object.entries(definitionOf(message.type)?.facts.floating ?? {})) {
    if (!('fields' in slot) && slot.facts.required && slot.facts.tag !== null && values[name] === undefined) {
      return StatusCode.E_CTI_REQUIRED_DATA_MISSING;
    }
  }
  return undefined;
}

/**
 * A text over its limit, and expanded call variables over theirs. Lenient servers check this, too: data over the limit
 * can neither be stored nor be sent to other clients.
 * @returns the status with which the request is refused
 */
export function lengthStatus(message: Message, version: number): number | undefined {
  const values: Readonly<Record<string, unknown>> = { ...message };
  for (const [name, slot] of Object.entries(definitionOf(message.type)?.facts.floating ?? {})) {
    const value = values[name];
    if ('fields' in slot || typeof value !== 'string') continue;
    const { max, maxBefore } = slot.facts;
    const limit = maxBefore && version < maxBefore.version ? maxBefore.max : max;
    if (limit !== undefined && value.length + 1 > limit) return StatusCode.E_CTI_INVALID_FIELD_LENGTH;
  }
  return namedDataStatus(message);
}

interface Named {
  readonly VariableName?: string;
  readonly VariableValue?: string;
}

function namedDataStatus(message: object): number | undefined {
  const { NamedVariables = [], NamedArrays = [] } = message as {
    NamedVariables?: readonly Named[];
    NamedArrays?: readonly Named[];
  };
  let total = 0;
  for (const { VariableName = '', VariableValue = '' } of [...NamedVariables, ...NamedArrays]) {
    if (VariableName.length > 32 || VariableValue.length > 210) return StatusCode.E_CTI_VALUE_TOO_LONG;
    total += VariableName.length + VariableValue.length + 2;
  }
  total += NamedArrays.length;
  return total > NAMED_DATA_LIMIT ? StatusCode.E_CTI_TOO_MUCH_DATA : undefined;
}
