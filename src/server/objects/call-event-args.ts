/**
 * The arguments of a call event: its own, and after them what every call event carries. Most call events have six of the
 * latter, which added one by one to arguments of many shapes took 0.4 µs an event; compiled per shape they take 0.1 µs.
 */
import { compileMaker, PerShape, read, shapeOf } from '../../common/shapes.js';
import type { Args, ArgValue } from '../../ctios/transport.js';

/** What every call event carries, in the order in which it is added, unless undefined. */
type Carried = [
  UniqueObjectID: string,
  DeviceUniqueObjectID: string | undefined,
  FilterTarget: string | undefined,
  EnablementMask: number | undefined,
  ICMEnterpriseUniqueID: ArgValue | undefined,
  CallStatus: number | undefined,
];
const CARRIED = [
  'UniqueObjectID',
  'DeviceUniqueObjectID',
  'FilterTarget',
  'EnablementMask',
  'ICMEnterpriseUniqueID',
  'CallStatus',
] as const;

type Maker = (own: Readonly<Args>, ...carried: Carried) => Args;

/** One for each combination of what is there: bits, the first keyword's the lowest. */
const makers = Array.from(
  { length: 2 ** CARRIED.length },
  (_, present) =>
    new PerShape(({ keys }) =>
      compileMaker<Maker>(
        ['own', ...CARRIED],
        [
          ...keys.map((key) => [key, read('own', key)] as const),
          ...CARRIED.filter((_, bit) => present & (1 << bit)).map((key) => [key, key] as const),
        ],
      ),
    ),
);

export function callEventArgs(own: Readonly<Args>, ...carried: Carried): Args {
  const [id, device, agent, mask, enterpriseId, status] = carried;
  let present = 1;
  if (device !== undefined) present |= 2;
  if (agent !== undefined) present |= 4;
  if (mask !== undefined) present |= 8;
  if (enterpriseId !== undefined) present |= 16;
  if (status !== undefined) present |= 32;
  const shape = shapeOf(own);
  const make = shape && makers[present]!.get(shape);
  if (make !== undefined) return make(own, id, device, agent, mask, enterpriseId, status);
  const args: Args = { ...own };
  CARRIED.forEach((key, index) => {
    const value = carried[index];
    if (value !== undefined) args[key] = value;
  });
  return args;
}
