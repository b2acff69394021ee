/** The shortest beginnings of shifts' ids that differ, also for readers and spreadsheets to which capitals are all one. */
export function shiftCodes(shifts: readonly { readonly id: string }[]): ReadonlyMap<string, string> {
  const named = shifts.map(({ id }) => ({ id, name: id.replace(/^.*\./, '') }));
  const begin = (id: string, length: number): string => [...id].slice(0, length).join('').toLowerCase();
  const codes = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id, name } of named) {
    const letters = [...name];
    let length = 1;
    while (
      length < letters.length &&
      named.some((other) => other.id !== id && begin(other.name, length) === begin(name, length))
    )
      length += 1;
    let code = letters.slice(0, length).join('');
    for (let number = 2; taken.has(code.toLowerCase()); number += 1)
      code = `${letters.slice(0, length).join('')}${number}`;
    taken.add(code.toLowerCase());
    codes.set(id, code);
  }
  return codes;
}
