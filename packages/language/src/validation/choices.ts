import type { AstNode } from 'langium';
import type { Diagnostic, DiagnosticFix } from '@pathway/model';
import { createDiagnostic, formatShare } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { constantOf } from './constants.js';
import type { ValidationContext } from './context.js';
import { ROUNDING } from './expression-checks.js';
import { originOf, originOfHead, originOfKeyword, originOfProperty, textOf } from './places.js';
import { categoryNames, listed, targetOf } from './references.js';

type BranchKind = 'a share' | 'a condition' | 'a value';

function kindOf(branch: ast.Branch): BranchKind | undefined {
  if (branch.otherwise) return undefined;
  if (branch.condition !== undefined) return 'a condition';
  if (branch.share !== undefined) return 'a share';
  const [subject] = branch.subjects;
  if (subject === undefined) return undefined;
  if (ast.isNumberDeclaration(targetOf(subject))) return 'a share';
  return ast.isCategoryOption(targetOf(subject)) ? 'a value' : undefined;
}

/** A choice takes one kind of branches: values after `by`, otherwise shares or conditions. */
export function* branchesAreOfOneKind(choose: ast.Choose): Generator<Diagnostic> {
  let first: BranchKind | undefined = choose.attribute === undefined ? undefined : 'a value';
  for (const branch of choose.branches) {
    const kind = kindOf(branch);
    if (kind === undefined) continue;
    first ??= kind;
    if (kind === first && (kind !== 'a value' || choose.attribute !== undefined)) continue;
    const others = choose.attribute === undefined ? first : 'values, as `by` says';
    if (kind === first) {
      yield createDiagnostic(
        'PW3015',
        { found: 'a value of an attribute', others: 'no `by` that names it' },
        originOfLine(branch),
      );
      return;
    }
    yield createDiagnostic(
      'PW3015',
      { found: kind, others: others.replace(/^a share$/, 'shares').replace(/^a condition$/, 'conditions') },
      originOfLine(branch),
    );
    return;
  }
}

/** The part of a branch before its block. */
function originOfLine(branch: ast.Branch): Diagnostic['range'] {
  if (branch.share !== undefined) return originOf(branch.share);
  if (branch.subjects.length > 0) return originOfProperty(branch, 'subjects');
  return branch.condition === undefined ? originOfKeyword(branch, 'otherwise') : originOf(branch.condition);
}

/** `otherwise` stands once, and no value has two branches. */
export function* everyBranchCanBeTaken(node: ast.Choose | ast.Cases): Generator<Diagnostic> {
  const seen = new Set<string>();
  for (const branch of ast.isChoose(node) ? node.branches : node.cases) {
    const references = ast.isBranch(branch)
      ? targetOf(node.attribute) === undefined
        ? []
        : branch.subjects
      : branch.values;
    const words = branch.otherwise ? ['otherwise'] : references.map((reference) => reference.$refText);
    for (const [index, word] of words.entries()) {
      if (!seen.has(word)) {
        seen.add(word);
        continue;
      }
      const property = ast.isBranch(branch) ? 'subjects' : 'values';
      const range = branch.otherwise ? originOfKeyword(branch, 'otherwise') : originOfProperty(branch, property, index);
      yield createDiagnostic('PW3014', { what: `\`${word}\`` }, range);
    }
  }
}

/** Shares add to 100 %, or leave a rest for `otherwise`. */
export function* branchSharesAddUp(choose: ast.Choose): Generator<Diagnostic> {
  if (choose.attribute !== undefined) return;
  const branches = choose.branches.filter((branch) => !branch.otherwise);
  if (branches.length === 0 || branches.some((branch) => kindOf(branch) !== 'a share')) return;
  const shares = branches.map(shareOf);
  if (shares.some((share) => share === undefined || share < 0 || share > 1)) return;
  const sum = shares.reduce<number>((total, share) => total + (share ?? 0), 0);
  const hasRest = choose.branches.some((branch) => branch.otherwise);
  if (hasRest ? sum <= 1 + ROUNDING : Math.abs(sum - 1) <= ROUNDING) return;
  const fixes = !hasRest && sum < 1 ? [addOtherwise(choose)] : [];
  yield createDiagnostic('PW3002', { sum: formatShare(sum, { digits: 4 }) }, originOfChoice(choose), {
    related: branches.map((branch) => ({
      message: textOf(branch.share) || textOfSubjects(branch),
      origin: originOfLine(branch),
    })),
    fixes,
  });
}

function shareOf(branch: ast.Branch): number | undefined {
  if (branch.share !== undefined) return constantOf(branch.share);
  const target = targetOf(branch.subjects[0]);
  return ast.isNumberDeclaration(target) ? constantOf(target.value) : undefined;
}

function textOfSubjects(branch: ast.Branch): string {
  return branch.subjects.map((subject) => subject.$refText).join(' or ');
}

function originOfChoice(choose: ast.Choose): Diagnostic['range'] {
  return choose.name === undefined ? originOfKeyword(choose, 'choose') : originOfHead(choose);
}

/** An empty `otherwise` after the last branch, in its indentation. */
function addOtherwise(choose: ast.Choose): DiagnosticFix {
  const last = choose.branches.at(-1) ?? choose;
  const { file, endLine, endColumn } = originOf(last);
  const indent = ' '.repeat(Math.max(0, originOf(last).column - 1));
  return {
    title: 'Let `otherwise` take the rest',
    edits: [
      { origin: { file, line: endLine, column: endColumn, endLine, endColumn }, newText: `\n${indent}otherwise { }` },
    ],
  };
}

/** Every value of the attribute has a branch or case, or `otherwise` takes it. */
export function* everyValueHasABranch(node: ast.Choose | ast.Cases): Generator<Diagnostic> {
  const attribute = targetOf(node.attribute);
  if (attribute === undefined) return;
  const branches: readonly (ast.Branch | ast.Case)[] = ast.isChoose(node) ? node.branches : node.cases;
  if (branches.some((branch) => branch.otherwise)) return;
  const given = new Set(
    branches.flatMap((branch) => (ast.isBranch(branch) ? branch.subjects : branch.values)).map((each) => each.$refText),
  );
  const missing = categoryNames(attribute, node).filter((name) => !given.has(name));
  if (missing.length === 0) return;
  const params = { attribute: `\`${attribute.name}\``, values: listed(missing.map((name) => `\`${name}\``)) };
  yield createDiagnostic('PW3003', params, originOfProperty(node, 'attribute'), {
    related: [{ message: `\`${attribute.name}\` is declared here.`, origin: originOfHead(attribute) }],
    fixes: ast.isChoose(node) ? [addOtherwise(node)] : [],
  });
}

/** What stands after `by` takes one of a few named values. */
export function* attributeHasCategories(node: AstNode, { types }: ValidationContext): Generator<Diagnostic> {
  if (!ast.isChoose(node) && !ast.isCases(node) && !ast.isByAttributeProperty(node)) return;
  const attribute = targetOf(node.attribute);
  if (attribute === undefined) return;
  const type = types.of(attribute.value);
  if (type.kind === 'category' || type.kind === 'unknown') return;
  yield createDiagnostic('PW3016', { attribute: attribute.name }, originOfProperty(node, 'attribute'));
}
