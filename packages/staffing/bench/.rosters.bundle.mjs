// packages/staffing/src/roster/evaluate-roster.ts
function evaluateRoster(problem, roster) {
  const violations = [];
  let wishCost = 0;
  let overtimeCost = 0;
  for (const [index, person] of problem.people.entries()) {
    const line = roster[index];
    violations.push(...lineViolations(problem, person, line));
    wishCost += wishesMissed(person, line);
    overtimeCost += overtimeOf(problem, person, line);
  }
  const coverCost = coverCostOf(problem, roster);
  return { cost: coverCost + wishCost + overtimeCost, coverCost, wishCost, overtimeCost, violations };
}
function wishesMissed(person, line) {
  let cost = 0;
  for (const wish of person.wishes) {
    const worked = line[wish.day];
    const meets = wish.shift === void 0 ? worked >= 0 : worked === wish.shift;
    if (meets !== (wish.kind === "on")) cost += wish.weight;
  }
  return cost;
}
function minutesOf(problem, line) {
  let minutes = 0;
  for (const shift of line) if (shift >= 0) minutes += problem.shifts[shift].minutes;
  return minutes;
}
function overtimeOf(problem, person, line) {
  const { overtime: overtime2 } = person.rules;
  if (overtime2 === void 0) return 0;
  return Math.max(0, minutesOf(problem, line) - overtime2.beyond) * overtime2.costPerMinute;
}
function coverCostOf(problem, roster) {
  let cost = 0;
  for (const need of problem.needs) {
    const there = coverOf(need, roster);
    cost += there < need.required ? (need.required - there) * need.under : (there - need.required) * need.over;
  }
  return cost;
}
function coverOf(need, roster) {
  let there = 0;
  for (const [index, line] of roster.entries()) {
    const counts = need.coefficients?.[index] ?? (need.coefficients === void 0 ? 1 : 0);
    if (counts === 0) continue;
    for (const { day, shift } of need.slots) if (line[day] === shift) there += counts;
  }
  return there;
}
function runsOf(person, line) {
  const runs = [];
  let from = 0;
  for (let day = 1; day <= line.length; day += 1) {
    if (day < line.length && line[day] >= 0 === line[from] >= 0) continue;
    const works = line[from] >= 0;
    const goesOn = from === 0 && person.before !== void 0 && person.before.last === "off" !== works;
    const earlier = goesOn ? person.before.run : 0;
    runs.push({
      works,
      from,
      inside: day - from,
      length: day - from + earlier,
      openAtStart: from === 0 && person.before === void 0,
      openAtEnd: day === line.length
    });
    from = day;
  }
  return runs;
}
function lineViolations(problem, person, line) {
  const found = [];
  const say = (rule, day) => {
    found.push({ person: person.id, rule, ...day === void 0 ? {} : { day } });
  };
  const { rules } = person;
  for (const [day, shift] of line.entries()) {
    if (shift < 0) continue;
    if (!person.shifts.includes(shift)) say("not-theirs", day);
    if (person.away.some((away) => away.day === day && (away.shift === void 0 || away.shift === shift)))
      say("away", day);
    const earlier = day > 0 ? line[day - 1] : person.before?.last ?? "off";
    if (rules.forbidden.some(([first, second]) => first === earlier && second === shift)) say("succession", day);
  }
  for (const { day, shift } of person.fixed) {
    if (line[day] !== (shift === "off" ? -1 : shift)) say("fixed", day);
  }
  const runs = runsOf(person, line);
  for (const [index, run2] of runs.entries()) {
    if (run2.works) {
      if (run2.length > rules.maxRun) say("most-days-in-a-row", run2.from);
      if (run2.length < rules.minRun && !run2.openAtStart && !run2.openAtEnd) say("fewest-days-in-a-row", run2.from);
      continue;
    }
    const afterNight = endsInNight(person, line, index === 0 ? void 0 : run2.from - 1);
    const wanted = afterNight ? Math.max(rules.minOff, rules.nights?.minOffAfter ?? 0) : rules.minOff;
    if (run2.length < wanted && !run2.openAtStart && !run2.openAtEnd)
      say(run2.length < rules.minOff ? "fewest-days-off" : "off-after-nights", run2.from);
  }
  if (person.before !== void 0 && person.before.last !== "off" && line[0] < 0 && person.before.run < rules.minRun)
    say("fewest-days-in-a-row", 0);
  if (person.before?.last === "off" && line[0] >= 0 && person.before.run < rules.minOff) say("fewest-days-off", 0);
  found.push(...nightViolations(person, line));
  const minutes = minutesOf(problem, line);
  if (minutes > rules.maxMinutes) say("most-time");
  if (minutes < rules.minMinutes) say("least-time");
  for (const limit of rules.limits) found.push(...limitViolations(problem, person, line, limit));
  return found;
}
function endsInNight(person, line, day) {
  const nights = person.rules.nights?.shifts;
  if (nights === void 0) return false;
  const last = day === void 0 ? person.before?.last : line[day];
  return typeof last === "number" && nights.includes(last);
}
function nightViolations(person, line) {
  const { nights } = person.rules;
  if (nights === void 0) return [];
  const found = [];
  let inARow = person.before?.nights ?? 0;
  for (const [day, shift] of line.entries()) {
    inARow = nights.shifts.includes(shift) ? inARow + 1 : 0;
    if (inARow === nights.maxRun + 1) found.push({ person: person.id, rule: "nights-in-a-row", day });
  }
  return found;
}
function limitViolations(problem, person, line, limit) {
  const weekday = (day) => (day + problem.firstWeekday) % 7;
  const weekOf = (day) => Math.floor((day + problem.firstWeekday) / 7);
  const counts = /* @__PURE__ */ new Map();
  const weekends = /* @__PURE__ */ new Set();
  for (const [day, shift] of line.entries()) {
    if (shift < 0) continue;
    if (limit.of === "weekends") {
      if (weekday(day) >= 5) weekends.add(weekOf(day));
      continue;
    }
    if (limit.of === "shifts" && !limit.shifts.includes(shift)) continue;
    const key = limit.per === "week" ? weekOf(day) : 0;
    counts.set(key, (counts.get(key) ?? 0) + (limit.of === "minutes" ? problem.shifts[shift].minutes : 1));
  }
  if (limit.of === "weekends") return weekends.size > limit.most ? [{ person: person.id, rule: "limit" }] : [];
  const broken = [...counts].filter(([, count]) => count > limit.most);
  return broken.map(([week]) => ({
    person: person.id,
    rule: "limit",
    ...limit.per === "week" ? { day: Math.max(0, week * 7 - problem.firstWeekday) } : {}
  }));
}

// packages/staffing/src/roster/load-solver.ts
import load from "highs";
function loaderOf(module) {
  return typeof module === "function" ? module : module.default;
}
function loadSolver(options) {
  return loaderOf(load)(options);
}

