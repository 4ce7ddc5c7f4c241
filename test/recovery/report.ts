/**
 * Generates the matrix for docs/reference/recovery-matrix.md. Each mark is a test; run directly, it writes the page.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { cells } from './cells.js';
import { faults } from './faults.js';
import { situations } from './situations.js';

export const REPORT = resolve(__dirname, '../../../docs/reference/recovery-matrix.md');

export function matrixPage(): string {
  const sections = (['in process', 'remote'] as const).flatMap((access) =>
    (['monitor', 'agent'] as const).map((mode) => {
      const rows = faults.map((fault) => {
        const marks = situations.map(({ name }) => {
          const cell = cells.find(
            (each) =>
              each.access === access && each.mode === mode && each.fault === fault && each.situation.name === name,
          )!;
          return cell.impossible === undefined ? 'tested' : `(${reasons.indexOf(cell.impossible) + 1})`;
        });
        return `| ${fault.name} | ${marks.join(' | ')} |`;
      });
      return `## ${mode[0]!.toUpperCase()}${mode.slice(1)} mode, ${access}\n\n| fault | ${situations.map(({ name }) => name).join(' | ')} |\n|---|${'---|'.repeat(situations.length)}\n${rows.join('\n')}\n`;
    }),
  );
  const tested = cells.filter((cell) => cell.impossible === undefined).length;
  return `<!-- Made by \`npm run docs\`; change its source instead. -->
# The recovery matrix

What can break, in what situation, and how the session reaches tier 2: ${tested} cells, each of them two tests
(\`test/recovery/matrix.test.ts\`), at a standard contact center and at one with the habits of real sites, with all three tiers on one
virtual clock. While the session cannot see, a customer hangs up,
an agent dials out and another becomes available. Then what the session saw is held against what the simulated contact center
did: every call begins and ends once, nothing is doubled or comes after an end, no snapshot pretends to have seen something
happen, sequence numbers have no holes, calls and agents are in the states in which the session believes them, the gap was
reported (or there was none, after a hand-off), and a request that was under way ended once, truthfully.

*In process*: tier 2 runs within Node-RED. *Remote*: a pair of \`ctios-server\`s, reached over JSON frames.

${sections.join('\n')}
${reasons.map((reason, index) => `(${index + 1}) Cannot be: ${reason}.`).join('\n')}
`;
}

const reasons = [...new Set(cells.flatMap(({ impossible }) => impossible ?? []))];

if (require.main === module) writeFileSync(REPORT, matrixPage());
