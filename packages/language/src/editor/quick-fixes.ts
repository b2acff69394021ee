import { type AstNode, AstUtils } from 'langium';
import type { Diagnostic, DiagnosticCode } from '@pathway/model';
import * as ast from '../generated/ast.js';
import type { PathwayServices } from '../module.js';
import { PathwayScopeProvider } from '../scope/scope-provider.js';
import { nodesOf } from '../tree/nodes.js';
import type { LoadedFile } from '../workspace/load.js';
import { FileEdits, freeName, lineEnd, lineStart } from './edits.js';
import { isNamed, nodeAt, referenceAt } from './places.js';

/** A way to put a diagnostic right, beyond those that it brings along. */
export interface QuickFix {
  readonly title: string;
  readonly edits: FileEdits;
}

interface Setting {
  readonly diagnostic: Diagnostic;
  readonly services: PathwayServices;
  readonly loaded: LoadedFile;
  readonly root: ast.Document;
  /** The innermost node at the beginning of the diagnostic. */
  readonly node: AstNode;
  readonly offset: number;
  readonly edit: () => FileEdits;
}

type Fixer = (setting: Setting) => QuickFix[];

/** The fixes of a diagnostic that need the text around it. */
export function quickFixes(
  diagnostic: Diagnostic,
  loaded: LoadedFile,
  root: ast.Document,
  services: PathwayServices,
): QuickFix[] {
  const { line, column } = diagnostic.range;
  const offset = loaded.document.textDocument.offsetAt({ line: line - 1, character: column - 1 });
  const setting: Setting = {
    diagnostic,
    services,
    loaded,
    root,
    node: nodeAt(root, offset),
    offset,
    edit: () => new FileEdits(loaded),
  };
  return FIXERS[diagnostic.code]?.(setting) ?? [];
}

function around<T extends AstNode>({ node }: Setting, guard: (node: unknown) => node is T): T | undefined {
  return AstUtils.getContainerOfType(node, guard);
}

/** A fix for the node of a kind around the diagnostic, where there is one. */
function forNode<T extends AstNode>(
  guard: (node: unknown) => node is T,
  title: string | ((node: T) => string),
  change: (edits: FileEdits, node: T, setting: Setting) => void,
): Fixer {
  return (setting) => {
    const node = around(setting, guard);
    if (node === undefined) return [];
    const edits = setting.edit();
    change(edits, node, setting);
    return edits.edits.length === 0 ? [] : [{ title: typeof title === 'string' ? title : title(node), edits }];
  };
}

function removeNode(guard: (node: unknown) => node is AstNode, title: string): Fixer {
  return forNode(guard, title, (edits, node) => edits.remove(node));
}

/** Takes one of several things between commas out of its list; with the last one the property goes. */
function removeFromList(edits: FileEdits, node: AstNode, siblings: readonly AstNode[], owner: AstNode): void {
  const index = siblings.indexOf(node);
  const cst = node.$cstNode;
  if (cst === undefined || index < 0) return;
  if (siblings.length === 1) {
    edits.remove(owner);
    return;
  }
  const next = siblings[index + 1]?.$cstNode;
  const previous = siblings[index - 1]?.$cstNode;
  if (next !== undefined) edits.replace(cst.offset, next.offset, '');
  else if (previous !== undefined) edits.replace(previous.end, cst.end, '');
}

const removeNeed: Fixer = forNode(ast.isNeed, 'Ask for it once', (edits, need) => {
  const owner = need.$container;
  if ('needs' in owner) removeFromList(edits, need, owner.needs, owner);
});

function inSight(setting: Setting, type: string): readonly string[] {
  const { ScopeProvider } = setting.services.references;
  if (!(ScopeProvider instanceof PathwayScopeProvider)) return [];
  const found = ScopeProvider.visibleFrom(setting.loaded.document).filter((each) => each.type === type);
  return [...new Set(found.map(({ name }) => name))].slice(0, 5);
}

function atOrganisation(setting: Setting): QuickFix[] {
  const step = around(setting, ast.isStep);
  if (step === undefined) return [];
  return inSight(setting, 'Organisation').map((name) => ({
    title: `Let it take place at \`${name}\``,
    edits: setting.edit().insertInBlock(step, `at ${name}`, 'first'),
  }));
}

function declare(setting: Setting): QuickFix[] {
  const placed = referenceAt(setting.root, setting.offset);
  if (placed === undefined) return [];
  const type = setting.services.shared.AstReflection.getReferenceType(placed);
  const name = placed.reference.$refText;
  const head = DECLARED_AS[type];
  if (head === undefined || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) return [];
  const { text } = setting.loaded;
  const gap = text.endsWith('\n\n') ? '' : text.endsWith('\n') ? '\n' : '\n\n';
  return head.map(({ keyword, rest }) => ({
    title: `Declare the ${keyword} \`${name}\``,
    edits: setting.edit().insert(text.length, `${gap}${keyword} ${name}${rest}\n`),
  }));
}

