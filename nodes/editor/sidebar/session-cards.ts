/**
 * The sessions, one card each: its state in one line, the reason if something is wrong, and for the selected one all
 * details. The numbers of its agents, calls and events are on the tabs of their lists.
 */
import type { SessionView } from '../../sidebar/view.js';
import { element, icon, setAttribute, setText } from './dom.js';
import { download, fileName } from './download.js';
import { lookClass, phaseLook } from './looks.js';
import { count, text } from './text.js';

interface Card {
  readonly root: HTMLElement;
  readonly header: HTMLElement;
  readonly mark: HTMLElement;
  readonly name: HTMLElement;
  readonly phase: HTMLElement;
  readonly body: HTMLElement;
  readonly reason: HTMLElement;
  /** The values by their keys; an unknown fact has no line. */
  readonly facts: Map<string, { line: HTMLElement; value: HTMLElement }>;
  readonly list: HTMLElement;
  readonly save: HTMLButtonElement;
  readonly support: HTMLButtonElement;
  readonly result: HTMLElement;
}

export class SessionCards {
  readonly root = element('div', { class: 'ctios-sb-sessions', role: 'group', 'aria-label': text('sessions') });
  #cards = new Map<string, Card>();
  #chosen: string | undefined;
  #expanded = true;
  #sessions: readonly SessionView[] = [];

  /** @param choose called with the selected session */
  constructor(private readonly choose: (id: string) => void) {}

  show(sessions: readonly SessionView[], chosen: string | undefined): void {
    this.#sessions = sessions;
    this.#chosen = chosen;
    for (const [id, { root }] of this.#cards) {
      if (sessions.some((session) => session.id === id)) continue;
      root.remove();
      this.#cards.delete(id);
    }
    for (const session of sessions) {
      let card = this.#cards.get(session.id);
      if (card === undefined) {
        card = newCard(session.id, () => this.#pressed(session.id));
        this.#cards.set(session.id, card);
        this.root.append(card.root);
      }
      drawCard(card, session, session.id === chosen, this.#expanded);
    }
  }

  #pressed(id: string): void {
    this.#expanded = id !== this.#chosen || !this.#expanded;
    if (id === this.#chosen) this.show(this.#sessions, id);
    else this.choose(id);
  }
}

function newCard(id: string, pressed: () => void): Card {
  const bodyId = `ctios-sb-session-${id}`;
  const part = (name: string): HTMLElement => element('span', { class: `ctios-sb-${name}` });
  const card: Card = {
    root: element('div', { class: 'ctios-sb-session' }),
    header: element('button', { type: 'button', class: 'ctios-sb-session-header', 'aria-controls': bodyId }),
    mark: element('span', { 'aria-hidden': 'true' }),
    name: part('session-name'),
    phase: part('session-phase'),
    body: element('div', { id: bodyId, class: 'ctios-sb-session-body' }),
    reason: element('p', { class: 'ctios-sb-reason' }),
    facts: new Map(),
    list: element('dl', { class: 'ctios-sb-facts' }),
    save: element('button', { type: 'button', class: 'ctios-sb-link' }, icon('download'), text('recording.save')),
    support: element('button', { type: 'button', class: 'ctios-sb-link' }, icon('life-ring'), text('support.save')),
    result: element('p', { class: 'ctios-sb-result', role: 'status' }),
  };
  card.header.append(card.mark, card.name, card.phase);
  card.body.append(card.list, card.save, card.support, card.result);
  card.support.addEventListener('click', () => void saveSupport(id, card.result));
  card.save.addEventListener('click', () => void saveRecording(id, card.result));
  card.root.append(card.header, card.reason, card.body);
  card.header.addEventListener('click', pressed);
  return card;
}

async function saveSupport(id: string, result: HTMLElement): Promise<void> {
  setText(result, '');
  const address = `ctios/sessions/${encodeURIComponent(id)}/support`;
  const saved = await download(address, fileName('ctios-support', 'tar.gz'));
  setText(result, text(saved ? 'support.saved' : 'support.refused'));
}

async function saveRecording(id: string, result: HTMLElement): Promise<void> {
  setText(result, '');
  const address = `ctios/sessions/${encodeURIComponent(id)}/recording`;
  const saved = await download(address, fileName('ctios-recording', 'pcapng'));
  setText(result, text(saved ? 'recording.saved' : 'recording.refused'));
}

function drawCard(card: Card, session: SessionView, chosen: boolean, expanded: boolean): void {
  const open = chosen && expanded;
  card.root.classList.toggle('ctios-sb-chosen', chosen);
  setAttribute(card.header, 'aria-expanded', String(open));
  setAttribute(card.header, 'aria-current', chosen ? 'true' : undefined);
  card.body.hidden = !open;
  setAttribute(card.mark, 'class', lookClass(phaseLook(session.phase)));
  setText(card.name, nameOf(session));
  setText(card.phase, text(`phase.${session.phase}`));
  setText(card.reason, session.reason ?? '');
  card.reason.hidden = session.reason === undefined;
  card.save.hidden = session.recordedFrames === undefined;
  for (const [key, value] of Object.entries(factsOf(session))) drawFact(card, key, value);
}

function drawFact(card: Card, key: string, value: string | undefined): void {
  let fact = card.facts.get(key);
  if (fact === undefined) {
    fact = { line: element('div'), value: element('dd') };
    fact.line.append(element('dt', {}, text(`fact.${key}`)), fact.value);
    card.list.append(fact.line);
    card.facts.set(key, fact);
  }
  fact.line.hidden = value === undefined;
  setText(fact.value, value ?? '');
}

/** Its name in the editor; the runtime knows the name only if it has one. */
export function nameOf({ id, name, simulated }: SessionView): string {
  if (name !== '') return name;
  const node = RED.nodes.node(id);
  const label = node === null ? '' : RED.utils.getNodeLabel?.(node, '');
  return label || (simulated ? text('simulated') : id);
}

function factsOf(session: SessionView): Record<string, string | undefined> {
  const { side, standby, protocol, roundTripMs, mode, nodes, expiring, recordedFrames, simulated } = session;
  const server = simulated ? text('simulated') : session.server;
  const modeText = mode === 'agent' || mode === 'monitor' ? ` · ${text(`mode.${mode}`)}` : '';
  return {
    server: server === undefined ? undefined : server + modeText,
    side: side !== undefined && standby ? text('standby', { side }) : side,
    protocol: protocol === undefined ? undefined : `GED-188 ${protocol}`,
    heartbeat: protocol === undefined ? undefined : roundTripText(roundTripMs),
    certificate: expiring && `${expiring.subject} · ${text('daysLeft', { count: count(expiring.days) })}`,
    recording: recordedFrames === undefined ? undefined : text('recording.frames', { count: count(recordedFrames) }),
    nodes: count(nodes),
  };
}

/** Unknown until the first heartbeat has returned. */
function roundTripText(ms: number | undefined): string {
  return ms === undefined ? '–' : text('milliseconds', { count: count(ms) });
}
