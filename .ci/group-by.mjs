// Langium's generator was written for Node 21 and later in one place: Object.groupBy. Preloaded for the generator only.
Object.groupBy ??= (items, keyOf) => {
  const groups = Object.create(null);
  let index = 0;
  for (const item of items) (groups[keyOf(item, index++)] ??= []).push(item);
  return groups;
};
