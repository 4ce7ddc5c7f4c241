/**
 * Which of a session's nodes receive an event. A session may have hundreds of them, most of which want a few of its events:
 * calls of one number, say. They are found by the name of the event and by the value that their filters need, so that a
 * node costs nothing while there is nothing for it.
 */
import type { CilEvent, SessionApi } from '../../../src/cil/index.js';
import { LastViews, type ObjectViews } from '../message/events/held-events.js';
import { keywordText, type NeededValue } from '../message/filter/event-filter.js';

/** A node's description of the events it needs: it receives no others, but may ignore some of these. */
export interface WantedEvents {
  /** Undefined: every event of the interface. */
  readonly names?: ReadonlySet<string> | undefined;
  readonly needed?: NeededValue | undefined;
}

export interface EventReceiver {
  readonly wanted?: WantedEvents | undefined;
  deliver(event: CilEvent, objects: ObjectViews): void;
}

/** A receiver and its place in the order of all. */
interface Route {
  readonly order: number;
  readonly receiver: EventReceiver;
}

/** The routes of one event. */
interface Plan {
  /** Of receivers that need no value. */
  readonly always: readonly Route[];
  readonly byKey: ReadonlyMap<string, ReadonlyMap<string, readonly Route[]>>;
}

/** Names of events are the server's: one that makes them up must not fill the memory. */
const MAX_PLANS = 1_000;

export class EventRoutes {
  readonly #interfaces = new Map<string, InterfaceRoutes>();
  readonly #views = new LastViews();
  #routes = 0;

  /** @param failed receives what a receiver throws; the others still get the event */
  constructor(private readonly failed: (error: unknown) => void) {}

  /** @returns what ends it */
  add(session: SessionApi, interfaceName: string, receiver: EventReceiver): () => void {
    const routes = this.#interfaces.get(interfaceName) ?? this.#open(session, interfaceName);
    const route = { order: this.#routes++, receiver };
    routes.add(route);
    return () => {
      if (routes.remove(route) > 0) return;
      routes.end();
      if (this.#interfaces.get(interfaceName) === routes) this.#interfaces.delete(interfaceName);
    };
  }

  #open(session: SessionApi, interfaceName: string): InterfaceRoutes {
    const routes = new InterfaceRoutes(this.#views, this.failed);
    routes.end = session.subscribe(interfaceName as 'AllInOne', (event) => routes.tell(event));
    this.#interfaces.set(interfaceName, routes);
    return routes;
  }
}

class InterfaceRoutes {
  end: () => void = () => {};
  #routes: readonly Route[] = [];
  readonly #plans = new Map<string, Plan>();

  constructor(
    private readonly views: LastViews,
    private readonly failed: (error: unknown) => void,
  ) {}

  add(route: Route): void {
    this.#routes = [...this.#routes, route];
    this.#plans.clear();
  }

  /** @returns how many are left */
  remove(route: Route): number {
    this.#routes = this.#routes.filter((each) => each !== route);
    this.#plans.clear();
    return this.#routes.length;
  }

  tell(event: CilEvent): void {
    const plan = this.#plans.get(event.event) ?? this.#makePlan(event.event);
    if (plan.always.length === 0 && plan.byKey.size === 0) return;
    const objects = this.views.of(event);
    for (const { receiver } of routesFor(plan, event, objects)) {
      try {
        receiver.deliver(event, objects);
      } catch (error) {
        this.failed(error);
      }
    }
  }

  #makePlan(event: string): Plan {
    const always: Route[] = [];
    const byKey = new Map<string, Map<string, Route[]>>();
    for (const route of this.#routes) {
      const { names, needed } = route.receiver.wanted ?? {};
      if (names !== undefined && !names.has(event)) continue;
      if (needed === undefined) always.push(route);
      else for (const text of needed.texts) listAt(byKey, needed.key, text).push(route);
    }
    const plan = { always, byKey };
    if (this.#plans.size >= MAX_PLANS) this.#plans.clear();
    this.#plans.set(event, plan);
    return plan;
  }
}

function routesFor({ always, byKey }: Plan, event: CilEvent, objects: ObjectViews): readonly Route[] {
  let found = always;
  for (const [key, byText] of byKey) {
    const text = keywordText(key, event.args, objects);
    const more = text === undefined ? undefined : byText.get(text);
    if (more === undefined) continue;
    // In the order in which the nodes came, whichever way they were found.
    found = found.length === 0 ? more : [...found, ...more].sort((one, other) => one.order - other.order);
  }
  return found;
}

function listAt(byKey: Map<string, Map<string, Route[]>>, key: string, text: string): Route[] {
  let byText = byKey.get(key);
  if (byText === undefined) {
    byText = new Map();
    byKey.set(key, byText);
  }
  let routes = byText.get(text);
  if (routes === undefined) {
    routes = [];
    byText.set(text, routes);
  }
  return routes;
}
