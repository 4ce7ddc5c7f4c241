/** The dialog of a session: its server, its mode, and a connection test. */
import type { Finding } from '../../../src/doctor/findings.js';
import { commands, Refusal, test } from '../api.js';
import { offer } from '../fields/completion.js';
import { text } from '../text.js';
import { prepare } from './dialogs.js';
import { prepareOwnCenter } from './own-center.js';

const field = (name: string): JQuery => $(`#node-config-input-${name}`);

export function prepareSession(node: EditorNode): void {
  prepare(node);
  const show = (): void => {
    const connect = String(field('connect').val());
    const mode = String(field('mode').val());
    $('.ctios-if-simulator').toggle(connect === 'simulator');
    $('.ctios-if-ctiserver').toggle(connect === 'ctiserver');
    $('.ctios-if-nats').toggle(connect === 'nats');
    const publishes = connect === 'ctiserver' && field('natsPublish').is(':checked');
    $('.ctios-if-publish').toggle(publishes);
    $('.ctios-if-broker').toggle(connect === 'nats' || publishes);
    const remote = connect === 'ctios-server' || connect === 'nats';
    $('.ctios-if-url').toggle(remote);
    $('.ctios-if-embedded').toggle(!remote);
    $('.ctios-if-not-simulator').toggle(connect !== 'simulator');
    $('.ctios-if-monitor').toggle(mode === 'monitor');
    $('.ctios-if-agent').toggle(mode === 'agent');
    $('.ctios-if-agents').toggle(mode === 'agents');
    $('#ctios-monitor-password').toggle(mode === 'monitor' && remote);
    $('#ctios-allow-control').toggle(mode === 'monitor' && connect !== 'simulator');
  };
  field('connect').on('change', show);
  field('mode').on('change', show);
  field('natsPublish').on('change', show);
  show();
  prepareOwnCenter(node, sessionLabel);
  offer(field('scenario'), scenarios);
  $('#ctios-test').on('click', () => void runTest(node));
}

/** The built-in scenarios of the simulated contact center; any name can be entered. */
function scenarios(typed: string, done: (found: Completion[]) => void): void {
  void commands()
    .then(({ runScenario }) => runScenario?.args.name?.choices ?? [])
    .catch(() => [])
    .then((names) =>
      done(names.filter((name) => name.includes(typed.trim())).map((name) => ({ value: name, label: name }))),
    );
}

async function runTest(node: EditorNode): Promise<void> {
  const button = $('#ctios-test').prop('disabled', true);
  const result = $('#ctios-test-result');
  const tell = (how: '' | 'ok' | 'bad', words: string): void => {
    // Never by color alone: the sign shows it, too.
    const sign = { '': 'fa-spinner fa-spin', ok: 'fa-check-circle', bad: 'fa-exclamation-triangle' }[how];
    result
      .attr('data-outcome', how)
      .empty()
      .append($(`<i class="fa ${sign}" aria-hidden="true">`), $('<span>').text(words));
  };
  $('#ctios-test-checks').empty();
  tell('', text('test.running'));
  try {
    const values = settings(node);
    const answer = await test({ id: node.id, z: node.z, settings: values, credentials: credentials() });
    const checks = answer.checks ?? [];
    const faulty = checks.some(({ severity }) => severity === 'error');
    const facts = answer.granted ?? {};
    if (values.connect === 'simulator') facts.server = text('session.simulated');
    if (answer.ok) tell(faulty ? 'bad' : 'ok', granted(facts, faulty ? 'test.faulty' : 'test.ok'));
    else tell('bad', text('test.refused', { reason: answer.error ?? '' }));
    showChecks(checks);
  } catch (error) {
    const allowed = !(error instanceof Refusal) || (error.status !== 401 && error.status !== 403);
    tell('bad', allowed ? text('test.failed', { reason: (error as Error).message }) : text('test.notAllowed'));
  } finally {
    button.prop('disabled', false);
  }
}

/** The sign of a severity, which the text behind it contains as well. */
const SIGNS: Readonly<Record<Finding['severity'], string>> = {
  ok: 'fa-check-circle',
  note: 'fa-info-circle',
  warning: 'fa-exclamation-circle',
  error: 'fa-exclamation-triangle',
};

/** A line for each check: its name, its result, and what to do. */
function showChecks(checks: readonly Finding[]): void {
  const sides = new Set(checks.map(({ side }) => side));
  const list = $('#ctios-test-checks');
  for (const { side, check, severity, message, todo } of checks) {
    const where = sides.size > 1 ? `${side}: ` : '';
    const line = $('<li>')
      .attr('data-severity', severity)
      .append(
        $(`<i class="fa ${SIGNS[severity]}" aria-hidden="true">`),
        $('<span>').text(`${where}${text(`test.severity.${severity}`)}: ${text(`test.checks.${check}`)}: ${message}`),
      );
    if (todo !== undefined && severity !== 'note') line.append($('<div>').text(text('test.action', { what: todo })));
    list.append(line);
  }
}

function settings({ _def }: EditorNode): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(_def.defaults)) {
    const input = field(name);
    if (input.length === 0) continue;
    values[name] = input.attr('type') === 'checkbox' ? input.prop('checked') : input.val();
  }
  if (values.tls === '_ADD_') values.tls = '';
  return values;
}

/** Passwords just entered; a saved one never reaches the browser, and the runtime adds it. */
function credentials(): Record<string, string> {
  const typed: Record<string, string> = {};
  for (const name of ['clientPassword', 'monitorPassword', 'natsPassword', 'agentPassword']) {
    const value = String(field(name).val() ?? '');
    if (value !== '' && value !== '__PWRD__') typed[name] = value;
  }
  return typed;
}

function granted(found: Record<string, unknown>, heading: string): string {
  const parts = Object.entries(found).map(([key, value]) =>
    value === true ? text(`test.facts.${key}`) : `${text(`test.facts.${key}`)} ${String(value)}`,
  );
  return [text(heading), parts.join(', ')].filter(Boolean).join(': ');
}

/** The name in lists of a session without a name. */
export function sessionLabel(node: EditorNode): string {
  if (node.name) return node.name;
  if (node.connect === 'ctiserver') return String(node.hostA || node.hostB || 'CTI Server');
  if (node.connect === 'nats') return `${node.natsSite}: ${node.natsGroup}`;
  if (node.connect === 'ctios-server') return String(node.urlA || node.urlB || 'ctios-server');
  return text('session.simulated');
}
