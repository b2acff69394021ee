/** `1 file`, `2 files`, `2 batches` (with the plural given). */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
