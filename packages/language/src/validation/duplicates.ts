import type { AstNode } from 'langium';
import type { Diagnostic } from '@pathway/model';
import { createDiagnostic } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { activityName, kindName } from './references.js';
import { originOf, originOfHead, originOfProperty } from './places.js';
import { nodesOf } from '../tree/nodes.js';
import { attributesOf, neededBy } from '../scope/symbols.js';

type Named = AstNode & { readonly name?: string };

/** Names of declarations differ within a file; the prefix of an import counts as one. */
export function* declarationsDiffer(root: ast.Document): Generator<Diagnostic> {
  const named: Named[] = [
    ...root.imports,
    ...root.declarations.filter(
      (declaration) =>
        !ast.isExpectation(declaration) && !ast.isApproval(declaration) && !ast.isTranslation(declaration),
    ),
  ];
  yield* namesDiffer(named);
}

/** Steps, holds and choices of a pathway have names of their own, and so have its branches. */
export function* activitiesDiffer(pathway: ast.Pathway | ast.Response): Generator<Diagnostic> {
  const nodes = nodesOf(pathway);
  const needed: readonly Named[] = ast.isPathway(pathway) ? neededBy(pathway) : [];
  const parts = nodes.filter((node) => (ast.isActivity(node) && !ast.isFinish(node)) || ast.isBranch(node));
  yield* namesDiffer([...needed, ...parts]);
}

/** The parts of one list have different names: attributes, values, levels, branches. */
export function* partsDiffer(node: AstNode): Generator<Diagnostic> {
  if (ast.isCohort(node)) yield* namesDiffer(attributesOf(node));
  if (ast.isOneOf(node)) yield* namesDiffer(node.options);
  if (ast.isScale(node)) yield* namesDiffer(node.levels);
  if (ast.isLevelsProperty(node)) yield* namesDiffer(node.levels);
  if (ast.isTogether(node) || ast.isRace(node)) yield* namesDiffer(node.branches);
  if (ast.isInstrument(node)) yield* namesDiffer(node.properties.filter(ast.isMaturityDimension));
  if (ast.isAssessment(node)) yield* namesDiffer(node.items.filter(ast.isRater));
}

function* namesDiffer(nodes: readonly Named[]): Generator<Diagnostic> {
  const seen = new Map<string, Named>();
  for (const node of nodes) {
    if (node.name === undefined) continue;
    const first = seen.get(node.name);
    if (first === undefined) {
      seen.set(node.name, node);
      continue;
    }
    yield createDiagnostic('PW2002', { name: node.name }, originOfProperty(node, 'name'), {
      related: [
        { message: `The first \`${node.name}\` is this ${kindName(first.$type)}.`, origin: originOfHead(first) },
      ],
    });
  }
}

/** Properties that say something once for all; the key is what they are told apart by. */
const SINGLE: ReadonlyMap<string, string> = new Map([
  ['UrlProperty', 'url'],
  ['DateProperty', 'date'],
  ['GradeProperty', 'grade'],
  ['PopulationProperty', 'population'],
  ['TimezoneProperty', 'timezone'],
  ['HolidaysProperty', 'holidays'],
  ['SectorProperty', 'sector'],
  ['InTerritoryProperty', 'in'],
  ['PartOfProperty', 'part of'],
  ['AtProperty', 'at'],
  ['KindProperty', 'kind'],
  ['CountProperty', 'count'],
  ['BreakdownProperty', 'down'],
  ['CostProperty', 'cost'],
  ['UnitProperty', 'unit'],
  ['LevelProperty', 'count'],
  ['MostProperty', 'at most'],
  ['SpeedProperty', 'speed'],
  ['BothWaysProperty', 'both ways'],
  ['LevelsProperty', 'levels'],
  ['TrainableProperty', 'trainable'],
  ['ContractProperty', 'contract'],
  ['OnDutyProperty', 'on duty'],
  ['AbsentProperty', 'absent'],
  ['ArrivesProperty', 'arrives'],
  ['PriorityProperty', 'priority'],
  ['OwnerProperty', 'owner'],
  ['EssentialProperty', 'essential'],
  ['TakesProperty', 'takes'],
  ['WithinProperty', 'within'],
  ['WaitsProperty', 'waits'],
  ['HandoverProperty', 'handover'],
  ['RemoteProperty', 'remote'],
  ['FreesFirstProperty', 'frees first'],
  ['InterruptibleProperty', 'interruptible'],
  ['PreemptsProperty', 'preempts'],
  ['FitsProperty', 'fits the shift'],
  ['HandedOverProperty', 'may be handed over'],
  ['MovesProperty', 'moves to'],
  ['AimProperty', 'aim'],
  ['ByAttributeProperty', 'by'],
  ['FromProperty', 'from'],
  ['RunProperty', 'run'],
  ['ReplicateProperty', 'replicate'],
  ['LongRunProperty', 'one long run'],
  ['RankProperty', 'rank by'],
  ['FindProperty', 'find'],
  ['SeedProperty', 'seed'],
  ['AveragedProperty', 'averaged'],
  ['SampledProperty', 'at'],
  ['WorstProperty', 'worst of'],
  ['ReviewProperty', 'review every'],
  ['NoteProperty', 'note'],
  ['RosterPeriod', 'from'],
  ['PointsProperty', 'points'],
  ['SplitProperty', 'split'],
  ['AskedProperty', 'asked'],
  ['DecidedProperty', 'decided'],
  ['BecauseProperty', 'because'],
]);

/** Properties that say something once for each of a few words. */
function keyOf(property: AstNode): string | undefined {
  if (ast.isCodeProperty(property)) return property.system;
  if (
    ast.isContactProperty(property) ||
    ast.isRecoveryProperty(property) ||
    ast.isSignedProperty(property) ||
    ast.isValidProperty(property)
  )
    return property.kind;
  return SINGLE.get(property.$type);
}

/** A body gives each property once. */
export function* propertiesDiffer(owner: AstNode): Generator<Diagnostic> {
  const properties = propertiesOf(owner);
  if (properties.length < 2) return;
  const seen = new Map<string, AstNode>();
  for (const property of properties) {
    const key = keyOf(property);
    if (key === undefined) continue;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, property);
      continue;
    }
    yield createDiagnostic('PW2014', { property: key, owner: ownerName(owner) }, originOf(property), {
      related: [{ message: 'It is given here first.', origin: originOf(first) }],
    });
  }
}

/** The types of nodes that have properties. */
export const OWNERS: readonly string[] = [
  ast.Source,
  ast.Territory,
  ast.Organisation,
  ast.Resource,
  ast.Stock,
  ast.Travel,
  ast.Skill,
  ast.Role,
  ast.Staff,
  ast.Cohort,
  ast.Pathway,
  ast.Step,
  ast.Hold,
  ast.Indicator,
  ast.Study,
  ast.Signal,
  ast.Gauge,
  ast.ChangePatch,
  ast.Agreement,
  ast.Roster,
  ast.Instrument,
  ast.Question,
  ast.Decision,
  ast.Usage,
].map(({ $type }) => $type);

function propertiesOf(owner: AstNode): readonly AstNode[] {
  if ('properties' in owner && Array.isArray(owner.properties)) return owner.properties as readonly AstNode[];
  if (ast.isPathway(owner) || ast.isHold(owner)) return owner.items;
  return [];
}

function ownerName(owner: Named): string {
  if (ast.isActivity(owner)) return activityName(owner);
  return owner.name === undefined ? `this ${kindName(owner.$type)}` : `\`${owner.name}\``;
}
