/**
 * Saved passwords belong to the target they were deployed with. Users who may edit a session do not know them, and must
 * not be able to obtain them by having them sent to a host of their own.
 */
import { CtiosError } from '../../../../src/ctios/index.js';
import type { SessionCredentials, SessionDef } from './settings.js';

/** The settings that determine the target of a session, and its security. */
const TARGET = [
  ...(['connect', 'hostA', 'portA', 'hostB', 'portB', 'tls', 'urlA', 'urlB'] as const),
  ...(['natsServers', 'natsTls'] as const),
] as const;

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
  const changed = TARGET.filter((field) => same(def[field]) !== same(deployed?.[field]));
  if (deployed !== undefined && changed.length === 0) return { ...saved, ...typed };
  const names = Object.entries(SENT[def.connect ?? ''] ?? {});
  const kept = names.filter(([key]) => saved?.[key as Secret] && typed[key as Secret] === undefined);
  if (kept.length === 0) return typed;
  const which = kept.map(([, name]) => name).join(' and ');
  throw new CtiosError(
    'CTIOS_BAD_SETTINGS',
    `A saved password is sent only to the host, port and TLS setting it was deployed with, and ${changed.join(', ') || 'the session'} changed: enter ${which} again, or deploy first.`,
  );
}

function same(value: unknown): string {
  return String(value ?? '').trim();
}
