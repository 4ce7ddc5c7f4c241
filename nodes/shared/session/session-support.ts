/** The support bundle of a session: from its config node, its host, and this process. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { supportBundle } from '../../../src/embedded.js';
import type { SessionHost } from './session-host.js';

export interface SupportSource {
  readonly host: SessionHost;
  /** The saved config node; credentials are not included. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly nodeRed: string;
  readonly now: number;
}

/** The position of a saved config node in the editor, and its name there. */
const PLACE = ['id', 'z', 'x', 'y', 'wires', 'name', 'info', '_alias', 'd'];

export function sessionSupport({ host, settings, nodeRed, now }: SupportSource): Buffer {
  const { view, session, link, recorder, users } = host;
  const { phase, code, reason } = view;
  return supportBundle({
    at: now,
    versions: {
      package: packageVersion(),
      node: process.version,
      nodeRed,
      system: `${process.platform} ${process.arch}`,
    },
    settings: Object.fromEntries(Object.entries(settings).filter(([name]) => !PLACE.includes(name))),
    status: {
      phase,
      code,
      reason,
      nodes: users,
      link,
      mode: session?.status.mode,
      online: session?.status.online,
      counters: session && {
        events: session.sequence,
        calls: session.calls.size,
        agents: session.agents.size,
        skillGroups: session.skillGroups.size,
      },
      recorder: recorder?.status,
    },
    log: host.log.lines,
    recording: recorder?.save(true).file,
  });
}

export function packageVersion(): string {
  const file = join(__dirname, '..', '..', '..', '..', 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
