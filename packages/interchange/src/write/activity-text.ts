import {
  type Activity,
  type Branch,
  type Consumption,
  formatClock,
  type Gather,
  type Hold,
  type Need,
  type NeedTarget,
  type ParallelBranch,
  type Release,
  type Repeat,
  type Step,
  type Wait,
} from '@pathway/model';
import { activityName, amountText, declaredName, guardedName, sourceText } from './expressions.js';
import { quoted } from './names.js';

/** What follows a keyword up to the block: `Scan "CT scan"`, `1 Bed as Ward`, `at most 2 times every 90 d`. */
export function headOf(activity: Activity): string {
  switch (activity.kind) {
    case 'step':
      return joined(declaredName(activity.name), titleText(activity));
    case 'hold':
      return holdHead(activity);
    case 'release':
      return releaseHead(activity);
    case 'choose':
      return joined(
        activity.name,
        titleText(activity),
        activity.attribute === undefined ? undefined : `by ${activity.attribute}`,
      );
    case 'together':
    case 'race':
      return joined(activity.name, titleText(activity));
    case 'gather':
      return gatherHead(activity);
    case 'repeat':
      return repeatHead(activity);
    case 'wait':
      return waitHead(activity);
    case 'set':
      return `${activity.attribute} = ${sourceText(activity.value)}`;
    case 'go to':
      return activityName(activity.to);
    case 'call':
      return declaredName(activity.pathway);
    case 'finish':
      return joined(declaredName(activity.outcome), titleText(activity));
  }
}

/** What stands before the block of a branch of `choose`: `24% as Rehab "To rehabilitation"`. */
export function branchHead({ when, name, title, label }: Branch & { readonly title?: string }): string {
  const words = {
    share: () => (when.kind === 'share' ? shareText(sourceText(when.share)) : ''),
    category: () => (when.kind === 'category' ? when.values.join(' or ') : ''),
    condition: () => (when.kind === 'condition' ? `when ${sourceText(when.condition)}` : ''),
    otherwise: () => 'otherwise',
  };
  const text = words[when.kind]();
  const shown = title ?? (isRepeated(label, text, when) ? undefined : label);
  return joined(text, name === undefined ? undefined : `as ${name}`, shown === undefined ? undefined : quoted(shown));
}

/** A label that only says again what decides is no title. */
function isRepeated(label: string, text: string, when: Branch['when']): boolean {
  return (
    label === '' || label === text || text === `when ${label}` || when.kind === 'category' || label === 'otherwise'
  );
}

function shareText(text: string): string {
  return /^\d[\d.]*%$/.test(text) || /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text) ? text : `(${text})`;
}

/** What stands before the block of a branch of `together` or `race`, without the word `branch`. */
export function parallelHead(branch: ParallelBranch): string {
  return joined(declaredName(branch.name), titleText(branch));
}

/** The lines of a step between its braces, without its ways out and workarounds, which are blocks of their own. */
export function stepLines(step: Step): readonly string[] {
  const lines: string[] = [];
  if (step.organisation !== undefined) lines.push(`at ${declaredName(step.organisation)}`);
  const [things, people] = [step.needs.filter(isOfThings), step.needs.filter((need) => !isOfThings(need))];
  if (people.length > 0) lines.push(`by ${people.map(needText).join(', ')}`);
  if (things.length > 0) lines.push(`uses ${things.map(needText).join(', ')}`);
  if (step.consumes !== undefined) lines.push(`consumes ${step.consumes.map(consumptionText).join(', ')}`);
  if (step.takes !== undefined) lines.push(`takes ${sourceText(step.takes)}`);
  if (step.within !== undefined) {
    const { limit, of, share } = step.within;
    const since = of === 'arrival' ? 'arrival' : activityName(of);
    lines.push(`within ${sourceText(limit)} of ${since}${share === undefined ? '' : ` for ${sourceText(share)}`}`);
  }
  for (const cost of step.costs) lines.push(`costs ${sourceText(cost)}`);
  if (step.priority !== undefined) lines.push(`priority ${sourceText(step.priority)}`);
  if (step.handover !== undefined) lines.push(handoverText(step.handover));
  const fallbacks = step.fallbacks ?? [];
  const bridged = new Set(fallbacks.flatMap(({ on }) => on));
  const others = step.dependsOn.filter((id) => !bridged.has(id));
  if (others.length > 0) lines.push(`depends on ${others.map(declaredName).join(', ')}`);
  for (const { on, battery, workaround } of fallbacks) {
    const way = workaround === undefined ? '' : ` workaround { ${workaround.map(activityText).join(' ')} }`;
    const lasts = battery === undefined ? '' : ` battery ${sourceText(battery)}`;
    lines.push(`depends on ${on.map(declaredName).join(', ')}${lasts}${way}`);
  }
  if (step.remote) lines.push('remote');
  if (step.interruption !== undefined) lines.push(`interruptible ${step.interruption}`);
  if (step.preempts === true) lines.push('preempts');
  if (step.fitsShift === true) lines.push('fits the shift');
  if (step.handedOver === true) lines.push('may be handed over');
  return lines;
}