// packages/staffing/src/roster/arc-model.ts
function arcModel(highs, roster, program, pricing, duals, reach, mostBinaries) {
  const builder = new Builder(highs, roster);
  const empty = new Int16Array(roster.days).fill(-1);
  const price = new Float64Array(roster.slots);
  const out = new Int16Array(roster.days);
  for (const person of roster.people) {
    pricing.pricesAt(person, duals, price);
    const least = program.solve(person, 0, roster.days, price, empty, out);
    if (least === Infinity) return void 0;
    const through = program.throughArcs(person, price, empty);
    builder.addPerson(person, through, Math.min(least, program.bound) + reach + 1e-6, price);
    if (builder.binaries > mostBinaries) return void 0;
  }
  return builder.finish();
}
var Builder = class {
  constructor(highs, roster) {
    this.highs = highs;
    this.roster = roster;
    this.cover = Array.from({ length: roster.rows }, () => []);
  }
  highs;
  roster;
  binaries = 0;
  cost = [];
  upper = [];
  integer = [];
  rowLower = [];
  rowUpper = [];
  starts = [0];
  indices = [];
  values = [];
  cover;
  placed = [];
  addPerson(person, through, most, price) {
    const { roster } = this;
    const { automaton, groups, groupUnits, groupOf, counters } = person.shape;
    const { states, actions, next } = automaton;
    const into = Array.from({ length: (roster.days + 1) * states }, () => []);
    const byDayGroup = Array.from({ length: roster.days * groups }, () => []);
    const units = [];
    const used = /* @__PURE__ */ new Set();
    for (let day = 0; day < roster.days; day += 1) {
      for (let s = 0; s < states; s += 1) {
        for (let action = 0; action < actions; action += 1) {
          if (!(through[(day * states + s) * actions + action] <= most)) continue;
          const column = this.binary(0);
          into[day * states + s].push([column, -1]);
          into[(day + 1) * states + next[s * actions + action]].push([column, 1]);
          used.add(day * states + s);
          if (action === 0) continue;
          byDayGroup[day * groups + action - 1].push([column, 1]);
          units.push([column, groupUnits[action - 1]]);
        }
      }
    }
    for (let node = 0; node < roster.days * states; node += 1) {
      const entries = into[node];
      if (node === person.startState) this.row(-1, -1, entries);
      else if (entries.length > 0) this.row(0, 0, entries);
    }
    for (let day = 0; day < roster.days; day += 1)
      for (let group = 0; group < groups; group += 1) {
        const arcs = byDayGroup[day * groups + group];
        if (arcs.length === 0) continue;
        const least = leastThrough(through, day, group, states, actions);
        const shifts = [];
        let cheapest = Infinity;
        for (let shift = 0; shift < roster.shifts; shift += 1) {
          if (groupOf[shift] !== group) continue;
          cheapest = Math.min(cheapest, price[day * roster.shifts + shift]);
        }
        for (let shift = 0; shift < roster.shifts; shift += 1) {
          if (groupOf[shift] !== group) continue;
          if (least - cheapest + price[day * roster.shifts + shift] <= most) shifts.push(shift);
        }
        this.addShifts(person, day, shifts, arcs);
      }
    this.addTime(person, units);
    for (const counter of counters) this.addCounter(person, counter, byDayGroup);
  }
  finish() {
    const { roster } = this;
    for (let row = 0; row < roster.rows; row += 1) {
      const short = this.continuous(roster.under[row]);
      const over = this.continuous(roster.over[row]);
      this.row(roster.required[row], roster.required[row], [...this.cover[row], [short, 1], [over, -1]]);
    }
    const { placed } = this;
    return {
      binaries: this.binaries,
      data: {
        numCols: this.cost.length,
        numRows: this.rowLower.length,
        offset: roster.base,
        colCost: Float64Array.from(this.cost),
        colLower: new Float64Array(this.cost.length),
        colUpper: Float64Array.from(this.upper),
        rowLower: Float64Array.from(this.rowLower),
        rowUpper: Float64Array.from(this.rowUpper),
        integrality: Int32Array.from(this.integer),
        matrix: {
          format: "csr",
          numRows: this.rowLower.length,
          numCols: this.cost.length,
          starts: Int32Array.from(this.starts),
          indices: Int32Array.from(this.indices),
          values: Float64Array.from(this.values)
        }
      },
      linesOf: (values) => {
        const lines = roster.people.map(() => new Int16Array(roster.days).fill(-1));
        for (const { person, day, shift, column } of placed) if (values[column] > 0.5) lines[person][day] = shift;
        return lines;
      }
    };
  }
  addShifts(person, day, shifts, arcs) {
    const { roster } = this;
    const { start, row, weight } = roster.classes[person.coverClass];
    const place = (shift, columns) => {
      const slot = day * roster.shifts + shift;
      for (const [column] of columns) {
        this.cost[column] += person.cost[slot];
        this.placed.push({ person: person.index, day, shift, column });
        for (let at = start[slot]; at < start[slot + 1]; at += 1) this.cover[row[at]].push([column, weight[at]]);
      }
    };
    if (shifts.length === 1) {
      place(shifts[0], arcs);
      return;
    }
    const choices = shifts.map((shift) => {
      const column = this.binary(0);
      place(shift, [[column, 1]]);
      return [column, -1];
    });
    this.row(0, 0, [...arcs, ...choices]);
  }
  addTime(person, units) {
    const { minUnits, maxUnits, overtimeCost, overtimeFrom } = person.shape;
    this.row(minUnits, maxUnits, units);
    if (overtimeCost === 0) return;
    const over = this.continuous(overtimeCost);
    this.row(-Infinity, overtimeFrom, [...units, [over, -1]]);
  }
  addCounter(person, counter, byDayGroup) {
    const { days, problem } = this.roster;
    const { groups } = person.shape;
    const weekOf = (day) => Math.floor((day + problem.firstWeekday) / 7);
    const work = (day) => Array.from({ length: groups }, (_, group) => byDayGroup[day * groups + group]).flat();
    if (counter.kind === "weekends") {
      const weekends = /* @__PURE__ */ new Map();
      for (let day = 0; day < days; day += 1) {
        if ((day + problem.firstWeekday) % 7 < 5) continue;
        const entries = work(day);
        if (entries.length === 0) continue;
        const column = weekends.get(weekOf(day)) ?? this.binary(0);
        weekends.set(weekOf(day), column);
        this.row(-Infinity, 0, [...entries, [column, -1]]);
      }
      if (weekends.size > counter.most)
        this.row(
          -Infinity,
          counter.most,
          [...weekends.values()].map((column) => [column, 1])
        );
      return;
    }
    const sums = /* @__PURE__ */ new Map();
    for (let day = 0; day < days; day += 1) {
      const key = counter.weekly ? weekOf(day) : 0;
      const list = sums.get(key) ?? [];
      sums.set(key, list);
      for (let group = 0; group < groups; group += 1) {
        const adds = counter.adds[group];
        if (adds > 0) for (const [column] of byDayGroup[day * groups + group]) list.push([column, adds]);
      }
    }
    for (const list of sums.values()) if (list.length > 0) this.row(-Infinity, counter.most, list);
  }
  binary(cost) {
    this.binaries += 1;
    this.cost.push(cost);
    this.upper.push(1);
    this.integer.push(1);
    return this.cost.length - 1;
  }
  continuous(cost) {
    this.cost.push(cost);
    this.upper.push(this.highs.infinity);
    this.integer.push(0);
    return this.cost.length - 1;
  }
  row(lower, upper, entries) {
    for (const [column, value] of entries) {
      this.indices.push(column);
      this.values.push(value);
    }
    this.starts.push(this.indices.length);
    this.rowLower.push(lower);
    this.rowUpper.push(upper);
  }
};
function leastThrough(through, day, group, states, actions) {
  let least = Infinity;
  for (let s = 0; s < states; s += 1) least = Math.min(least, through[(day * states + s) * actions + 1 + group]);
  return least;
}
var OPERATIONS_PER_ROW = 8;
var TRIAL = 0.1;
var FAR_OFF = 0.3;
function solveArcs(highs, model, effort, limits) {
  const solver = highs.createModel();
  try {
    solver.options.set({ output_flag: false, mip_rel_gap: 0, mip_abs_gap: 1e-6, random_seed: 1 });
    if (limits.cutoff < Infinity) solver.options.set({ objective_bound: limits.cutoff });
    solver.passModel(model.data);
    const perStep = model.data.numRows * OPERATIONS_PER_ROW;
    const trial = effort.spent + TRIAL * effort.limit;
    const course = { counted: 0, stopped: false, nothing: false };
    solver.run({
      [highs.constants.callbackType.mipInterrupt]: (event) => {
        const { data } = event;
        const steps = Number(data.mip_total_lp_iterations ?? 0);
        effort.add((steps - course.counted) * perStep + 1e3);
        course.counted = steps;
        course.nothing = (data.mip_dual_bound ?? -Infinity) > limits.reach + 1e-6;
        const best = data.mip_primal_bound ?? Infinity;
        const far = best < 1e20 && best - limits.reach > FAR_OFF * Math.abs(limits.reach) && effort.over(trial);
        if (course.nothing || far || effort.over(limits.until)) {
          course.stopped = true;
          event.interrupt();
        }
        return void 0;
      }
    });
    const { stopped, nothing } = course;
    const optimal = solver.getModelStatus() === highs.constants.modelStatus.optimal;
    const value = solver.getObjectiveValue();
    const proved = nothing || !stopped;
    if (!optimal && !(stopped && Math.abs(value) < 1e20)) return { value: Infinity, proved };
    return { lines: model.linesOf(solver.getSolution().colValue), value: nothing ? Infinity : value, proved };
  } finally {
    solver.dispose();
  }
}

// packages/staffing/src/roster/column-generation.ts
var Pricing = class {
  constructor(roster, program, pool, effort) {
    this.roster = roster;
    this.program = program;
    this.pool = pool;
    this.effort = effort;
    this.price = new Float64Array(roster.slots);
    this.out = new Int16Array(roster.days);
    this.empty = new Int16Array(roster.days).fill(-1);
  }
  roster;
  program;
  pool;
  effort;
  price;
  out;
  empty;
  /** Prices by slot for one person at these duals. */
  pricesAt(person, duals, price) {
    const { start, row, weight } = this.roster.classes[person.coverClass];
    for (let slot = 0; slot < this.roster.slots; slot += 1) {
      let cost = person.cost[slot];
      if (cost < Infinity)
        for (let at = start[slot]; at < start[slot + 1]; at += 1) cost -= weight[at] * duals[row[at]];
      price[slot] = cost;
    }
  }
  /**
   * The cheapest line of each person at `duals`; those that would improve the master at its own duals are added.
   * `least` is the sum of the cheapest lines, a part of the Lagrangian bound.
   */
  round(master, people, duals, own, placeOf) {
    let least = 0;
    let added = 0;
    for (const person of people) {
      this.pricesAt(person, duals, this.price);
      this.effort.add(2 * this.roster.slots);
      const value = this.program.solve(person, 0, this.roster.days, this.price, this.empty, this.out);
      least += this.program.bound;
      if (value === Infinity) continue;
      const { column } = this.pool.add(person, this.out);
      if (reducedCost(column, own.rowDuals) - own.personDuals[placeOf.get(person.index)] < -1e-6 && master.add(column))
        added += 1;
    }
    return { least, added };
  }
};
function reducedCost(column, duals) {
  let cost = column.cost;
  for (let at = 0; at < column.rows.length; at += 1) cost -= duals[column.rows[at]] * column.weights[at];
  return cost;
}
function withinCosts(roster, duals) {
  const kept = new Float64Array(duals.length);
  for (let row = 0; row < duals.length; row += 1)
    kept[row] = Math.max(-roster.over[row], Math.min(roster.under[row], duals[row]));
  return kept;
}
function generateColumns(roster, master, pricing, effort, until, onRound) {
  const placeOf = new Map(roster.people.map((person, index) => [person.index, index]));
  let value = -Infinity;
  let duals = new Float64Array(roster.rows);
  let smoothing = 0.7;
  let converged = false;
  while (!effort.over(until)) {
    const own = master.solve();
    const inside = withinCosts(roster, own.rowDuals);
    const used = value === -Infinity ? inside : mixed(duals, inside, smoothing);
    const { least, added } = pricing.round(master, roster.people, used, own, placeOf);
    let bound = roster.base + least;
    for (let row = 0; row < roster.rows; row += 1) bound += used[row] * roster.required[row];
    if (bound > value) {
      value = bound;
      duals = used;
    }
    onRound?.(value, master.objective + roster.base);
    if (master.objective + roster.base - value < 1e-3) {
      converged = true;
      break;
    }
    if (added > 0) continue;
    if (smoothing === 0) {
      converged = true;
      break;
    }
    smoothing = smoothing > 0.4 ? 0.3 : 0;
  }
  return { value, duals, converged };
}
function mixed(a, b, share) {
  return Float64Array.from(a, (value, index) => share * value + (1 - share) * b[index]);
}

// packages/staffing/src/roster/columns.ts
var ColumnPool = class {
  constructor(roster) {
    this.roster = roster;
    this.ofPerson = roster.people.map(() => []);
  }
  roster;
  known = /* @__PURE__ */ new Map();
  ofPerson;
  /** The column of a line, and whether it is new. */
  add(person, line) {
    let key = `${person.index}:`;
    for (const shift of line) key += String.fromCharCode(66 + shift);
    const known = this.known.get(key);
    if (known !== void 0) return { column: known, isNew: false };
    const column = columnOf(this.roster, person, line);
    this.known.set(key, column);
    this.ofPerson[person.index].push(column);
    return { column, isNew: true };
  }
  of(person) {
    return this.ofPerson[person.index];
  }
};
function columnOf(roster, person, line) {
  const { start, row, weight } = roster.classes[person.coverClass];
  const { shape } = person;
  const levels = /* @__PURE__ */ new Map();
  let cost = 0;
  let units = 0;
  for (const [day, shift] of line.entries()) {
    if (shift < 0) continue;
    const slot = day * roster.shifts + shift;
    cost += person.cost[slot];
    units += shape.groupUnits[shape.groupOf[shift]];
    for (let at = start[slot]; at < start[slot + 1]; at += 1)
      levels.set(row[at], (levels.get(row[at]) ?? 0) + weight[at]);
  }
  if (shape.overtimeCost > 0) cost += Math.max(0, units - shape.overtimeFrom) * shape.overtimeCost;
  return {
    person: person.index,
    line: line.slice(),
    cost,
    rows: Int32Array.from(levels.keys()),
    weights: Float64Array.from(levels.values())
  };
}

