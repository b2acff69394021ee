// The grammar as JSON says the names of its properties and types at every node, which deflating alone does not take back.
// Here each set of names is written once, and a node is the number of its set with the values in their order.

const REFERENCE = '#/rules@';

/** Writes a tree of nodes: `[sets of names, tree]`. A set begins with the type of its nodes, or 0 for things without one. */
export function shortNodes(tree) {
  const sets = [];
  const numbers = new Map();
  const short = (value) => {
    if (Array.isArray(value)) return [0, ...value.map(short)];
    if (typeof value === 'object' && value !== null) {
      const { $type = 0, ...others } = value;
      const set = [$type, ...Object.keys(others)];
      const key = set.join();
      if (!numbers.has(key)) numbers.set(key, sets.push(set));
      return [numbers.get(key), ...Object.values(others).map(short)];
    }
    // Ways to rules are most of the texts.
    if (typeof value === 'string' && value.startsWith(REFERENCE)) return { r: Number(value.slice(REFERENCE.length)) };
    return value;
  };
  const parts = short(tree);
  return JSON.stringify([sets, parts]).replace(/\{"r":(\d+)\}/g, '$1');
}

/** The tree of nodes that was written so; numbers in it are ways to rules. */
export function longNodes(text) {
  const [sets, tree] = JSON.parse(text);
  const long = (value) => {
    if (!Array.isArray(value)) return typeof value === 'number' ? REFERENCE + value : value;
    const [number, ...parts] = value;
    if (number === 0) return parts.map(long);
    const [type, ...names] = sets[number - 1];
    const node = type === 0 ? {} : { $type: type };
    names.forEach((name, i) => (node[name] = long(parts[i])));
    return node;
  };
  return long(tree);
}
