/** The shortest beginnings of shifts' ids that differ, also for readers and spreadsheets to which capitals are all one. */
export function shiftCodes(shifts: readonly { readonly id: string }[]): ReadonlyMap<string, string> {
  const ids = shifts.map(({ id }) => id.replace(/^.*\./, ''));
  const begin = (id: string, length: number): string => [...id].slice(0, length).join('').toLowerCase();
  const codes = new Map<string, string>();
  const taken = new Set<string>();
  for (const [index, id] of ids.entries()) {
    const letters = [...id];
    let length = 1;
    while (length < letters.length && ids.some((other, i) => i !== index && begin(other, length) === begin(id, length)))
      length += 1;
    let code = letters.slice(0, length).join('');
    for (let number = 2; taken.has(code.toLowerCase()); number += 1)
      code = `${letters.slice(0, length).join('')}${number}`;
    taken.add(code.toLowerCase());
    codes.set(shifts[index]!.id, code);
  }
  return codes;
}
