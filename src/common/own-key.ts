/**
 * Sets a key that a foreigner has chosen. `record[key] = value` would lose a value under "__proto__": it sets the
 * prototype instead.
 */
export function setOwn<Value>(record: Record<string, Value>, key: string, value: Value): void {
  if (key !== '__proto__') record[key] = value;
  else Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
}
