/**
 * The protocol has two fields for an agent's ID: AgentID, of at most 11 bytes, and AgentIDLong (tag 194, 128 bytes),
 * which servers use for longer IDs, and Unified CCX always. Everything above the southbound code uses AgentID only.
 */
import {
  hasField,
  type Message,
  type MessageDefinition,
  type MessageInit,
  messages,
  Tag,
} from '../../../ged188/index.js';

/** Bytes that fit into AgentID; the twelfth is its null. */
const MAX_AGENT_ID_BYTES = 11;

type WithAgentId = { AgentID?: string; AgentIDLong?: string; unknown?: readonly { tag: number; data: Buffer }[] };

/** Messages whose tables give them an AgentIDLong. */
const WITH_LONG_ID: ReadonlySet<string> = new Set(
  Object.values<MessageDefinition>(messages)
    .filter(({ facts }) => hasField(facts, 'AgentIDLong'))
    .map(({ name }) => name),
);

/** Copies the long ID of a received message to AgentID if the short one is blank. */
export function takeLongAgentId(message: Message): void {
  const m = message as WithAgentId;
  if (m.unknown === undefined && !WITH_LONG_ID.has(message.type)) return;
  if (m.AgentID !== undefined && m.AgentID !== '') return;
  const long = m.AgentIDLong ?? untabled(m.unknown);
  if (long !== undefined && long !== '') m.AgentID = long;
}

/** The same for a message whose table has no AgentIDLong. */
function untabled(unknown: WithAgentId['unknown']): string | undefined {
  const data = unknown?.find(({ tag }) => tag === Tag.AGENT_ID_LONG_TAG)?.data;
  return data?.toString('utf8').replace(/\0.*$/s, '');
}

/** For a message to send: moves an ID that does not fit into AgentID to AgentIDLong. */
export function withAgentId(message: MessageInit): MessageInit {
  const { AgentID } = message as WithAgentId;
  if (AgentID === undefined || Buffer.byteLength(AgentID) <= MAX_AGENT_ID_BYTES) return message;
  return { ...message, AgentID: undefined, AgentIDLong: AgentID } as MessageInit;
}
