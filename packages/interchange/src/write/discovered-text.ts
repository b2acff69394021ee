import type { Calibration, StepFigures } from '../calibrate.js';
import { type FlowTree, isNothing, labelsOf } from '../discovery/flow-tree.js';
import { shareInterval } from '../statistics/intervals.js';
import { arrivalsText, attributeText, comments, sourceText, stayNotes, type TextOptions } from './common-parts.js';
import { commented, identifier, Names, quoted, reference } from './names.js';
import { between, count, duration, fitLines, percent, plural } from './numbers.js';
import { uncertainDuration, UncertainNumbers } from './uncertain-numbers.js';

export interface DiscoveredOptions extends TextOptions {
  /** Name of the pathway. */
  readonly name: string;
  /** IANA name of the zone of the log's clocks. */
  readonly timezone?: string;
  /** Whether the time before a step starts becomes a step of its own, where the log has starts. */
  readonly waits: boolean;
}

const SOURCE = 'EventLog';
/** Names that the text declares beside the pathway. */
const DECLARED = [SOURCE, 'Region', 'Site', 'Patients', 'TimeInCare', 'AsObserved', 'Calibrated', 'CalibratedStudy'];
/** A wait before fewer than this share of the starts is not written. */
const SOME_WAIT = 0.05;

/**
 * The text of a project that says what a log says: source, cohort, pathway, and a study that runs it. It is not in the
 * canonical form yet; the formatter gives it that.
 */
export function discoveredText(calibration: Calibration, options: DiscoveredOptions): string {
  return new DiscoveredWriter(calibration, options).text();
}

class DiscoveredWriter {
  private readonly names = new Names();
  private readonly numbers: UncertainNumbers;
  private readonly figures: ReadonlyMap<string, StepFigures>;

  constructor(
    private readonly calibration: Calibration,
    private readonly options: DiscoveredOptions,
  ) {
    this.numbers = new UncertainNumbers(SOURCE, [identifier(options.name), ...DECLARED]);
    this.figures = new Map(calibration.steps.map((step) => [step.place, step]));
  }

  text(): string {
    const { calibration, options } = this;
    const pathway = identifier(options.name);
    const zone = options.timezone;
    // Numbers are declared before they are used, and known once the rest is written.
    const cohort = this.cohort();
    const activities = this.block(calibration.tree);
    const lines = [
      '// What an event log says, written by `pathway calibrate`. Intervals in comments are 95 %.',
      '// Nothing here comes from fewer than ' + plural(calibration.threshold, 'case') + '.',
      '',
      ...sourceText(calibration, SOURCE, options),
      '',
      ...(zone === undefined
        ? []
        : ['territory Region "Where the log was written" {', `timezone ${quoted(zone)}`, '}', '']),
      `organisation Site "Where the log was written"${zone === undefined ? '' : ' { in Region }'}`,
      '',
      ...this.numbers.lines,
      ...(this.numbers.lines.length === 0 ? [] : ['']),
      ...cohort,
      '',
      `/** ${commented(this.conformance())} */`,
      `pathway ${pathway} ${quoted(options.name)} for Patients {`,
      'owner Site',
      `source ${SOURCE}`,
      ...activities,
      '}',
      '',
      ...this.study(pathway),
    ];
    return `${lines.join('\n')}\n`;
  }

  private cohort(): string[] {
    const { arrivals, attributes } = this.calibration;
    const lines = ['cohort Patients "Patients of the log" {'];
    if (arrivals !== undefined) {
      const { notes, value } = arrivalsText(arrivals, this.numbers);
      lines.push(...comments(notes), `arrives ${value}`);
    }
    const names = new Names();
    for (const mix of attributes) {
      const { notes, value } = attributeText(mix, this.calibration.threshold);
      lines.push(...comments(notes));
      if (value !== undefined) {
        const name = names.for(mix.name);
        lines.push(`attribute ${reference(name)}${name === mix.name ? '' : ` ${quoted(mix.name)}`} ${value}`);
      }
    }
    return [...lines, `source ${SOURCE}`, '}'];
  }

  private conformance(): string {
    const { replay, facts } = this.calibration;
    const aligned = replay.cases - replay.notAligned;
    const rare =
      facts.rareActivities === 0
        ? ''
        : ` ${plural(facts.rareActivities, 'activity', 'activities')} of fewer than ${this.calibration.threshold} cases left out.`;
    return `Discovered from the log. ${percent(replay.fitness)} fitness; ${percent(aligned === 0 ? 0 : replay.perfect / aligned)} of the cases follow it in everything.${rare}`;
  }

  private block(tree: FlowTree): string[] {
    switch (tree.kind) {
      case 'step':
        return this.step(tree.place, tree.label);
      case 'sequence':
        return tree.parts.flatMap((part) => this.block(part));
      case 'choice':
        return this.choice(tree.place, tree.branches);
      case 'parallel': {
        const branches = tree.branches.flatMap((branch) => [
          `branch ${this.names.fresh(`${this.firstOf(branch)} branch`)} {`,
          ...this.block(branch),
          '}',
        ]);
        return ['together {', ...branches, '}'];
      }
      case 'loop':
        return this.loop(tree.place, tree.body, tree.redo);
    }
  }