// packages/staffing/src/roster/automaton.ts
function runAutomaton(rules) {
  const states = [];
  const numbers = /* @__PURE__ */ new Map();
  const numberOf = (state) => {
    const key = keyOf(state);
    const known = numbers.get(key);
    if (known !== void 0) return known;
    numbers.set(key, states.length);
    states.push(state);
    return states.length - 1;
  };
  numberOf({ kind: "off", owed: 0, start: true });
  numberOf({ kind: "off", owed: 0, start: false });
  const actions = 1 + rules.night.length;
  const rows2 = [];
  const expand = () => {
    for (let index = rows2.length; index < states.length; index += 1) {
      const state = states[index];
      const row = [];
      for (let action = 0; action < actions; action += 1) {
        const to = follow(state, action, rules);
        row.push(to === void 0 ? -1 : numberOf(to));
      }
      rows2.push(row);
    }
  };
  expand();
  const most = Math.max(rules.minOff, rules.minOffAfterNights, 1);
  for (let owed = 1; owed < most; owed += 1) numberOf({ kind: "off", owed, start: false });
  for (const [group, night] of rules.night.entries()) {
    for (let run2 = 1; run2 <= lengthKept(rules); run2 += 1) {
      const nights = night ? Math.min(run2, nightsKept(rules)) : 0;
      for (let each = night ? 1 : 0; each <= nights; each += 1)
        numberOf({ kind: "work", group, run: run2, nights: each, open: false });
    }
  }
  expand();
  return machine(states, rows2, actions, rules, numbers);
}
function machine(states, rows2, actions, rules, numbers) {
  const next = Int16Array.from(rows2.flat());
  const into = states.map(() => []);
  rows2.forEach(
    (row, from) => row.forEach((to, action) => {
      if (to >= 0) into[to].push(from, action);
    })
  );
  const intoStart = new Int32Array(states.length + 1);
  into.forEach((pairs, state) => intoStart[state + 1] = intoStart[state] + pairs.length / 2);
  return {
    states: states.length,
    actions,
    next,
    off: Uint8Array.from(states, (state) => state.kind === "off" ? 1 : 0),
    intoStart,
    into: Int16Array.from(into.flat()),
    stateAfter: (before, lastGroup) => {
      const state = stateOf(before, lastGroup, rules);
      return numbers.get(keyOf(state)) ?? 0;
    }
  };
}
function stateOf(before, lastGroup, rules) {
  if (before.last === "off" || lastGroup < 0) {
    return { kind: "off", owed: Math.max(0, rules.minOff - before.run), start: false };
  }
  const run2 = Math.max(1, Math.min(before.run, lengthKept(rules)));
  const night = rules.night[lastGroup] === true;
  const nights = night ? Math.max(1, Math.min(before.nights, nightsKept(rules), run2)) : 0;
  return { kind: "work", group: lastGroup, run: run2, nights, open: false };
}
function lengthKept(rules) {
  return rules.maxRun < rules.days ? rules.maxRun : Math.max(1, rules.minRun);
}
function nightsKept(rules) {
  return rules.maxNights < rules.maxRun && rules.maxNights < rules.days ? rules.maxNights : 1;
}
function follow(state, action, rules) {
  if (action === 0) return dayOff(state, rules);
  const group = action - 1;
  const night = rules.night[group] === true;
  if (state.kind === "off") {
    if (state.owed > 0 || rules.maxRun < 1 || night && rules.maxNights < 1) return void 0;
    return { kind: "work", group, run: 1, nights: night ? 1 : 0, open: state.start && rules.minRun > 1 };
  }
  if (rules.forbidden[state.group][group] === true) return void 0;
  const kept = lengthKept(rules);
  if (state.run >= kept && rules.maxRun < rules.days) return void 0;
  const limited = rules.maxNights < rules.maxRun && rules.maxNights < rules.days;
  if (night && limited && state.nights >= rules.maxNights) return void 0;
  const nights = night ? Math.min(state.nights + 1, nightsKept(rules)) : 0;
  const run2 = Math.min(state.run + 1, kept);
  return { kind: "work", group, run: run2, nights, open: state.open && run2 < rules.minRun };
}
function dayOff(state, rules) {
  if (state.kind === "off") return { kind: "off", owed: Math.max(0, state.owed - 1), start: false };
  if (!state.open && state.run < rules.minRun) return void 0;
  const wanted = rules.night[state.group] === true ? Math.max(rules.minOff, rules.minOffAfterNights) : rules.minOff;
  return { kind: "off", owed: Math.max(0, wanted - 1), start: false };
}
function keyOf(state) {
  return state.kind === "off" ? `off ${state.owed} ${state.start}` : `${state.group} ${state.run} ${state.nights} ${state.open}`;
}

// packages/staffing/src/roster/compiled.ts
function compileRoster(problem) {
  const shifts = problem.shifts.length;
  const slots = problem.days * shifts;
  const shapes = /* @__PURE__ */ new Map();
  const classKeys = /* @__PURE__ */ new Map();
  const classes = [];
  const classOf = (index) => {
    const key = problem.needs.map((need) => coefficientOf(need, index)).join();
    const known = classKeys.get(key);
    if (known !== void 0) return known;
    classKeys.set(key, classes.length);
    classes.push(coverClass(problem, index, slots));
    return classes.length - 1;
  };
  const people = problem.people.map((person, index) => {
    const { cost, base } = costsOf(person, problem);
    const shape = shapeOf(person, problem, shapes);
    const last = person.before?.last;
    const lastGroup = typeof last === "number" ? shape.groupOf[last] : -1;
    return {
      index,
      coverClass: classOf(index),
      cost,
      fixed: fixedOf(person, problem),
      shape,
      startState: person.before === void 0 ? 0 : shape.automaton.stateAfter(person.before, lastGroup),
      base
    };
  });
  return {
    problem,
    days: problem.days,
    shifts,
    slots,
    people,
    rows: problem.needs.length,
    required: Float64Array.from(problem.needs, (need) => need.required),
    under: Float64Array.from(problem.needs, (need) => need.under),
    over: Float64Array.from(problem.needs, (need) => need.over),
    classes,
    base: people.reduce((sum, person) => sum + person.base, 0)
  };
}
function coefficientOf(need, person) {
  return need.coefficients === void 0 ? 1 : need.coefficients[person] ?? 0;
}
function coverClass(problem, person, slots) {
  const lists = Array.from({ length: slots }, () => []);
  for (const [row, need] of problem.needs.entries()) {
    const weight = coefficientOf(need, person);
    if (weight === 0) continue;
    for (const { day, shift } of need.slots) lists[day * problem.shifts.length + shift]?.push([row, weight]);
  }
  const start = new Int32Array(slots + 1);
  lists.forEach((list, slot) => start[slot + 1] = start[slot] + list.length);
  const flat = lists.flat();
  return { start, row: Int32Array.from(flat, ([row]) => row), weight: Float64Array.from(flat, ([, weight]) => weight) };
}
function costsOf(person, problem) {
  const shifts = problem.shifts.length;
  const cost = new Float64Array(problem.days * shifts).fill(Infinity);
  for (let day = 0; day < problem.days; day += 1) for (const shift of person.shifts) cost[day * shifts + shift] = 0;
  let base = 0;
  for (const wish of person.wishes) {
    const sign = wish.kind === "on" ? -1 : 1;
    if (wish.kind === "on") base += wish.weight;
    for (let shift = 0; shift < shifts; shift += 1) {
      if (wish.shift === void 0 || wish.shift === shift) cost[wish.day * shifts + shift] += sign * wish.weight;
    }
  }
  for (const away of person.away) {
    for (let shift = 0; shift < shifts; shift += 1) {
      if (away.shift === void 0 || away.shift === shift) cost[away.day * shifts + shift] = Infinity;
    }
  }
  for (const { day, shift: stands } of person.fixed) {
    for (let shift = 0; shift < shifts; shift += 1) if (shift !== stands) cost[day * shifts + shift] = Infinity;
  }
  return { cost, base };
}
function fixedOf(person, problem) {
  const fixed = new Int16Array(problem.days).fill(-2);
  for (const { day, shift } of person.fixed) fixed[day] = shift === "off" ? -1 : shift;
  return fixed;
}
function shapeOf(person, problem, known) {
  const own = new Set(person.shifts);
  if (typeof person.before?.last === "number") own.add(person.before.last);
  const usable = [...own].sort((a, b) => a - b);
  const key = JSON.stringify([person.rules, usable, person.before?.run ?? 0]);
  const found = known.get(key);
  if (found !== void 0) return found;
  const shape = buildShape(person, problem, usable, known.size);
  known.set(key, shape);
  return shape;
}
function buildShape(person, problem, usable, number) {
  const { rules } = person;
  const unit = usable.map((shift) => problem.shifts[shift].minutes).reduce(gcd, 0) || 1;
  const forbids = (first, second) => rules.forbidden.some(([a, b]) => a === first && b === second);
  const isNight = (shift) => rules.nights?.shifts.includes(shift) === true;
  const limits = rules.limits.filter((limit) => limit.of === "shifts");
  const groupKeys = /* @__PURE__ */ new Map();
  const members = [];
  const groupOf = new Int16Array(problem.shifts.length).fill(-1);
  for (const shift of usable) {
    const key = JSON.stringify([
      problem.shifts[shift].minutes,
      usable.map((other) => [forbids(shift, other), forbids(other, shift)]),
      isNight(shift),
      limits.map((limit) => limit.shifts.includes(shift))
    ]);
    const group = groupKeys.get(key) ?? members.push(shift) - 1;
    groupKeys.set(key, group);
    groupOf[shift] = group;
  }
  const automaton = runAutomaton({
    days: problem.days + (person.before?.run ?? 0),
    maxRun: rules.maxRun,
    minRun: rules.minRun,
    minOff: Math.max(1, rules.minOff),
    night: members.map(isNight),
    maxNights: rules.nights?.maxRun ?? Infinity,
    minOffAfterNights: rules.nights?.minOffAfter ?? 0,
    forbidden: members.map((first) => members.map((second) => forbids(first, second)))
  });
  const minutesOf2 = members.map((shift) => problem.shifts[shift].minutes);
  const counters = rules.limits.map((limit) => {
    if (limit.of === "weekends") {
      return { kind: "weekends", weekly: false, most: limit.most, adds: new Int32Array(members.length) };
    }
    const weekly = limit.per === "week";
    if (limit.of === "minutes") {
      const adds2 = Int32Array.from(minutesOf2, (minutes) => minutes / unit);
      return { kind: "groups", weekly, most: Math.floor(limit.most / unit + 1e-9), adds: adds2 };
    }
    const adds = Int32Array.from(members, (shift) => limit.shifts.includes(shift) ? 1 : 0);
    return { kind: "groups", weekly, most: limit.most, adds };
  });
  const { overtime: overtime2 } = rules;
  return {
    number,
    automaton,
    groupOf,
    groups: members.length,
    unit,
    groupUnits: Int32Array.from(minutesOf2, (minutes) => minutes / unit),
    minUnits: Math.max(0, Math.ceil(rules.minMinutes / unit - 1e-9)),
    maxUnits: Math.min(Math.floor(rules.maxMinutes / unit + 1e-9), 1e9),
    overtimeFrom: overtime2 === void 0 ? Infinity : overtime2.beyond / unit,
    overtimeCost: overtime2 === void 0 ? 0 : overtime2.costPerMinute * unit,
    counters
  };
}
function gcd(a, b) {
  return b === 0 ? a : gcd(b, a % b);
}

