import type { AstNode } from 'langium';
import type { Diagnostic } from '@pathway/model';
import { createDiagnostic } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { originOf, originOfHead, originOfProperty } from './places.js';
import { targetOf } from './references.js';

/** The points of an instrument; 0 to 5 where it says nothing. */
function scaleOf(instrument: ast.Instrument): { readonly low: number; readonly high: number } {
  const points = instrument.properties.find(ast.isPointsProperty);
  return points?.low === undefined || points.high === undefined ? { low: 0, high: 5 } : points;
}

function* pointsExist(
  node: AstNode,
  points: number | undefined,
  instrument: ast.Instrument | undefined,
): Generator<Diagnostic> {
  if (points === undefined || instrument === undefined) return;
  const { low, high } = scaleOf(instrument);
  if (Number.isInteger(points) && points >= low && points <= high) return;
  const sentence = `\`${instrument.name}\` gives whole points from ${low} to ${high}, not ${points}.`;
  yield createDiagnostic('PW8050', { sentence }, originOfProperty(node, 'points'));
}

/** A template needs points that the instrument gives. */
export function* requiredPointsExist(requirement: ast.Requirement): Generator<Diagnostic> {
  const dimension = targetOf(requirement.dimension);
  if (ast.isInstrument(dimension?.$container))
    yield* pointsExist(requirement, requirement.points, dimension.$container);
}

/** Its points go up, its stages follow one another up to the highest points, and it has dimensions. */
export function* instrumentIsInOrder(instrument: ast.Instrument): Generator<Diagnostic> {
  const { low, high } = scaleOf(instrument);
  const points = instrument.properties.find(ast.isPointsProperty);
  if (points !== undefined && !(Number.isInteger(low) && Number.isInteger(high) && low < high)) {
    yield createDiagnostic(
      'PW8050',
      { sentence: `Points go up in whole numbers, not from ${low} to ${high}.` },
      originOf(points),
    );
    return;
  }
  const dimensions = instrument.properties.filter(ast.isMaturityDimension);
  if (dimensions.length === 0)
    yield createDiagnostic(
      'PW8050',
      { sentence: `\`${instrument.name}\` has no dimension to give points for.` },
      originOfHead(instrument),
    );
  for (const anchor of dimensions.flatMap(({ anchors }) => anchors))
    yield* pointsExist(anchor, anchor.points, instrument);
  const split = instrument.properties.find(ast.isSplitProperty);
  if (split?.band !== undefined && !(Number.isInteger(split.band) && split.band >= 1 && split.band <= high - low + 1)) {
    const sentence = `A band is of 1 to ${high - low + 1} neighbouring points, not ${split.band}.`;
    yield createDiagnostic('PW8050', { sentence }, originOfProperty(split, 'band'));
  }
  yield* stagesFollow(instrument, low, high);
}

function* stagesFollow(instrument: ast.Instrument, low: number, high: number): Generator<Diagnostic> {
  const stages = instrument.properties.filter(ast.isStageProperty);
  let before = low - 1;
  for (const stage of stages) {
    if (stage.highest === undefined) return;
    if (!Number.isInteger(stage.highest) || stage.highest <= before || stage.highest > high) {
      const sentence = `The stage \`${stage.name}\` goes to ${stage.highest}, which is not above ${before} and at most ${high}.`;
      yield createDiagnostic('PW8050', { sentence }, originOf(stage));
      return;
    }
    before = stage.highest;
  }
  const last = stages.at(-1);
  if (last !== undefined && before < high) {
    const sentence = `The last stage, \`${last.name}\`, goes to ${before}, and points to ${high}.`;
    yield createDiagnostic('PW8050', { sentence }, originOf(last));
  }
}

/** Each rater rates a dimension once, with points that the instrument gives. */
export function* ratingsCount(assessment: ast.Assessment): Generator<Diagnostic> {
  const instrument = targetOf(assessment.instrument);
  for (const item of assessment.items) {
    if (ast.isImprovement(item)) yield* pointsExist(item, item.points, instrument);
    if (!ast.isRater(item)) continue;
    const seen = new Map<AstNode, AstNode>();
    for (const rating of item.ratings) {
      yield* pointsExist(rating, rating.points, instrument);
      const dimension = targetOf(rating.dimension);
      if (dimension === undefined) continue;
      const first = seen.get(dimension);
      if (first === undefined) seen.set(dimension, rating);
      else {
        const sentence = `\`${item.name}\` rates \`${dimension.name}\` here for the second time.`;
        yield createDiagnostic('PW8050', { sentence }, originOf(rating), {
          related: [{ message: 'The first time is here.', origin: originOf(first) }],
        });
      }
    }
  }
}
