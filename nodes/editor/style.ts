/**
 * Styles of our own controls; they use the theme's variables only, so that dark and light both fit. The theme's
 * secondary text is too faint (3.5 : 1 in Node-RED 4.1): explanations use the primary color and a smaller size.
 */
const CSS = `
.ctios-form { --ctios-label: 152px; }
.ctios-form .form-row { margin-bottom: 10px; }
.ctios-form .form-row > label { width: var(--ctios-label); vertical-align: top; padding: 6px 6px 0 0; box-sizing: border-box; }
.ctios-form .form-row > label > i, .ctios-heading > i { width: 16px; text-align: center; }
.ctios-form .form-row > input:not([type=checkbox]), .ctios-form .form-row > select { width: calc(100% - var(--ctios-label) - 8px); }
.ctios-form .form-row > .red-ui-typedInput-container { width: calc(100% - var(--ctios-label) - 8px) !important; }
/* Node-RED's box around the choice of a configuration node: its 70 % would drop below the label in a narrow dialog. */
.ctios-form .form-row > div[style*="70%"] { width: calc(100% - var(--ctios-label) - 8px) !important; }
.ctios-form .form-row > input.ctios-short { width: 110px; }
.ctios-form .form-row > input.ctios-host { width: calc(100% - var(--ctios-label) - 124px); }
.ctios-form .form-row > label.ctios-check { width: auto; padding-top: 0; margin-left: var(--ctios-label); }
.ctios-form .form-row > label.ctios-check input { width: auto; margin: 0 6px 0 0; vertical-align: baseline; }
.ctios-form .ctios-note { margin: -4px 8px 12px calc(var(--ctios-label) + 4px); font-size: 0.93em; color: var(--red-ui-primary-text-color); line-height: 1.4; }
.ctios-form .ctios-note:empty { display: none; }
.ctios-form .ctios-note.ctios-warning { border-left: 3px solid var(--red-ui-text-color-warning); padding-left: 8px;
  color: var(--red-ui-primary-text-color); margin-top: 0; }
.ctios-section { margin: 16px 0 14px; padding-top: 12px; border-top: 1px solid var(--red-ui-secondary-border-color); }
.ctios-form .form-row.ctios-part { padding-top: 14px; border-top: 1px solid var(--red-ui-secondary-border-color); }
.ctios-heading { font-weight: 600; margin-bottom: 4px; color: var(--red-ui-primary-text-color); }
.ctios-tip { font-size: 0.93em; color: var(--red-ui-primary-text-color); margin-bottom: 8px; line-height: 1.4; }
.ctios-section ol { margin: 0; }
.ctios-section .red-ui-editableList-container { min-height: 12px; }
.ctios-search { width: 240px !important; margin: 0 !important; }
.ctios-events-head { display: flex; align-items: center; gap: 8px; margin-bottom: 6px; }
.ctios-count { flex: 1; color: var(--red-ui-primary-text-color); }
.ctios-events { height: 232px; overflow-y: auto; border: 1px solid var(--red-ui-form-input-border-color); border-radius: 4px;
  background: var(--red-ui-form-input-background); padding: 4px 0; }
.ctios-events label.ctios-event { display: flex; align-items: baseline; gap: 8px; width: auto; margin: 0; padding: 4px 10px; }
.ctios-events label.ctios-event:hover, .ctios-events label.ctios-event:focus-within { background: var(--red-ui-list-item-background-hover); }
.ctios-events input[type=checkbox] { width: auto; margin: 0; flex: none; position: relative; top: 2px; }
.ctios-event-name { flex: none; font-weight: 600; color: var(--red-ui-primary-text-color); }
.ctios-event-when, .ctios-about { color: var(--red-ui-primary-text-color); font-size: 0.9em; }
.ctios-row { display: flex; flex-wrap: wrap; gap: 6px; }
.ctios-row-problem { flex: 1 0 100%; font-size: 0.9em; color: var(--red-ui-text-color-error); }
.ctios-row > input.ctios-row-key { width: 38%; flex: none; }
.ctios-row > input.ctios-row-value, .ctios-row > .red-ui-typedInput-container { flex: 1; width: auto !important; }
.ctios-row-with-operator > input.ctios-row-key { width: 32%; }
.ctios-row > select.ctios-row-operator { width: 26%; flex: none; }
.ctios-row > .red-ui-typedInput-container { min-width: 110px; }
.ctios-test-result { display: inline-block; margin-left: 10px; max-width: calc(100% - 170px); vertical-align: middle; line-height: 1.4; }
.ctios-test-result > i { margin-right: 6px; }
.ctios-test-result[data-outcome=ok] > i { color: var(--red-ui-text-color-success); }
.ctios-test-result[data-outcome=bad] > i { color: var(--red-ui-text-color-error); }
.ctios-test-checks { list-style: none; margin: 6px 0 0 0; }
.ctios-test-checks:empty { display: none; }
.ctios-test-checks li { margin: 3px 0 3px 20px; line-height: 1.4; overflow-wrap: anywhere; }
.ctios-test-checks li > i { width: 20px; margin-left: -20px; color: var(--red-ui-text-color-success); }
.ctios-test-checks li[data-severity=note] > i { color: var(--red-ui-secondary-text-color); }
.ctios-test-checks li[data-severity=warning] > i { color: var(--red-ui-text-color-warning); }
.ctios-test-checks li[data-severity=error] > i { color: var(--red-ui-text-color-error); }
.ctios-test-checks li > div { color: var(--red-ui-secondary-text-color); }
.ctios-form :is(input, select, button, a):focus-visible { outline: 2px solid var(--red-ui-form-input-focus-color) !important;
  outline-offset: 1px; }
.ctios-form .red-ui-button:not(:disabled) { color: var(--red-ui-primary-text-color) !important; }
`;

export function addStyle(): void {
  if (document.getElementById('ctios-style') !== null) return;
  const style = document.createElement('style');
  style.id = 'ctios-style';
  style.textContent = CSS;
  document.head.append(style);
}
