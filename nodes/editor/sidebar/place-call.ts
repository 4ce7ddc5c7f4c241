/** Places a call to the simulated contact center: number, dialed number, variables. */
import { simulate } from '../api.js';
import { element, icon, setText } from './dom.js';
import { text } from './text.js';

/** The dialed numbers of every simulated contact center. */
const DIALED_NUMBERS = ['8001', '8002', '8003'];
const VARIABLES = [
  ...Array.from({ length: 10 }, (_, index) => `CallVariable${index + 1}`),
  'CallerEnteredDigits',
  'UserToUserInfo',
  'user.CustomerTier',
];

interface Variable {
  readonly root: HTMLElement;
  readonly name: HTMLInputElement;
  readonly value: HTMLInputElement;
}

export class PlaceCall {
  readonly root = element('details', { class: 'ctios-sb-place', hidden: true });
  readonly #from = element('input', { type: 'text', id: 'ctios-sb-from', value: '2065550101', autocomplete: 'off' });
  readonly #to = element('input', {
    type: 'text',
    id: 'ctios-sb-to',
    value: DIALED_NUMBERS[0],
    list: 'ctios-sb-dialed',
    autocomplete: 'off',
  });
  readonly #variables = element('div', { class: 'ctios-sb-variables' });
  readonly #rows: Variable[] = [];
  readonly #button = element(
    'button',
    { type: 'submit', class: 'ctios-sb-primary' },
    icon('phone'),
    text('call.place'),
  );
  readonly #result = element('p', { class: 'ctios-sb-result', role: 'status' });
  #session = '';

  /** @param placed called when a call has been placed */
  constructor(private readonly placed: () => void) {
    const options = (values: readonly string[]): HTMLElement[] => values.map((value) => element('option', { value }));
    const add = element('button', { type: 'button', class: 'ctios-sb-link' }, icon('plus'), text('call.addVariable'));
    add.addEventListener('click', () => this.#addVariable('').name.focus());
    const form = element(
      'form',
      {},
      field('ctios-sb-from', text('call.from'), this.#from),
      field('ctios-sb-to', text('call.to'), this.#to),
      element('datalist', { id: 'ctios-sb-dialed' }, ...options(DIALED_NUMBERS)),
      element('datalist', { id: 'ctios-sb-names' }, ...options(VARIABLES)),
      element('fieldset', {}, element('legend', {}, text('call.variables')), this.#variables, add),
      element('div', { class: 'ctios-sb-actions' }, this.#button, this.#result),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#place();
    });
    this.root.append(element('summary', {}, icon('phone'), text('call.heading')), form);
    this.#addVariable('CallVariable1');
    this.#addVariable('user.CustomerTier');
  }

  /** For the selected session; undefined if calls cannot be placed. */
  offer(session: string | undefined): void {
    this.root.hidden = session === undefined;
    const allowed = RED.user?.hasPermission?.('ctios-session.write') ?? true;
    this.#button.disabled = !allowed;
    if (!allowed) setText(this.#result, text('call.notAllowed'));
    if (session === undefined || session === this.#session) return;
    this.#session = session;
    if (allowed) setText(this.#result, '');
  }

  async #place(): Promise<void> {
    const from = this.#from.value.trim();
    const to = this.#to.value.trim();
    const given = this.#rows.map(({ name, value }) => [name.value.trim(), value.value] as const);
    const data = Object.fromEntries(given.filter(([name, value]) => name !== '' && value !== ''));
    this.#button.disabled = true;
    this.root.classList.remove('ctios-sb-failed');
    try {
      await simulate(this.#session, 'placeCall', { from, ...(to === '' ? {} : { to }), data });
      setText(this.#result, text('call.placed', { from: from || text('row.withheld'), to: to || DIALED_NUMBERS[0] }));
      this.placed();
    } catch (error) {
      this.root.classList.add('ctios-sb-failed');
      setText(this.#result, (error as Error).message);
    } finally {
      this.#button.disabled = false;
    }
  }

  #addVariable(name: string): Variable {
    const remove = element(
      'button',
      {
        type: 'button',
        class: 'ctios-sb-icon',
        'aria-label': text('call.removeVariable'),
        title: text('call.removeVariable'),
      },
      icon('times'),
    );
    const variable: Variable = {
      root: element('div', { class: 'ctios-sb-variable' }),
      name: element('input', {
        type: 'text',
        value: name,
        list: 'ctios-sb-names',
        'aria-label': text('call.variableName'),
        autocomplete: 'off',
      }),
      value: element('input', { type: 'text', 'aria-label': text('call.variableValue'), autocomplete: 'off' }),
    };
    variable.root.append(variable.name, variable.value, remove);
    remove.addEventListener('click', () => {
      this.#rows.splice(this.#rows.indexOf(variable), 1);
      variable.root.remove();
    });
    this.#rows.push(variable);
    this.#variables.append(variable.root);
    return variable;
  }
}

function field(id: string, label: string, input: HTMLElement): HTMLElement {
  return element('div', { class: 'ctios-sb-field' }, element('label', { for: id }, label), input);
}
