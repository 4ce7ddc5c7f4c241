/** Names of sites and of groups, which are parts of names on the engine. Pure: the editor checks them, too. */
const NAME = /^[A-Za-z0-9-]{1,32}$/;

/** @returns what is wrong with the name of a site or a group, in words; undefined where nothing is */
export function nameProblem(name: string): string | undefined {
  return NAME.test(name) ? undefined : `"${name}" is not valid: use 1 to 32 letters, digits and hyphens`;
}
