/** Validates a user's scenario, with errors that name the place. */
import { agentStateNumber, agentStateWords } from '../commands/agents.js';
import { checkCommandArguments } from '../commands/check.js';
import { type ArgumentDefinitions, CommandError } from '../commands/definition.js';
import { commands, knownCommand } from '../commands/index.js';
import type { CallPhase, Scenario } from './format.js';

export const callPhases: readonly CallPhase[] = ['queued', 'ringing', 'talking', 'held', 'ended'];
const trafficLevels = ['off', 'gentle', 'steady', 'waves', 'rush'];

/** An invalid scenario; each entry of `problems` names the place, "steps[3].with.to: is missing". */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  constructor(readonly problems: readonly string[]) {
    super(`the scenario cannot be run: ${problems.join('; ')}`);
  }
}

/** @throws ScenarioError with every problem found, not only the first */
export function checkScenario(given: unknown): Scenario {
  const problems: string[] = [];
  if (!isObject(given)) throw new ScenarioError(['a scenario is an object with a name, a title and steps']);
  const known = new Set(['$schema', 'name', 'title', 'about', 'center', 'steps', 'repeatAfter']);
  for (const key of Object.keys(given)) if (!known.has(key)) problems.push(`${key}: is not part of a scenario`);
  for (const key of ['name', 'title']) {
    if (typeof given[key] !== 'string' || given[key] === '') problems.push(`${key}: must be a text`);
  }
  if (given.repeatAfter !== undefined && !isSeconds(given.repeatAfter)) {
    problems.push('repeatAfter: must be a number of seconds, 0 or more');
  }
  if (given.center !== undefined) checkCenter(given.center, problems);
  if (!Array.isArray(given.steps) || given.steps.length === 0)
    problems.push('steps: must be a list of at least one step');
  else checkSteps(given.steps, problems);
  if (problems.length > 0) throw new ScenarioError(problems);
  return given as unknown as Scenario;
}

function checkCenter(center: unknown, problems: string[]): void {
  if (!isObject(center)) {
    problems.push('center: must be an object');
    return;
  }
  const checks: Readonly<Record<string, [(value: unknown) => boolean, string]>> = {
    agents: [(value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 24_000, '1 to 24000'],
    seed: [(value) => Number.isInteger(value), 'a whole number'],
    automatic: [(value) => typeof value === 'boolean', 'true or false'],
    traffic: [(value) => trafficLevels.includes(value as string), `one of ${trafficLevels.join(', ')}`],
  };
  for (const [key, value] of Object.entries(center)) {
    const check = checks[key];
    if (check === undefined) problems.push(`center.${key}: is not known`);
    else if (!check[0](value)) problems.push(`center.${key}: must be ${check[1]}`);
  }
}

function checkSteps(steps: readonly unknown[], problems: string[]): void {
  const names = new Set<string>();
  let last = 0;
  for (const [index, step] of steps.entries()) {
    const at = `steps[${index}]`;
    if (!isObject(step)) {
      problems.push(`${at}: must be an object with "do" or "until"`);
      continue;
    }
    checkTimes(step, at, problems);
    if (typeof step.at === 'number') {
      if (step.at < last) problems.push(`${at}.at: comes before the step above it`);
      last = Math.max(last, step.at);
    }
    if (step.do !== undefined && step.until === undefined) checkDo(step, at, names, problems);
    else if (step.until !== undefined && step.do === undefined) checkUntil(step, at, names, problems);
    else problems.push(`${at}: must have either "do" or "until"`);
  }
}

function checkTimes(step: Record<string, unknown>, at: string, problems: string[]): void {
  for (const key of ['after', 'at', 'atMost']) {
    if (step[key] !== undefined && !isSeconds(step[key])) problems.push(`${at}.${key}: must be seconds, 0 or more`);
  }
  if (step.after !== undefined && step.at !== undefined) problems.push(`${at}: has both "after" and "at"`);
}

function checkDo(step: Record<string, unknown>, at: string, names: Set<string>, problems: string[]): void {
  unknownKeys(step, ['do', 'with', 'as', 'refused', 'after', 'at', 'note'], at, problems);
  const given = step.with ?? {};
  if (!isObject(given)) {
    problems.push(`${at}.with: must be an object`);
    return;
  }
  try {
    const { args } = knownCommand(String(step.do));
    for (const [name, value] of Object.entries(given)) checkReference(value, `${at}.with.${name}`, names, problems);
    checkCommandArguments(String(step.do), standIns(args, given), withoutReferences(given));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    problems.push(`${at}: ${error.message}`);
  }
  if (step.as === undefined) return;
  if (typeof step.as !== 'string' || !/^\w+$/.test(step.as)) problems.push(`${at}.as: must be a name`);
  else names.add(step.as);
}

/** References stand for values that are not known yet: they satisfy "required", and their type is not checked. */
function standIns(args: ArgumentDefinitions, given: Record<string, unknown>): ArgumentDefinitions {
  return Object.fromEntries(Object.entries(args).filter(([name]) => !isReference(given[name])));
}

function withoutReferences(given: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => !isReference(value)));
}

