import { charsetOf } from '../../../ged188/index.js';

/**
 * Behavior of real sites that an ideal switch does not show: each an option of the switch, off by default. The profile
 * `real-site` enables all of them.
 */
export interface SiteBehavior {
  /** A consult call has the extension of the consulting agent as its ANI, and a call key of its own. */
  readonly consultOwnKey: boolean;
  /** One state event for each skill group, with the group in the fixed part. */
  readonly statePerSkillGroup: boolean;
  /** Agents also have states in another media routing domain: their MRDID is 5001. */
  readonly otherMedia: boolean;
  /** Agent events are up to 500 ms late, but in order among themselves. */
  readonly lateAgentEvents: boolean;
  /** Callers' numbers in gateway formats: `+1…;rn=…;oli=00`, sip: and tel: URIs. */
  readonly gatewayNumbers: boolean;
  /** Withheld numbers in gateway formats: `anonymous@anonymous.invalid` and the like. */
  readonly withheldForms: boolean;
  /** Automatic agents use another agent's phone. */
  readonly hotDesks: boolean;
  /** A second peripheral, 5001, with the same agent IDs, phones and call IDs. */
  readonly twoPeripherals: boolean;
  /** A recorded greeting is played when an agent answers a caller. */
  readonly agentGreeting: boolean;
  /** A login is a state event of its own, before the state that follows it. */
  readonly transientLogin: boolean;
  /** Where the protocol leaves the order open, confirmations and agent events come before or after the call events. */
  readonly shuffledOrder: boolean;
  /** The charset of text outside ASCII on the wire. */
  readonly charset: string;
}

/** Names of the boolean options. */
export type SiteSwitch = Exclude<keyof SiteBehavior, 'charset'>;

const off: SiteBehavior = {
  consultOwnKey: false,
  statePerSkillGroup: false,
  otherMedia: false,
  lateAgentEvents: false,
  gatewayNumbers: false,
  withheldForms: false,
  hotDesks: false,
  twoPeripherals: false,
  agentGreeting: false,
  transientLogin: false,
  shuffledOrder: false,
  charset: 'latin1',
};

export const siteSwitches = Object.keys(off).filter((name) => name !== 'charset') as SiteSwitch[];

/** Site profiles by name: an ideal switch, and one like those in the field. */
export const siteProfiles = {
  standard: off,
  'real-site': { ...Object.fromEntries(siteSwitches.map((name) => [name, true])), charset: 'utf8' } as SiteBehavior,
} as const satisfies Record<string, SiteBehavior>;

export type SiteProfileName = keyof typeof siteProfiles;

export function isSiteProfile(name: string): name is SiteProfileName {
  return Object.hasOwn(siteProfiles, name);
}

/** A profile with some options overridden. @throws RangeError for an unknown profile, option or charset */
export function siteBehavior(profile: string = 'standard', more: Readonly<Record<string, unknown>> = {}): SiteBehavior {
  if (!isSiteProfile(profile))
    throw new RangeError(`"${profile}" is not a profile: it is one of ${Object.keys(siteProfiles).join(', ')}`);
  for (const [name, value] of Object.entries(more)) {
    const type = name === 'charset' ? 'string' : 'boolean';
    if (!Object.hasOwn(off, name))
      throw new RangeError(`"${name}" is not an option of a site: it is one of ${Object.keys(off).join(', ')}`);
    if (typeof value !== type) throw new RangeError(`${name} must be a ${type}, not ${String(value)}`);
  }
  const site: SiteBehavior = { ...siteProfiles[profile], ...more };
  charsetOf(site.charset);
  return site;
}
