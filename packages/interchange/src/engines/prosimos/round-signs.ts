import type { InputExpression } from '@pathway/simulation';
import { no } from './conditions.js';
import { constantOf, writtenLaw } from './durations.js';
import type { FlowDraft, Op, Way } from './flow-draft.js';
import { chanceSign, conditionOf } from './gateway-signs.js';
import { eventSign } from './work-signs.js';

/** Rounds of a known number stand one after another; others lead back. */
export function roundsSign(
  flow: FlowDraft,
  { activity, register, times, to }: Op<'rounds'>,
  at: number,
  way: Way,
): string {
  if (times === undefined) return flow.sign(at + 1, way);
  const count = constantOf(times);
  if (count === undefined) {
    flow.findings.refuse('repeat', flow.findings.activity(activity), 'Prosimos has no rounds whose number varies');
    return flow.end;
  }
  if (Math.round(count) < 1) return flow.sign(to, way);
  return flow.sign(at + 1, { ...way, rounds: { ...way.rounds, [register]: 0 } });
}

/** Whether there is another round: a way back, or the next of a known number. */
export function againSign(
  flow: FlowDraft,
  { activity, register, until, again, every, to }: Op<'again'>,
  at: number,
  way: Way,
  key: string,
): string {
  const place = flow.findings.activity(activity);
  const { [register]: made, ...others } = way.rounds;
  const over: Way = { ...way, rounds: others };
  const begins = timesOf(flow, activity, register);
  if (made !== undefined && begins !== undefined && made + 1 >= begins - 0.5) return flow.sign(at + 1, over);
  const next: Way = made === undefined ? way : { ...way, rounds: { ...way.rounds, [register]: made + 1 } };
  const chance = again === undefined ? 1 : constantOf(again);
  if (chance === undefined) {
    flow.findings.refuse('shares that vary', place, 'Prosimos has no shares that vary');
    return flow.end;
  }
  const further = (): string => gapSign(flow, activity, every, to, next);
  const oneMore = (): string =>
    chance >= 1
      ? further()
      : chanceSign(
          flow,
          activity,
          [
            { to: further, share: chance },
            { to: () => flow.sign(at + 1, over), share: 1 - chance },
          ],
          (each) => each(),
          until === undefined ? key : undefined,
        );
  if (until === undefined) return oneMore();
  const condition = conditionOf(flow, activity, until);
  const gateway = flow.chart.add({ id: flow.fresh(`${flow.name(activity)}.until`), kind: 'exclusive', name: 'Done?' });
  flow.remember(key, gateway);
  flow.chart.connect({ from: gateway, to: flow.sign(at + 1, over), name: 'done', share: 0.5, condition });
  flow.chart.connect({ from: gateway, to: oneMore(), name: '', share: 0.5, condition: no(condition) });
  return gateway;
}

/** What is between two rounds, told as a time of its own. */
function gapSign(flow: FlowDraft, activity: number, every: InputExpression | undefined, to: number, way: Way): string {
  if (every === undefined || constantOf(every) === 0) return flow.sign(to, way);
  const place = flow.findings.activity(activity);
  const gap = flow.findings.attempt('repeat', place, () => writtenLaw(every));
  if (gap === undefined) return flow.end;
  if (gap.otherwise !== undefined) flow.findings.say('repeat', place, gap.otherwise);
  flow.findings.say('repeat', place, 'the time between rounds is counted from the end of a round');
  const key = JSON.stringify(['gap', activity, to, way]);
  const known = flow.known(key);
  if (known !== undefined) return known;
  return eventSign(flow, flow.title(activity), `${flow.name(activity)}.gap`, gap.law, to, way, key);
}

/** How many rounds there are, where that is known. */
function timesOf(flow: FlowDraft, activity: number, register: number): number | undefined {
  const header = flow.input.instructions.find(
    (each): each is Op<'rounds'> => each.op === 'rounds' && each.activity === activity && each.register === register,
  );
  return header?.times === undefined ? undefined : constantOf(header.times);
}
