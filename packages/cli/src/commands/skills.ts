import { checkLanguage, jsonText, ProjectError, skillMatrix, skillMatrixCsv, skillReport } from '@pathway/compiler';
import { localiseModel } from '@pathway/model';
import { parseCoverTarget } from '@pathway/staffing';
import { createColors } from 'picocolors';
import { skillsText } from '../print/skills-text.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { scenarioNamed } from '../shell/named.js';

export interface SkillsOptions {
  readonly scenario?: string;
  readonly target?: string;
  readonly least: 'cost' | 'disruption';
  readonly format: 'text' | 'json' | 'csv' | 'html' | 'svg';
  readonly language?: string;
  readonly out?: string;
}

/** `pathway skills`: who can do what, where that is thin, who can stand in, and which training helps. */
export async function skills(path: string | undefined, options: SkillsOptions, context: Context): Promise<number> {
  const target = options.target === undefined ? undefined : parseCoverTarget(options.target);
  if (options.target !== undefined && target === undefined)
    throw new ProjectError(
      `${options.target} is no target for cover.`,
      'Say "delay 20%", "wait 90% within 10 min", "mean wait 5 min" or "workload 95%".',
    );
  if (options.language !== undefined) checkLanguage(options.language);
  const compiled = await compileForProduct(path, context);
  if (compiled.model === undefined) return EXIT.found;
  const language = options.language ?? compiled.project.config.language;
  if (language !== undefined) checkLanguage(language);
  const model = language === undefined ? compiled.model : localiseModel(compiled.model, language);
  const scenario = options.scenario === undefined ? model.scenarios[0] : scenarioNamed(model, options.scenario);
  const { least } = options;
  const report = await skillReport(model, scenario?.id, { least, ...(target !== undefined && { target }) });
  if (options.format === 'html' || options.format === 'svg') {
    const { languageFor, skillsHtml, wordsOf } = await import('@pathway/report');
    const words = language === undefined ? undefined : languageFor(language);
    const drawn = async (): Promise<string> => {
      const { skillMatrixDrawing } = await import('@pathway/diagram');
      const own = wordsOf(words);
      return skillMatrixDrawing(skillMatrix(model, report, own), { words: own }).svg;
    };
    const page = (): string => skillsHtml({ model, report, ...(words !== undefined && { language: words }) });
    await deliver(options.format === 'html' ? page() : await drawn(), options.out, context);
    return EXIT.ok;
  }
  const colours = options.out === undefined ? context.outColours : createColors(false);
  const texts = {
    text: () => skillsText(report, colours),
    json: () => jsonText(report),
    csv: () => skillMatrixCsv(report),
  };
  await deliver(texts[options.format](), options.out, context);
  return EXIT.ok;
}
