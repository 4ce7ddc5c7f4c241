/**
 * Waits for the event that shows that the switch has carried out a request. Starts before the request is sent, because
 * the event may arrive before the confirmation.
 */
import type { CilEvent, SessionApi } from '../../../src/cil/index.js';
import type { Clock, Timer } from '../../../src/common/clock.js';
import { type Args, enumValue, isVoice, type RequestDefinition } from '../../../src/ctios/index.js';
import { type ErrorCause, inputError } from '../message/errors.js';

/** Events after which it can no longer come. */
const ENDS = ['OnCallFailed', 'OnCallEnd'];

/** The same fact from a query: while a session starts, a state may arrive that way first. */
const SAME_AS: Readonly<Record<string, string>> = { OnAgentStateChange: 'OnQueryAgentStateConf' };

export class FollowOn {
  #seen: CilEvent[] = [];
  #listener: ((event: CilEvent) => void) | undefined;
  #stop: () => void;
  #timer: Timer | undefined;
  #giveUp: ((error: Error) => void) | undefined;

  constructor(
    session: SessionApi,
    private readonly clock: Clock,
    private readonly request: RequestDefinition,
    private readonly event: string,
    private readonly args: Readonly<Args>,
    private readonly target: string | undefined,
  ) {
    this.#stop = session.subscribe('AllInOne', (each) => {
      if (each.event !== event && each.event !== SAME_AS[event] && !ENDS.includes(each.event)) return;
      if (this.#listener === undefined) this.#seen.push(each);
      else this.#listener(each);
    });
  }

  /**
   * @param newObject the call that the request made, if it made one
   * @returns the event; rejects with CTIOS_NO_FOLLOW_ON if the call ended or failed first, or after the time-out
   */
  wait(newObject: string | undefined, timeoutMs: number): Promise<CilEvent> {
    return new Promise<CilEvent>((resolve, reject) => {
      const fail = (why: string) => {
        const cause: ErrorCause = { request: this.request.name, outcome: 'failed' };
        if (this.target !== undefined) cause.objectId = this.target;
        reject(
          inputError(
            'CTIOS_NO_FOLLOW_ON',
            `${this.request.name} was accepted, but ${this.event} did not follow: ${why}`,
            cause,
          ),
        );
      };
      this.#giveUp = reject;
      const consider = (each: CilEvent): boolean => {
        if ((each.event === this.event || each.event === SAME_AS[this.event]) && this.#shows(each, newObject))
          resolve(each);
        else if (this.#ends(each, newObject)) fail(`${each.event} came first.`);
        else return false;
        this.dispose();
        return true;
      };
      for (const each of this.#seen) if (consider(each)) return;
      this.#listener = consider;
      this.#timer = this.clock.after(timeoutMs, () => {
        this.dispose();
        fail(`not within ${timeoutMs / 1000} s.`);
      });
    });
  }

  dispose(): void {
    this.#stop();
    this.#timer?.cancel();
    this.#seen = [];
  }

  /** Ends a wait from outside: the node closes. */
  abort(error: Error): void {
    this.dispose();
    this.#giveUp?.(error);
  }

  #shows(each: CilEvent, newObject: string | undefined): boolean {
    if (this.request.object === 'Agent' && !this.request.makesCall) {
      if (each.objectId !== undefined && each.objectId !== this.target && each.agent?.uniqueObjectID !== this.target) {
        return false;
      }
      return this.#isStateAskedFor(each.args);
    }
    if (this.target === undefined || each.objectId === undefined) return true;
    if (each.objectId === newObject) return true;
    if (this.request.object === 'Agent') return newObject === undefined && each.agent?.uniqueObjectID === this.target;
    if (each.objectId === this.target) return true;
    // A transfer, conference, alternate or reconnect is visible on the other call at the same device.
    return this.request.group === 'transfer and conference' && deviceOf(each.objectId) === deviceOf(this.target);
  }

  #isStateAskedFor(args: Readonly<Args>): boolean {
    if (args.AgentState === undefined) return true;
    if (!isVoice(args.MRDID)) return false;
    if (this.request.name === 'Logout') return args.AgentState === LOGOUT;
    if (this.request.name === 'Login') return args.AgentState !== LOGOUT && args.AgentState !== UNKNOWN;
    const asked = this.args.AgentState;
    if (typeof asked !== 'number' && typeof asked !== 'string') return true;
    return enumValue('AgentState', asked) === args.AgentState;
  }

  #ends(each: CilEvent, newObject: string | undefined): boolean {
    if (!ENDS.includes(each.event) || each.objectId === undefined) return false;
    // If the end of a call is itself a sign of success, only a failed call means failure.
    if (each.event === 'OnCallEnd' && this.request.followOn.includes('OnCallEnd')) return false;
    return each.objectId === (this.request.makesCall ? newObject : this.target);
  }
}

const LOGOUT = enumValue('AgentState', 'Logout');
const UNKNOWN = enumValue('AgentState', 'Unknown');

/** `call.5000.17.2001` is a connection of device 2001. */
function deviceOf(callId: string): string {
  return callId.split('.').slice(3).join('.');
}
