/**
 * The settings of a `ctios-session`, read once from the saved form into typed, frozen data. Errors are reported as
 * sentences before anything is opened. Contains secrets: never show, log or export the result.
 */
import { createHash } from 'node:crypto';
import { type AgentArgs, DEFAULT_AGENT_LIMIT } from '../../../../src/cil/index.js';
import { systemClock } from '../../../../src/common/clock.js';
import { CtiosError, parseFilter } from '../../../../src/ctios/index.js';
import { Mask } from '../../../../src/ctios/mask.js';
import { DEFAULT_PERIPHERAL_ID } from '../../../../src/embedded.js';
import { number } from '../../message/numbers.js';
import { isOn, missingVariable, text } from '../../message/saved-values.js';
import type { WhenBehind } from '../event-outlet.js';
import { listsFile, OwnLists, parseSiteLists } from '../own-lists.js';
import { missingVariableIn } from './missing-variable.js';
import type { Mode, SessionCredentials, SessionDef, SessionSettings, Target } from './session-definition.js';
import { bad, peripheralIdOf, targetOf } from './target-settings.js';
import type { TlsChosen } from './tls.js';

export type * from './session-definition.js';

/** Of sessions for many agents: the highest limit, and the time after which one that is idle is closed, in minutes. */
const MAX_AGENT_LIMIT = 5_000;
const DEFAULT_IDLE_MIN = 480;
const MAX_IDLE_MIN = 10_080;

/** @throws CtiosError CTIOS_BAD_SETTINGS or CTIOS_INVALID_FILTER, with a sentence for the user */
export function readSettings(def: SessionDef, credentials: SessionCredentials, tls: TlsChosen = {}): SessionSettings {
  refuseMissingVariables(def, { ...def, ...credentials });
  const target = targetOf(def, credentials, tls);
  const peripheral = target.kind === 'simulator' ? String(DEFAULT_PERIPHERAL_ID) : peripheralIdOf(def)?.toString();
  return Object.freeze({ target, mode: modeOf(def, credentials, target, peripheral), peripheralId: peripheral });
}

/**
 * Not one of the settings that identify a session: it may change while the session is open.
 * @throws CtiosError CTIOS_BAD_SETTINGS, so that no session is opened that shows what it should mask
 */
export function readMask(def: SessionDef): Mask {
  try {
    return new Mask(text(def.masked));
  } catch (error) {
    throw bad(`Masked keywords: ${(error as Error).message}`);
  }
}

/**
 * The site's reasons and wrap-up texts, which may also change while the session is open.
 * @throws CtiosError CTIOS_BAD_LISTS
 */
export function readLists(def: SessionDef, userDir: string | undefined, report: (error: Error) => void): OwnLists {
  return new OwnLists(
    parseSiteLists(text(def.lists)),
    listsFile(text(def.listsFile), userDir),
    () => systemClock.monotonic(),
    report,
  );
}

/** Identifies a session: equal digests mean equal settings, including secrets. May be stored, but not shown. */
export function settingsKey(settings: SessionSettings): string {
  return createHash('sha256').update(JSON.stringify(settings)).digest('hex');
}

function modeOf(
  def: SessionDef,
  credentials: SessionCredentials,
  target: Target,
  peripheral: string | undefined,
): Mode {
  if (def.mode === 'agents') {
    const limit = number(def.agentLimit, DEFAULT_AGENT_LIMIT, 1, MAX_AGENT_LIMIT);
    return { mode: 'agents', limit, idleMs: number(def.agentIdle, DEFAULT_IDLE_MIN, 0, MAX_IDLE_MIN) * 60_000 };
  }
  if (def.mode !== 'agent') {
    const filter = text(def.filter);
    checkMessageFilter(filter);
    // Our extension: a simulated center can be controlled by default, a real one only if the user enables it.
    const control = target.kind === 'simulator' || isOn(def.allowControl);
    return { mode: 'monitor', filter, snapshot: isOn(def.snapshot, true), control };
  }
  const agentId = text(def.agentId);
  if (agentId === '') throw bad('Give the agent ID of the agent mode.');
  if (peripheral === undefined) throw bad('Give the peripheral ID of the agent.');
  const instrument = text(def.agentInstrument);
  const { agentPassword } = credentials;
  const agent: AgentArgs = {
    AgentID: agentId,
    PeripheralID: Number(peripheral),
    ...(instrument === '' ? {} : { AgentInstrument: instrument }),
    ...(agentPassword ? { AgentPassword: agentPassword } : {}),
  };
  return { mode: 'agent', agent, login: isOn(def.agentLogin) };
}

/**
 * Refused here instead of by the server: a client of the guide may rely on what is ignored, a dialog must not mislead.
 */
function checkMessageFilter(filter: string): void {
  const [discarded] = parseFilter(filter).discarded;
  if (discarded === undefined) return;
  throw new CtiosError(
    'CTIOS_INVALID_FILTER',
    `Message filter: CTI OS ignores what follows the "*" in "${discarded}". End the value at the "*", or filter in the event node, which matches such a value as written.`,
  );
}

/** An undefined variable stays in the text, and would be looked up as a host or sent as a password. */
function refuseMissingVariables(def: SessionDef, values: Readonly<Record<string, unknown>>): void {
  const { connect, mode } = def;
  const publishes = connect === 'ctiserver' && isOn(def.natsPublish) ? FIELDS_OF_BROKER : [];
  for (const field of [...(FIELDS_OF_TARGET[connect] ?? []), ...publishes, ...(FIELDS_OF_MODE[mode] ?? [])]) {
    const name = missingVariable(values[field]);
    if (name !== undefined) throw bad(missingVariableIn(field, name));
  }
}

/** The settings for each kind of connection and each mode; others in a dialog are ignored. */
const FIELDS_OF_BROKER = ['natsServers', 'natsSite', 'natsUser', 'natsPassword', 'natsCredentials'];
const FIELDS_OF_TARGET: Readonly<Record<string, readonly string[]>> = {
  simulator: ['scenario', 'agents', 'traffic', 'seed', 'profile', 'recording', 'replay', 'replaySpeed'],
  ctiserver: [
    ...['hostA', 'portA', 'hostB', 'portB', 'clientPassword'],
    ...['peripheralId', 'protocol', 'charset', 'agentIds', 'recording'],
  ],
  'ctios-server': ['urlA', 'urlB', 'peripheralId', 'monitorPassword'],
  nats: [...FIELDS_OF_BROKER, ...['natsGroup', 'urlA', 'urlB', 'peripheralId', 'monitorPassword']],
};
const FIELDS_OF_MODE: Readonly<Record<string, readonly string[]>> = {
  monitor: ['filter', 'snapshot', 'allowControl'],
  agent: ['agentId', 'agentInstrument', 'agentPassword', 'agentLogin'],
  agents: ['agentLimit', 'agentIdle'],
};

/** How a session handles events when its flows are too slow. Does not identify a session. */
export function readWhenBehind({ whenBehind }: SessionDef): WhenBehind {
  return whenBehind === 'drop' ? 'drop' : 'hold';
}
