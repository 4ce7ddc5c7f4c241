/** `reference/events.md` and `reference/requests.md`: the content of each event and the arguments of each request. */
import {
  type EventDefinition,
  events,
  type InterfaceName,
  type ParamDefinition,
  type RequestDefinition,
  requests,
} from '../../src/ctios/index.js';
import { cell, markdownTable } from './table.js';

/** Which node sends the events of an interface. */
const NODE_OF: Partial<Record<InterfaceName, string>> = {
  ICallEvents: 'ctios-call-events',
  IAgentEvents: 'ctios-agent-events',
};
export const nodeOf = (name: InterfaceName): string => NODE_OF[name] ?? 'ctios-events';

const enumeration = (name: string) => `[${name}](enumerations.md#${name.toLowerCase()})`;

function parameters(params: readonly ParamDefinition[], asked: boolean): string {
  if (params.length === 0) return asked ? 'No arguments.' : 'No keywords of its own.';
  const rows = params.map((param) => [
    `\`${param.keyword}\``,
    param.max === undefined ? param.type : `${param.type}(${param.max})`,
    ...(asked ? [param.optional ? '' : 'yes'] : []),
    [cell(param.meaning), ...(param.enum === undefined ? [] : [enumeration(param.enum)])].filter(Boolean).join('; '),
  ]);
  return markdownTable(['keyword', 'type', ...(asked ? ['required'] : []), 'meaning'], rows);
}

export function eventsPage(made: string): string {
  const all = Object.values<EventDefinition>(events as unknown as Record<string, EventDefinition>).filter(
    ({ supported }) => supported,
  );
  const names = [...new Set(all.map(({ interfaces: [first] }) => first!))];
  const sections = names.map((name) => {
    const own = all.filter(({ interfaces: [first] }) => first === name);
    const about = `Sent by [${nodeOf(name)}](nodes/${nodeOf(name)}.md).`;
    return [`## ${name}`, about, ...own.map(eventSection)].join('\n\n');
  });
  return `${made}# Events

Each event with its keywords, by interface. A keyword is absent from a message when the CTI Server did not send it. Beside its own
keywords each event carries \`UniqueObjectID\` of its object; the object itself, with all of its properties, is in \`msg.call\` or
\`msg.agent\`. The number is the one that \`MessageID\` in a filter selects. [Coverage](coverage.md) lists the CTI Server messages behind
them, [schemas](schemas.md) has the same as JSON Schema.

${sections.join('\n\n')}
`;
}

function eventSection({ name, eventId, when, interfaces, params }: EventDefinition): string {
  const more = interfaces.length > 1 ? ` Also on ${interfaces.slice(1).join(', ')}.` : '';
  return `### ${name}\n\n${sentence(when)} Number ${eventId}.${more}\n\n${parameters(params, false)}`;
}

export function requestsPage(made: string): string {
  const all = Object.values<RequestDefinition>(requests as unknown as Record<string, RequestDefinition>);
  const objects = [...new Set(all.map(({ object }) => object))];
  const sections = objects.map((object) => {
    const own = all.filter((request) => request.object === object);
    return [`## ${object}`, ...own.map(requestSection)].join('\n\n');
  });
  return `${made}# Requests

Each request with its arguments, by object: for [ctios-request](nodes/ctios-request.md), for the node that is named with it, for
\`session.request(name, …)\` of the [library](cil.md), and for the [WebSocket protocol](ctios-protocol.md). Keywords are taken in any case,
enumerations by number or name.

${sections.join('\n\n')}
`;
}

function requestSection(request: RequestDefinition): string {
  const { object, name, does, node, conf, followOn, args, oneOf } = request;
  const facts = [
    sentence(does),
    `Node: [${node}](nodes/${node}.md).`,
    modeOf(request),
    request.supervisor ? 'For supervisors.' : '',
    conf === undefined ? '' : `Confirmed by [${conf}](events.md#${conf.toLowerCase()}).`,
    followOn.length === 0 ? '' : `Carried out when ${followOn.map((event) => `\`${event}\``).join(' or ')} arrives.`,
    ...oneOf.map((keywords) => `Requires one of ${keywords.map((each) => `\`${each}\``).join(', ')}.`),
  ];
  return `### ${object}.${name}\n\n${facts.filter(Boolean).join(' ')}\n\n${parameters(args, true)}`;
}

function modeOf({ modes, controls }: RequestDefinition): string {
  if (modes.length !== 1) return '';
  return controls ? 'In monitor mode, only where control is allowed.' : `In ${modes[0]} mode only.`;
}

const sentence = (text: string): string => {
  const whole = cell(text).replace(/\.?$/, '.');
  return whole.charAt(0).toUpperCase() + whole.slice(1);
};
