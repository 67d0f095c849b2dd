// Items by a key, in the order in which each key first comes. (Map.groupBy, for browsers before 2024.)

export function group(items, key) {
  const groups = new Map();
  for (const item of items) {
    const name = key(item);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(item);
  }
  return groups;
}
