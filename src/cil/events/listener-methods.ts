/**
 * The guide's way to subscribe: `addCallEventListener(listener)`, `removeCallEventListener(listener)` and so on, typed
 * or generic, for each interface. All of them are `subscribe` under another name.
 */
import type { Dispose } from './cil-event.js';
import type { ListenerOf, Subscription } from './event-interfaces.js';

/** The guide's names of the listener lists. */
export const LISTENER_LISTS = {
  Session: 'ISessionEvents',
  Call: 'ICallEvents',
  Agent: 'IAgentEvents',
  SkillGroup: 'ISkillGroupEvents',
  ButtonEnablement: 'IButtonEnablementEvents',
  SilentMonitor: 'ISilentMonitorEvents',
  AllInOne: 'AllInOne',
} as const satisfies Record<string, Subscription>;

type Lists = typeof LISTENER_LISTS;
type Kind = '' | 'Generic';

export type ListenerMethods = {
  [List in keyof Lists as `add${List}Event${Kind}Listener`]: (listener: ListenerOf<Lists[List]>) => void;
} & {
  /** False if it was not added. */
  [List in keyof Lists as `remove${List}Event${Kind}Listener`]: (listener: ListenerOf<Lists[List]>) => boolean;
};

interface Subscribable {
  addEventListener(listener: object, list: Subscription): void;
  removeEventListener(listener: object, list: Subscription): boolean;
}

/** Puts the methods on a class that has `addEventListener` and `removeEventListener`. */
export function defineListenerMethods(prototype: Subscribable): void {
  for (const [list, subscription] of Object.entries(LISTENER_LISTS)) {
    for (const kind of ['', 'Generic']) {
      Object.defineProperty(prototype, `add${list}Event${kind}Listener`, {
        value(this: Subscribable, listener: object) {
          this.addEventListener(listener, subscription);
        },
      });
      Object.defineProperty(prototype, `remove${list}Event${kind}Listener`, {
        value(this: Subscribable, listener: object) {
          return this.removeEventListener(listener, subscription);
        },
      });
    }
  }
}

/** Subscriptions by the listener that was added, so that they can be removed by it. */
export class ListenerRegister {
  #byList = new Map<Subscription, Map<object, Dispose[]>>();

  added(list: Subscription, listener: object, dispose: Dispose): void {
    let listeners = this.#byList.get(list);
    if (listeners === undefined) {
      listeners = new Map();
      this.#byList.set(list, listeners);
    }
    const disposes = listeners.get(listener);
    if (disposes === undefined) listeners.set(listener, [dispose]);
    else disposes.push(dispose);
  }

  /** Ends one of its subscriptions; false if there is none. */
  remove(list: Subscription, listener: object): boolean {
    const listeners = this.#byList.get(list);
    const disposes = listeners?.get(listener);
    if (listeners === undefined || disposes === undefined) return false;
    disposes.pop()?.();
    if (disposes.length === 0) listeners.delete(listener);
    return true;
  }
}
