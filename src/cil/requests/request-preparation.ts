/**
 * Checks a request before it is sent: its name, its arguments and its object against the vocabulary, and the state of
 * the object as far as it is known. If a check fails, nothing was sent. The server checks again, because it knows more.
 * Source: CTI OS Developer Guide, synchronous errors of the Call and Agent methods.
 */

import { CtiosError } from '../../ctios/ctios-error.js';
import { LOGGED_OUT } from '../../ctios/enums/agent-states.js';
import { type Arguments, checkArguments, enumName, type RequestDefinition, requestByName } from '../../ctios/index.js';
import type { Args } from '../../ctios/transport.js';
import type { Agent } from '../objects/agent.js';
import type { Call } from '../objects/call.js';
import type { ObjectCache } from '../objects/object-cache.js';

export interface PreparedRequest {
  readonly request: string;
  readonly target: string | undefined;
  readonly args: Args;
}

/** What the session knows. */
export interface PreparationContext {
  readonly cache: ObjectCache;
  readonly currentCall: Call | undefined;
  readonly currentAgent: Agent | undefined;
}

const ON_HOLD = 4;
const LOG_IN = 0;

/** The guide's own code if a call is in the wrong state for a request. */
const WRONG_STATE: Readonly<Record<string, (status: number) => string>> = {
  Answer: () => 'E_CTIOS_CALL_NOT_ALERTING',
  Hold: (status) => (status === ON_HOLD ? 'E_CTIOS_CALL_ALREADY_ON_HOLD' : 'E_CTIOS_INVALID_OBJECT_STATE'),
  Retrieve: () => 'E_CTIOS_CALL_NOT_ON_HOLD',
};

/** Requests that require a logged-in agent. */
const NEED_LOGIN: ReadonlySet<string> = new Set([
  'Logout',
  'SetAgentState',
  'MakeCall',
  'MakeEmergencyCall',
  'RequestSupervisorAssist',
  'ReportBadCallLine',
  'SetAgentGreetingAction',
]);

/** @throws CtiosError with outcome `failed`: nothing was sent */
export function prepareRequest(
  name: string,
  target: string | undefined,
  given: Arguments | Readonly<Record<string, unknown>>,
  context: PreparationContext,
): PreparedRequest {
  const definition = requestByName(name);
  if (definition === undefined) {
    throw new CtiosError('CTIOS_UNKNOWN_REQUEST', `There is no request "${name}".`, {
      request: name,
      outcome: 'failed',
    });
  }
  const args = checkArguments(definition, given);
  const objectId = target ?? objectOf(definition, args, context);
  const refuse = (code: string, message: string): never => {
    throw new CtiosError(code, message, {
      request: definition.name,
      ...(objectId === undefined ? {} : { objectId }),
      outcome: 'failed',
    });
  };
  if (objectId === undefined && (definition.object === 'Call' || definition.object === 'Agent')) {
    if (!definition.alsoOn.includes('Session')) {
      refuse(
        'CTIOS_NO_OBJECT',
        `${definition.name} needs ${definition.object === 'Call' ? 'a call' : 'an agent'}: name one.`,
      );
    }
  }
  const call = objectId === undefined ? undefined : context.cache.calls.get(objectId);
  if (call !== undefined) checkCall(definition, call, refuse);
  const agent = objectId === undefined ? undefined : context.cache.agents.get(objectId);
  if (agent !== undefined) checkAgent(definition, agent, args, refuse);
  return {
    request: definition.name,
    target: objectId,
    args: definition.name === 'SetCallData' && call !== undefined ? withAllEcc(args, call) : args,
  };
}

type Refuse = (code: string, message: string) => never;

function checkCall(definition: RequestDefinition, call: Call, refuse: Refuse): void {
  const status = call.properties().CallStatus;
  if (typeof status !== 'number' || definition.callStatus === undefined) return;
  if (definition.callStatus.includes(status)) return;
  const code = WRONG_STATE[definition.name]?.(status) ?? 'E_CTIOS_INVALID_OBJECT_STATE';
  const wanted = definition.callStatus.map(wordOf).join(' or ');
  refuse(code, `${definition.name} needs a call in state ${wanted}; this one is in state ${wordOf(status)}.`);
}

function wordOf(status: number): string {
  return enumName('CallStatus', status) ?? String(status);
}

function checkAgent(definition: RequestDefinition, agent: Agent, args: Args, refuse: Refuse): void {
  if (!NEED_LOGIN.has(definition.name) || agent.properties().AgentState !== LOGGED_OUT) return;
  if (definition.name === 'SetAgentState' && args.AgentState === LOG_IN) return;
  refuse(
    'E_CTIOS_AGENT_NOT_LOGIN',
    `${definition.name}: agent ${agent.getValueString('AgentID') ?? ''} is not logged in.`,
  );
}

/** The session's current call or agent, or the agent that the arguments name. */
function objectOf(definition: RequestDefinition, args: Args, context: PreparationContext): string | undefined {
  if (definition.object === 'Call') return context.currentCall?.uniqueObjectID;
  if (definition.object !== 'Agent') return undefined;
  if (typeof args.AgentID === 'string' && args.PeripheralID !== undefined) {
    return `agent.${args.PeripheralID}.${args.AgentID}`;
  }
  const own = context.currentAgent;
  // If the arguments name another agent, the request is not for the session's own.
  if (own === undefined || (args.AgentID !== undefined && args.AgentID !== own.properties().AgentID)) return undefined;
  return own.uniqueObjectID;
}

/** ECC variables are replaced as a whole, so those that are not given are filled in from the call. */
function withAllEcc(args: Args, call: Call): Args {
  const known = call.properties().ECC;
  if (typeof args.ECC !== 'object' || typeof known !== 'object') return args;
  return { ...args, ECC: { ...known, ...args.ECC } };
}
