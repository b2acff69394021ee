import { type Assessment, constantValue, type Instrument, type Rater } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { documentationOf } from '../tree/documentation.js';
import { lowerExpression } from './expressions.js';
import type { LoweringContext } from './lowering-context.js';

/**
 * The rule of the Delphi use of SCIROCCO (Grooten et al., Int J Integr Care 18(4):1, 2018): raters are split where at least
 * a third of them stand outside the three neighbouring points that hold most of them around the median.
 */
const SPLIT = { share: 1 / 3, band: 3 } as const;
const POINTS = { low: 0, high: 5 } as const;

export function lowerInstrument(node: ast.Instrument, context: LoweringContext): Instrument {
  const { properties } = node;
  const points = properties.find(ast.isPointsProperty);
  const split = properties.find(ast.isSplitProperty);
  const url = properties.find(ast.isUrlProperty)?.url;
  return {
    ...context.declarationOf(node, properties.filter(ast.isSourceReference)),
    points: points === undefined ? POINTS : { low: points.low, high: points.high },
    split: split === undefined ? SPLIT : { share: shareOf(split, context), band: split.band },
    stages: properties.filter(ast.isStageProperty).map((stage) => ({
      name: stage.name,
      ...(stage.title === undefined ? {} : { title: stage.title }),
      ...context.titlesOf(stage),
      highest: stage.highest,
    })),
    dimensions: properties.filter(ast.isMaturityDimension).map((dimension) => lowerDimension(dimension, context)),
    ...(url === undefined ? {} : { url }),
  };
}

function shareOf({ share }: ast.SplitProperty, context: LoweringContext): number {
  return constantValue(lowerExpression(share, context), context) ?? SPLIT.share;
}

function lowerDimension(node: ast.MaturityDimension, context: LoweringContext): Instrument['dimensions'][number] {
  const documentation = documentationOf(node);
  return {
    id: context.idOf(node),
    name: node.name,
    ...(node.title === undefined ? {} : { title: node.title }),
    ...context.titlesOf(node),
    ...(documentation === undefined ? {} : { documentation }),
    origin: context.originOf(node),
    anchors: node.anchors.map(({ points, text }) => ({ points, text })),
  };
}

export function lowerAssessment(node: ast.Assessment, context: LoweringContext): Assessment {
  return {
    ...context.declarationOf(node, node.items.filter(ast.isSourceReference)),
    territory: context.idOf(node.territory.ref),
    instrument: context.idOf(node.instrument.ref),
    ...(node.date === undefined ? {} : { date: node.date }),
    raters: node.items.filter(ast.isRater).map((rater) => lowerRater(rater, context)),
    improvements: node.items.filter(ast.isImprovement).map((each) => ({
      dimension: context.idOf(each.dimension.ref),
      points: each.points,
      due: each.due,
      owner: context.idOf(each.organisation.ref),
      ...(each.action === undefined ? {} : { action: each.action }),
      origin: context.originOf(each),
    })),
  };
}

function lowerRater(node: ast.Rater, context: LoweringContext): Rater {
  return {
    name: node.name,
    ...(node.title === undefined ? {} : { title: node.title }),
    ...(node.organisation === undefined ? {} : { organisation: context.idOf(node.organisation.ref) }),
    ratings: node.ratings.map((rating) => ({
      dimension: context.idOf(rating.dimension.ref),
      points: rating.points,
      ...(rating.reason === undefined ? {} : { reason: rating.reason }),
      origin: context.originOf(rating),
    })),
    origin: context.originOf(node),
  };
}