// packages/staffing/src/roster/effort.ts
var Effort = class {
  constructor(limit, interrupted = () => false) {
    this.limit = limit;
    this.interrupted = interrupted;
  }
  limit;
  interrupted;
  operations = 0;
  add(operations) {
    this.operations += operations;
  }
  /** Units spent so far. */
  get spent() {
    return this.operations / OPERATIONS_PER_UNIT;
  }
  /** Whether nothing more should be begun when `share` of the budget may be used. */
  over(limit = this.limit) {
    return this.spent >= limit || this.interrupted();
  }
};
var OPERATIONS_PER_UNIT = 15e7;

// packages/staffing/src/roster/counts.ts
function counted(tracked, kind, action, wasOff, k) {
  let result = 0;
  for (const { counter, left, place } of tracked) {
    let digit = Math.floor(k / place) % (left + 1);
    if (counter.weekly && kind === 0) digit = 0;
    if (action > 0) digit += counter.kind === "weekends" ? weekendBegins(kind, wasOff) : counter.adds[action - 1];
    if (digit > left) return -1;
    result += digit * place;
  }
  return result;
}
function weekendBegins(kind, wasOff) {
  return kind === 5 || kind === 7 || kind === 6 && wasOff ? 1 : 0;
}
function countOutside(counter, person, roster, from, to, line) {
  const { groupOf } = person.shape;
  let count = 0;
  let weekend = false;
  for (let day = 0; day < roster.days; day += 1) {
    const weekday = (day + roster.problem.firstWeekday) % 7;
    if (weekday === 0) weekend = false;
    if (day >= from && day < to) continue;
    const shift = line[day];
    if (shift < 0) continue;
    if (counter.kind === "groups") count += counter.adds[groupOf[shift]];
    else if (weekday >= 5 && !weekend) {
      weekend = true;
      count += 1;
    }
  }
  return count;
}
function mostInWindow(counter, roster, from, to) {
  if (counter.kind === "weekends") {
    let weekends = 0;
    for (let day = from; day < to; day += 1) {
      const weekday = (day + roster.problem.firstWeekday) % 7;
      if (weekday === 5 || weekday === 6 && day === from) weekends += 1;
    }
    return weekends;
  }
  let largest = 0;
  for (const adds of counter.adds) if (adds > largest) largest = adds;
  return largest * (counter.weekly ? Math.min(7, to - from) : to - from);
}

