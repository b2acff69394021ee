import type { AstNode } from 'langium';
import { AstUtils } from 'langium';
import type { Diagnostic, DiagnosticFix, Origin } from '@pathway/model';
import { createDiagnostic, nearestText } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { FUNCTIONS, isFamily } from '../lowering/expressions.js';
import { FORMULA_FUNCTIONS } from '../lowering/formulas.js';
import { originOf, originOfHead, originOfProperty } from './places.js';
import { categoryNames, kindName, targetOf, withArticle } from './references.js';
import { settableOf, whatCanBeSet } from './settable.js';

/** A reference without a target, and what it stands in. */
export interface UnresolvedReference {
  readonly container: AstNode;
  readonly property: string;
  /** Place in a list of references. */
  readonly index?: number | undefined;
  readonly text: string;
  /** The type of what may stand here, such as `Resource` or `Holdable`. */
  readonly type: string;
}

/** A name that could have been meant. */
export interface NameInSight {
  readonly name: string;
  /** AST type of what it names. */
  readonly type: string;
  /** True when it is of the type that the place needs. */
  readonly fits: boolean;
}

/** A name of a file that the place does not import. */
export interface NameElsewhere extends NameInSight {
  /** The path as users see it, and as an import would write it. */
  readonly file: string;
  readonly importPath: string;
}

/**
 * What to say of a name without a target: of the wrong kind, declared in a file that is not imported, or mistyped.
 * @param visible names that the place sees, of any kind
 * @param elsewhere names of other files of the project
 */
export function describeUnresolved(
  reference: UnresolvedReference,
  visible: readonly NameInSight[],
  elsewhere: readonly NameElsewhere[],
): Diagnostic {
  const range = originOfProperty(reference.container, reference.property, reference.index);
  const { text } = reference;
  const category = unknownCategory(reference, range);
  if (category !== undefined) return category;
  const other = visible.find((each) => each.name === text && !each.fits);
  if (other !== undefined) {
    return createDiagnostic(
      'PW2007',
      { name: text, found: withArticle(kindName(other.type)), expected: withArticle(kindName(reference.type)) },
      range,
    );
  }
  // Of several files the first by name, in whatever order they were read.
  const [declared] = elsewhere
    .filter((each) => each.name === text && each.fits)
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  if (declared !== undefined) {
    const params = { kind: kindName(declared.type), name: text, file: declared.file };
    return createDiagnostic('PW2013', params, range, { fixes: [importFix(reference.container, declared.importPath)] });
  }
  const negative = negativeParameter(reference, range);
  if (negative !== undefined) return negative;
  const names = [...new Set(visible.filter((each) => each.fits).map((each) => each.name))];
  if (isCalled(text) && ast.isNameReference(reference.container)) {
    return createDiagnostic('PW2001', { kind: kindName(reference.type), name: text, suggestion: `${text}(…)` }, range);
  }
  const suggestion = nearestText(text, names) ?? names.find((name) => name.toLowerCase() === text.toLowerCase()) ?? '';
  const property = suggestion === '' ? unknownProperty(reference, range) : undefined;
  if (property !== undefined) return property;
  return createDiagnostic('PW2001', { kind: kindName(reference.type), name: text, suggestion }, range, {
    fixes: suggestion === '' ? [] : [replaceBy(suggestion, range)],
  });
}

/** In `normal(mean -3 min, …)` a parameter with a negative value looks like a difference, and is told as it is written. */
function negativeParameter({ container, type, text }: UnresolvedReference, range: Origin): Diagnostic | undefined {
  const { $container: outer } = container;
  if (!ast.isBinaryExpression(outer) || outer.operator !== '-' || outer.left !== container) return undefined;
  const call = ast.isArgument(outer.$container) ? outer.$container.$container : undefined;
  if (!ast.isFunctionCall(call) || !isFamily(call.function ?? '')) return undefined;
  const suggestion = `${text} (-${outer.right?.$cstNode?.text ?? '1'})`;
  return createDiagnostic('PW2001', { kind: kindName(type), name: text, suggestion }, range, {
    fixes: [replaceBy(suggestion, originOf(outer))],
  });
}

/** Whether a word is called like a function: a count, a calculation or a distribution, written without its arguments. */
function isCalled(word: string): boolean {
  return FORMULA_FUNCTIONS.some((each) => each === word) || FUNCTIONS.has(word) || isFamily(word);
}

/** A value that the attribute of a choice cannot take is told with the values that it can. */
function unknownCategory({ container, property, text }: UnresolvedReference, range: Origin): Diagnostic | undefined {
  const reference =
    ast.isCase(container) && property === 'values'
      ? container.$container?.attribute
      : ast.isBranch(container) && property === 'subjects'
        ? container.$container?.attribute
        : undefined;
  const attribute = targetOf(reference);
  if (attribute === undefined) return undefined;
  const values = categoryNames(attribute, container);
  if (values.length === 0) return undefined;
  const nearest = nearestText(text, values);
  const params = { attribute: attribute.name, value: text, values: values.join(', ') };
  return createDiagnostic('PW3004', params, range, {
    related: [{ message: `\`${attribute.name}\` is declared here.`, origin: originOfHead(attribute) }],
    fixes: nearest === undefined ? [] : [replaceBy(nearest, range)],
  });
}

/** A property that nothing of its kind has is told with those that can be set. */
function unknownProperty({ container, text }: UnresolvedReference, range: Origin): Diagnostic | undefined {
  if (!ast.isSettingMember(container)) return undefined;
  const setting = container.$container;
  const before = setting.members[setting.members.indexOf(container) - 1]?.element ?? setting.element;
  const owner = targetOf<AstNode>(before);
  const properties = owner === undefined ? [] : (settableOf(owner) ?? []).filter((each) => each !== '');
  if (owner === undefined || properties.length === 0) return undefined;
  const written = text
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  const nearest = properties.find((each) => each === written) ?? nearestText(text, properties);
  return createDiagnostic('PW7008', { target: text, settable: whatCanBeSet(owner) }, range, {
    fixes: nearest === undefined ? [] : [replaceBy(nearest, range)],
  });
}

function replaceBy(name: string, origin: Origin): DiagnosticFix {
  return { title: `Write \`${name}\``, edits: [{ origin, newText: name }] };
}

function importFix(place: AstNode, path: string): DiagnosticFix {
  return { title: `Add \`import "${path}"\``, edits: [importEdit(place, path)] };
}

/** Puts an import after the last one, or at the head of the file before its first declaration. */
export function importEdit(place: AstNode, path: string): DiagnosticFix['edits'][number] {
  const root = AstUtils.findRootNode(place);
  const statement = `import "${path}"`;
  const last = ast.isDocument(root) ? root.imports.at(-1) : undefined;
  if (last !== undefined) {
    const { file, endLine, endColumn } = originOf(last);
    return { origin: { file, line: endLine, column: endColumn, endLine, endColumn }, newText: `\n${statement}` };
  }
  const { file } = originOf(place);
  return { origin: { file, line: 1, column: 1, endLine: 1, endColumn: 1 }, newText: `${statement}\n\n` };
}
