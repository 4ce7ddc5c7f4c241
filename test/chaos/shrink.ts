/** Finds a shorter run with the same kind of problem by omitting ever smaller parts. */
import { type Plan, play, type Step } from './play.js';

/** A problem without its numbers. */
const kindOf = (problem: string): string => problem.replace(/thrown.*/s, 'thrown').replace(/[\d.]+/g, '#');

const MAX_PLAYS = 250;

/** @returns the remaining steps, their problems, and the events of the client with the first one, as text */
export async function shrink(given: Plan, problems: readonly string[]): Promise<string> {
  const kind = kindOf(problems[0]!);
  let plays = 0;
  const fails = async (steps: readonly Step[]) => {
    plays++;
    return (await play({ ...given, steps })).problems.some((each) => kindOf(each) === kind);
  };
  let steps = given.steps;
  for (
    let size = Math.ceil(steps.length / 2);
    size >= 1 && plays < MAX_PLAYS;
    size = size > 1 ? Math.ceil(size / 2) : 0
  ) {
    for (let at = steps.length - 1 - size; at > -size && plays < MAX_PLAYS; at -= size) {
      const from = Math.max(0, at);
      const fewer = [...steps.slice(0, from), ...steps.slice(Math.min(at + size, steps.length - 1))];
      if (fewer.length < steps.length && (await fails(fewer))) steps = fewer;
    }
  }
  const last = await play({ ...given, steps });
  const actor = last.world.actors.find(({ name }) => last.problems[0]?.startsWith(`${name}:`)) ?? last.world.actors[0]!;
  return [
    `${steps.length} steps are left of ${given.steps.length} (protocol ${given.protocolVersion}, seed ${given.seed}):`,
    ...steps.map((step) => `  ${JSON.stringify(step)}`),
    ...last.problems.slice(0, 12).map((each) => `  ${each}`),
    `what ${actor.name} was told:`,
    ...actor.events
      .filter(({ event }) => event !== 'OnHeartbeat')
      .slice(-60)
      .map(
        ({ sequence, time, event, objectId, recovered, args }) =>
          `  ${sequence} ${new Date(time).toISOString().slice(11, 23)} ${event} ${objectId ?? ''}${recovered ? ' recovered' : ''} ${JSON.stringify(args).slice(0, 900)}`,
      ),
  ].join('\n');
}
