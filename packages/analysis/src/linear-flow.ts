/** `amount` of what flows through `from` goes on to `to`. */
export interface FlowEdge {
  readonly from: number;
  readonly to: number;
  readonly amount: number;
}

/**
 * Solves the traffic equations x = source + Aᵀ x: how much flows through each node when `source` enters from outside
 * and each node passes on what its edges say. Nodes are taken in the order of their strongly connected components
 * (Tarjan 1972), so that only real loops need elimination.
 * @returns one value a node; undefined when a loop that is entered lets nothing out, so that no finite flow exists
 */
export function solveFlow(edges: readonly FlowEdge[], source: readonly number[]): number[] | undefined {
  const used = edges.filter((edge) => edge.amount !== 0);
  const leaving = source.map((): FlowEdge[] => []);
  for (const edge of used) leaving[edge.from]?.push(edge);
  const flow = [...source];
  for (const component of componentsInOrder(leaving)) {
    if (!solveComponent(component, leaving, flow)) return undefined;
    const inside = new Set(component);
    for (const node of component) {
      for (const { to, amount } of leaving[node] ?? []) {
        if (!inside.has(to)) flow[to] = (flow[to] ?? 0) + (flow[node] ?? 0) * amount;
      }
    }
  }
  return flow;
}

/** Nodes that can come after others, on a way that somebody takes; not these themselves unless a way leads back. */
export function reachable(edges: readonly FlowEdge[], from: readonly number[]): ReadonlySet<number> {
  const next = new Map<number, number[]>();
  for (const edge of edges) if (edge.amount !== 0) next.set(edge.from, [...(next.get(edge.from) ?? []), edge.to]);
  const found = new Set<number>();
  const open = [...from];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const to of next.get(node) ?? []) {
      if (found.has(to)) continue;
      found.add(to);
      open.push(to);
    }
  }
  return found;
}

/** Puts the flow through the nodes of one component in place of what enters it from outside. */
function solveComponent(nodes: readonly number[], leaving: readonly (readonly FlowEdge[])[], flow: number[]): boolean {
  const place = new Map(nodes.map((node, i) => [node, i] as const));
  const loops = nodes.some((node) => leaving[node]?.some(({ to }) => place.has(to)));
  if (!loops || nodes.every((node) => flow[node] === 0)) return true;
  const matrix = nodes.map((_, i) => nodes.map((__, j) => Number(i === j)));
  for (const node of nodes) {
    for (const { to, amount } of leaving[node] ?? []) {
      const row = matrix[place.get(to) ?? -1];
      const column = place.get(node);
      if (row !== undefined && column !== undefined) row[column] = (row[column] ?? 0) - amount;
    }
  }
  const solution = gauss(
    matrix,
    nodes.map((node) => flow[node] ?? 0),
  );
  if (solution === undefined) return false;
  nodes.forEach((node, i) => (flow[node] = solution[i] ?? 0));
  return true;
}

/** Gaussian elimination with partial pivoting; undefined for a matrix that is singular in double precision. */
function gauss(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | undefined {
  const size = right.length;
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  for (let column = 0; column < size; column++) {
    let best = column;
    for (let i = column + 1; i < size; i++) if (entry(rows, i, column) > entry(rows, best, column)) best = i;
    if (entry(rows, best, column) < 1e-12) return undefined;
    const pivot = rows[best] ?? [];
    rows[best] = rows[column] ?? [];
    rows[column] = pivot;
    for (let i = column + 1; i < size; i++) {
      const row = rows[i] ?? [];
      const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
      if (factor === 0) continue;
      for (let j = column; j <= size; j++) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    const row = rows[i] ?? [];
    let rest = row[size] ?? 0;
    for (let j = i + 1; j < size; j++) rest -= (row[j] ?? 0) * (solution[j] ?? 0);
    solution[i] = rest / (row[i] ?? 1);
  }
  return solution;
}

function entry(rows: readonly (readonly number[])[], i: number, j: number): number {
  return Math.abs(rows[i]?.[j] ?? 0);
}

/** Strongly connected components, each before those that it flows to. Iterative, so that long pathways need no deep stack. */
function componentsInOrder(leaving: readonly (readonly FlowEdge[])[]): number[][] {
  const size = leaving.length;
  const index = new Array<number>(size).fill(-1);
  const low = new Array<number>(size).fill(0);
  const onStack = new Array<boolean>(size).fill(false);
  const stack: number[] = [];
  const found: number[][] = [];
  let counter = 0;
  for (let root = 0; root < size; root++) {
    if (index[root] !== -1) continue;
    const work = [{ node: root, next: 0 }];
    while (work.length > 0) {
      const top = work[work.length - 1];
      if (top === undefined) break;
      const { node } = top;
      if (top.next === 0) {
        index[node] = low[node] = counter++;
        stack.push(node);
        onStack[node] = true;
      }
      const edge = leaving[node]?.[top.next++];
      if (edge !== undefined) {
        if (index[edge.to] === -1) work.push({ node: edge.to, next: 0 });
        else if (onStack[edge.to]) low[node] = Math.min(low[node] ?? 0, index[edge.to] ?? 0);
        continue;
      }
      work.pop();
      const parent = work[work.length - 1]?.node;
      if (parent !== undefined) low[parent] = Math.min(low[parent] ?? 0, low[node] ?? 0);
      if (low[node] === index[node]) found.push(popComponent(stack, onStack, node));
    }
  }
  return found.reverse();
}

function popComponent(stack: number[], onStack: boolean[], root: number): number[] {
  const component = stack.splice(stack.lastIndexOf(root));
  for (const node of component) onStack[node] = false;
  return component;
}
