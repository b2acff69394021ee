import { byId, type Model, titleOf } from '@pathway/model';

/** An organisation and those that it is part of, itself first: a department's step is its hospital's too. */
export function withParents(id: string, model: Pick<Model, 'organisations'>): readonly string[] {
  const chain: string[] = [];
  for (let next: string | undefined = id; next !== undefined && !chain.includes(next);) {
    chain.push(next);
    next = byId(model.organisations, next)?.partOf;
  }
  return chain;
}

/** Whether two organisations are parts of one, or the same: nothing has to be agreed between them. */
export function areOneHouse(a: string, b: string, model: Pick<Model, 'organisations'>): boolean {
  return withParents(a, model).at(-1) === withParents(b, model).at(-1);
}

/** What readers call an organisation. */
export function organisationTitle(id: string, model: Pick<Model, 'organisations'>): string {
  const found = byId(model.organisations, id);
  return found === undefined ? id : titleOf(found);
}