function checkUntil(step: Record<string, unknown>, at: string, names: Set<string>, problems: string[]): void {
  unknownKeys(step, ['until', 'atMost', 'after', 'at', 'note'], at, problems);
  const { until } = step;
  if (!isObject(until) || (until.agent === undefined) === (until.call === undefined)) {
    problems.push(`${at}.until: names an agent or a call, and what it "is"`);
    return;
  }
  if (until.agent !== undefined) {
    if (typeof until.is !== 'string' || agentStateNumber(until.is) === undefined) {
      problems.push(`${at}.until.is: must be one of ${Object.keys(agentStateWords).join(', ')}`);
    }
    return;
  }
  checkReference(until.call, `${at}.until.call`, names, problems);
  if (!isReference(until.call)) problems.push(`${at}.until.call: must be "$" and the name of an earlier step`);
  if (!callPhases.includes(until.is as CallPhase)) {
    problems.push(`${at}.until.is: must be one of ${callPhases.join(', ')}`);
  }
}

function unknownKeys(step: object, known: readonly string[], at: string, problems: string[]): void {
  for (const key of Object.keys(step)) if (!known.includes(key)) problems.push(`${at}.${key}: is not part of a step`);
}

function checkReference(value: unknown, at: string, names: ReadonlySet<string>, problems: string[]): void {
  if (!isReference(value)) return;
  const name = value.slice(1).split('.')[0]!;
  if (!names.has(name)) problems.push(`${at}: no step before this one is kept "as" "${name}"`);
}

export function isReference(value: unknown): value is string {
  return typeof value === 'string' && /^\$\w+(\.\w+)?$/.test(value);
}

function isSeconds(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The scenario format as a JSON schema, for editors; derived from the table of commands. */
export function scenarioSchema(): object {
  const times = {
    after: { type: 'number', minimum: 0, description: 'Seconds after the step before it.' },
    at: { type: 'number', minimum: 0, description: "Seconds after the scenario's start." },
    note: { type: 'string' },
  };
  const doSteps = Object.entries(commands).map(([name, { about, args }]) => ({
    description: about,
    properties: { do: { const: name }, with: argumentsSchema(args) },
    required: Object.values(args as ArgumentDefinitions).some((each) => each.required) ? ['do', 'with'] : ['do'],
  }));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A scenario of the simulated contact center',
    type: 'object',
    required: ['name', 'title', 'steps'],
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      name: { type: 'string' },
      title: { type: 'string' },
      about: { type: 'string' },
      center: {
        type: 'object',
        additionalProperties: false,
        properties: {
          agents: { type: 'integer', minimum: 1, maximum: 24_000 },
          seed: { type: 'integer' },
          automatic: { type: 'boolean' },
          traffic: { enum: trafficLevels },
        },
      },
      repeatAfter: { type: 'number', minimum: 0 },
      steps: {
        type: 'array',
        minItems: 1,
        items: {
          anyOf: [
            {
              type: 'object',
              properties: {
                ...times,
                do: { enum: Object.keys(commands) },
                as: { type: 'string' },
                refused: { const: true },
                with: {},
              },
              required: ['do'],
              additionalProperties: false,
              anyOf: doSteps,
            },
            {
              type: 'object',
              properties: {
                ...times,
                atMost: { type: 'number', minimum: 0 },
                until: {
                  anyOf: [
                    {
                      type: 'object',
                      properties: { agent: { type: 'string' }, is: { enum: Object.keys(agentStateWords) } },
                      required: ['agent', 'is'],
                    },
                    {
                      type: 'object',
                      properties: { call: { type: 'string', pattern: '^\\$' }, is: { enum: callPhases } },
                      required: ['call', 'is'],
                    },
                  ],
                },
              },
              required: ['until'],
              additionalProperties: false,
            },
          ],
        },
      },
    },
  };
}

function argumentsSchema(args: ArgumentDefinitions): object {
  const types = {
    text: { type: 'string' },
    number: { type: 'number' },
    boolean: { type: 'boolean' },
    list: { type: 'array', items: { type: 'string' } },
    data: { type: 'object', additionalProperties: { type: 'string' } },
    object: { type: 'object' },
  } as const;
  const properties = Object.entries(args).map(([name, definition]) => {
    const schema = definition.type === 'choice' ? { enum: definition.choices } : types[definition.type];
    const reference = { type: 'string', pattern: '^\\$' };
    return [name, { description: definition.about, anyOf: [schema, reference] }] as const;
  });
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: Object.entries(args).flatMap(([name, definition]) => (definition.required ? [name] : [])),
    additionalProperties: false,
  };
}