// packages/staffing/src/roster/line-program.ts
var MOST_COUNTS = 512;
var LineProgram = class {
  constructor(roster, effort) {
    this.roster = roster;
    this.effort = effort;
    const groups = Math.max(1, ...roster.people.map((person) => person.shape.groups));
    this.groupCost = new Float64Array(roster.days * groups);
    this.groupShift = new Int16Array(roster.days * groups);
    this.penalty = new Float64Array(groups);
    this.multipliers = new Float64Array(Math.max(1, ...roster.people.map((person) => person.shape.counters.length)));
    this.hot = new Uint32Array(roster.people.length);
  }
  roster;
  effort;
  /** A lower bound on the cost of the last line, also where a limit could be held only by prices. */
  bound = -Infinity;
  layers = new Float64Array(0);
  backLayers = new Float64Array(0);
  low = new Int32Array(0);
  high = new Int32Array(0);
  lowNext = new Int32Array(0);
  highNext = new Int32Array(0);
  ends = new Int16Array(0);
  groupCost;
  groupShift;
  penalty;
  multipliers;
  /** Counters of each person that bound before, so that they are followed from the first try. */
  hot;
  tables = /* @__PURE__ */ new Map();
  tracked = [];
  untracked = [];
  table = new Int32Array(0);
  K = 1;
  U = 1;
  lowestEnd = 0;
  unitsOutside = 0;
  /**
   * Writes the cheapest line over days `from` to before `to` into `out` (from its start) and answers its cost at the
   * prices given by slot; Infinity where there is none. The rest of `line` stands.
   */
  solve(person, from, to, price, line, out) {
    const { shape } = person;
    this.multipliers.fill(0, 0, shape.counters.length);
    this.bound = -Infinity;
    for (let tries = 0; tries < 16; tries += 1) {
      if (!this.prepare(person, from, to, line)) return Infinity;
      const relief = this.setPenalties(person, from, to, line);
      this.setCosts(person, from, to, price);
      const end = this.forward(person, from, to, line);
      if (end < 0) {
        this.bound = Infinity;
        return Infinity;
      }
      const overtime2 = this.endCost(person, end % this.U);
      const value = this.layers[(to - from) * this.size(person) + end] + overtime2;
      if (value - relief > this.bound) this.bound = value - relief;
      this.trace(person, from, to, end, out);
      const broken = this.brokenCounter(person, from, to, line, out);
      if (broken < 0) return relief === 0 ? value : this.costOf(from, to, price, out) + overtime2;
      this.follow(person, broken, tries);
    }
    return Infinity;
  }
  /**
   * Has a limit that was broken followed by the next try: among those that were before, instead of them where all
   * together are too many, and by a price where that changes to and fro.
   */
  follow(person, broken, tries) {
    const { index, shape } = person;
    const counter = shape.counters[broken];
    if (this.K * (counter.most + 1) <= MOST_COUNTS) this.hot[index] |= 1 << broken;
    else if (tries < 4) this.hot[index] = 1 << broken;
    else this.multipliers[broken] = this.multipliers[broken] * 2 + 4;
  }
  /** Prices of what is limited but not followed. Answers what they would take at the limits, by which the bound is less. */
  setPenalties(person, from, to, line) {
    const { counters, groups } = person.shape;
    this.penalty.fill(0);
    let relief = 0;
    for (const [index, counter] of counters.entries()) {
      const multiplier = this.multipliers[index];
      if (multiplier === 0) continue;
      const weeks = counter.weekly ? Math.ceil((to - from) / 7) + 1 : 1;
      const outside = counter.weekly ? 0 : countOutside(counter, person, this.roster, from, to, line);
      relief += multiplier * (counter.most - outside) * weeks;
      for (let group = 0; group < groups; group += 1) this.penalty[group] += multiplier * counter.adds[group];
    }
    return relief;
  }
  /**
   * For each day, state and action (`(day * states + state) * actions + action`) the cost of the cheapest line of the whole
   * period that takes it, and for shifts the cheapest of their group; limits that were not followed by the last `solve` are
   * left out, so that it is a lower bound. Infinity where no line goes through.
   */
  throughArcs(person, price, empty) {
    const { days } = this.roster;
    const { automaton, groupUnits } = person.shape;
    const { states, actions, next, off } = automaton;
    const through = new Float64Array(days * states * actions).fill(Infinity);
    this.penalty.fill(0);
    if (!this.prepare(person, 0, days, empty)) return through;
    this.setCosts(person, 0, days, price);
    if (this.forward(person, 0, days, empty) < 0) return through;
    this.backward(person, days);
    const { K, U, layers, backLayers, table } = this;
    const Z = this.size(person);
    for (let day = 0; day < days; day += 1) {
      const kind = this.weekdayRow(day, 0) * actions;
      for (let s = 0; s < states; s += 1) {
        for (let action = 0; action < actions; action += 1) {
          const s2 = next[s * actions + action];
          const cost = this.actionCost(person, day, day, action);
          if (s2 < 0 || cost === Infinity) continue;
          const step = action === 0 ? 0 : groupUnits[action - 1];
          let least = Infinity;
          for (let k = 0; k < K; k += 1) {
            const k2 = table[((kind + action) * 2 + off[s]) * K + k];
            if (k2 < 0) continue;
            const at = day * Z + (s * K + k) * U;
            const then = (day + 1) * Z + (s2 * K + k2) * U + step;
            for (let u = 0; u + step < U; u += 1) {
              const value = layers[at + u] + backLayers[then + u];
              if (value < least) least = value;
            }
          }
          through[(day * states + s) * actions + action] = least + cost;
        }
      }
    }
    this.effort.add(2 * days * Z * actions);
    return through;
  }
  size(person) {
    return person.shape.automaton.states * this.K * this.U;
  }
  endCost(person, units) {
    const { overtimeFrom, overtimeCost } = person.shape;
    return overtimeCost === 0 ? 0 : Math.max(0, units + this.unitsOutside - overtimeFrom) * overtimeCost;
  }
  /** Sizes of the state space for a window; false where what stands outside it leaves no line. */
  prepare(person, from, to, line) {
    const { shape } = person;
    const { days, shifts } = this.roster;
    let outside = 0;
    for (let day = 0; day < days; day += 1) {
      if (day >= from && day < to) continue;
      const shift = line[day];
      if (shift >= 0) outside += shape.groupUnits[shape.groupOf[shift]];
    }
    this.unitsOutside = outside;
    let largest = 0;
    for (const units of shape.groupUnits) if (units > largest) largest = units;
    const most = (to - from) * largest;
    const atMost = shape.maxUnits - outside;
    this.lowestEnd = Math.max(0, shape.minUnits - outside);
    if (atMost < 0 || this.lowestEnd > most) return false;
    const timeMatters = atMost < most || this.lowestEnd > 0 || shape.overtimeCost > 0;
    this.U = timeMatters ? Math.min(atMost, most) + 1 : most + 1;
    if (this.lowestEnd >= this.U) return false;
    this.tracked = [];
    this.untracked = [];
    let combinations = 1;
    for (const [index, counter] of shape.counters.entries()) {
      const left = counter.most - (counter.weekly ? 0 : countOutside(counter, person, this.roster, from, to, line));
      if (left < 0) return false;
      const possible = mostInWindow(counter, this.roster, from, to);
      if (left >= possible) continue;
      const wanted = counter.kind === "weekends" || left === 0 || (this.hot[person.index] & 1 << index) !== 0;
      if (wanted && combinations * (left + 1) <= MOST_COUNTS) {
        this.tracked.push({ counter, left, place: combinations });
        combinations *= left + 1;
      } else {
        this.untracked.push(counter);
      }
    }
    this.K = combinations;
    this.table = this.tableFor(person);
    const states = shape.automaton.states;
    const cells = (to - from + 1) * states * this.K * this.U;
    if (cells > this.layers.length) this.layers = new Float64Array(cells + (cells >> 2));
    if (states * this.K > this.low.length) {
      this.low = new Int32Array(states * this.K);
      this.high = new Int32Array(states * this.K);
      this.lowNext = new Int32Array(states * this.K);
      this.highNext = new Int32Array(states * this.K);
    }
    if (states > this.ends.length) this.ends = new Int16Array(states);
    return shifts > 0;
  }
  /** Where counts go: by kind of day, action, whether the day before was off, and count; -1 beyond a limit. */
  tableFor(person) {
    const { automaton } = person.shape;
    const { K, tracked } = this;
    const parts = tracked.map(({ counter, left }) => `${person.shape.counters.indexOf(counter)}:${left}`);
    const key = `${person.shape.number} ${parts.join(" ")}`;
    const known = this.tables.get(key);
    if (known !== void 0) return known;
    const table = new Int32Array(8 * automaton.actions * 2 * K);
    for (let kind = 0; kind < 8; kind += 1)
      for (let action = 0; action < automaton.actions; action += 1)
        for (let off = 0; off < 2; off += 1)
          for (let k = 0; k < K; k += 1)
            table[((kind * automaton.actions + action) * 2 + off) * K + k] = counted(
              tracked,
              kind,
              action,
              off === 1,
              k
            );
    this.tables.set(key, table);
    return table;
  }
  weekdayRow(day, from) {
    const weekday = (day + this.roster.problem.firstWeekday) % 7;
    if (day === 0 && weekday === 6) return 7;
    return weekday === 0 && day === from ? 1 : weekday;
  }
  setCosts(person, from, to, price) {
    const { groups, groupOf } = person.shape;
    const { shifts } = this.roster;
    const { groupCost, groupShift, penalty } = this;
    for (let day = from; day < to; day += 1) {
      const at = (day - from) * groups;
      groupCost.fill(Infinity, at, at + groups);
      for (let shift = 0; shift < shifts; shift += 1) {
        const group = groupOf[shift];
        if (group < 0) continue;
        const cost = price[day * shifts + shift] + penalty[group];
        if (cost < groupCost[at + group]) {
          groupCost[at + group] = cost;
          groupShift[at + group] = shift;
        }
      }
    }
  }
  actionCost(person, day, at, action) {
    if (action === 0) return person.fixed[day] >= 0 ? Infinity : 0;
    return this.groupCost[at * person.shape.groups + action - 1];
  }
  /** Fills the layers; answers the best end as an index into the last, or -1. */
  forward(person, from, to, line) {
    const { automaton, groupUnits } = person.shape;
    const { states, actions, next, off } = automaton;
    const { K, U, layers, table } = this;
    const Z = states * K * U;
    let largest = 0;
    for (const units of groupUnits) if (units > largest) largest = units;
    let { low, high, lowNext, highNext } = this;
    high.fill(-1, 0, states * K);
    layers.fill(Infinity, 0, Z);
    const start = this.stateBefore(person, from, line);
    if (start < 0) return -1;
    layers[start * K * U] = 0;
    low[start * K] = 0;
    high[start * K] = 0;
    let operations = 0;
    for (let day = from; day < to; day += 1) {
      const at = (day - from) * Z;
      const then = at + Z;
      layers.fill(Infinity, then, then + Z);
      lowNext.fill(2147483647, 0, states * K);
      highNext.fill(-1, 0, states * K);
      const kind = this.weekdayRow(day, from) * actions;
      const need = this.lowestEnd - (to - day - 1) * largest;
      for (let action = 0; action < actions; action += 1) {
        const cost = this.actionCost(person, day, day - from, action);
        if (cost === Infinity) continue;
        const step = action === 0 ? 0 : groupUnits[action - 1];
        for (let s = 0; s < states; s += 1) {
          const s2 = next[s * actions + action];
          if (s2 < 0) continue;
          const rowAt = ((kind + action) * 2 + off[s]) * K;
          for (let k = 0; k < K; k += 1) {
            let last = high[s * K + k];
            if (last < 0) continue;
            const k2 = table[rowAt + k];
            if (k2 < 0) continue;
            let first = low[s * K + k];
            if (first + step < need) first = need - step;
            if (last + step >= U) last = U - 1 - step;
            if (first > last) continue;
            const source = at + (s * K + k) * U;
            const target = then + (s2 * K + k2) * U + step;
            for (let u = first; u <= last; u += 1) {
              const value = layers[source + u] + cost;
              if (value < layers[target + u]) layers[target + u] = value;
            }
            operations += last - first + 6;
            const cell = s2 * K + k2;
            if (first + step < lowNext[cell]) lowNext[cell] = first + step;
            if (last + step > highNext[cell]) highNext[cell] = last + step;
          }
        }
      }
      [low, lowNext] = [lowNext, low];
      [high, highNext] = [highNext, high];
    }
    this.effort.add(operations);
    this.statesThatGoOn(person, to, line);
    const end = (to - from) * Z;
    let best = Infinity;
    let found = -1;
    for (let s = 0; s < states; s += 1) {
      if (this.ends[s] < 0) continue;
      for (let k = 0; k < K; k += 1) {
        const base = (s * K + k) * U;
        for (let u = this.lowestEnd; u < U; u += 1) {
          const value = layers[end + base + u];
          if (value === Infinity) continue;
          const total = value + this.endCost(person, u);
          if (total < best) {
            best = total;
            found = base + u;
          }
        }
      }
    }
    return found;
  }
  backward(person, days) {
    const { automaton, groupUnits } = person.shape;
    const { states, actions, next, off } = automaton;
    const { K, U, table } = this;
    const Z = states * K * U;
    if (this.backLayers.length < this.layers.length) this.backLayers = new Float64Array(this.layers.length);
    const back = this.backLayers;
    for (let s = 0; s < states; s += 1)
      for (let k = 0; k < K; k += 1)
        for (let u = 0; u < U; u += 1)
          back[days * Z + (s * K + k) * U + u] = u < this.lowestEnd ? Infinity : this.endCost(person, u);
    for (let day = days - 1; day >= 0; day -= 1) {
      back.fill(Infinity, day * Z, day * Z + Z);
      const kind = this.weekdayRow(day, 0) * actions;
      for (let action = 0; action < actions; action += 1) {
        const cost = this.actionCost(person, day, day, action);
        if (cost === Infinity) continue;
        const step = action === 0 ? 0 : groupUnits[action - 1];
        for (let s = 0; s < states; s += 1) {
          const s2 = next[s * actions + action];
          if (s2 < 0) continue;
          for (let k = 0; k < K; k += 1) {
            const k2 = table[((kind + action) * 2 + off[s]) * K + k];
            if (k2 < 0) continue;
            const at = day * Z + (s * K + k) * U;
            const then = (day + 1) * Z + (s2 * K + k2) * U + step;
            for (let u = 0; u + step < U; u += 1) {
              const value = back[then + u] + cost;
              if (value < back[at + u]) back[at + u] = value;
            }
          }
        }
      }
    }
  }
  stateBefore(person, from, line) {
    const { automaton, groupOf } = person.shape;
    let state = person.startState;
    for (let day = 0; day < from && state >= 0; day += 1) {
      const shift = line[day];
      state = automaton.next[state * automaton.actions + (shift < 0 ? 0 : 1 + groupOf[shift])];
    }
    return state;
  }
  /** Marks in `ends` the states from which what stands after the window may follow. */
  statesThatGoOn(person, to, line) {
    const { automaton, groupOf } = person.shape;
    const { ends } = this;
    for (let s = 0; s < automaton.states; s += 1) ends[s] = s;
    for (let day = to; day < this.roster.days; day += 1) {
      const shift = line[day];
      const action = shift < 0 ? 0 : 1 + groupOf[shift];
      let only = -1;
      let several = false;
      for (let s = 0; s < automaton.states; s += 1) {
        if (ends[s] < 0) continue;
        const then = automaton.next[ends[s] * automaton.actions + action];
        ends[s] = then;
        if (then < 0) continue;
        if (only < 0) only = then;
        else if (only !== then) several = true;
      }
      if (!several) return;
    }
  }
  trace(person, from, to, end, out) {
    const { automaton, groupUnits, groups } = person.shape;
    const { intoStart, into, off, actions } = automaton;
    const { K, U, layers, table, groupShift } = this;
    const Z = this.size(person);
    let at = end;
    for (let day = to - 1; day >= from; day -= 1) {
      const u2 = at % U;
      const k2 = Math.floor(at / U) % K;
      const s2 = Math.floor(at / (U * K));
      const value = layers[(day - from + 1) * Z + at];
      const kind = this.weekdayRow(day, from) * actions;
      let found = -1;
      for (let pair = intoStart[s2]; pair < intoStart[s2 + 1] && found < 0; pair += 1) {
        const s = into[2 * pair];
        const action = into[2 * pair + 1];
        const step = action === 0 ? 0 : groupUnits[action - 1];
        if (u2 < step) continue;
        const cost = this.actionCost(person, day, day - from, action);
        if (cost === Infinity) continue;
        const rowAt = ((kind + action) * 2 + off[s]) * K;
        for (let k = 0; k < K; k += 1) {
          if (table[rowAt + k] !== k2) continue;
          const cell = (s * K + k) * U + u2 - step;
          if (layers[(day - from) * Z + cell] + cost !== value) continue;
          found = cell;
          out[day - from] = action === 0 ? -1 : groupShift[(day - from) * groups + action - 1];
          break;
        }
      }
      at = found;
    }
  }
  costOf(from, to, price, out) {
    let cost = 0;
    for (let day = from; day < to; day += 1) {
      const shift = out[day - from];
      if (shift >= 0) cost += price[day * this.roster.shifts + shift];
    }
    return cost;
  }
  /** The first counter not followed that the new line breaks, by its place among the person's counters; -1 for none. */
  brokenCounter(person, from, to, line, out) {
    if (this.untracked.length === 0) return -1;
    const { groupOf, counters } = person.shape;
    const { days, problem } = this.roster;
    for (const counter of this.untracked) {
      let count = 0;
      for (let day = 0; day < days; day += 1) {
        if (counter.weekly && (day + problem.firstWeekday) % 7 === 0) count = 0;
        const shift = day >= from && day < to ? out[day - from] : line[day];
        if (shift >= 0) count += counter.adds[groupOf[shift]];
        if (count > counter.most) return counters.indexOf(counter);
      }
    }
    return -1;
  }
};

