import type { Model } from '@pathway/model';
import { localiseReport, type ReportInput, withDistinctTitles } from '@pathway/report';
import type { EmitContext } from '../emitters/emitter.js';
import type { PrintedDrawing } from './shared-products.js';

/** What a report for print shows: the same, with drawings on as many sheets as they need to be read on A4. */
export async function printedReportInput(
  model: Model,
  context: Pick<EmitContext, 'products' | 'diagnostics'>,
  language?: string,
): Promise<ReportInput> {
  const sheets: Record<string, readonly PrintedDrawing[]> = {};
  const style = language === undefined ? {} : { language };
  for (const { id } of model.pathways) sheets[id] = await context.products.printedDrawing(id, style);
  return { ...(await reportInput(model, context, language)), sheets };
}

/** Gathers what a report shows, from products that other emitters share; for readers of a language (BCP 47). */
export async function reportInput(
  model: Model,
  { products, diagnostics }: Pick<EmitContext, 'products' | 'diagnostics'>,
  language?: string,
): Promise<ReportInput> {
  const diagrams: Record<string, string> = {};
  for (const { id } of model.pathways)
    diagrams[id] = (
      await products.drawing(id, {
        direction: 'down',
        theme: 'light',
        ...(language !== undefined && { language }),
      })
    ).svg;
  const input: ReportInput = {
    model,
    results: await products.results(),
    plans: products.staffingPlans(),
    facts: products.facts(),
    diagrams,
    diagnostics,
  };
  return withDistinctTitles(language === undefined ? input : localiseReport(input, language));
}