/** The lines of a hold before what happens in it, without its ways out. */
export function holdLines(hold: Hold): readonly string[] {
  const lines: string[] = [];
  if (hold.freesFirst) lines.push('frees first');
  if (hold.priority !== undefined) lines.push(`priority ${sourceText(hold.priority)}`);
  if (hold.preempts === true) lines.push('preempts');
  if (hold.moves !== undefined) lines.push(`moves to ${targetText(hold.moves.to)} when free`);
  return lines;
}

/** A whole activity on one line, with everything in it. */
function activityText(activity: Activity): string {
  const block = (body: readonly Activity[]): string => `{ ${body.map(activityText).join(' ')} }`;
  const head = `${activity.kind} ${headOf(activity)}`.trim();
  const asks = activity.kind === 'step' || activity.kind === 'hold' ? activity : undefined;
  const when = asks?.when === undefined ? '' : ` when ${sourceText(asks.when)}`;
  const waits =
    asks?.waits === undefined
      ? ''
      : ` waits at most ${sourceText(asks.waits.atMost)} else ${block(asks.waits.otherwise)}`;
  switch (activity.kind) {
    case 'step':
      return `${head}${when} { ${stepLines(activity).join(' ')}${waits} }`;
    case 'hold': {
      const none = activity.otherwise === undefined ? '' : ` else ${block(activity.otherwise)}`;
      return `${head}${when} { ${holdLines(activity).join(' ')}${waits} ${activity.body.map(activityText).join(' ')} }${none}`;
    }
    case 'choose':
      return `${head} { ${activity.branches.map((each) => `${branchHead(each)} ${block(each.body)}`).join(' ')} }`;
    case 'together':
    case 'race':
      return `${head} { ${activity.branches.map((each) => `branch ${parallelHead(each)} ${block(each.body)}`).join(' ')} }`;
    case 'gather':
    case 'repeat':
      return `${head} ${block(activity.body)}`;
    default:
      return head;
  }
}

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}

function titleText({ title }: { readonly title?: string }): string | undefined {
  return title === undefined ? undefined : quoted(title);
}

function holdHead(hold: Hold): string {
  const policy = { all: undefined, 'first free': 'first free of', 'least busy': 'least busy of' }[hold.policy];
  // Without `as`, its name is that of the first resource, and its id is none by name.
  const name = activityName(hold.id) === hold.name ? `as ${declaredName(hold.name)}` : undefined;
  return joined(policy, hold.needs.map(needText).join(', '), name, titleText(hold));
}

function releaseHead({ targets }: Release): string {
  return targets.map(declaredName).join(', ');
}

function gatherHead(gather: Gather): string {
  const { size, after, every, atMost, name } = gather;
  const how =
    every !== undefined && atMost !== undefined
      ? `at most ${amountText(atMost)} every ${sourceText(every)}`
      : [size && amountText(size), after && `after ${sourceText(after)}`]
          .filter((part) => part !== undefined)
          .join(' or ');
  return joined(how, name === undefined ? undefined : `as ${name}`, titleText(gather));
}

function repeatHead(repeat: Repeat): string {
  const { times, atMost, every, until, again } = repeat;
  return joined(
    titleText(repeat),
    atMost && `at most ${amountText(atMost)} times`,
    times && `${amountText(times)} times`,
    every && `every ${sourceText(every)}`,
    until && `until ${sourceText(until)}`,
    again && `again with ${sourceText(again)}`,
  );
}

function waitHead(wait: Wait): string {
  const { duration, until } = wait;
  const days = until?.days === undefined ? '' : ` on ${until.days.join(', ')}`;
  const time = until === undefined ? undefined : `until ${formatClock(until.at)}${days}`;
  return joined(wait.name, titleText(wait), duration && `for ${sourceText(duration)}`, time);
}

function isOfThings({ of }: Need): boolean {
  return of.some(({ kind }) => kind === 'resource');
}

function needText({ amount, of }: Need): string {
  const from = of.flatMap((target) => (target.kind === 'resource' ? [] : (target.from ?? [])))[0];
  const place = from === undefined ? '' : ` from ${declaredName(from)}`;
  return `${amountText(amount)} ${of.map(targetText).join(' or ')}${place}`;
}

function targetText(target: NeedTarget): string {
  if (target.kind === 'resource') return guardedName(target.resource);
  if (target.kind === 'role') return guardedName(target.role);
  return joined('with', declaredName(target.skill), target.level);
}

function consumptionText({ stock, amount, overTime }: Consumption): string {
  return `${amountText(amount)} ${guardedName(stock)}${overTime ? ' per s' : ''}`;
}

function handoverText({ to, by, returns }: NonNullable<Step['handover']>): string {
  return joined(
    `handover to ${to.map(declaredName).join(', ')}`,
    by.length === 0 ? undefined : `by ${by.map(channelText).join(', ')}`,
    returns === undefined ? undefined : `back by ${channelText(returns)}`,
  );
}

/** A channel is a kind, with what exactly in quotes. */
function channelText(channel: string): string {
  const [, kind = channel, detail] = /^(.*?) “(.*)”$/u.exec(channel) ?? [];
  return joined(declaredName(kind), detail === undefined ? undefined : quoted(detail));
}
