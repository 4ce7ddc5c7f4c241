/** Simulated contact centers are shared by sessions with equal settings: a new session gets one of its own, and a shared one is named. */
import { text } from '../text.js';

/** What two sessions have to have in common to share a contact center. */
const SHARED_BY = ['scenario', 'agents', 'traffic', 'seed', 'profile', 'recording', 'replay', 'replaySpeed'] as const;
type Setting = (typeof SHARED_BY)[number];

const field = (name: string): JQuery => $(`#node-config-input-${name}`);

/** Saved sessions of earlier versions may lack a setting: it then is the default. */
function settingsOf(node: EditorNode): Record<Setting, string> {
  const { defaults } = node._def as { defaults: Record<string, { value?: unknown }> };
  return Object.fromEntries(
    SHARED_BY.map((name) => [name, String(node[name] ?? defaults[name]?.value ?? '')]),
  ) as Record<Setting, string>;
}

function simulatedSessions(except: EditorNode): EditorNode[] {
  const found: EditorNode[] = [];
  RED.nodes.eachConfig((node) => {
    const simulated = (node.connect ?? 'simulator') === 'simulator';
    if (node.type === 'ctios-session' && node.id !== except.id && simulated) found.push(node);
    return undefined;
  });
  return found;
}

/** @param nameOf what a session is called in lists */
export function prepareOwnCenter(node: EditorNode, nameOf: (node: EditorNode) => string): void {
  const others = simulatedSessions(node);
  const isNew = (RED.nodes.node(node.id) ?? undefined) === undefined;
  if (isNew) field('seed').val(unusedSeed(others));
  const show = (): void => {
    const same = others.filter((other) => {
      const theirs = settingsOf(other);
      return SHARED_BY.every((name) => theirs[name] === String(field(name).val() ?? ''));
    });
    const simulated = field('connect').val() === 'simulator';
    $('#ctios-shared-center')
      .text(same.length === 0 ? '' : text('session.sharedCenter', { sessions: same.map(nameOf).join(', ') }))
      .toggle(simulated && same.length > 0);
  };
  for (const name of [...SHARED_BY, 'connect']) field(name).on('change input', show);
  show();
}

/** The smallest from 1: with it, the center of a new session is another one whatever else is chosen. */
function unusedSeed(others: readonly EditorNode[]): number {
  const used = new Set(others.map((other) => settingsOf(other).seed));
  let seed = 1;
  while (used.has(String(seed))) seed++;
  return seed;
}
