/**
 * Sets a key that came from outside. `record[key] = value` would lose a value under "__proto__", because it sets the
 * prototype instead.
 */
export function setOwn<Value>(record: Record<string, Value>, key: string, value: Value): void {
  if (key !== '__proto__') record[key] = value;
  else Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
}
