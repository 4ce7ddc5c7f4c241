/** `reference/contact-center-codes.md`: the codes of the switch (`CF_…`) and of the CTI Server (`E_CTI_…`), by number. */
import { ControlFailureCode, StatusCode } from '../../src/ged188/index.js';
import { statusMeanings } from '../../src/server/southbound/status-meanings.js';
import { refusalMeanings } from '../../src/server/translation/refusal-meanings.js';
import { markdownTable } from './table.js';

/** What to do about those that occur in practice; for the others, only the name is known. */
const ADVICE: Readonly<Record<string, string>> = {
  ...refusalMeanings,
  ...statusMeanings,
};

/** `E_CTI_INVALID_PERIPHERAL_ID`: "invalid peripheral ID". */
function inWords(name: string): string {
  const words = name
    .replace(/^(CF|E_CTI|E)_/, '')
    .toLowerCase()
    .split('_');
  const upper = new Set(['id', 'csta', 'cti', 'rtp', 'ccm', 'jtapi', 'pd', 'rc', 'pim', 'mr', 'pid', 'pac', 'csd']);
  return words.map((word) => (upper.has(word) ? word.toUpperCase() : word)).join(' ');
}

const rows = (codes: Readonly<Record<string, number>>): string[][] =>
  Object.entries(codes).map(([name, value]) => [String(value), `\`${name}\``, inWords(name), ADVICE[name] ?? '']);

/** Names with advice that no table has: a test keeps it empty. */
export const adviceWithoutCode = (): string[] =>
  Object.keys(ADVICE).filter((name) => !(name in ControlFailureCode) && !(name in StatusCode));

export function contactCenterCodesPage(made: string): string {
  const head = ['number', 'code', 'in words', 'what to do'];
  return `${made}# Codes of the contact center

\`msg.error.code\` has one of these when the contact center itself refused. [Error codes](error-codes.md) lists those of this pack. A code
without advice is named by the protocol only; \`msg.error.cause.peripheralErrorCode\` may say more.

## CF_: the switch refused

The request reached the switch, which refused it; nothing happened.

${markdownTable(head, rows(ControlFailureCode))}

## E_CTI_: the CTI Server refused

The CTI Server refused a session or a message.

${markdownTable(head, rows(StatusCode))}

## Peripheral error codes

The reason of a Unified CCE switch in \`cause.peripheralErrorCode\`, such as 10106 (the agent is reserved for a call) and 10108 (this change
of state is not allowed), is one of [PeripheralErrorCode](enumerations.md#peripheralerrorcode).
`;
}
