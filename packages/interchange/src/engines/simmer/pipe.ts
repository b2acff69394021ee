/** Parts of a pipe, each of one or more lines, with the comments that stand before them. */
export type Pipe = readonly string[];

/** One of several ways, and whether nothing goes on after it. */
export interface Arm {
  readonly pipe: Pipe;
  readonly ends: boolean;
}

/** Ways that part: the option is the place of the one that is taken, counted from 1. */
export function branchText(option: string, arms: readonly Arm[]): string {
  const goesOn = arms.map(({ ends }) => (ends ? 'FALSE' : 'TRUE'));
  const same = new Set(goesOn).size === 1 ? (goesOn[0] ?? 'TRUE') : `c(${goesOn.join(', ')})`;
  const ways = arms.map(({ pipe }) => shifted(`trajectory()${piped(pipe)}`));
  return [`branch(function() ${option}, continue = ${same},`, ways.join(',\n'), ')'].join('\n');
}

/** Tests one after another; the last arm is that of none. */
export function casesText(tests: readonly string[], arms: readonly Arm[]): string {
  const chosen = tests.map((test, i) => `if (${test}) ${i + 1} else `).join('');
  return branchText(`${chosen}${tests.length + 1}`, arms);
}

/** Parts after `trajectory()`, each on lines of its own; comments stand before the part. */
export function piped(pipe: Pipe): string {
  return pipe.map((part) => ` %>%\n${shifted(part)}`).join('');
}

/** Indented by two spaces. */
function shifted(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');
}

/** Names as R has them: one by itself, several as a vector. */
export function listText(names: readonly string[]): string {
  const texts = names.map((each) => `"${each}"`);
  return texts.length === 1 ? (texts[0] ?? '') : `c(${texts.join(', ')})`;
}
