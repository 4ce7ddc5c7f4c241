import type { Random } from '../../../common/random.js';
import { Limit } from './codes.js';

/** How gateways format a number of the North American plan; the first is the plain number. */
const forms: readonly ((national: string) => string)[] = [
  (national) => national,
  (national) => `+1${national}`,
  (national) => `+1${national};rn=303357;oli=00`,
  (national) => `sip:+1${national}@10.20.30.40:5060`,
  (national) => `sip:+1${national}@10.20.30.40;user=phone`,
  (national) => `<sip:+1${national}@sbc1.example.com>`,
  (national) => `tel:+1-${national.slice(0, 3)}-${national.slice(3, 6)}-${national.slice(6)}`,
];

/** How they represent a withheld number. */
const withheld = [
  '',
  'anonymous',
  'Restricted',
  'anonymous@anonymous.invalid',
  'sip:anonymous@anonymous.invalid',
  'sip:anonymous@10.1.1.1',
  'unavailable@unknown.invalid',
] as const;

/** A caller's number in one of the gateways' formats. A number of another plan is unchanged. */
export function gatewayForm(number: string, random: Random): string {
  const form = forms[Math.floor(random.next() * forms.length)]!;
  const written = /^[2-9]\d{9}$/.test(number) ? form(number) : number;
  return written.length > Limit.ani ? number : written;
}

export function withheldForm(random: Random): string {
  return withheld[Math.floor(random.next() * withheld.length)]!;
}
