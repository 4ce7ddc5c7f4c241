/** What several examples draw in the same way: arguments, what is shown, what is refused. */
import type { Flow, FlowNode, Place } from './flow.js';

/** Colours of the frames around groups of nodes. */
export const TEAL = '#0f766e';
export const BLUE = '#4338ca';
export const AMBER = '#b45309';
export const GREY = '#6b7280';

export const text = (key: string, value: string) => ({ key, value, type: 'str' });
export const typed = (key: string, value: string, type: string) => ({ key, value, type });

/** A debug node that also says under itself what it saw last. */
export function shows(flow: Flow, name: string, at: Place, says: string, type = 'jsonata'): FlowNode {
  return flow.node('debug', name, at, { tostatus: true, statusVal: says, statusType: type });
}

/** What was refused, and why: beside every example that asks for something. */
export function catches(flow: Flow, at: Place, of: readonly FlowNode[]): FlowNode[] {
  const caught = flow.node('catch', 'refused', at, { scope: of.map((node) => node.id) });
  const why = flow.node('debug', 'why', [at[0] + 1.1, at[1]], {
    complete: 'error',
    tostatus: true,
    statusVal: 'error.code',
    statusType: 'msg',
  });
  flow.wire(caught, 0, why);
  return [caught, why];
}

/** In a function node: `who` calls, as people write the number, else as the switch gave it. */
export const WHO = `const who = caller.national || (caller.kind === 'withheld' ? 'a withheld number' : caller.received || 'an unknown number');`;
