import { type AstNode, GrammarUtils } from 'langium';
import { distributionMean, formatQuantity, formatShare } from '@pathway/model';
import type { InlayHint, Range } from 'vscode-languageserver-types';
import { InlayHintKind } from 'vscode-languageserver-types';
import * as ast from '../generated/ast.js';
import { nodesOf } from '../tree/nodes.js';
import { elementOf, lastMeaning, loadOf, staffOf } from './elements.js';
import { loadHint, loadWords } from './load-words.js';
import { LocalValues } from './local-values.js';
import { cstRange } from './places.js';
import type { EditorProject } from './project.js';

/** Figures that follow from the text, behind what they follow from: loads, means of distributions, sums of shares. */
export function inlayHints(project: EditorProject, file: string, range: Range): InlayHint[] {
  const root = project.root(file);
  if (root === undefined) return [];
  let values: LocalValues | undefined;
  const found: InlayHint[] = [];
  for (const node of nodesOf(root)) {
    const { start, end } = cstRange(node.$cstNode);
    if (end.line < range.start.line || start.line > range.end.line) continue;
    if (ast.isFunctionCall(node)) found.push(...meanHint(node, (values ??= new LocalValues(root))));
    if (ast.isChoose(node)) found.push(...shareHint(node, (values ??= new LocalValues(root))));
    if (ast.isResource(node) || ast.isStaff(node)) found.push(...stationHint(project, file, node));
  }
  return found.filter(({ position }) => position.line >= range.start.line && position.line <= range.end.line);
}

/** The mean of a distribution that does not say it itself. */
function meanHint(node: ast.FunctionCall, values: LocalValues): InlayHint[] {
  if (node.arguments.some(({ name }) => name === 'mean')) return [];
  if (node.function === 'exponential' && node.arguments.every(({ name }) => name === undefined)) return [];
  const found = values.distribution(node);
  if (found === undefined) return [];
  const mean = formatQuantity(distributionMean(found.distribution), found.dimension);
  return [
    { position: cstRange(node.$cstNode).end, label: `mean ${mean}`, paddingLeft: true, kind: InlayHintKind.Type },
  ];
}

/** What the shares of a choice add to, and what is left for `otherwise`. */
function shareHint(node: ast.Choose, values: LocalValues): InlayHint[] {
  const shares = node.branches.flatMap(({ share }) => (share === undefined ? [] : [values.constant(share)?.value]));
  if (shares.length === 0 || shares.includes(undefined)) return [];
  const sum = shares.reduce<number>((total, share) => total + (share ?? 0), 0);
  const hasRest = node.branches.some(({ otherwise }) => otherwise);
  const brace = GrammarUtils.findNodeForKeyword(node.$cstNode, '{');
  if (brace === undefined) return [];
  const rest = hasRest && sum <= 1 ? `, otherwise ${formatShare(1 - sum)}` : '';
  return [
    { position: cstRange(brace).end, label: `shares ${formatShare(sum, { digits: 4 })}${rest}`, paddingLeft: true },
  ];
}

/** The load of a resource behind its count, that of a group of staff behind its head. */
function stationHint(project: EditorProject, file: string, node: ast.Resource | ast.Staff): InlayHint[] {
  const meaning = lastMeaning(project);
  if (meaning === undefined) return [];
  const line = cstRange(node.$cstNode).start.line + 1;
  const element = ast.isResource(node) ? elementOf(meaning.model.resources, node) : staffOf(meaning.model, file, line);
  const load = loadOf(meaning.facts, element?.id);
  const label = load && loadHint(load);
  if (label === undefined) return [];
  const place = stationPlace(node);
  const [tooltip] = loadWords(load);
  return [
    {
      position: cstRange(place?.$cstNode).end,
      label,
      paddingLeft: true,
      ...(tooltip !== undefined && { tooltip: { kind: 'markdown', value: tooltip } }),
    },
  ];
}

function stationPlace(node: ast.Resource | ast.Staff): AstNode | undefined {
  const properties: readonly AstNode[] = node.properties;
  return properties.find((each) => ast.isCountProperty(each) || ast.isOnDutyProperty(each)) ?? node;
}