  private step(place: string, label: number | undefined): string[] {
    const title = label === undefined ? '' : (this.calibration.names[label] ?? '');
    const name = this.names.fresh(title);
    const figures = this.figures.get(place);
    const lines: string[] = [];
    if (figures?.measures === 'work' && this.options.waits && figures.wait !== undefined) {
      const { wait } = figures;
      if (wait.zeroShare < 1 - SOME_WAIT && wait.mean > 0)
        lines.push(
          ...comments([
            'Time before the next step starts. Take this out where the step gets its staff and beds: queues make it then.',
            ...fitLines(wait, duration),
          ]),
          `step ${this.names.fresh(`Before ${title}`)} ${quoted(`Wait before ${title}`)} { takes ${this.numbers.law(wait, `Before ${title}`, `Mean wait before ${title}`, duration)} }`,
        );
    }
    lines.push(`step ${name} ${quoted(title)} {`);
    if (figures !== undefined) {
      const performers =
        figures.performers >= this.calibration.threshold ? ` By ${figures.performers} performers.` : '';
      if (performers !== '') lines.push(`//${performers}`);
      const { duration: fit } = figures;
      if (fit === undefined) lines.push(`// Seen too rarely to say how long it takes.`);
      else if (fit.mean > 0) {
        const what = figures.measures === 'work' ? 'From start to end.' : 'Since the step before, waits included.';
        lines.push(
          ...comments([what, ...fitLines(fit, duration)]),
          `takes ${uncertainDuration(this.numbers, fit, title)}`,
        );
      }
    }
    return [...lines, `source ${SOURCE}`, '}'];
  }

  private choice(place: string, branches: readonly FlowTree[]): string[] {
    const counts = branches.map((_, i) => this.calibration.replay.choices.get(place)?.[i] ?? 0);
    const total = counts.reduce((sum, each) => sum + each, 0);
    const kept = branches.map((_, i) => i).filter((i) => counts[i]! >= this.calibration.threshold);
    if (kept.length === 0) return [];
    if (kept.length === 1 && total - counts[kept[0]!]! < this.calibration.threshold)
      return this.block(branches[kept[0]!]!);
    // The rest goes the way of those who do nothing more, or else of most.
    const most = kept.reduce((best, i) => (counts[i]! > counts[best]! ? i : best));
    const rest = kept.find((i) => isNothing(branches[i]!)) ?? most;
    const lines = ['choose {'];
    for (const i of kept.filter((each) => each !== rest)) {
      const interval = between(shareInterval(counts[i]!, total), percent);
      lines.push(
        `// ${count(counts[i]!)} of ${count(total)}: ${interval}.`,
        `${this.numbers.share(counts[i]!, total, this.firstOf(branches[i]!), `Share of ${this.firstOf(branches[i]!)}`)} {`,
        ...this.block(branches[i]!),
        '}',
      );
    }
    return [...lines, 'otherwise {', ...this.block(branches[rest]!), '}', '}'];
  }

  private loop(place: string, body: FlowTree, redo: FlowTree): string[] {
    const { entries = 0, rounds = 0, repeated = 0 } = this.calibration.replay.loops.get(place) ?? {};
    const again = rounds - entries;
    if (again < this.calibration.threshold) return this.block(body);
    if (isNothing(redo))
      return [
        `// Again after ${count(again)} of ${count(rounds)} rounds: ${between(shareInterval(again, rounds), percent)}.`,
        `repeat again with ${this.numbers.share(again, rounds, `${this.firstOf(body)} again`, `Again ${this.firstOf(body)}`)} {`,
        ...this.block(body),
        '}',
      ];
    const further = again - repeated;
    const first = this.block(body);
    const second = [...this.block(redo), ...this.block(body)];
    return [
      ...first,
      'choose {',
      `// ${count(repeated)} of ${count(entries)} go back: ${between(shareInterval(repeated, entries), percent)}.`,
      `${this.numbers.share(repeated, entries, `Back to ${this.firstOf(body)}`, `Back to ${this.firstOf(body)}`)} {`,
      `// Once more after ${count(further)} of ${count(again)}: ${between(shareInterval(further, again), percent)}.`,
      ...(further === 0 ? second : [`repeat again with ${percent(further / again)} {`, ...second, '}']),
      '}',
      'otherwise { }',
      '}',
    ];
  }

  private firstOf(tree: FlowTree): string {
    const [first] = labelsOf(tree);
    return first === undefined ? 'Other' : (this.calibration.names[first] ?? 'Other');
  }

  private study(pathway: string): string[] {
    const { stay, facts, threshold } = this.calibration;
    // Long enough for those who stay longest to have come and gone, as in the middle of the log.
    const warmUp = Math.min(1000, Math.max(1, Math.ceil((3 * stay.long) / 86_400)));
    return [
      ...comments(stayNotes(stay, threshold)),
      `indicator TimeInCare "From the first to the last event" {`,
      'time from arrival to exit',
      'aim experience',
      '}',
      '',
      'scenario AsObserved "As the log has it" { }',
      '',
      `study ${pathway === 'Calibrated' ? 'CalibratedStudy' : 'Calibrated'} "Does the pathway behave as the log?" {`,
      'compare AsObserved',
      `from ${facts.first} 00:00`,
      `run ${Math.max(365, warmUp)} d after ${warmUp} d warm-up`,
      'replicate 10 times',
      'seed 1',
      '}',
    ];
  }
}