const DECLARED_AS: Readonly<Record<string, readonly { readonly keyword: string; readonly rest: string }[]>> = {
  Organisation: [{ keyword: 'organisation', rest: '' }],
  Role: [{ keyword: 'role', rest: '' }],
  Skill: [{ keyword: 'skill', rest: '' }],
  Resource: [{ keyword: 'resource', rest: ' {\n  count 1\n}' }],
  Holdable: [
    { keyword: 'resource', rest: ' {\n  count 1\n}' },
    { keyword: 'role', rest: '' },
  ],
  Source: [{ keyword: 'source', rest: '' }],
  Territory: [{ keyword: 'territory', rest: '' }],
  Cohort: [{ keyword: 'cohort', rest: '' }],
  Scenario: [{ keyword: 'scenario', rest: ' { }' }],
};

/** Another name for the second of two: the first stays what others refer to. */
function anotherName(setting: Setting): QuickFix[] {
  const { node, root, offset } = setting;
  const named = nodesOf(root).find((each) => isNamed(each) && nameOffset(each) === offset) ?? node;
  if (!isNamed(named)) return [];
  const name = freeName(root, named.name);
  return [{ title: `Call it \`${name}\``, edits: setting.edit().replace(offset, offset + named.name.length, name) }];
}

function nameOffset(node: AstNode & { readonly name: string }): number {
  const cst = node.$cstNode;
  return cst === undefined ? -1 : cst.offset + cst.text.indexOf(node.name);
}

function sourceFixes(setting: Setting): QuickFix[] {
  const number = around(setting, ast.isNumberDeclaration);
  const end = number?.$cstNode?.end;
  if (end === undefined) return [];
  return inSight(setting, 'Source').map((name) => ({
    title: `Say that it comes from \`${name}\``,
    edits: setting.edit().insert(end, ` source ${name}`),
  }));
}

function wordsOf(name: string): string {
  const spaced = name.replace(
    /([\p{Ll}\p{N}])(\p{Lu})/gu,
    (_all, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
  return spaced.charAt(0).toUpperCase() + spaced.slice(1).replaceAll('_', ' ');
}

function allowComment(setting: Setting): { readonly start: number; readonly end: number } | undefined {
  const { text } = setting.loaded;
  const line = text.slice(lineStart(text, setting.offset), lineEnd(text, setting.offset));
  const found = /[ \t]*\/\/\s*@allow\b.*$/.exec(line);
  if (found === null) return undefined;
  const start = lineStart(text, setting.offset) + found.index;
  return { start, end: start + found[0].length };
}

function removeAllowance(setting: Setting): QuickFix[] {
  const place = allowComment(setting);
  if (place === undefined) return [];
  const { text } = setting.loaded;
  const isAlone = text.slice(lineStart(text, place.start), place.start).trim() === '';
  const from = isAlone ? lineStart(text, place.start) : place.start;
  const to = isAlone ? Math.min(text.length, text.indexOf('\n', place.end) + 1 || text.length) : place.end;
  return [{ title: 'Remove the comment', edits: setting.edit().replace(from, to, '') }];
}

function giveReason(setting: Setting): QuickFix[] {
  const place = allowComment(setting);
  return place === undefined
    ? []
    : [{ title: 'Give a reason', edits: setting.edit().insert(place.end, ' because this is meant') }];
}

function onDuty(setting: Setting): QuickFix[] {
  const staff = around(setting, ast.isStaff);
  const number = /on duty[^.]*? (\d+)\b/.exec(setting.diagnostic.message)?.[1] ?? '1';
  if (staff === undefined) return [];
  return [{ title: `Say that ${number} are on duty`, edits: setting.edit().insertInBlock(staff, `on duty ${number}`) }];
}

function measure(setting: Setting): QuickFix[] {
  const pathway = around(setting, ast.isPathway);
  const end = pathway?.$cstNode?.end;
  if (pathway === undefined || end === undefined) return [];
  const name = freeName(setting.root, `${pathway.name}Time`);
  const first = nodesOf(pathway).find(ast.isStep);
  if (first === undefined) return [];
  const text = `\n\nindicator ${name} "From arrival to the end of ${pathway.title ?? pathway.name}" {\n  time from arrival to exit\n  aim experience\n}`;
  return [{ title: 'Measure the time from arrival to exit', edits: setting.edit().insert(end, text) }];
}

function prefixImport(setting: Setting): QuickFix[] {
  const placed = referenceAt(setting.root, setting.offset);
  const name = placed?.reference.$refText;
  const cst = placed?.reference.$refNode;
  if (name === undefined || cst === undefined) return [];
  return setting.root.imports
    .filter((each) => each.name === undefined && setting.diagnostic.message.includes(stemOf(each.path)))
    .map((statement) => {
      const prefix = freeName(setting.root, stemOf(statement.path).replace(/[^\p{L}\p{N}_]/gu, ''));
      const edits = setting.edit().insert(statement.$cstNode?.end ?? 0, ` as ${prefix}`);
      return {
        title: `Mean that of "${statement.path}", as \`${prefix}.${name}\``,
        edits: edits.insert(cst.offset, `${prefix}.`),
      };
    });
}

/** A way that is missing is as long as the way back, where there is one, or gets a length of its own. */
function missingWay(setting: Setting): QuickFix[] {
  const [, travelName, from, to] = /^`(.+)` has no way from (\S+) to (\S+);/.exec(setting.diagnostic.message) ?? [];
  const travel = nodesOf(setting.root).find((each) => ast.isTravel(each) && each.name === travelName);
  if (travel === undefined || !ast.isTravel(travel) || from === undefined || to === undefined) return [];
  const legs = travel.properties.filter(ast.isTravelLeg);
  const hasWayBack = legs.some((leg) => leg.from.$refText === to && leg.to.$refText === from);
  const length = legs.at(-1)?.length.$cstNode?.text ?? '10 min';
  return [
    ...(hasWayBack
      ? [{ title: 'Let each way be as long back', edits: setting.edit().insertInBlock(travel, 'both ways', 'first') }]
      : []),
    {
      title: `Add the way from \`${from}\` to \`${to}\``,
      edits: setting.edit().insertInBlock(travel, `from ${from} to ${to} ${length}`),
    },
  ];
}

function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.pathway$/, '');
}

