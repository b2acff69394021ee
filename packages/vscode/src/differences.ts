/**
 * What came out otherwise than in the last run, as a section for the head of the report; empty before the second run.
 * @param before the figures of the last run by name
 */
export function differences(
  before: Readonly<Record<string, number>> | undefined,
  now: Readonly<Record<string, number>>,
): string {
  if (before === undefined) return '';
  const rows = Object.entries(now).flatMap(([figure, value]) => {
    const old = before[figure];
    if (old === undefined) return [row(figure, '—', shown(value), 'new')];
    return old === value ? [] : [row(figure, shown(old), shown(value), changeOf(old, value))];
  });
  const gone = Object.entries(before).flatMap(([figure, old]) =>
    figure in now ? [] : [row(figure, shown(old), '—', 'gone')],
  );
  const all = [...rows, ...gone];
  const content =
    all.length === 0
      ? '<p>No figure changed.</p>'
      : `<div class="scroll"><table><thead><tr><th scope="col">Mean of</th><th scope="col" class="n">before</th><th scope="col" class="n">now</th><th scope="col" class="n">change</th></tr></thead><tbody>${all.join('')}</tbody></table></div>`;
  return `<section class="since" aria-labelledby="since-title"><h2 id="since-title">Since the last run</h2>${content}</section>`;
}

function row(figure: string, before: string, now: string, change: string): string {
  const cells = [before, now, change].map((cell) => `<td class="n">${cell}</td>`).join('');
  return `<tr><th scope="row">${escaped(figure)}</th>${cells}</tr>`;
}

function changeOf(old: number, value: number): string {
  if (old === 0) return '';
  const share = Math.abs((100 * (value - old)) / old);
  return `${value > old ? '+' : '−'}${share.toFixed(1)}%`;
}

/** Four digits, without those that say nothing. */
function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
