/** Styles of the sidebar, in the theme's colors only. The height of a row is defined in `live-list.ts`, too. */
const CSS = `
.ctios-sidebar { display: flex; flex-direction: column; height: 100%; min-height: 0; overflow-y: auto; box-sizing: border-box;
  color: var(--red-ui-primary-text-color); background: var(--red-ui-secondary-background); font-size: 13px; line-height: 1.35; }
.ctios-sidebar *, .ctios-sidebar *::before { box-sizing: border-box; }
.ctios-sidebar [hidden] { display: none !important; }
.ctios-sidebar button { font: inherit; color: inherit; background: none; border: 0; padding: 0; margin: 0; cursor: pointer; }
.ctios-sidebar :focus-visible { outline: 2px solid var(--red-ui-form-input-focus-color); outline-offset: -2px; border-radius: 3px; }
.ctios-sidebar .fa { margin-right: 6px; }

.ctios-sb-notice:not(:empty) { padding: 10px 12px; color: var(--red-ui-primary-text-color);
  border-left: 3px solid var(--red-ui-text-color-warning); background: var(--red-ui-tertiary-background); }

.ctios-sb-sessions { flex: none; max-height: max(45%, 180px); overflow-y: auto; border-bottom: 1px solid var(--red-ui-secondary-border-color); }
.ctios-sb-session + .ctios-sb-session { border-top: 1px solid var(--red-ui-tertiary-border-color); }
.ctios-sb-session { border-left: 3px solid transparent; }
.ctios-sb-session.ctios-sb-chosen { border-left-color: var(--red-ui-form-input-focus-color); background: var(--red-ui-tertiary-background); }
.ctios-sidebar button.ctios-sb-session-header { display: flex; align-items: center; gap: 8px; width: 100%; padding: 8px 12px 8px 9px; text-align: left; }
.ctios-sb-session-header:hover { background: var(--red-ui-list-item-background-hover); }
.ctios-sb-session-name { flex: 1; min-width: 0; font-weight: 600; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.ctios-sb-session-phase { flex: none; color: var(--red-ui-secondary-text-color); }
.ctios-sb-session-body { padding: 0 12px 10px 27px; }
.ctios-sidebar .ctios-sb-reason { margin: 0; padding: 0 12px 8px 27px; font-size: 12px; color: var(--red-ui-text-color-error); overflow-wrap: anywhere; }
.ctios-sidebar .ctios-sb-facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(104px, 1fr)); gap: 6px 12px; margin: 0; }
.ctios-sb-facts > div { min-width: 0; }
.ctios-sb-facts > div:first-child { grid-column: 1 / -1; }
.ctios-sb-facts dt { margin: 0; font-weight: normal; font-size: 11px; color: var(--red-ui-secondary-text-color); }
.ctios-sb-facts dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }

.ctios-sb-mark, .ctios-sb-no-mark { flex: none; width: 10px; height: 10px; border-radius: 50%; border: 3px solid var(--ctios-sb-color); }
.ctios-sb-no-mark { border: 0; width: 0; }
.ctios-sb-dot { background: var(--ctios-sb-color); }
.ctios-sb-green { --ctios-sb-color: var(--red-ui-node-status-colors-green); }
.ctios-sb-yellow { --ctios-sb-color: var(--red-ui-node-status-colors-yellow); }
.ctios-sb-red { --ctios-sb-color: var(--red-ui-node-status-colors-red); }
.ctios-sb-blue { --ctios-sb-color: var(--red-ui-node-status-colors-blue); }
.ctios-sb-grey { --ctios-sb-color: var(--red-ui-node-status-colors-grey); }

.ctios-sb-tabs { flex: none; display: flex; border-bottom: 1px solid var(--red-ui-secondary-border-color); }
.ctios-sidebar .ctios-sb-tabs button { flex: 1 1 auto; min-width: 0; padding: 7px 4px 5px; border-bottom: 2px solid transparent; font-size: 12px;
  color: var(--red-ui-secondary-text-color); overflow: hidden; }
.ctios-sidebar .ctios-sb-tabs button > span { display: block; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.ctios-sidebar .ctios-sb-tabs button:hover { background: var(--red-ui-list-item-background-hover); }
.ctios-sidebar .ctios-sb-tabs button[aria-selected=true] { color: var(--red-ui-primary-text-color); border-bottom-color: var(--red-ui-form-input-focus-color); }
.ctios-sb-tabs .ctios-sb-count { font-size: 17px; font-weight: 600; line-height: 1.2; font-variant-numeric: tabular-nums; color: var(--red-ui-primary-text-color); }

.ctios-sb-lists { flex: 1 1 240px; min-height: 240px; display: flex; flex-direction: column; }
.ctios-sb-search { flex: none; display: flex; align-items: center; gap: 8px; padding: 6px 8px 6px 12px; border-bottom: 1px solid var(--red-ui-tertiary-border-color); }
.ctios-sb-search label { margin: 0; color: var(--red-ui-secondary-text-color); white-space: nowrap; }
.ctios-sidebar .ctios-sb-search input { flex: 1; min-width: 60px; width: auto; height: 28px; margin: 0; padding: 2px 8px; }
.ctios-sb-matching { color: var(--red-ui-secondary-text-color); white-space: nowrap; font-variant-numeric: tabular-nums; }
.ctios-sidebar button.ctios-sb-icon { flex: none; width: 28px; height: 28px; border-radius: 4px; color: var(--red-ui-secondary-text-color); }
.ctios-sidebar button.ctios-sb-icon .fa { margin: 0; }
.ctios-sidebar button.ctios-sb-icon:hover { background: var(--red-ui-list-item-background-hover); color: var(--red-ui-primary-text-color); }
.ctios-sidebar button.ctios-sb-icon[aria-pressed=true] { color: var(--red-ui-text-color-warning); }

.ctios-sb-list { position: relative; flex: 1 1 92px; min-height: 92px; }
.ctios-sb-box { position: absolute; inset: 0; overflow-y: auto; background: var(--red-ui-list-item-background); }
.ctios-sb-spacer { position: relative; }
.ctios-sb-empty:not(:empty) { position: absolute; left: 0; right: 0; top: 0; padding: 24px 16px; text-align: center; pointer-events: none;
  color: var(--red-ui-secondary-text-color); }
.ctios-sb-row { position: absolute; left: 0; right: 0; height: 46px; padding: 5px 12px; display: grid; align-items: center;
  grid-template: 'mark title word' 18px 'mark more note' 18px / auto minmax(0, 1fr) auto; column-gap: 10px; cursor: pointer;
  border-bottom: 1px solid var(--red-ui-tertiary-border-color); }
.ctios-sb-row:hover { background: var(--red-ui-list-item-background-hover); }
.ctios-sb-row[aria-selected=true] { background: var(--red-ui-list-item-background-selected); box-shadow: inset 3px 0 0 var(--red-ui-form-input-focus-color); }
.ctios-sb-row > :first-child { grid-area: mark; }
.ctios-sb-title { grid-area: title; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; color: var(--red-ui-list-item-color); }
.ctios-sb-word { grid-area: word; white-space: nowrap; font-variant-numeric: tabular-nums; }
.ctios-sb-more { grid-area: more; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; font-size: 12px; color: var(--red-ui-secondary-text-color); }
.ctios-sb-note { grid-area: note; justify-self: end; white-space: nowrap; font-size: 12px; font-variant-numeric: tabular-nums; color: var(--red-ui-secondary-text-color); }

.ctios-sb-details { flex: 0 1 auto; min-height: 100px; display: flex; flex-direction: column; max-height: 50%; border-top: 1px solid var(--red-ui-secondary-border-color);
  background: var(--red-ui-tertiary-background); }
.ctios-sb-details header { flex: none; display: flex; align-items: center; padding: 4px 8px 2px 12px; }
.ctios-sb-details-title { flex: 1; min-width: 0; font-weight: 600; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.ctios-sb-properties { flex: 1; min-height: 0; overflow: auto; padding: 0 12px 8px; }
.ctios-sb-properties table { width: 100%; table-layout: fixed; border-collapse: collapse; font-size: 12px; }
.ctios-sb-properties th, .ctios-sb-properties td { padding: 2px 0; text-align: left; vertical-align: top; font-weight: normal; }
.ctios-sb-properties th { width: 48%; padding-right: 10px; color: var(--red-ui-secondary-text-color); overflow-wrap: anywhere; }
.ctios-sb-properties td { overflow-wrap: anywhere; font-family: var(--red-ui-monospace-font); }
.ctios-sb-properties .ctios-sb-word { font-family: var(--red-ui-primary-font); color: var(--red-ui-secondary-text-color); white-space: normal; }
.ctios-sb-gone .ctios-sb-properties { opacity: 0.6; }

.ctios-sb-place { flex: none; border-top: 1px solid var(--red-ui-secondary-border-color); }
.ctios-sb-place summary { padding: 9px 12px; font-weight: 600; cursor: pointer; }
.ctios-sb-place summary:hover { background: var(--red-ui-list-item-background-hover); }
.ctios-sb-place form { margin: 0; padding: 2px 12px 12px; }
.ctios-sb-field { display: flex; align-items: center; gap: 8px; margin-bottom: 6px; }
.ctios-sb-field label { flex: 0 0 35%; margin: 0; }
.ctios-sidebar .ctios-sb-place input { flex: 1; min-width: 0; width: auto; height: 28px; margin: 0; padding: 2px 8px; }
.ctios-sb-place fieldset { margin: 4px 0 0; padding: 0; border: 0; min-width: 0; }
.ctios-sb-place legend { margin: 0 0 4px; padding: 0; border: 0; font-size: inherit; line-height: inherit; color: inherit; width: auto; }
.ctios-sb-variable { display: flex; align-items: center; gap: 6px; margin-bottom: 6px; }
.ctios-sidebar .ctios-sb-variable input { padding: 2px 6px; font-size: 12px; }
.ctios-sidebar .ctios-sb-variable input:first-child { flex: 1.4; }
.ctios-sidebar button.ctios-sb-link { color: var(--red-ui-text-color-link); padding: 2px 0; }
.ctios-sb-actions { display: flex; align-items: center; gap: 10px; margin-top: 8px; }
.ctios-sidebar button.ctios-sb-primary { flex: none; padding: 6px 12px; border-radius: 4px; color: var(--red-ui-workspace-button-color-primary);
  background: var(--red-ui-workspace-button-background-primary); }
.ctios-sidebar button.ctios-sb-primary:hover { background: var(--red-ui-workspace-button-background-primary-hover); }
.ctios-sidebar button.ctios-sb-primary:disabled { opacity: 0.5; cursor: default; }
.ctios-sidebar .ctios-sb-result { margin: 0; color: var(--red-ui-secondary-text-color); overflow-wrap: anywhere; }
.ctios-sb-deliveries-body { padding: 0 12px 12px; }
.ctios-sb-deliveries h4 { margin: 6px 0 4px; font-size: 13px; line-height: inherit; font-weight: 600; overflow-wrap: anywhere; }
.ctios-sb-deliveries .ctios-sb-facts > div:first-child { grid-column: auto; }
.ctios-sb-deliveries ul { list-style: none; margin: 8px 0 0; padding: 0; }
.ctios-sb-deliveries li { display: grid; grid-template-columns: minmax(0, 1fr) auto; column-gap: 10px; padding: 4px 0;
  border-top: 1px solid var(--red-ui-tertiary-border-color); }
.ctios-sb-delivery-key { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.ctios-sb-delivery-note { grid-column: 1 / -1; font-size: 12px; color: var(--red-ui-secondary-text-color); overflow-wrap: anywhere; }
.ctios-sidebar button.ctios-sb-link:disabled { opacity: 0.5; cursor: default; }
.ctios-sb-failed .ctios-sb-result { color: var(--red-ui-text-color-error); }
`;

const STYLE = 'ctios-sidebar-style';

export function addStyle(): void {
  if (document.getElementById(STYLE) !== null) return;
  const style = document.createElement('style');
  style.id = STYLE;
  style.textContent = CSS;
  document.head.append(style);
}
