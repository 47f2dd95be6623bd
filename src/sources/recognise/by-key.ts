/** Items with the same key, together; groups and items in the order in which they first appear. */
export function byKey<Item>(
  items: readonly Item[],
  keyOf: (item: Item, index: number) => string,
): [Item, ...Item[]][] {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const [index, item] of items.entries()) {
    const key = keyOf(item, index);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}
