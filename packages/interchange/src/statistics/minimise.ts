/** The downhill simplex of Nelder and Mead (1965) for a few unbounded parameters; deterministic. */
export function minimise(cost: (at: readonly number[]) => number, start: readonly number[]): readonly number[] {
  const finite = (at: readonly number[]): number => {
    const value = cost(at);
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };
  const corner = (at: readonly number[]) => ({ at, value: finite(at) });
  const simplex = [
    corner(start),
    ...start.map((value, i) =>
      corner(start.map((each, j) => (i === j ? value + 0.2 * (Math.abs(value) + 0.5) : each))),
    ),
  ];
  for (let round = 0; round < 400; round++) {
    simplex.sort((a, b) => a.value - b.value);
    const best = simplex[0]!;
    const worst = simplex.at(-1)!;
    if (Math.abs(worst.value - best.value) < 1e-12 * (Math.abs(best.value) + 1e-12) && round > 20) break;
    const others = simplex.slice(0, -1);
    const centre = start.map((_, i) => others.reduce((sum, { at }) => sum + at[i]!, 0) / others.length);
    const towards = (factor: number) => corner(centre.map((value, i) => value + factor * (worst.at[i]! - value)));
    const reflected = towards(-1);
    let next = reflected;
    if (reflected.value < best.value) {
      const expanded = towards(-2);
      if (expanded.value < reflected.value) next = expanded;
    } else if (reflected.value >= others.at(-1)!.value) next = towards(reflected.value < worst.value ? -0.5 : 0.5);
    if (next.value < worst.value) simplex[simplex.length - 1] = next;
    else
      for (let i = 1; i < simplex.length; i++)
        simplex[i] = corner(simplex[i]!.at.map((value, j) => (value + best.at[j]!) / 2));
  }
  return simplex.sort((a, b) => a.value - b.value)[0]!.at;
}
