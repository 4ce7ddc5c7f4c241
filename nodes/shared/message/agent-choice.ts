/**
 * Determines the session for a message if there are sessions for many agents. The rules are part of the message
 * contract and documented in the help: changing one requires a migration.
 */
import type { ObjectName } from '../../../src/ctios/index.js';
import { inputError } from './errors.js';
import { type DialogInput, idOf } from './input-rules.js';
import { isRecord, type Message, textOf } from './values.js';

type Values = Readonly<Record<string, unknown>>;

/** An agent as a message names it: an AgentID, with or without a peripheral, or a UniqueObjectID. */
export interface NamedInMessage {
  readonly agentId: string;
  readonly peripheralId?: string | undefined;
}

export interface ChoiceInput {
  readonly request: string;
  /** The object of the request: only an agent's object names an agent. */
  readonly object: ObjectName;
  readonly dialog: DialogInput;
  readonly payload: Values;
  readonly msg: Message;
}

/** The sessions, as far as the choice needs them. */
export interface ChoiceOf<T> {
  sessionOf(agent: NamedInMessage): T | undefined;
  sessionOfCall(id: string): T | undefined;
}

/**
 * Requests for a session that is to be opened, or for none: log-ins name an agent without a session, and the others
 * concern all sessions.
 */
const WITHOUT_AGENT: ReadonlySet<string> = new Set(['Login', 'SetAgent', 'Connect', 'SetMessageFilter', 'SetOwnLists']);

/** In this order; the first source that names an agent wins. */
const SOURCES: readonly { what: string; from(input: ChoiceInput): NamedInMessage | undefined }[] = [
  // First, because it names the agent on whose behalf the request is sent: a supervisor's request is about another
  // agent.
  {
    what: 'msg.ctios.agentId',
    from: ({ msg }) => (isRecord(msg.ctios) ? named(msg.ctios, 'agentId', 'peripheralId') : undefined),
  },
  { what: 'the dialog', from: ({ object, dialog }) => (object === 'Agent' ? agentIn(dialog.object) : undefined) },
  { what: 'AgentID in the dialog', from: ({ dialog }) => named(dialog.args, 'AgentID', 'PeripheralID') },
  { what: 'AgentID of msg.payload', from: ({ payload }) => named(payload, 'AgentID', 'PeripheralID') },
  {
    what: 'a UniqueObjectID of msg.payload that begins with "agent."',
    from: ({ payload }) => agentObject(textOf(payload, 'UniqueObjectID')),
  },
  { what: 'msg.agent', from: ({ msg }) => agentObject(idOf(msg.agent)) },
];

/**
 * @returns undefined for a request that needs no agent's session
 * @throws CtiosError CTIOS_NO_AGENT_SESSION if the agent has none; CTIOS_NO_OBJECT if no agent is named, and no call
 *   that is one agent's
 */
export function agentFor<T>(input: ChoiceInput, sessions: ChoiceOf<T>): T | undefined {
  const { request } = input;
  if (WITHOUT_AGENT.has(request)) return undefined;
  const found = namedAgent(input, sessions);
  if (found !== undefined) return found;
  throw inputError(
    'CTIOS_NO_OBJECT',
    `Whose session ${request} is for is not clear: the session has one for each agent. The agent was looked for in ${SOURCES.map(({ what }) => what).join(', ')}, and in the call.`,
    { request },
  );
}

/**
 * The session of the agent that a message names.
 * @returns undefined if it names none
 * @throws CtiosError CTIOS_NO_AGENT_SESSION
 */
export function namedAgent<T>(input: ChoiceInput, sessions: ChoiceOf<T>): T | undefined {
  for (const source of SOURCES) {
    const agent = source.from(input);
    if (agent === undefined) continue;
    const session = sessions.sessionOf(agent);
    if (session !== undefined) return session;
    throw inputError(
      'CTIOS_NO_AGENT_SESSION',
      `Agent ${agent.agentId} has no session here, or several peripherals have such an agent. Send Login first; with several peripherals, give the PeripheralID.`,
      { request: input.request },
    );
  }
  const { dialog, payload, msg } = input;
  const calls = [dialog.object, textOf(payload, 'UniqueObjectID'), idOf(msg.call)];
  const call = calls.find((id) => id?.toLowerCase().startsWith('call.'));
  return call === undefined ? undefined : sessions.sessionOfCall(call);
}

function named(values: Values, id: string, peripheral: string): NamedInMessage | undefined {
  const agentId = textOf(values, id);
  return agentId === undefined ? undefined : { agentId, peripheralId: textOf(values, peripheral) };
}

/** In a dialog an agent is an ID or a UniqueObjectID. */
function agentIn(text: string | undefined): NamedInMessage | undefined {
  return text === undefined || /^(call|skillgroup)\./i.test(text) ? undefined : { agentId: text };
}

function agentObject(id: string | undefined): NamedInMessage | undefined {
  return id?.toLowerCase().startsWith('agent.') ? { agentId: id } : undefined;
}
