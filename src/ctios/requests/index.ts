import type { ObjectName, RequestGroup, RequestNode, RequestSpec } from '../definition.js';
import type { KeywordValues, RequestMethodNames, Words } from '../documented-names.js';
import type { EventName, ParamDefinition } from '../events/index.js';
import { paramsOf } from '../events/index.js';
import { nearestName } from '../keyword-lookup.js';
import type { keywords } from '../keywords.js';
import { agentRequests } from './agent.js';
import { callRequests } from './call.js';
import { extensionRequests } from './extensions.js';
import { sessionRequests } from './session.js';
import { silentMonitorRequests } from './silent-monitor.js';

const table = { ...callRequests, ...agentRequests, ...sessionRequests, ...silentMonitorRequests, ...extensionRequests };
type Table = typeof table;

/** All requests that a client sends to the server. */
export type RequestName = keyof Table;

/** The requests that an object supports. */
export type RequestsOf<Kind extends ObjectName> = {
  [Name in RequestName]: Kind extends Table[Name]['object']
    ? Name
    : Table[Name] extends { readonly alsoOn: readonly (infer Also)[] }
      ? Kind extends Also
        ? Name
        : never
      : never;
}[RequestName];

/** An enumeration value may be given by number or by name. */
type InputOf<Key extends keyof KeywordValues> = (typeof keywords)[Key] extends { readonly enum: infer Name }
  ? number | AnyText | (Name extends keyof Words ? Words[Name] : never)
  : KeywordValues[Key];

/** Any text, in addition to the completions that an editor offers. */
type AnyText = string & Record<never, never>;

/** The name of a request; a newer server may support more. */
export type AnyRequestName = RequestName | AnyText;
/** A keyword; a newer server, or an application, may have more. */
export type AnyKeyword = keyof KeywordValues | AnyText;

type InputValues = { [Key in keyof KeywordValues]: InputOf<Key> };
type Plain<Key extends string> = Exclude<Extract<Key, keyof KeywordValues>, `${string}[n]`>;

type Numbered<Key extends string> = Key extends `${infer Stem}[n]` ? `${Stem}[${number}]` : Key;

/** The arguments of a request as given by a caller. */
export type RequestArgs<Name extends RequestName> = Pick<InputValues, Plain<Table[Name]['required'][number]>> &
  Partial<Pick<InputValues, Plain<Table[Name]['optional'][number]>>> & {
    [Key in Extract<Table[Name]['optional'][number], `${string}[n]`> as Numbered<Key>]?: Key extends keyof InputValues
      ? InputValues[Key]
      : never;
  };

/** Each request by the name of its method, with its description. */
export type { RequestMethodNames };

/** A request with its complete definition. */
export interface RequestDefinition {
  readonly name: RequestName;
  readonly object: ObjectName;
  /** Objects in addition to `object` that support the request. */
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

/** All requests by name. */
export const requests = Object.fromEntries(
  Object.entries<RequestSpec>(table).map(([name, spec]) => [name, definition(name as RequestName, spec)]),
) as Readonly<Record<RequestName, RequestDefinition>>;

const byAnyName = new Map<string, RequestDefinition>();
for (const request of Object.values(requests)) {
  for (const name of [...request.aliases, request.name]) byAnyName.set(name.toLowerCase(), request);
}

/** Finds a request by its name or one of its aliases, case-insensitively. */
export function requestByName(name: string): RequestDefinition | undefined {
  return byAnyName.get(name.trim().toLowerCase());
}

/** The request that an unknown name most likely means: a misspelled name, or part of a longer one. */
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
