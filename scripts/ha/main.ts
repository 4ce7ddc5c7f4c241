/**
 * `npm run check:ha -- --rounds 5`: the last line is the result as JSON; it fails if anything was lost in silence or
 * doubled. `--only 'kill -9'` restricts the failures to those whose name contains the text.
 */
import { parseArgs } from 'node:util';
import { checkHa } from './check.js';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      calls: { type: 'string', default: '10' },
      only: { type: 'string', default: '' },
    },
  });
  const result = await checkHa({
    rounds: Number(values.rounds),
    calls: Number(values.calls),
    only: values.only,
    log: (line) => console.log(line),
  });
  console.log(JSON.stringify(result));
  process.exitCode = result.calls > 0 && result.lost + result.doubled === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});
