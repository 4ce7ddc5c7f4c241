import type { Args } from './transport.js';

/** Media routing domains: an agent has a state in each medium, and the phone belongs to one of them. */

/** MRDID of Cisco_Voice, the same in every Unified CCE. */
export const VOICE_MRDID = 1;

/** Whether a state is that of the phone. Servers without other media send 0, -1 or nothing. */
export function isVoice(mrdid: unknown): boolean {
  const domain = Number(mrdid ?? VOICE_MRDID);
  return domain === VOICE_MRDID || domain === 0 || domain === -1 || domain === 0xffffffff;
}

/** A state in a medium other than voice: the Agent object contains the state of the phone. */
export function isOtherMedia(args: Args): boolean {
  return args.MRDID !== undefined && args.AgentState !== undefined && !isVoice(args.MRDID);
}