// packages/staffing/src/roster/master.ts
var OPERATIONS_PER_ROW2 = 30;
var NO_LINE = 1e6;
var Master = class {
  constructor(highs, roster, people, given, effort) {
    this.roster = roster;
    this.people = people;
    this.effort = effort;
    const { rows: rows2 } = roster;
    const count = people.length;
    people.forEach((person, index) => this.place.set(person.index, index));
    this.first = 2 * rows2 + count;
    this.infinity = highs.infinity;
    this.model = highs.createModel();
    this.model.options.set({ output_flag: false, presolve: "off", solver: "simplex" });
    const numCols = this.first;
    const colCost = new Float64Array(numCols);
    const indices = new Int32Array(numCols);
    const values = new Float64Array(numCols);
    for (let row = 0; row < rows2; row += 1) {
      colCost[row] = roster.under[row];
      colCost[rows2 + row] = roster.over[row];
      indices[row] = row;
      indices[rows2 + row] = row;
      values[row] = 1;
      values[rows2 + row] = -1;
    }
    for (let index = 0; index < count; index += 1) {
      colCost[2 * rows2 + index] = NO_LINE;
      indices[2 * rows2 + index] = rows2 + index;
      values[2 * rows2 + index] = 1;
    }
    const right = new Float64Array(rows2 + count).fill(1);
    for (let row = 0; row < rows2; row += 1) right[row] = roster.required[row] - given[row];
    this.model.passModel({
      numCols,
      numRows: rows2 + count,
      colCost,
      colLower: new Float64Array(numCols),
      colUpper: new Float64Array(numCols).fill(highs.infinity),
      rowLower: right,
      rowUpper: right,
      matrix: {
        format: "csc",
        numRows: rows2 + count,
        numCols,
        starts: Int32Array.from({ length: numCols + 1 }, (_, index) => index),
        indices,
        values
      }
    });
  }
  roster;
  people;
  effort;
  objective = Infinity;
  columns = [];
  model;
  first;
  infinity;
  place = /* @__PURE__ */ new Map();
  loaded = 0;
  members = /* @__PURE__ */ new Set();
  /** Adds a column; false where it is there already. */
  add(column) {
    if (this.members.has(column)) return false;
    this.members.add(column);
    this.columns.push(column);
    return true;
  }
  /** Solves it. Duals of the cover rows lie between minus the cost of too many and the cost of too few. */
  solve() {
    this.load();
    this.model.run();
    const rowsAll = this.roster.rows + this.people.length;
    const steps = Number(this.model.info.get("simplex_iteration_count"));
    this.effort.add((steps + 10) * rowsAll * OPERATIONS_PER_ROW2);
    this.objective = this.model.getObjectiveValue();
    const { rowDual, colValue } = this.model.getSolution();
    return {
      rowDuals: rowDual.slice(0, this.roster.rows),
      personDuals: rowDual.slice(this.roster.rows),
      shares: colValue.slice(this.first)
    };
  }
  /** Forces a column (by its place) into the plan, or lets it go again. */
  fix(column, fixed) {
    this.load();
    this.model.changeColBounds(this.first + column, fixed ? 1 : 0, this.infinity);
  }
  dispose() {
    this.model.dispose();
  }
  load() {
    if (this.loaded === this.columns.length) return;
    const added = this.columns.slice(this.loaded);
    const starts = new Int32Array(added.length + 1);
    const indices = [];
    const values = [];
    added.forEach((column, index) => {
      column.rows.forEach((row, at) => {
        indices.push(row);
        values.push(column.weights[at]);
      });
      indices.push(this.roster.rows + this.place.get(column.person));
      values.push(1);
      starts[index + 1] = indices.length;
    });
    this.model.addCols({
      cost: Float64Array.from(added, (column) => column.cost),
      lower: new Float64Array(added.length),
      upper: new Float64Array(added.length).fill(this.infinity),
      matrix: {
        format: "csc",
        numCols: added.length,
        numRows: this.roster.rows + this.people.length,
        starts,
        indices: Int32Array.from(indices),
        values: Float64Array.from(values)
      }
    });
    this.loaded = this.columns.length;
  }
};

// packages/staffing/src/roster/random.ts
function randomNumbers(seed) {
  let state = (Math.imul(seed, 2654435761) ^ 2654435769) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4294967296;
  };
}

// packages/staffing/src/roster/dive.ts
function dive(roster, master, pricing, effort, options) {
  const placeOf = new Map(master.people.map((person, index) => [person.index, index]));
  const decided = /* @__PURE__ */ new Map();
  try {
    while (decided.size < master.people.length) {
      const open = master.people.filter((person) => !decided.has(person.index));
      let solved = master.solve();
      for (let round = 0; round < options.rounds; round += 1) {
        const { added } = pricing.round(master, open, withinCosts(roster, solved.rowDuals), solved, placeOf);
        if (added === 0) break;
        solved = master.solve();
      }
      if (master.objective >= options.cutoff || effort.over(options.until)) return void 0;
      if (!decide(master, solved.shares, decided, options)) return void 0;
    }
    return master.people.map((person) => master.columns[decided.get(person.index)].line);
  } finally {
    for (const column of decided.values()) master.fix(column, false);
  }
}
function decide(master, shares, decided, options) {
  const candidates = [];
  for (let column = 0; column < shares.length; column += 1) {
    const share = shares[column];
    if (share < 0.01 || decided.has(master.columns[column].person)) continue;
    const shake = options.random === void 0 || share > 0.99 ? 0 : (options.random() - 0.5) * 0.4;
    candidates.push({ column, share, rank: share + shake });
  }
  candidates.sort((a, b) => b.rank - a.rank || a.column - b.column);
  const most = Math.max(1, Math.ceil((master.people.length - decided.size) * options.atOnce));
  let done = 0;
  for (const { column, share } of candidates) {
    const { person } = master.columns[column];
    if (decided.has(person)) continue;
    if (done > 0 && share < 0.999 && (share < 0.7 || done >= most)) break;
    decided.set(person, column);
    master.fix(column, true);
    done += 1;
  }
  return done > 0;
}

// packages/staffing/src/roster/regroup.ts
var FIRST_COLUMNS = 40;
function regroup(state, people, tools, options) {
  const { roster, pricing, pool, effort } = tools;
  const own = people.map((person) => pool.add(person, state.lines[person.index]).column);
  const given = state.level.slice();
  for (const column of own) column.rows.forEach((row, at) => given[row] -= column.weights[at]);
  let now = own.reduce((sum, column) => sum + column.cost, 0);
  for (let row = 0; row < roster.rows; row += 1) now += state.rowCost(row, state.level[row]);
  const cutoff = now - options.grain + 1e-6;
  const master = new Master(tools.highs, roster, people, given, effort);
  try {
    for (const [index, person] of people.entries()) {
      master.add(own[index]);
      const ranked = pool.of(person).map((column) => [reducedCost(column, options.duals), column]);
      ranked.sort(([a], [b]) => a - b);
      for (const [, column] of ranked.slice(0, FIRST_COLUMNS)) master.add(column);
    }
    const placeOf = new Map(people.map((person, index) => [person.index, index]));
    for (let round = 0; round < 30; round += 1) {
      const solved = master.solve();
      const duals = withinCosts(roster, solved.rowDuals);
      const { least, added } = pricing.round(master, people, duals, solved, placeOf);
      let bound = least;
      for (let row = 0; row < roster.rows; row += 1) bound += duals[row] * (roster.required[row] - given[row]);
      if (bound >= cutoff) return false;
      if (added === 0 || effort.over(options.until)) break;
    }
    const found = dive(roster, master, pricing, effort, {
      cutoff,
      until: options.until,
      rounds: 4,
      atOnce: 0.01,
      random: options.random
    });
    if (found === void 0) return false;
    for (const [index, person] of people.entries()) {
      state.clear(person, 0, roster.days);
      state.fill(person, 0, roster.days, found[index]);
    }
    return true;
  } finally {
    master.dispose();
  }
}

// packages/staffing/src/roster/roster-state.ts
var RosterState = class {
  constructor(roster) {
    this.roster = roster;
    this.lines = roster.people.map(() => new Int16Array(roster.days).fill(-1));
    this.level = new Float64Array(roster.rows);
    this.units = new Int32Array(roster.people.length);
    this.cost = roster.base;
    for (let row = 0; row < roster.rows; row += 1) this.cost += this.rowCost(row, 0);
  }
  roster;
  lines;
  /** What counts at each cover row. */
  level;
  cost;
  units;
  /** Takes everything a person works over days `from` to before `to` away. */
  clear(person, from, to) {
    const line = this.lines[person.index];
    for (let day = from; day < to; day += 1) {
      const shift = line[day];
      if (shift < 0) continue;
      this.count(person, day, shift, -1);
      line[day] = -1;
    }
  }
  /** Gives a cleared window of a person's line what stands in `source` from `at` on. */
  fill(person, from, to, source, at = 0) {
    const line = this.lines[person.index];
    for (let day = from; day < to; day += 1) {
      const shift = source[at + day - from];
      line[day] = shift;
      if (shift >= 0) this.count(person, day, shift, 1);
    }
  }
  /** What one more of this person in each slot of the window would cost, wishes included. */
  prices(person, from, to, price) {
    const { roster } = this;
    const { start, row, weight } = roster.classes[person.coverClass];
    const { level } = this;
    const { required, under, over } = roster;
    for (let slot = from * roster.shifts; slot < to * roster.shifts; slot += 1) {
      let cost = person.cost[slot];
      if (cost < Infinity) {
        for (let at = start[slot]; at < start[slot + 1]; at += 1) {
          const r = row[at];
          const gap = required[r] - level[r];
          const w = weight[at];
          if (w > 0)
            cost += gap >= w ? -w * under[r] : gap <= 0 ? w * over[r] : (w - gap) * over[r] - gap * under[r];
          else cost += this.rowCost(r, level[r] + w) - this.rowCost(r, level[r]);
        }
      }
      price[slot] = cost;
    }
  }
  copyFrom(lines) {
    for (const person of this.roster.people) {
      this.clear(person, 0, this.roster.days);
      this.fill(person, 0, this.roster.days, lines[person.index]);
    }
  }
  rowCost(row, level) {
    const gap = this.roster.required[row] - level;
    return gap > 0 ? gap * this.roster.under[row] : -gap * this.roster.over[row];
  }
  count(person, day, shift, sign) {
    const { roster, level } = this;
    const slot = day * roster.shifts + shift;
    const { start, row, weight } = roster.classes[person.coverClass];
    let change = sign * person.cost[slot];
    for (let at = start[slot]; at < start[slot + 1]; at += 1) {
      const r = row[at];
      const before = level[r];
      level[r] = before + sign * weight[at];
      change += this.rowCost(r, level[r]) - this.rowCost(r, before);
    }
    const { shape } = person;
    const had = this.units[person.index];
    this.units[person.index] = had + sign * shape.groupUnits[shape.groupOf[shift]];
    if (shape.overtimeCost > 0) change += overtime(this.units[person.index], shape) - overtime(had, shape);
    this.cost += change;
  }
};
function overtime(units, shape) {
  return Math.max(0, units - shape.overtimeFrom) * shape.overtimeCost;
}

