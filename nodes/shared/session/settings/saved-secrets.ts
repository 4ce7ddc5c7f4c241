/**
 * Saved passwords belong to the target they were deployed with. Users who may edit a session do not know them, and must
 * not be able to obtain them by having them sent to a host of their own.
 */
import { CtiosError } from '../../../../src/ctios/index.js';
import type { SessionCredentials, SessionDef } from './settings.js';

/** The settings that determine the target of a session, and its security, by their labels in the dialog. */
const TARGET = {
  connect: 'Connect to',
  hostA: 'Side A',
  portA: 'Port of side A',
  hostB: 'Side B',
  portB: 'Port of side B',
  tls: 'TLS',
  urlA: 'URL of side A',
  urlB: 'URL of side B',
  natsServers: 'NATS servers',
  natsTls: 'NATS TLS',
} as const satisfies Partial<Record<keyof SessionDef, string>>;

type Secret = keyof SessionCredentials;

/** The passwords sent to each kind of target, by their labels in the dialog. */
const SENT: Readonly<Record<string, Partial<Record<Secret, string>>>> = {
  ctiserver: { clientPassword: 'Password', natsPassword: 'NATS password', agentPassword: 'Agent password' },
  'ctios-server': { monitorPassword: 'Monitor password', agentPassword: 'Agent password' },
  nats: {
    natsPassword: 'NATS password',
    monitorPassword: 'Monitor password',
    agentPassword: 'Agent password',
  },
};

/** Whether a session with these settings has another target, or another security, than the deployed one. */
export function isOtherTarget(def: Partial<SessionDef>, deployed: Partial<SessionDef> | undefined): boolean {
  return deployed === undefined || changedIn(def, deployed).length > 0;
}

/**
 * @param deployed the settings that the passwords were saved with; undefined if none are deployed
 * @param typed what the user has entered in the dialog, which may go to any target
 * @returns the passwords to use
 * @throws CtiosError CTIOS_BAD_SETTINGS if a saved one would go to another target
 */
export function secretsFor(
  def: Partial<SessionDef>,
  deployed: Partial<SessionDef> | undefined,
  saved: SessionCredentials | null,
  typed: SessionCredentials,
): SessionCredentials {
  const changed = changedIn(def, deployed);
  if (deployed !== undefined && changed.length === 0) return { ...saved, ...typed };
  const names = Object.entries(SENT[def.connect ?? ''] ?? {});
  const kept = names.filter(([key]) => saved?.[key as Secret] && typed[key as Secret] === undefined);
  if (kept.length === 0) return typed;
  const which = kept.map(([, name]) => name).join(' and ');
  throw new CtiosError(
    'CTIOS_BAD_SETTINGS',
    `A saved password is sent only to the host, port and TLS setting it was deployed with, and ${changed.join(', ') || 'the session'} has changed: enter ${which} again, or deploy first.`,
  );
}

/** The labels of the settings that differ. */
function changedIn(def: Partial<SessionDef>, deployed: Partial<SessionDef> | undefined): string[] {
  return Object.entries(TARGET)
    .filter(([field]) => same(def[field as keyof typeof TARGET]) !== same(deployed?.[field as keyof typeof TARGET]))
    .map(([, label]) => label);
}

function same(value: unknown): string {
  return String(value ?? '').trim();
}
