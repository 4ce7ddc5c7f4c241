/**
 * An agent's ID has two places in the protocol: AgentID, which takes 11 bytes, and AgentIDLong (tag 194, 128 bytes), which
 * servers use where IDs are longer, and Unified CCX always. Everything above this border knows AgentID alone.
 */
import { type Message, type MessageInit, Tag } from '../../ged188/index.js';

/** Bytes that fit into AgentID; its null is the twelfth. */
const MAX_AGENT_ID_BYTES = 11;

type WithAgentId = { AgentID?: string; AgentIDLong?: string; unknown?: readonly { tag: number; data: Buffer }[] };

/** Puts the long ID of a received message where the ID is looked for, if the short one is blank. */
export function takeLongAgentId(message: Message): void {
  const m = message as WithAgentId;
  if (m.AgentIDLong === undefined && m.unknown === undefined) return;
  if (m.AgentID !== undefined && m.AgentID !== '') return;
  const long = m.AgentIDLong ?? untabled(m.unknown);
  if (long !== undefined && long !== '') m.AgentID = long;
}

/** The same for a message that the tables give no AgentIDLong. */
function untabled(unknown: WithAgentId['unknown']): string | undefined {
  const data = unknown?.find(({ tag }) => tag === Tag.AGENT_ID_LONG_TAG)?.data;
  return data?.toString('utf8').replace(/\0.*$/s, '');
}

/** A message to send: an ID that does not fit into AgentID goes where it does. */
export function withAgentId(message: MessageInit): MessageInit {
  const { AgentID } = message as WithAgentId;
  if (AgentID === undefined || Buffer.byteLength(AgentID) <= MAX_AGENT_ID_BYTES) return message;
  return { ...message, AgentID: undefined, AgentIDLong: AgentID } as MessageInit;
}
