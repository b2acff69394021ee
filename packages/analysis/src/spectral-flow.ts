import { addProduct, type Spectrum, spectrumOf } from './fourier.js';
import type { FlowEdge } from './linear-flow.js';

/** So much goes on, after a time with this spectrum; at once where that is undefined. */
interface Way {
  readonly amount: number;
  readonly time: Spectrum | undefined;
}

/** The ways that lead into a node, by where they begin. */
type Into = Map<number, Way>;

/**
 * As `solveFlow`, harmonic by harmonic: when those come to each node who enter at one of them. Nodes are eliminated from the last
 * to the first of an order in which only ways of loops lead back; what goes back leads then from the nodes before to the begin
 * of its loop, so that one loop is one division.
 * @param entering the spectrum of when they enter
 * @param reached is told the spectrum of each node that is reached, which holds until it returns
 */
export function solveSpectra(
  edges: readonly (FlowEdge & Way)[],
  entry: number,
  entering: Spectrum,
  reached: (node: number, spectrum: Spectrum) => void,
): void {
  const harmonics = entering.re.length;
  const leaving = new Map<number, number[]>();
  const into = new Map<number, Into>();
  const ways = (node: number): Into => {
    const own: Into = into.get(node) ?? new Map<number, Way>();
    into.set(node, own);
    return own;
  };
  const join = (from: number, to: number, way: Way): void => {
    const known = ways(to).get(from);
    ways(to).set(from, known ? either(known, way, harmonics) : way);
    if (!known) leaving.set(from, [...(leaving.get(from) ?? []), to]);
  };
  for (const edge of edges) if (edge.amount !== 0) join(edge.from, edge.to, edge);
  const order = orderFrom(entry, leaving);
  const place = new Map(order.map((node, i) => [node, i]));
  // What is never reached brings nothing.
  for (const own of into.values()) for (const from of own.keys()) if (!place.has(from)) own.delete(from);
  let first = entering;
  for (const node of [...order].reverse()) {
    const own = ways(node);
    const loop = own.get(node);
    own.delete(node);
    if (loop) {
      const around = { amount: 1, time: rounds(loop, harmonics) };
      for (const [from, way] of own) own.set(from, inTurn(way, around));
      if (node === entry) first = after(entering, around);
    }
    for (const to of leaving.get(node) ?? []) {
      const back = ways(to).get(node);
      if (!back || (place.get(to) ?? 0) >= (place.get(node) ?? 0)) continue;
      ways(to).delete(node);
      for (const [from, way] of own) join(from, to, inTurn(way, back));
    }
  }
  const uses = new Map<number, number>();
  for (const own of into.values()) for (const from of own.keys()) uses.set(from, (uses.get(from) ?? 0) + 1);
  const found = new Map<number, Spectrum>();
  // Long pathways take no more room than they have ways side by side.
  const free: Spectrum[] = [];
  for (const node of order) {
    const own = node === entry ? after(first, AT_ONCE) : cleared(free.pop() ?? spectrumOf(harmonics));
    for (const [from, way] of ways(node)) {
      const before = found.get(from);
      if (before) after(before, way, own);
      const left = (uses.get(from) ?? 0) - 1;
      uses.set(from, left);
      if (before && left === 0) free.push(before);
    }
    reached(node, own);
    found.set(node, own);
  }
}

const AT_ONCE: Way = { amount: 1, time: undefined };

function cleared(spectrum: Spectrum): Spectrum {
  spectrum.re.fill(0);
  spectrum.im.fill(0);
  return spectrum;
}

/** Nodes that are reached, such that ways lead to later ones but for one at least of each loop. */
function orderFrom(entry: number, leaving: ReadonlyMap<number, readonly number[]>): number[] {
  const order: number[] = [];
  const seen = new Set([entry]);
  const open = [{ node: entry, next: 0 }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const to = leaving.get(top.node)?.[top.next++];
    if (to === undefined) {
      order.push(top.node);
      open.pop();
    } else if (!seen.has(to)) {
      seen.add(to);
      open.push({ node: to, next: 0 });
    }
  }
  return order.reverse();
}

/** One way after the other. */
function inTurn(first: Way, second: Way): Way {
  const time =
    first.time && second.time ? after(first.time, { ...AT_ONCE, time: second.time }) : (first.time ?? second.time);
  return { amount: first.amount * second.amount, time };
}

/** Both of two ways. */
function either(first: Way, second: Way, harmonics: number): Way {
  const none = spectrumOf(harmonics, 1);
  return { amount: 1, time: added(after(none, first), none, second) };
}

/** No, one, two, … rounds of a loop: 1 / (1 − x). */
function rounds(loop: Way, harmonics: number): Spectrum {
  const found = after(spectrumOf(harmonics, 1), loop);
  for (let k = 0; k < harmonics; k++) {
    const a = 1 - (found.re[k] ?? 0);
    const b = found.im[k] ?? 0;
    const square = a * a + b * b;
    found.re[k] = a / square;
    found.im[k] = b / square;
  }
  return found;
}

/** What comes to the end of a way of what begins it. */
function after(from: Spectrum, { amount, time }: Way, to = spectrumOf(from.re.length)): Spectrum {
  addProduct(to, from, amount, time);
  return to;
}

/** The same, added to something else. */
function added(to: Spectrum, from: Spectrum, way: Way): Spectrum {
  return after(from, way, { re: to.re.slice(), im: to.im.slice() });
}