const FIXERS: Partial<Record<DiagnosticCode, Fixer>> = {
  PW2001: declare,
  PW2002: anotherName,
  PW2006: removeNode(ast.isDeclaration, 'Remove the declaration'),
  PW2008: prefixImport,
  PW2014: (setting) => {
    const { node, edit } = setting;
    return [{ title: 'Remove it: the first one stays', edits: edit().remove(node) }];
  },
  PW2017: missingWay,
  PW3001: removeNode(ast.isActivity, 'Remove what nobody reaches'),
  PW3005: atOrganisation,
  PW3007: forNode(ast.isRepeat, 'Let it end after 10 rounds at most', (edits, repeat) => {
    const start = repeat.$cstNode?.offset ?? 0;
    const title = /^repeat(\s+"(?:\\.|[^"\\])*")?/.exec(repeat.$cstNode?.text ?? '')?.[0] ?? 'repeat';
    edits.insert(start + title.length, ' at most 10 times');
  }),
  PW3010: forNode(ast.isHandoverProperty, 'Let them answer by phone', (edits, handover) =>
    edits.insert(handover.$cstNode?.end ?? 0, ' back by phone'),
  ),
  PW3014: removeNode(ast.isBranch, 'Remove the branch'),
  PW3017: forNode(ast.isPathway, 'Add a step', (edits, pathway) =>
    edits.insertInBlock(pathway, 'step First {\n    takes 30 min\n  }'),
  ),
  PW3018: forNode(ast.isStep, 'Say how long it takes', (edits, step) => edits.insertInBlock(step, 'takes 30 min')),
  PW3019: removeNeed,
  PW3020: removeNeed,
  PW3023: removeNode(ast.isHandoverProperty, 'Remove the handover'),
  PW3025: forNode(ast.isHold, 'Remove `else`', (edits, hold) => {
    const block = hold.otherwise?.$cstNode;
    if (block === undefined) return;
    const start = edits.text.lastIndexOf('else', block.offset);
    edits.replace(edits.text.slice(0, start).trimEnd().length, block.end, '');
  }),
  PW3027: (setting) => [{ title: 'Remove it', edits: setting.edit().remove(setting.node) }],
  PW4010: sourceFixes,
  PW5008: onDuty,
  PW7001: measure,
  PW7007: removeNode(ast.isSetting, 'Remove it: the first one stays'),
  PW7011: forNode(ast.isRunProperty, 'Let the warm-up be found out', (edits, run) => {
    const warmUp = run.warmUp?.$cstNode;
    if (warmUp !== undefined) edits.replace(warmUp.offset, warmUp.end, 'automatic');
  }),
  PW7043: removeNode(ast.isApproval, 'Remove this approval'),
  PW9001: forNode(
    ast.isPathway,
    (pathway) => `Call it "${wordsOf(pathway.name)}"`,
    (edits, pathway, { offset, root }) => {
      const end = nodesOf(root).includes(pathway) ? offset + pathway.name.length : offset;
      edits.insert(end, ` "${wordsOf(pathway.name)}"`);
    },
  ),
  PW9002: giveReason,
  PW9003: removeAllowance,
  PW9004: removeAllowance,
};
