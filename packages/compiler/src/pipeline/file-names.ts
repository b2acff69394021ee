/**
 * A file name for each id, in the ids' order: letters, digits, `.`, `_` and `-` stay, anything else becomes `-`; names
 * that would collide on a disk that ignores case get a number.
 */
export function fileNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const id of ids) {
    const plain =
      id
        .normalize('NFC')
        .replace(/[^\p{L}\p{N}._-]+/gu, '-')
        .replace(/^[.-]+|[.-]+$/g, '') || 'unnamed';
    let name = RESERVED.test(plain) ? `${plain}-` : plain;
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${plain}-${number}`;
    taken.add(name.toLowerCase());
    names.set(id, name);
  }
  return names;
}

/** Names that Windows keeps for devices. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