// packages/staffing/src/roster/search.ts
function construct(state, program, effort, random) {
  const { roster } = state;
  const price = new Float64Array(roster.slots);
  const out = new Int16Array(roster.days);
  const stuck = [];
  for (const person of shuffled(roster.people, random)) {
    effort.add(roster.slots);
    state.prices(person, 0, roster.days, price);
    const value = program.solve(person, 0, roster.days, price, state.lines[person.index], out);
    if (value < Infinity) state.fill(person, 0, roster.days, out);
    else stuck.push(person);
  }
  return stuck;
}
function shuffled(items, random) {
  return items.map((item) => [random(), item]).sort(([a], [b]) => a - b).map(([, item]) => item);
}
function searchNeighbourhoods(state, program, effort, options) {
  const { roster } = state;
  const { random, hot, cold } = options;
  const movable = options.movable ?? roster.people;
  const from = effort.spent;
  const best = state.lines.map((line) => line.slice());
  let bestCost = state.cost;
  const price = new Float64Array(roster.slots);
  const out = new Int16Array(roster.days);
  const saved = new Int16Array(8 * roster.days);
  const goal = options.goal ?? -Infinity;
  const windows = windowsOf(roster);
  let temperature = hot;
  for (let round = 0; bestCost > goal + 1e-6; round += 1) {
    if (round % 16 === 0) {
      if (effort.over(options.until)) break;
      const share = Math.min(1, (effort.spent - from) / Math.max(1e-9, options.until - from));
      temperature = hot * Math.pow(cold / hot, share);
    }
    effort.add(500);
    const [a, b] = windows(random);
    const steered = options.duals !== void 0 && random() < 0.7;
    const chosen = choose(movable, steered ? 2 + Math.floor(random() * 6) : fewer(random()), random);
    const before = state.cost;
    for (const [place, person] of chosen.entries()) {
      saved.set(state.lines[person.index].subarray(a, b), place * roster.days);
      state.clear(person, a, b);
    }
    const noise = chosen.length === 1 ? temperature : random() < 0.5 ? 0 : temperature * 0.5;
    let filled = 0;
    for (const [place, person] of chosen.entries()) {
      state.prices(person, a, b, price);
      if (steered && place < chosen.length - 1) steer(price, person, state, options.duals, a, b);
      if (noise > 0 && !(steered && place === chosen.length - 1))
        disturb(price, a * roster.shifts, b * roster.shifts, noise, random);
      if (program.solve(person, a, b, price, state.lines[person.index], out) === Infinity) break;
      state.fill(person, a, b, out);
      filled += 1;
    }
    const accepted = filled === chosen.length && state.cost <= before - temperature * Math.log(1 - random() + 1e-12);
    if (!accepted) {
      for (const [place, person] of chosen.entries()) {
        if (place < filled) state.clear(person, a, b);
        state.fill(person, a, b, saved, place * roster.days);
      }
    } else if (state.cost < bestCost - 1e-6) {
      bestCost = state.cost;
      for (const [index, line] of state.lines.entries()) best[index].set(line);
      options.onBetter?.(state);
    }
  }
  state.copyFrom(best);
}
function steer(price, person, state, duals, from, to) {
  const { roster, level } = state;
  const { start, row, weight } = roster.classes[person.coverClass];
  for (let slot = from * roster.shifts; slot < to * roster.shifts; slot += 1) {
    let cost = person.cost[slot];
    if (cost === Infinity) continue;
    for (let at = start[slot]; at < start[slot + 1]; at += 1) {
      const r = row[at];
      cost += weight[at] * (level[r] < roster.required[r] ? -duals[r] : roster.over[r]);
    }
    price[slot] = cost;
  }
}
function disturb(price, from, to, noise, random) {
  for (let slot = from; slot < to; slot += 1) if (price[slot] < Infinity) price[slot] += (random() - 0.5) * noise;
}
function fewer(draw) {
  return draw < 0.15 ? 1 : draw < 0.55 ? 2 : draw < 0.8 ? 3 : 4;
}
function choose(people, wanted, random) {
  const chosen = [];
  while (chosen.length < Math.min(wanted, people.length)) {
    const person = people[Math.floor(random() * people.length)];
    if (!chosen.includes(person)) chosen.push(person);
  }
  return chosen;
}
function windowsOf(roster) {
  const { days, problem } = roster;
  const weekly = roster.people.some((person) => person.shape.counters.some((counter) => counter.weekly));
  const weekday = (day) => (day + problem.firstWeekday) % 7;
  const cuts = (day) => day > 0 && day < days && (weekly ? weekday(day) !== 0 : weekday(day) === 6);
  return (random) => {
    const draw = random();
    const weeks = draw < 0.35 ? 1 : draw < 0.7 ? 2 : draw < 0.88 ? 3 : 4;
    const length = Math.max(4, weeks * 7 + Math.floor(random() * 7) - 3);
    if (length >= days) return [0, days];
    let from = Math.floor(random() * (days - length + 1));
    let to = from + length;
    while (cuts(from)) from -= 1;
    while (cuts(to)) to += 1;
    return [from, to];
  };
}

// packages/staffing/src/roster/solve-roster.ts
var LONGEST_PRICED = 63;
var MOST_BINARIES = 24e3;
function solveRoster(highs, problem, options) {
  return new Solver(highs, problem, options).solve();
}
var Solver = class {
  constructor(highs, problem, options) {
    this.highs = highs;
    this.options = options;
    this.roster = compileRoster(problem);
    this.effort = new Effort(options.effort, options.interrupted);
    this.program = new LineProgram(this.roster, this.effort);
    this.pool = new ColumnPool(this.roster);
    this.pricing = new Pricing(this.roster, this.program, this.pool, this.effort);
    this.state = new RosterState(this.roster);
    this.random = randomNumbers(options.seed);
    this.grain = grainOf(problem);
  }
  highs;
  options;
  roster;
  effort;
  program;
  pool;
  pricing;
  state;
  random;
  grain;
  bound = -Infinity;
  solve() {
    const stuck = this.begin();
    const movable = this.roster.people.filter((person) => !stuck.includes(person));
    const { temperature } = this;
    this.search(movable, 0.01, temperature * 3, temperature * 0.1);
    const found = stuck.length === 0 && this.roster.days <= LONGEST_PRICED ? this.price() : void 0;
    if (found !== void 0 && !this.done()) this.close(found);
    if (!this.done()) this.improve(movable, found);
    const cost = this.state.cost;
    const bound = Math.min(cost, this.bound);
    return {
      roster: this.state.lines,
      cost,
      bound,
      gap: cost > bound ? (cost - bound) / Math.max(1e-9, Math.abs(cost)) : 0,
      optimal: this.done(),
      withoutLine: stuck.map((person) => person.index),
      spent: this.effort.spent
    };
  }
  /** A first temperature of the annealing: a fifth of what it costs to be short by one. */
  get temperature() {
    return Math.max(...this.roster.under, this.grain * 20) / 5;
  }
  done() {
    return this.state.cost <= this.bound + 1e-6;
  }
  /** Rounds a bound up to the next cost that there is. */
  raise(bound) {
    const rounded = this.grain > 0 ? Math.ceil(bound / this.grain - 1e-6) * this.grain : bound;
    this.bound = Math.max(this.bound, rounded);
    this.tell();
  }
  tell() {
    const { bound } = this;
    this.options.onProgress?.({
      cost: this.state.cost,
      ...bound === -Infinity ? {} : { bound },
      spent: this.effort.spent
    });
  }
  begin() {
    const { start } = this.options;
    if (start !== void 0) {
      this.state.copyFrom(start);
      return [];
    }
    const stuck = construct(this.state, this.program, this.effort, this.random);
    this.tell();
    return stuck;
  }
  search(movable, share, hot, cold, duals) {
    searchNeighbourhoods(this.state, this.program, this.effort, {
      until: Math.min(this.effort.limit, this.effort.spent + share * this.effort.limit),
      random: this.random,
      hot,
      cold,
      goal: this.bound,
      movable,
      onBetter: () => this.tell(),
      ...duals === void 0 ? {} : { duals }
    });
    this.tell();
  }
  price() {
    const { roster, effort } = this;
    const master = new Master(this.highs, roster, roster.people, new Float64Array(roster.rows), effort);
    try {
      for (const person of roster.people) master.add(this.pool.add(person, this.state.lines[person.index]).column);
      const found = generateColumns(roster, master, this.pricing, effort, effort.limit * 0.45);
      this.raise(found.value);
      return found;
    } finally {
      master.dispose();
    }
  }
  /** Smallest step in cost that is worth looking for. */
  stepAt(found) {
    return this.grain > 0 ? this.grain : Math.max(1e-4, Math.abs(found.value) * 1e-3);
  }
  /** Tries to close the gap with models of what is within reach of the bound, wider each time. */
  close(found) {
    const step = this.stepAt(found);
    const first = this.grain > 0 ? this.bound - found.value + step * 0.01 : step * 0.1;
    for (let reach = first; !this.effort.over() && !this.done(); reach = reach < step ? reach + step : reach * 2)
      if (!this.closeWithin(found, Math.min(reach, this.state.cost - found.value))) return;
  }
  /** Whether all that is within reach of the bound could be looked at. */
  closeWithin(found, within) {
    const { effort, roster } = this;
    const model = arcModel(this.highs, roster, this.program, this.pricing, found.duals, within, MOST_BINARIES);
    if (model === void 0) return false;
    const until = Math.min(effort.limit, effort.spent + effort.limit * 0.5);
    const reach = found.value + within;
    const answer = solveArcs(this.highs, model, effort, { until, cutoff: this.state.cost, reach });
    if (answer.lines !== void 0) this.keepBetter(answer.lines);
    this.tell();
    if (answer.proved) this.raise(Math.min(answer.value, reach));
    return answer.proved;
  }
  keepBetter(lines) {
    const before = this.state.lines.map((line) => line.slice());
    const { cost } = this.state;
    this.state.copyFrom(lines);
    if (this.state.cost >= cost) this.state.copyFrom(before);
  }
  improve(movable, found) {
    const { temperature, effort } = this;
    const left = () => 1 - effort.spent / effort.limit;
    if (found === void 0) {
      this.search(movable, left(), temperature, this.grain * 0.3 || temperature * 0.01);
      return;
    }
    this.search(movable, left() * 0.35, temperature, Math.max(temperature * 0.01, this.grain * 0.3), found.duals);
    const tools = {
      highs: this.highs,
      roster: this.roster,
      pricing: this.pricing,
      pool: this.pool,
      effort
    };
    let size = Math.min(10, movable.length);
    let lastGap = Infinity;
    while (!effort.over() && !this.done()) {
      const people = choosePeople(movable, size, this.random);
      const better = regroup(this.state, people, tools, {
        until: effort.limit,
        random: this.random,
        duals: found.duals,
        grain: this.grain || 1e-4
      });
      if (better) this.tell();
      const gap = this.state.cost - found.value;
      if (gap < Math.min(lastGap, 5 * this.stepAt(found)) && !this.done()) {
        lastGap = gap;
        this.closeWithin(found, gap);
      }
      size = Math.min(movable.length, 8 + Math.floor(this.random() * 8));
    }
  }
};
function choosePeople(people, count, random) {
  const chosen = /* @__PURE__ */ new Set();
  while (chosen.size < Math.min(count, people.length)) chosen.add(people[Math.floor(random() * people.length)]);
  return [...chosen];
}
function grainOf(problem) {
  let grain = 0;
  const take = (cost) => {
    if (!Number.isInteger(cost)) return false;
    for (let rest = Math.abs(cost); rest !== 0; ) [grain, rest] = [rest, grain % rest];
    return true;
  };
  const whole = problem.needs.every((need) => take(need.under) && take(need.over) && Number.isInteger(need.required)) && problem.needs.every((need) => need.coefficients?.every(Number.isInteger) ?? true) && problem.people.every(
    (person) => person.rules.overtime === void 0 && person.wishes.every((wish) => take(wish.weight))
  );
  return whole ? grain : 0;
}

