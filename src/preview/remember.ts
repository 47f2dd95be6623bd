/**
 * Remembers what was made under a key, also while it is being made, so that the same thing is not made twice. What failed is forgotten, and
 * what was not asked for longest goes first.
 *
 * @param most - how much is remembered
 */
export function remember<Value>(most: number): (key: string, make: () => Promise<Value>) => Promise<Value> {
  const made = new Map<string, Promise<Value>>();
  return (key, make) => {
    const value = made.get(key) ?? make();
    made.delete(key);
    made.set(key, value);
    value.catch(() => {
      if (made.get(key) === value) made.delete(key);
    });
    for (const old of [...made.keys()].slice(0, -most)) made.delete(old);
    return value;
  };
}
