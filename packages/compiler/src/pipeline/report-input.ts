import type { Model } from '@pathway/model';
import type { ReportInput } from '@pathway/report';
import type { EmitContext } from '../emitters/emitter.js';

/** Gathers what a report shows, from products that other emitters share. */
export async function reportInput(
  model: Model,
  { products, diagnostics }: Pick<EmitContext, 'products' | 'diagnostics'>,
): Promise<ReportInput> {
  const diagrams: Record<string, string> = {};
  for (const { id } of model.pathways)
    diagrams[id] = (await products.drawing(id, { direction: 'down', theme: 'light' })).svg;
  return {
    model,
    results: await products.results(),
    plans: products.staffingPlans(),
    facts: products.facts(),
    diagrams,
    diagnostics,
  };
}
