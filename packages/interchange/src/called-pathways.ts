import { activitiesOf, type Model, type Pathway } from '@pathway/model';

/**
 * A pathway, then those that it calls, in the order in which they are first called.
 * @throws RangeError when the model has no such pathway
 */
export function withCalled(model: Pick<Model, 'pathways'>, first: string): readonly Pathway[] {
  const found: Pathway[] = [];
  const visit = (id: string): void => {
    if (found.some((each) => each.id === id)) return;
    const pathway = model.pathways.find((each) => each.id === id);
    if (pathway === undefined) throw new RangeError(`There is no pathway ${id} to export.`);
    found.push(pathway);
    for (const activity of activitiesOf(pathway)) if (activity.kind === 'call') visit(activity.pathway);
  };
  visit(first);
  return found;
}
