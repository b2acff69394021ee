import type { Figure } from './tasks.js';

/**
 * What came out otherwise than in the last run, as a section for the head of the report; empty before the second run.
 * @param before the figures of the last run by name
 */
export function differences(
  before: Readonly<Record<string, Figure>> | undefined,
  now: Readonly<Record<string, Figure>>,
): string {
  if (before === undefined) return '';
  const rows = Object.entries(now).flatMap(([name, { value, text }]) => {
    const old = before[name];
    if (old === undefined) return [row(name, '—', text, 'new')];
    return old.value === value ? [] : [row(name, old.text, text, changeOf(old.value, value))];
  });
  const gone = Object.entries(before).flatMap(([name, { text }]) =>
    name in now ? [] : [row(name, text, '—', 'gone')],
  );
  const all = [...rows, ...gone];
  const content =
    all.length === 0
      ? '<p>No figure changed.</p>'
      : `<div class="scroll"><table><thead><tr><th scope="col">Mean of</th><th scope="col" class="n">before</th><th scope="col" class="n">now</th><th scope="col" class="n">change</th></tr></thead><tbody>${all.join('')}</tbody></table></div>`;
  return `<section class="since" aria-labelledby="since-title"><h2 id="since-title">Since the last run</h2>${content}</section>`;
}

function row(figure: string, before: string, now: string, change: string): string {
  const cells = [before, now, change].map((cell) => `<td class="n">${escaped(cell)}</td>`).join('');
  return `<tr><th scope="row">${escaped(figure)}</th>${cells}</tr>`;
}

function changeOf(old: number, value: number): string {
  if (old === 0) return '';
  const share = Math.abs((100 * (value - old)) / old);
  return `${value > old ? '+' : '−'}${share.toFixed(1)}%`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
