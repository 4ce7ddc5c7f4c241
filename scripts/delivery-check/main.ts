/** `npm run check:delivery -- --rounds 20`: the last line is the result as JSON; it fails if anything was lost, doubled or out of order. */
import { parseArgs } from 'node:util';
import { checkDelivery } from './check.js';
import { STORES } from './stores.js';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      deliveries: { type: 'string', default: '200' },
      store: { type: 'string', default: 'file' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    },
  });
  const store = STORES.find((each) => each === values.store);
  if (store === undefined) throw new RangeError(`--store: "${values.store}" is not one of ${STORES.join(', ')}.`);
  console.log(`seed ${values.seed}, store ${store}`);
  const result = await checkDelivery({
    rounds: Number(values.rounds),
    deliveries: Number(values.deliveries),
    seed: Number(values.seed),
    store,
    log: (line) => console.log(line),
  });
  console.log(JSON.stringify(result));
  process.exitCode = result.accepted > 0 && result.lost + result.doubled + result.outOfOrder === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});
