import type { Model } from '@pathway/model';
import type { Json, JsonObject } from '../src/index.js';

/** One edit that a person could make to a model, and what must be told of it. */
export interface Mutation {
  readonly what: string;
  readonly model: Model;
  /** Kind and property of the one change that it is. */
  readonly expected: { readonly kind: string; readonly property?: string; readonly element: string };
}

type Edit = (pick: (length: number) => number) => Mutation | undefined;
interface Draft {
  [key: string]: DraftValue;
}
type DraftValue = null | boolean | number | string | DraftValue[] | Draft;

function draftOf(model: Model): Draft {
  return JSON.parse(JSON.stringify(model)) as Draft;
}

/** A name or id; nothing else is asked for. */
function nameOf(value: DraftValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

const asModel = (draft: Draft): Model => draft as unknown as Model;

function isDraft(value: DraftValue | undefined): value is Draft {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const LISTS = [
  ['territories', 'territory'],
  ['organisations', 'organisation'],
  ['skills', 'skill'],
  ['roles', 'role'],
  ['shifts', 'shift'],
  ['resources', 'resource'],
  ['numbers', 'number'],
  ['cohorts', 'cohort'],
  ['indicators', 'indicator'],
  ['scenarios', 'scenario'],
  ['studies', 'study'],
  ['scales', 'scale'],
  ['signals', 'signal'],
  ['gauges', 'gauge'],
  ['triggers', 'trigger'],
  ['crises', 'crisis'],
  ['responses', 'response'],
] as const;

/** Lists of the lines of crises and responses. */
const LINES = [
  ['crises', 'effects'],
  ['responses', 'patches'],
  ['responses', 'cards'],
] as const;

/** What the lines are called that the model calls otherwise. */
const LINE_KINDS: Readonly<Record<string, string>> = {
  diversion: 'divert',
  absence: 'absent',
  loss: 'lose',
  closure: 'close',
  slowdown: 'slow',
  'supply cut': 'cut',
  team: 'staff',
};

/** Every line of every plan, with the list that it stands in. */
function linesOf(draft: Draft): { readonly line: Draft; readonly list: DraftValue[]; readonly kind: string }[] {
  return LINES.flatMap(([declarations, lines]) =>
    listOf(draft, declarations).flatMap((owner) => {
      const list = owner[lines];
      if (!Array.isArray(list)) return [];
      return list.filter(isDraft).map((line) => {
        const kind = lines === 'cards' ? 'card' : nameOf(line.kind);
        return { line, list, kind: LINE_KINDS[kind] ?? kind };
      });
    }),
  );
}

function listOf(draft: Draft, name: string): Draft[] {
  const list = draft[name];
  return Array.isArray(list) ? list.filter(isDraft) : [];
}

/** Every list of activities of a model. */
function bodiesOf(draft: Draft): { readonly owner: Draft; readonly list: DraftValue[]; readonly pathway: Draft }[] {
  const found: { owner: Draft; list: DraftValue[]; pathway: Draft }[] = [];
  const visit = (owner: Draft, pathway: Draft): void => {
    for (const [key, value] of Object.entries(owner)) {
      if (Array.isArray(value) && (key === 'body' || key === 'otherwise')) found.push({ owner, list: value, pathway });
      if (Array.isArray(value) && ['body', 'otherwise', 'branches'].includes(key))
        for (const each of value) if (isDraft(each)) visit(each, pathway);
      if (key === 'waits' && isDraft(value)) visit(value, pathway);
    }
  };
  for (const pathway of listOf(draft, 'pathways')) visit(pathway, pathway);
  for (const response of listOf(draft, 'responses'))
    for (const patch of listOf(response, 'patches'))
      if (Array.isArray(patch.with)) found.push({ owner: patch, list: patch.with, pathway: response });
  return found;
}

function stepsOf(draft: Draft): { readonly step: Draft; readonly list: DraftValue[]; readonly pathway: Draft }[] {
  return bodiesOf(draft).flatMap(({ list, pathway }) =>
    list
      .filter(isDraft)
      .filter(({ kind }) => kind === 'step')
      .map((step) => ({ step, list, pathway })),
  );
}

function scaleNumbers(value: DraftValue | undefined): boolean {
  if (Array.isArray(value)) return value.some(scaleNumbers);
  if (!isDraft(value)) return false;
  if (value.kind === 'number' && typeof value.value === 'number') {
    value.value = value.value * 2 + 1;
    return true;
  }
  return Object.values(value).some(scaleNumbers);
}

/** Edits of each kind; each gives undefined where the model has nothing that it could change. */
export function editsOf(model: Model): readonly (readonly [string, Edit])[] {
  const one = (
    change: (draft: Draft, pick: (length: number) => number) => Omit<Mutation, 'model'> | undefined,
  ): Edit => {
    return (pick) => {
      const draft = draftOf(model);
      const told = change(draft, pick);
      return told && { ...told, model: asModel(draft) };
    };
  };
  return [
    [
      'a new title',
      one((draft, pick) => {
        const [name, kind] = LISTS[pick(LISTS.length)]!;
        const list = listOf(draft, name);
        const element = list[pick(list.length)];
        if (element === undefined) return undefined;
        element.title = 'Another title altogether';
        return {
          what: `title of ${nameOf(element.id)}`,
          expected: { kind: 'changed', property: 'title', element: kind },
        };
      }),
    ],
    [
      'another number',
      one((draft, pick) => {
        const all = [...listOf(draft, 'resources'), ...listOf(draft, 'numbers'), ...listOf(draft, 'staff')];
        const element = all[pick(all.length)];
        const property = Object.keys(element ?? {}).find((key) => key !== 'origin' && scaleNumbers(element?.[key]));
        if (element === undefined || property === undefined) return undefined;
        return {
          what: `${property} of ${nameOf(element.id)}`,
          expected: {
            kind: 'changed',
            property,
            element: 'headcount' in element ? 'staff group' : 'count' in element ? 'resource' : 'number',
          },
        };
      }),
    ],
    [
      'another duration',
      one((draft, pick) => {
        const steps = stepsOf(draft).filter(({ step }) => step.takes !== undefined);
        const found = steps[pick(steps.length)];
        if (found === undefined || !scaleNumbers(found.step.takes)) return undefined;
        return {
          what: `takes of ${nameOf(found.step.id)}`,
          expected: { kind: 'changed', property: 'takes', element: 'step' },
        };
      }),
    ],
    [
      'remote work',
      one((draft, pick) => {
        const steps = stepsOf(draft);
        const found = steps[pick(steps.length)];
        if (found === undefined) return undefined;
        found.step.remote = found.step.remote !== true;
        return {
          what: `remote of ${nameOf(found.step.id)}`,
          expected: { kind: 'changed', property: 'remote', element: 'step' },
        };
      }),
    ],
    [
      'a step removed',
      one((draft, pick) => {
        const steps = stepsOf(draft);
        const found = steps[pick(steps.length)];
        if (found === undefined) return undefined;
        found.list.splice(found.list.indexOf(found.step), 1);
        return { what: `removed ${nameOf(found.step.id)}`, expected: { kind: 'removed', element: 'step' } };
      }),
    ],
    [
      'a step added',
      one((draft, pick) => {
        const bodies = bodiesOf(draft);
        const body = bodies[pick(bodies.length)];
        const origin = body?.pathway.origin;
        if (body === undefined || origin === undefined) return undefined;
        const place = pick(body.list.length + 1);
        body.list.splice(place, 0, {
          id: `${nameOf(body.pathway.id)}.QuiteNew`,
          name: 'QuiteNew',
          kind: 'step',
          origin,
          needs: [],
          costs: [],
          dependsOn: [],
          remote: true,
        });
        return { what: `added at ${place}`, expected: { kind: 'added', element: 'step' } };
      }),
    ],
    [
      'a step moved to the end of another list',
      one((draft, pick) => {
        const steps = stepsOf(draft);
        const found = steps[pick(steps.length)];
        const others = bodiesOf(draft).filter(
          ({ list, pathway }) => list !== found?.list && pathway === found?.pathway,
        );
        const target = others[pick(others.length)];
        if (
          found === undefined ||
          target === undefined ||
          JSON.stringify(found.step).includes(JSON.stringify(target.list))
        )
          return undefined;
        found.list.splice(found.list.indexOf(found.step), 1);
        target.list.push(found.step);
        return { what: `moved ${nameOf(found.step.id)}`, expected: { kind: 'moved', element: 'step' } };
      }),
    ],
    [
      'a step renamed with all that names it',
      one((draft, pick) => {
        const steps = stepsOf(draft);
        const found = steps[pick(steps.length)];
        if (found === undefined) return undefined;
        const [id, renamed] = [nameOf(found.step.id), `${nameOf(found.pathway.id)}.${nameOf(found.step.name)}Anew`];
        found.step.name = `${nameOf(found.step.name)}Anew`;
        rename(draft, id, renamed);
        return { what: `renamed ${id}`, expected: { kind: 'renamed', element: 'step' } };
      }),
    ],
    [
      'a declaration renamed with all that names it',
      one((draft, pick) => {
        const [name, kind] = (['resources', 'roles', 'skills', 'cohorts', 'numbers'] as const).map(
          (list) => [list, list.replace(/s$/, '')] as const,
        )[pick(5)]!;
        const list = listOf(draft, name);
        const element = list[pick(list.length)];
        if (element === undefined) return undefined;
        const id = nameOf(element.id);
        element.name = `${nameOf(element.name)}Anew`;
        rename(draft, id, `${id}Anew`);
        return { what: `renamed ${id}`, expected: { kind: 'renamed', element: kind } };
      }),
    ],
    [
      'a declaration removed',
      one((draft, pick) => {
        const lists = [...LISTS, ['sources', 'source'] as const, ['stocks', 'stock'] as const];
        const [name, kind] = lists[pick(lists.length)]!;
        const list = draft[name];
        if (!Array.isArray(list) || list.length === 0) return undefined;
        list.splice(pick(list.length), 1);
        return { what: `removed of ${name}`, expected: { kind: 'removed', element: kind } };
      }),
    ],
    [
      'another figure of a plan',
      one((draft, pick) => {
        const lines = linesOf(draft).filter(({ kind }) => !['replace', 'insert'].includes(kind));
        const found = lines[pick(lines.length)];
        const property = Object.keys(found?.line ?? {}).find(
          (key) => key !== 'origin' && scaleNumbers(found?.line[key]),
        );
        if (found === undefined || property === undefined) return undefined;
        return {
          what: `${property} of ${nameOf(found.line.id)}`,
          expected: { kind: 'changed', property, element: found.kind },
        };
      }),
    ],
    [
      'a line of a plan removed',
      one((draft, pick) => {
        const lines = linesOf(draft);
        const found = lines[pick(lines.length)];
        if (found === undefined) return undefined;
        found.list.splice(found.list.indexOf(found.line), 1);
        return { what: `removed ${nameOf(found.line.id)}`, expected: { kind: 'removed', element: found.kind } };
      }),
    ],
    [
      'a line added to a plan',
      one((draft, pick) => {
        const lines = linesOf(draft);
        const found = lines[pick(lines.length)];
        if (found === undefined) return undefined;
        if (found.kind === 'card') return undefined;
        const cohorts = ['QuiteNew'];
        const isEffect = listOf(draft, 'crises').some(({ effects }) => effects === found.list);
        const people = { kind: 'number', value: 9, dimension: { time: 0, money: 0 } };
        const line = isEffect
          ? { kind: 'arrivals', cohorts, change: { kind: 'people', people } }
          : { kind: 'cancel', cohorts };
        const place = pick(found.list.length + 1);
        found.list.splice(place, 0, { ...line, id: 'X.#99', origin: found.line.origin ?? {} });
        return { what: `added at ${place}`, expected: { kind: 'added', element: isEffect ? 'arrivals' : 'cancel' } };
      }),
    ],
    [
      'a threshold of a trigger',
      one((draft, pick) => {
        const triggers = listOf(draft, 'triggers').filter(({ fires }) => isDraft(fires) && fires.kind === 'condition');
        const found = triggers[pick(triggers.length)];
        const property = pick(2) === 0 ? 'fires' : 'until';
        if (!scaleNumbers(found?.[property])) return undefined;
        return {
          what: `${property} of ${nameOf(found?.id)}`,
          expected: { kind: 'changed', property, element: 'trigger' },
        };
      }),
    ],
    [
      'the order of a response',
      one((draft, pick) => {
        const responses = listOf(draft, 'responses');
        const found = responses[pick(responses.length)];
        if (found === undefined) return undefined;
        found.priority = 77;
        return {
          what: `priority of ${nameOf(found.id)}`,
          expected: { kind: 'changed', property: 'priority', element: 'response' },
        };
      }),
    ],
    [
      'a level of a scale added or removed',
      one((draft, pick) => {
        const scales = listOf(draft, 'scales');
        const levels = scales[pick(scales.length)]?.levels;
        if (!Array.isArray(levels)) return undefined;
        const place = pick(levels.length);
        const isNew = pick(2) === 0;
        if (isNew) levels.splice(place, 0, { name: 'Between', origin: scales[0]?.origin ?? {} });
        else levels.splice(place, 1);
        return { what: `level at ${place}`, expected: { kind: isNew ? 'added' : 'removed', element: 'level' } };
      }),
    ],
    [
      'a level of a scale called otherwise',
      one((draft, pick) => {
        const scales = listOf(draft, 'scales');
        const found = listOf(scales[pick(scales.length)] ?? {}, 'levels');
        const level = found[pick(found.length)];
        if (level === undefined) return undefined;
        const name = nameOf(level.name);
        level.name = `${name}Anew`;
        rename(draft, name, `${name}Anew`);
        return { what: `renamed level ${name}`, expected: { kind: 'renamed', element: 'level' } };
      }),
    ],
    [
      'a declaration of a plan renamed with all that names it',
      one((draft, pick) => {
        const [name, kind] = LISTS.slice(-6)[pick(6)]!;
        const list = listOf(draft, name);
        const element = list[pick(list.length)];
        if (element === undefined) return undefined;
        const id = nameOf(element.id);
        element.name = `${nameOf(element.name)}Anew`;
        rename(draft, id, `${id}Anew`);
        return { what: `renamed ${id}`, expected: { kind: 'renamed', element: kind } };
      }),
    ],
    [
      'other words on a card',
      one((draft, pick) => {
        const cards = linesOf(draft).filter(({ kind }) => kind === 'card');
        const actions = cards[pick(cards.length)]?.line.actions;
        const action = Array.isArray(actions) ? actions.filter(isDraft)[pick(actions.length)] : undefined;
        if (action === undefined) return undefined;
        action.text = 'Something else altogether';
        return { what: 'an action', expected: { kind: 'changed', property: 'actions', element: 'card' } };
      }),
    ],
  ];
}

/** Puts a new id where the old one names its element, or one inside it; words that people read stay. */
function rename(value: DraftValue, id: string, renamed: string): void {
  const anew = (text: DraftValue | undefined): string | undefined =>
    text === id
      ? renamed
      : nameOf(text).startsWith(`${id}.`)
        ? `${renamed}${nameOf(text).slice(id.length)}`
        : undefined;
  if (Array.isArray(value)) {
    value.forEach((each, i) => {
      const text = anew(each);
      if (text === undefined) rename(each, id, renamed);
      else value[i] = text;
    });
  } else if (isDraft(value)) {
    for (const [key, member] of Object.entries(value)) {
      if (['title', 'label', 'text', 'name', 'values', 'categories'].includes(key)) continue;
      const text = anew(member);
      if (text === undefined) rename(member, id, renamed);
      else value[key] = text;
    }
  }
}

/** The model with other places, comments and units as written: nothing that means anything. */
export function reformatted(model: Model): Model {
  const change = (value: Json): Json => {
    if (Array.isArray(value)) return value.map((each: Json) => change(each));
    if (typeof value !== 'object' || value === null) return value;
    const object = value as JsonObject;
    const changed = Object.fromEntries(Object.entries(object).map(([key, member]) => [key, change(member)]));
    if (typeof object.line === 'number')
      return { ...changed, line: object.line + 3, endLine: Number(object.endLine) + 3 };
    if (object.kind === 'number' && object.unit === 'h') return { ...changed, unit: 'min' };
    return object.origin === undefined || object.id === undefined
      ? changed
      : { ...changed, documentation: 'Other words.' };
  };
  return { ...(change(model as unknown as Json) as unknown as Model), sourceHash: 'other' };
}