// packages/staffing/bench/flow-model.ts
function plainHighs(highs, problem, seconds) {
  const roster = compileRoster(problem);
  const effort = new Effort(Infinity);
  const program = new LineProgram(roster, effort);
  const pricing = new Pricing(roster, program, new ColumnPool(roster), effort);
  const everything = arcModel(highs, roster, program, pricing, new Float64Array(roster.rows), 1e12, Infinity);
  const solver = highs.createModel();
  try {
    solver.options.set({ output_flag: false, mip_rel_gap: 0, time_limit: seconds });
    solver.passModel(everything.data);
    solver.run();
    const value = solver.getObjectiveValue();
    return Math.abs(value) < 1e20 ? value : void 0;
  } finally {
    solver.dispose();
  }
}

// packages/staffing/bench/published-instance.ts
import { readFileSync } from "node:fs";
import { join } from "node:path";
var INSTANCES = process.env.PATHWAY_ROSTER_INSTANCES ?? "";
var BEST_KNOWN = {
  1: 607,
  2: 828,
  3: 1001,
  4: 1716,
  5: 1143,
  6: 1950,
  7: 1056,
  8: 1300,
  10: 4631,
  11: 3443,
  12: 4040,
  14: 1278
};
function publishedInstance(number) {
  return parseInstance(readFileSync(join(INSTANCES, `Instance${number}.txt`), "utf8"));
}
function sectionsOf(text) {
  const sections = /* @__PURE__ */ new Map();
  let current = [];
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    if (line.startsWith("SECTION_")) {
      current = [];
      sections.set(line, current);
    } else current.push(line.split(","));
  }
  return sections;
}
function parseInstance(text) {
  const sections = sectionsOf(text);
  const rows2 = (name) => sections.get(`SECTION_${name}`) ?? [];
  const days = Number(rows2("HORIZON")[0][0]);
  const shifts = rows2("SHIFTS").map(([id, minutes]) => ({ id, minutes: Number(minutes) }));
  const shiftAt = new Map(shifts.map(({ id }, index) => [id, index]));
  const forbidden = rows2("SHIFTS").flatMap(
    ([id, , after = ""]) => after.split("|").filter((other) => other !== "").map((other) => [shiftAt.get(id), shiftAt.get(other)])
  );
  const of = (section, id) => rows2(section).filter(([person]) => person === id);
  const people = rows2("STAFF").map((fields) => {
    const [id, most, maxMinutes, minMinutes, maxRun, minRun, minOff, weekends] = fields;
    const mostOf = most.split("|").map((part) => part.split("=")).map(([shift, count]) => [shiftAt.get(shift), Number(count)]);
    const wishes = (kind, section) => of(section, id).map(([, day, shift, weight]) => ({
      kind,
      day: Number(day),
      shift: shiftAt.get(shift),
      weight: Number(weight)
    }));
    return {
      id,
      shifts: mostOf.filter(([, count]) => count > 0).map(([shift]) => shift),
      rules: {
        minMinutes: Number(minMinutes),
        maxMinutes: Number(maxMinutes),
        maxRun: Number(maxRun),
        minRun: Number(minRun),
        minOff: Number(minOff),
        forbidden,
        limits: [
          { of: "weekends", most: Number(weekends) },
          ...mostOf.filter(([, count]) => count > 0 && count < days).map(([shift, count]) => ({ of: "shifts", shifts: [shift], most: count, per: "period" }))
        ]
      },
      away: of("DAYS_OFF", id).flatMap(
        ([, ...dates]) => dates.filter((day) => day !== "").map((day) => ({ day: Number(day) }))
      ),
      fixed: [],
      wishes: [...wishes("on", "SHIFT_ON_REQUESTS"), ...wishes("off", "SHIFT_OFF_REQUESTS")]
    };
  });
  const needs = rows2("COVER").map(([day, shift, required, under, over]) => ({
    id: `${day} ${shift}`,
    required: Number(required),
    under: Number(under),
    over: Number(over),
    slots: [{ day: Number(day), shift: shiftAt.get(shift) }]
  }));
  return { days, firstWeekday: 0, shifts, people, needs };
}

// packages/staffing/bench/rosters.ts
var EFFORT = 60;
var LONGER = { 12: 120, 14: 120 };
var PLAIN_SECONDS = 60;
async function run(args) {
  if (INSTANCES === "") {
    console.log(
      "The published instances are not here: set PATHWAY_ROSTER_INSTANCES to the folder with Instance1.txt \u2026"
    );
    return;
  }
  const seeds = args.includes("--seeds") ? Number(args[args.indexOf("--seeds") + 1]) : 1;
  const plain = args.includes("--plain");
  const numbers = args.filter((each, index) => /^\d+$/.test(each) && args[index - 1] !== "--seeds").map(Number);
  console.log("instance     ours   best known   bound    gap      proved   CPU s   to 1 %   plain HiGHS, 60 s");
  for (const row of rows(numbers)) await measure(row, seeds, plain);
}
function rows(numbers) {
  const wanted = numbers.length > 0 ? numbers : [...Object.keys(BEST_KNOWN).map(Number), 500];
  return wanted.map((number) => {
    if (number === 500)
      return { name: "500 people", problem: tenfold(publishedInstance(11)), bestKnown: 34430, effort: EFFORT };
    return {
      name: String(number),
      problem: publishedInstance(number),
      bestKnown: BEST_KNOWN[number],
      effort: LONGER[number] ?? EFFORT
    };
  });
}
function tenfold(problem) {
  return {
    ...problem,
    people: Array.from(
      { length: 10 },
      (_, copy) => problem.people.map((person) => ({ ...person, id: `${person.id}${copy}` }))
    ).flat(),
    needs: problem.needs.map((need) => ({ ...need, required: need.required * 10 }))
  };
}
async function measure(row, seeds, plain) {
  const results = [];
  for (let seed = 1; seed <= seeds; seed += 1) {
    const highs = await loadSolver();
    const start = process.cpuUsage();
    const cpu = () => {
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1e6;
    };
    let first = Infinity;
    let near = Infinity;
    const solution = solveRoster(highs, row.problem, {
      seed,
      effort: row.effort,
      onProgress: ({ cost, bound }) => {
        first = Math.min(first, cpu());
        if (bound !== void 0 && cost <= bound * 1.01) near = Math.min(near, cpu());
      }
    });
    const seconds = cpu();
    const checked = evaluateRoster(row.problem, solution.roster);
    if (checked.violations.length > 0 || Math.abs(checked.cost - solution.cost) > 1e-6)
      throw new Error(`${row.name}: the roster does not hold what the solver says of it`);
    results.push({ ...solution, seconds, near });
  }
  results.sort((a, b) => a.cost - b.cost || a.seconds - b.seconds);
  const median = results[Math.floor((results.length - 1) / 2)];
  const beside = plain && row.problem.people.length <= 60 ? plainHighs(await loadSolver(), row.problem, PLAIN_SECONDS) : void 0;
  const cells = [
    row.name.padEnd(11),
    String(median.cost).padStart(6),
    String(row.bestKnown).padStart(11),
    String(median.bound).padStart(9),
    `${(100 * median.gap).toFixed(2)} %`.padStart(8),
    (median.optimal ? "yes" : "no").padStart(8),
    median.seconds.toFixed(1).padStart(8),
    (median.near < Infinity ? median.near.toFixed(1) : "\u2013").padStart(8),
    beside === void 0 ? plain ? "none" : "" : `${Math.round(beside)} (${(beside / median.cost).toFixed(2)} \xD7 ours)`
  ];
  console.log(cells.join("  "));
}
export {
  run
};
