/**
 * The agent that a request's arguments concern. Object and arguments come from different sources, and the dialog takes
 * precedence: data about another agent from the other source must not be sent with it.
 */
import { keywordByName } from '../../../src/ctios/index.js';
import { inputError } from './errors.js';
import { eventData } from './events/event-payload.js';
import { type DialogInput, idOf, type Message, type RequestInput } from './input-rules.js';
import { textOf } from './values.js';

type Values = Readonly<Record<string, unknown>>;

/** An agent as named by a source: each part may be missing. */
interface NamedAgent {
  readonly id?: string | undefined;
  readonly peripheral?: string | undefined;
}

/** The arguments that identify an agent. */
const IDENTITY = ['AgentID', 'PeripheralID', 'AgentInstrument'];

/**
 * The payload without data of an agent other than the request's.
 * @param target UniqueObjectID of the request's object
 */
export function ownPayload(
  request: RequestInput,
  target: string | undefined,
  dialog: DialogInput,
  msg: Message,
  payload: Values,
): Values {
  if (!request.open && !request.keywords.some((keyword) => IDENTITY.includes(keyword))) return payload;
  const meant = agentOf(target) ?? namedBy(dialog.args);
  if (!differs(namedBy(payload), meant) && !isOfOtherAgent(target, msg, payload)) return payload;
  return Object.fromEntries(Object.entries(payload).filter(([key]) => !isIdentity(key)));
}

/** @throws CTIOS_INVALID_ARGUMENT if the dialog's object is one agent and its arguments name another */
export function checkDialogAgent(request: RequestInput, target: string | undefined, dialog: DialogInput): void {
  const meant = dialog.object === undefined ? undefined : agentOf(target);
  const named = namedBy(dialog.args);
  if (meant === undefined || !differs(named, meant)) return;
  throw inputError(
    'CTIOS_INVALID_ARGUMENT',
    `The dialog of ${request.name} names two agents: "${dialog.object}" as the agent, and ${describe(named)} among the arguments. Remove one of them.`,
    { request: request.name },
  );
}

/** `agent.5000.1001`; agent IDs may contain dots. */
function agentOf(id: string | undefined): NamedAgent | undefined {
  const [, peripheral, agentId] = /^agent\.([^.]*)\.(.+)$/i.exec(id ?? '') ?? [];
  return peripheral === undefined ? undefined : { peripheral, id: agentId };
}

function namedBy(values: Values): NamedAgent {
  const id = textOf(values, 'AgentID');
  const whole = agentOf(id) ?? agentOf(textOf(values, 'UniqueObjectID'));
  return {
    id: agentOf(id)?.id ?? id ?? whole?.id,
    peripheral: textOf(values, 'PeripheralID') ?? whole?.peripheral,
  };
}

const differs = (named: NamedAgent, meant: NamedAgent): boolean =>
  isOther(named.id, meant.id) || isOther(named.peripheral, meant.peripheral);
const isOther = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && one !== other;

/** The phone in an event is its agent's, even if the event does not name the agent. */
function isOfOtherAgent(target: string | undefined, msg: Message, payload: Values): boolean {
  const agent = idOf(msg.agent);
  if (agent === undefined || agentOf(target) === undefined || agent === target) return false;
  return (
    namedBy(payload).id === undefined && textOf(payload, 'AgentInstrument') !== undefined && isEventsOwn(msg, payload)
  );
}

const isEventsOwn = (msg: Message, payload: Values): boolean =>
  textOf(eventData(msg, payload), 'AgentInstrument') !== undefined;

const isIdentity = (key: string): boolean => IDENTITY.includes(keywordByName(key)?.keyword ?? key);

const describe = ({ id, peripheral }: NamedAgent): string =>
  [id === undefined ? '' : `AgentID "${id}"`, peripheral === undefined ? '' : `PeripheralID ${peripheral}`]
    .filter((part) => part !== '')
    .join(' and ');
