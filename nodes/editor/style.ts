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
.ctios-sidebar { display: flex; flex-direction: column; height: 100%; padding: 10px; box-sizing: border-box; gap: 8px;
  color: var(--red-ui-primary-text-color); }
.ctios-sidebar > select, .ctios-sidebar > input[type=search] { width: 100%; margin: 0; flex: none; }
.ctios-sidebar-state { display: grid; grid-template-columns: max-content 1fr; gap: 2px 10px; margin: 0; flex: none; }
.ctios-sidebar-state dt { font-weight: normal; color: var(--red-ui-secondary-text-color); }
.ctios-sidebar-state dd { margin: 0; overflow-wrap: anywhere; }
.ctios-sidebar-tabs { display: flex; flex-wrap: wrap; gap: 4px; flex: none; }
.ctios-sidebar-tabs button { border: 1px solid var(--red-ui-form-input-border-color); border-radius: 4px; padding: 3px 8px;
  background: var(--red-ui-form-button-background); color: var(--red-ui-primary-text-color); }
.ctios-sidebar-tabs button[aria-selected=true] { border-color: var(--red-ui-form-input-focus-color); font-weight: bold; }
ul.ctios-sidebar-list { list-style: none; margin: 0; padding: 0; overflow-y: auto; flex: 1; min-height: 80px; }
.ctios-sidebar-list li { padding: 3px 4px; border-bottom: 1px solid var(--red-ui-secondary-border-color); }
.ctios-sidebar-list li:not(:has(details)), .ctios-sidebar-list summary { display: flex; gap: 8px; align-items: baseline; }
.ctios-sidebar-list .ctios-about { flex: 1; overflow-wrap: anywhere; }
.ctios-sidebar-list summary { flex-wrap: wrap; justify-content: space-between; cursor: pointer; }
.ctios-sidebar-list summary .ctios-about { flex: 1 0 100%; order: 1; }
.ctios-sidebar-list pre { margin: 4px 0; font-size: 11px; white-space: pre-wrap; overflow-wrap: anywhere; }
.ctios-sidebar-place div { display: flex; gap: 6px; align-items: center; margin: 4px 0; }
.ctios-sidebar-place label { width: 80px; margin: 0; }
.ctios-sidebar-place input { flex: 1; margin: 0; width: auto; }
`;

export function addStyle(): void {
  if (document.getElementById('ctios-style') !== null) return;
  const style = document.createElement('style');
  style.id = 'ctios-style';
  style.textContent = CSS;
  document.head.append(style);
}
