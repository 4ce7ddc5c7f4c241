import { charsetOf } from '../../../ged188/index.js';

/**
 * The callers of the simulated contact center. The mock CRM of the screen-pop example knows the customers by their
 * numbers; as in reality, there are also an unknown caller and one who withholds the number.
 */
export interface Caller {
  /** As delivered by the network: ten digits of the North American plan; '' for a withheld number. */
  readonly ani: string;
  readonly name: string;
  /** The VRU's value for CallVariable1; absent for callers who are not customers. */
  readonly account?: string;
  /** ECC variable user.CustomerTier. */
  readonly tier?: 'platinum' | 'gold' | 'silver';
  /** The dialed number this person calls most. */
  readonly dialedNumber: string;
  /** CallVariable2: why they call. */
  readonly reason: string;
}

export const customers: readonly Caller[] = [
  {
    ani: '2065550101',
    name: 'Amelia Hart',
    account: '70010001',
    tier: 'gold',
    dialedNumber: '8001',
    reason: 'New order',
  },
  {
    ani: '2065550102',
    name: 'Ben Okafor',
    account: '70010002',
    tier: 'silver',
    dialedNumber: '8002',
    reason: 'Router offline',
  },
  {
    ani: '2065550103',
    name: 'Carla Jimenez',
    account: '70010003',
    tier: 'platinum',
    dialedNumber: '8003',
    reason: 'Invoice question',
  },
  {
    ani: '2065550104',
    name: 'Deepak Rao',
    account: '70010004',
    tier: 'gold',
    dialedNumber: '8001',
    reason: 'Contract renewal',
  },
  {
    ani: '2065550105',
    name: 'Eva Lindqvist',
    account: '70010005',
    tier: 'silver',
    dialedNumber: '8002',
    reason: 'Password reset',
  },
  {
    ani: '2065550106',
    name: 'Farid Haddad',
    account: '70010006',
    tier: 'gold',
    dialedNumber: '8003',
    reason: 'Refund',
  },
  {
    ani: '2065550107',
    name: 'Grace Kim',
    account: '70010007',
    tier: 'platinum',
    dialedNumber: '8001',
    reason: 'Upgrade',
  },
  {
    ani: '2065550108',
    name: 'Hugo Moreau',
    account: '70010008',
    tier: 'silver',
    dialedNumber: '8002',
    reason: 'Installation date',
  },
  {
    ani: '2065550109',
    name: 'Ines Costa',
    account: '70010009',
    tier: 'gold',
    dialedNumber: '8003',
    reason: 'Change of address',
  },
  {
    ani: '2065550110',
    name: 'Jonas Weber',
    account: '70010010',
    tier: 'silver',
    dialedNumber: '8001',
    reason: 'Delivery status',
  },
  {
    ani: '2065550111',
    name: 'Keiko Tanaka',
    account: '70010011',
    tier: 'platinum',
    dialedNumber: '8002',
    reason: 'Slow connection',
  },
  {
    ani: '2065550112',
    name: 'Liam and Nora Walsh',
    account: '70010012',
    tier: 'silver',
    dialedNumber: '8003',
    reason: 'Direct debit',
  },
];

export const unknownCaller: Caller = {
  ani: '2065550199',
  name: 'Unknown caller',
  dialedNumber: '8001',
  reason: 'General question',
};

export const withheldCaller: Caller = {
  ani: '',
  name: 'Number withheld',
  dialedNumber: '8002',
  reason: 'General question',
};

/** All callers. */
export const callers: readonly Caller[] = [...customers, unknownCaller, withheldCaller];

/** The data a call of this person carries after the VRU's treatment. */
export function callerData(
  caller: Caller,
  charset = 'latin1',
): { variables: readonly (string | undefined)[]; named: [string, string][] } {
  return {
    variables:
      charset === 'latin1'
        ? [caller.account, caller.reason]
        : [caller.account, caller.reason, spelled(caller, charset)],
    named: caller.tier === undefined ? [] : [['user.CustomerTier', caller.tier]],
  };
}

/** Names in their original spelling; CallVariable3 has them if the switch's charset can express them. */
const spellings: Readonly<Record<string, string>> = {
  'Carla Jimenez': 'Carla Jiménez',
  'Ines Costa': 'Inês Costa',
  'Jonas Weber': 'Jonas Wéber-Groß',
  'Keiko Tanaka': '田中恵子',
};

function spelled({ name }: Caller, charset: string): string {
  const own = spellings[name] ?? name;
  return charsetOf(charset).encode(own) === undefined ? name : own;
}
