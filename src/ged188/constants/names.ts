/** Converts between the number and the name of a constant. */

type Group = Readonly<Record<string, number>>;

const reverse = new WeakMap<Group, Map<number, string>>();

const namesByNumber = (group: Group): Map<number, string> => {
  let names = reverse.get(group);
  if (names === undefined) {
    names = new Map();
    for (const [name, value] of Object.entries(group)) if (!names.has(value)) names.set(value, name);
    reverse.set(group, names);
  }
  return names;
};

/** The name of a number, `nameOf(AgentState, 3) === 'AGENT_STATE_AVAILABLE'`; undefined if the group has none. */
export const nameOf = <G extends Group>(group: G, value: number): (keyof G & string) | undefined =>
  namesByNumber(group).get(value);

/** The names of the bits set in a mask, lowest bit first; bits without a name are left out. */
export const namesOf = <G extends Group>(mask: G, value: number): (keyof G & string)[] => {
  const names: (keyof G & string)[] = [];
  for (let bit = 0; bit < 32; bit++) {
    const one = (1 << bit) >>> 0;
    const name = (value & one) !== 0 ? nameOf(mask, one) : undefined;
    if (name !== undefined) names.push(name);
  }
  return names;
};

/** The number of a name, case-insensitive; undefined if the group has none. */
export const numberOf = (group: Group, name: string): number | undefined => {
  const exact = group[name];
  if (exact !== undefined && Object.hasOwn(group, name)) return exact;
  const wanted = name.toLowerCase();
  for (const [candidate, value] of Object.entries(group)) if (candidate.toLowerCase() === wanted) return value;
  return undefined;
};
