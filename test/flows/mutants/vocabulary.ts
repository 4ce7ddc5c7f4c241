/** Which event a person might have meant. */
import { eventByName, events } from '../../../src/ctios/index.js';

/** Another event of the same interface that is not chosen already. */
export function otherThan(event: string, chosen: readonly string[]): string {
  const own = eventByName(event);
  const kin = Object.values(events).filter(
    ({ name, interfaces }) =>
      !chosen.includes(name) && !/Conf$/.test(name) && interfaces.some((each) => own?.interfaces.includes(each)),
  );
  const after = kin.findIndex(({ name }) => name > event);
  return (kin[after] ?? kin[0])?.name ?? 'OnSystemStatus';
}
