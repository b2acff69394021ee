import type { AstNode } from 'langium';
import * as ast from '../generated/ast.js';
import type { Variation } from './constants.js';
import { type Demand, DRAWN, FIXED, PATIENT } from './demands.js';
import type { Place } from './quantity-places.js';

const SEEN: readonly Variation[] = ['state'];

/** The types of nodes in which `crisisPlacesIn` finds a place. */
export const CRISIS_PLACES: readonly string[] = [
  ast.Trigger,
  ast.AveragedProperty,
  ast.ScoreProperty,
  ast.Span,
  ast.CrisisMoment,
  ast.CurveParameter,
  ast.DivertEffect,
  ast.AbsentEffect,
  ast.LoseEffect,
  ast.SlowEffect,
  ast.CutEffect,
  ast.Response,
  ast.ReroutePatch,
  ast.DelayPatch,
  ast.DivertPatch,
  ast.AddPatch,
  ast.CallInPatch,
  ast.AllowPatch,
  ast.RationPatch,
  ast.ConvertPatch,
  ast.RecoversProperty,
  ast.CardAction,
  ast.RecoveryProperty,
  ast.DependsProperty,
].map(({ $type }) => $type);

/** What each parameter of an epidemic's curve measures. */
const PARAMETERS: Readonly<Record<string, Demand>> = {
  population: { measures: 'count', varies: FIXED, least: 'above 0' },
  infected: { measures: 'count', varies: FIXED, least: 'above 0' },
  total: { measures: 'count', varies: FIXED, least: 'above 0' },
  reproduction: { measures: 'number', varies: FIXED, least: 'above 0' },
  latent: { measures: 'duration', varies: FIXED, least: 'above 0' },
  infectious: { measures: 'duration', varies: FIXED, least: 'above 0' },
  doubling: { measures: 'duration', varies: FIXED, least: 'above 0' },
  peak: { measures: 'duration', varies: FIXED, least: 0 },
  delay: { measures: 'duration', varies: FIXED, least: 0 },
  admitted: { measures: 'share', varies: FIXED },
};

function at(
  place: string,
  expression: ast.Expression | undefined,
  measures: Demand['measures'],
  varies: readonly Variation[] = FIXED,
  least?: Demand['least'],
): Place {
  return { expression, place, demand: { measures, varies, ...(least !== undefined && { least }) } };
}

/** Where expressions stand in what is watched, in crises and in responses, with what each place demands. */
export function crisisPlacesIn(node: AstNode): readonly Place[] {
  if (ast.isTrigger(node)) {
    return [
      at('when', node.condition, 'condition', SEEN),
      at('for', node.lasting, 'duration', FIXED, 'above 0'),
      at('until', node.until, 'condition', SEEN),
      at('for', node.calm, 'duration', FIXED, 'above 0'),
    ];
  }
  if (ast.isAveragedProperty(node)) return [at('averaged over', node.window, 'duration', FIXED, 'above 0')];
  if (ast.isScoreProperty(node)) return [at('score', node.value, 'any quantity', SEEN)];
  if (ast.isSpan(node)) return [at('for', node.lasting, 'duration', DRAWN, 'above 0')];
  if (ast.isCrisisMoment(node)) return [at('day', node.day, 'number', FIXED, 0)];
  if (ast.isCurveParameter(node)) {
    const demand = PARAMETERS[node.name];
    return demand === undefined ? [] : [{ expression: node.value, place: node.name, demand }];
  }
  if (ast.isDivertEffect(node) || ast.isDivertPatch(node)) return [at('divert', node.share, 'share')];
  if (ast.isAbsentEffect(node)) return [at('absent', node.share, 'share')];
  if (ast.isLoseEffect(node)) {
    return [
      at('lose', node.amount, 'count', FIXED, 1),
      at('by', node.share, 'share'),
      at('returns over', node.returns, 'duration', FIXED, 0),
    ];
  }
  if (ast.isSlowEffect(node)) return [at('by', node.share, 'number', FIXED, 0)];
  if (ast.isCutEffect(node)) return [at('by', node.share, 'share')];
  return placesInResponse(node);
}

function placesInResponse(node: AstNode): readonly Place[] {
  if (ast.isResponse(node)) return [at('for at most', node.limit, 'duration', FIXED, 'above 0')];
  if (ast.isReroutePatch(node)) return [at('when', node.condition, 'condition', [...PATIENT, ...SEEN])];
  if (ast.isDelayPatch(node)) {
    const varies = ast.isCohort(node.target?.ref) ? DRAWN : PATIENT;
    return [at('by', node.duration, 'duration', varies, 0)];
  }
  if (ast.isAddPatch(node) || ast.isCallInPatch(node)) {
    return [
      at(ast.isAddPatch(node) ? 'add' : 'call in', node.amount, 'count', FIXED, 1),
      at('after', node.lead, 'duration', DRAWN, 0),
      at('cost', node.cost, 'money per time', FIXED, 0),
    ];
  }
  if (ast.isAllowPatch(node)) {
    return [at('trained', node.training, 'duration', FIXED, 0), at('speed', node.speed, 'number', FIXED, 'above 0')];
  }
  if (ast.isRationPatch(node)) return [at('by', node.priority, 'number', PATIENT)];
  if (ast.isConvertPatch(node)) {
    return [at('convert', node.amount, 'count', FIXED, 1), at('after', node.lead, 'duration', DRAWN, 0)];
  }
  if (ast.isRecoversProperty(node)) return [at('recovers after', node.delay, 'duration', FIXED, 0)];
  if (ast.isCardAction(node)) return [at('within', node.limit, 'duration', FIXED, 0)];
  if (ast.isRecoveryProperty(node)) return [at(node.kind, node.value, 'duration', FIXED, 0)];
  if (ast.isDependsProperty(node)) return [at('battery', node.battery, 'duration', DRAWN, 0)];
  return [];
}
