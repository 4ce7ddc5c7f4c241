/**
 * The requests of the vocabulary as methods of the objects they are for: `call.answer()`, `agent.setAgentState({ … })`.
 * Names, arguments and types are derived from the request table, so that each request is defined once.
 */
import {
  type AnyRequestName,
  type Arguments,
  type ObjectName,
  type RequestArgs,
  type RequestMethodNames,
  type RequestsOf,
  requests,
} from '../../ctios/index.js';
import type { Args } from '../../ctios/transport.js';
import { CtiosObject } from './ctios-object.js';
import type { Confirmation, Requester, RequestOptions, RequestTimes } from './request.js';

/** ECC variables may be given next to the arguments of a request that takes them. */
type WithEcc<Given> = 'ECC' extends keyof Given ? Given & { readonly [variable: `user.${string}`]: string } : Given;

type RequestMethod<Given> =
  Record<never, never> extends Given
    ? (args?: WithEcc<Given> | Arguments, times?: RequestTimes) => Promise<Confirmation>
    : (args: WithEcc<Given> | Arguments, times?: RequestTimes) => Promise<Confirmation>;

/** The methods of an object: one for each of its requests. */
export type RequestMethods<Kind extends ObjectName> = {
  [Method in keyof Pick<RequestMethodNames, Uncapitalize<RequestsOf<Kind>>>]: RequestMethod<
    RequestArgs<RequestMethodNames[Method]>
  >;
};

/** An object that requests can be made of. */
export abstract class RequestingObject extends CtiosObject implements Requester {
  abstract request(name: AnyRequestName, options?: RequestOptions): Promise<Confirmation>;
}

/**
 * A base class with a method for each request of the object.
 * @typeParam Own methods that the class defines itself
 */
export function withRequests<Kind extends ObjectName, Own extends string = never>(
  object: Kind,
): abstract new () => RequestingObject & Omit<RequestMethods<Kind>, Own> {
  abstract class WithRequests extends RequestingObject {}
  for (const definition of Object.values(requests)) {
    if (definition.object !== object && !definition.alsoOn.includes(object)) continue;
    const method = definition.name.charAt(0).toLowerCase() + definition.name.slice(1);
    Object.defineProperty(WithRequests.prototype, method, {
      configurable: true,
      writable: true,
      value(this: Requester, args?: Args | Arguments, times?: RequestTimes) {
        return this.request(definition.name, { ...times, args });
      },
    });
  }
  return WithRequests as unknown as abstract new () => RequestingObject & Omit<RequestMethods<Kind>, Own>;
}
