import { type FlatElement, type FlatModel, ROOT, textOf } from './flatten.js';
import { isJsonObject, isList } from './json.js';
import { sameMeaning, type Renames } from './same-meaning.js';
import { valueText } from './value-text.js';

/** Properties that the compiler works out from others, which tell their change themselves. */
const ALWAYS: ReadonlySet<string> = new Set(['id', 'expectation.id', 'expectation.text', 'setting.text', 'choose.by']);

/** A property that follows from another one of the same element: told only where that one did not change. */
const FOLLOWS: Readonly<Record<string, string>> = {
  'attribute.categories': 'value',
  'indicator.dimension': 'measure',
  'indicator.percentage': 'measure',
};

/** Whether a property that reads differently only follows from a change that is told elsewhere. */
export function isDerived(
  property: string,
  before: FlatElement,
  after: FlatElement,
  models: { readonly before: FlatModel; readonly after: FlatModel; readonly renames: Renames },
): boolean {
  const name = `${after.kind}.${property}`;
  if (property === 'id' || ALWAYS.has(name)) return true;
  const source = FOLLOWS[name];
  if (source !== undefined) return !sameMeaning(before.shell[source], after.shell[source], source, models.renames);
  if (name === 'branch.label')
    return isWrittenCondition(before) || isWrittenCondition(after) || subjectsChanged(before, after);
  if (name === 'hold.name' || name === 'hold.title') return isNamedByResource(before) && isNamedByResource(after);
  if (name === 'staff.name') return isNamedByRole(before) && isNamedByRole(after);
  if (name === 'study.timezone') return territoriesDiffer(models.before, models.after);
  if (name === 'project.title') return isDefaultTitle(models.before) && isDefaultTitle(models.after);
  return false;
}

/** A label that repeats the branch's share or condition, or says `otherwise`. */
function isWrittenCondition({ shell }: FlatElement): boolean {
  const plain = (text: string): string => text.replace(/^when /, '').replace(/\s+/g, '');
  const label = textOf(shell.label);
  return label !== undefined && plain(label) === plain(valueText(shell.when, 'branch', 'when', () => ''));
}

/** A branch by values of an attribute is labelled with their titles. */
function subjectsChanged(before: FlatElement, after: FlatElement): boolean {
  const isCategory = (element: FlatElement): boolean =>
    isJsonObject(element.shell.when) && element.shell.when.kind === 'category';
  return (
    isCategory(before) && isCategory(after) && !sameMeaning(before.shell.when, after.shell.when, 'when', new Map())
  );
}

function isNamedByResource({ shell }: FlatElement): boolean {
  const need = isList(shell.needs) ? shell.needs[0] : undefined;
  const target = isJsonObject(need) && isList(need.of) ? need.of[0] : undefined;
  if (!isJsonObject(target)) return false;
  const id = textOf(target.resource ?? target.role);
  const name = textOf(shell.name);
  return name !== undefined && (id === name || id?.endsWith(`.${name}`) === true);
}

function isNamedByRole({ shell }: FlatElement): boolean {
  const name = textOf(shell.name);
  const [role, organisation] = [textOf(shell.role), textOf(shell.organisation)];
  return name === `${role ?? ''} staff` || name === `${role ?? ''} at ${organisation ?? ''}`;
}

function territoriesDiffer(before: FlatModel, after: FlatModel): boolean {
  const zones = (flat: FlatModel): string =>
    JSON.stringify(
      [...flat.values()].filter(({ kind }) => kind === 'territory').map(({ shell }) => shell.timezone ?? null),
    );
  return zones(before) !== zones(after);
}

/** Whether the project is called after its first study or pathway, since nobody gave it a title. */
function isDefaultTitle(flat: FlatModel): boolean {
  const root = flat.get(ROOT);
  const first = [...(root?.slots.get('studies') ?? []), ...(root?.slots.get('pathways') ?? [])][0];
  const shell = flat.get(first ?? '?')?.shell;
  return root?.shell.title === (shell?.title ?? shell?.name ?? 'Pathway');
}
