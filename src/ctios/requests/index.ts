import type { ArgumentValueOf, ObjectName, RequestGroup, RequestNode, RequestSpec } from '../definition.js';
import type { EventName, ParamDefinition } from '../events/index.js';
import { paramsOf } from '../events/index.js';
import { nearestName } from '../keyword-lookup.js';
import type { Keyword, keywords } from '../keywords.js';
import { agentRequests } from './agent.js';
import { callRequests } from './call.js';
import { sessionRequests } from './session.js';
import { silentMonitorRequests } from './silent-monitor.js';

const table = { ...callRequests, ...agentRequests, ...sessionRequests, ...silentMonitorRequests };
type Table = typeof table;

/** Every request that a client sends to the server. */
export type RequestName = keyof Table;

/** The requests that an object offers. */
export type RequestsOf<Kind extends ObjectName> = {
  [Name in RequestName]: Kind extends Table[Name]['object']
    ? Name
    : Table[Name] extends { readonly alsoOn: readonly (infer Also)[] }
      ? Kind extends Also
        ? Name
        : never
      : never;
}[RequestName];

/** An enumeration may be given by number or by name. */
type InputOf<Key extends string> = Key extends Keyword
  ? (typeof keywords)[Key] extends { readonly enum: string }
    ? number | string
    : ArgumentValueOf<(typeof keywords)[Key]['type']>
  : never;

type Numbered<Key extends string> = Key extends `${infer Stem}[n]` ? `${Stem}[${number}]` : Key;

/** The arguments of a request as a caller writes them. */
export type RequestArgs<Name extends RequestName> = {
  [Key in Table[Name]['required'][number]]: InputOf<Key>;
} & {
  [Key in Table[Name]['optional'][number] as Numbered<Key>]?: InputOf<Key>;
};

/** A request with everything that can be looked up about it. */
export interface RequestDefinition {
  readonly name: RequestName;
  readonly object: ObjectName;
  /** Objects that offer the same request beside `object`. */
  readonly alsoOn: readonly ObjectName[];
  readonly does: string;
  readonly args: readonly ParamDefinition[];
  readonly oneOf: readonly (readonly string[])[];
  readonly conf?: EventName;
  readonly failure: readonly EventName[];
  readonly followOn: readonly EventName[];
  readonly ged188: readonly string[];
  readonly node: RequestNode;
  readonly group: RequestGroup;
  readonly modes: readonly ('agent' | 'monitor')[];
  readonly supervisor: boolean;
  readonly controls: boolean;
  readonly callStatus?: readonly number[];
  readonly makesCall: boolean;
  readonly open: boolean;
  readonly notes: readonly string[];
  readonly aliases: readonly string[];
}

function definition(name: RequestName, spec: RequestSpec): RequestDefinition {
  return {
    name,
    object: spec.object,
    alsoOn: spec.alsoOn ?? [],
    does: spec.does,
    args: paramsOf(spec),
    oneOf: spec.oneOf ?? [],
    ...(spec.conf === undefined ? {} : { conf: spec.conf as EventName }),
    failure: (spec.failure ?? []) as readonly EventName[],
    followOn: spec.followOn as readonly EventName[],
    ged188: spec.ged188 ?? [],
    node: spec.node,
    group: spec.group,
    modes: spec.modes,
    supervisor: spec.supervisor === true,
    controls: spec.controls === true,
    ...(spec.callStatus === undefined ? {} : { callStatus: spec.callStatus }),
    makesCall: spec.makesCall === true,
    open: spec.open === true,
    notes: spec.notes ?? [],
    aliases: spec.aka ?? [],
  };
}

/** All requests by their names. */
export const requests = Object.fromEntries(
  Object.entries<RequestSpec>(table).map(([name, spec]) => [name, definition(name as RequestName, spec)]),
) as Readonly<Record<RequestName, RequestDefinition>>;

const byAnyName = new Map<string, RequestDefinition>();
for (const request of Object.values(requests)) {
  for (const name of [...request.aliases, request.name]) byAnyName.set(name.toLowerCase(), request);
}

/** Finds a request by its name or one of its aliases, whatever the case. */
export function requestByName(name: string): RequestDefinition | undefined {
  return byAnyName.get(name.trim().toLowerCase());
}

/** The request that a wrong name most likely means: a misspelt one, or one with more words than were given. */
export function nearestRequest(name: string): RequestName | undefined {
  const names = Object.keys(table) as RequestName[];
  const nearest = nearestName(name, names);
  if (nearest !== undefined) return nearest as RequestName;
  const words =
    name
      .trim()
      .match(/[A-Z]?[a-z]+|[A-Z]+/g)
      ?.map((word) => word.toLowerCase()) ?? [];
  if (words.length < 2) return undefined;
  const found = names.filter((each) => words.every((word) => each.toLowerCase().includes(word)));
  return found.length === 1 ? found[0] : undefined;
}

/** The requests of one palette node, in the order of the table. */
export function requestsOfNode(node: RequestNode): RequestDefinition[] {
  return Object.values(requests).filter((request) => request.node === node);
}
