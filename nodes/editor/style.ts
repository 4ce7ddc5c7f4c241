/** Looks of our own controls; the theme's variables only, so that dark and light both fit. */
const CSS = `
.ctios-search { width: 220px !important; margin: 0 8px 0 0 !important; }
.ctios-events-head { display: flex; align-items: center; gap: 6px; margin-bottom: 6px; }
.ctios-count { flex: 1; color: var(--red-ui-secondary-text-color); }
.ctios-events { height: 220px; overflow-y: auto; border: 1px solid var(--red-ui-form-input-border-color); border-radius: 4px;
  background: var(--red-ui-form-input-background); padding: 4px 0; }
.ctios-events label.ctios-event { display: flex; align-items: baseline; gap: 8px; width: auto; margin: 0; padding: 3px 8px; }
.ctios-events label.ctios-event:hover { background: var(--red-ui-list-item-background-hover); }
.ctios-events input[type=checkbox] { width: auto; margin: 0; flex: none; }
.ctios-event-name { flex: none; color: var(--red-ui-primary-text-color); }
.ctios-event-when, .ctios-about { color: var(--red-ui-secondary-text-color); font-size: 0.9em; }
.ctios-row { display: flex; gap: 6px; }
.ctios-row > input.ctios-row-key { width: 40%; flex: none; }
.ctios-row > input.ctios-row-value, .ctios-row > .red-ui-typedInput-container { flex: 1; width: auto !important; }
.ctios-note { margin: 4px 0 12px 104px; color: var(--red-ui-secondary-text-color); }
.ctios-note.ctios-warning { border-left: 3px solid var(--red-ui-text-color-warning); padding-left: 8px; }
.ctios-test-result { margin-left: 8px; }
.ctios-form .form-row > label { width: 130px; vertical-align: top; padding-top: 6px; }
.ctios-form .form-row > input:not([type=checkbox]), .ctios-form .form-row > select { width: calc(100% - 140px); }
.ctios-form .form-row > label.ctios-check { width: auto; padding-top: 0; margin-left: 134px; }
.ctios-form .form-row > label.ctios-check input { width: auto; margin: 0 6px 0 0; vertical-align: baseline; }
.ctios-form .form-row > input.ctios-short { width: 90px; }
.ctios-form .form-row > input.ctios-host { width: calc(100% - 250px); }
.ctios-form .ctios-note { margin-left: 134px; }
.ctios-form .form-row > .red-ui-typedInput-container { width: calc(100% - 140px) !important; }
`;

export function addStyle(): void {
  if (document.getElementById('ctios-style') !== null) return;
  const style = document.createElement('style');
  style.id = 'ctios-style';
  style.textContent = CSS;
  document.head.append(style);
}
