import { checkLanguage, ProjectError } from '@pathway/compiler';
import type { Model } from '@pathway/model';
import { timelineSvg } from '@pathway/report';
import type { StudyResults } from '@pathway/simulation';

export { checkLanguage };

/** A drawing of what was in force when. @throws ProjectError where nothing could be */
export function studyTimeline(model: Model, results: readonly StudyResults[], language: string | undefined): string {
  if (language !== undefined) checkLanguage(language);
  const drawing = timelineSvg(model, results, language);
  if (drawing === undefined)
    throw new ProjectError(
      'No scenario of these studies has a crisis, levels or responses, so that there is nothing to draw over time.',
      'Give a scenario a crisis: `scenario Winter { crisis Flu with SurgePlan }`.',
    );
  return drawing;
}
