import { IdSource, html, type HtmlPart } from './html/html.js';
import { page, type PageSection } from './html/page.js';
import type { ReportInput, ReportOptions } from './input.js';
import type { PageContext } from './sections/context.js';
import { expectationsSection } from './sections/expectations-section.js';
import { findingsSection } from './sections/findings-section.js';
import { indicatorsSection } from './sections/indicators-section.js';
import { methodSection } from './sections/method-section.js';
import { pathwaysSection } from './sections/pathways-section.js';
import { resourcesSection } from './sections/resources-section.js';
import { settingsSection } from './sections/settings-section.js';
import { sourcesSection } from './sections/sources-section.js';
import {
  aimsSection,
  budgetSection,
  plansSection,
  pressureSection,
  stressSection,
  timelineSection,
} from './sections/study-blocks-sections.js';
import { staffingSection } from './sections/staffing-section.js';
import { summarySection } from './sections/summary-section.js';
import { named } from './text.js';
import { type Words, wordsOf } from './words/words.js';

interface SectionPlan {
  readonly id: string;
  readonly title: (words: Words) => string;
  readonly content: (context: PageContext) => HtmlPart;
}

const SECTIONS: readonly SectionPlan[] = [
  { id: 'summary', title: ({ say }) => say`Summary`, content: summarySection },
  { id: 'pathways', title: ({ say }) => say`Pathways`, content: pathwaysSection },
  { id: 'plans', title: ({ say }) => say`Plans compared`, content: plansSection },
  { id: 'aims', title: ({ say }) => say`Comparison by aim`, content: aimsSection },
  { id: 'budget', title: ({ say }) => say`Who pays, and who gains`, content: budgetSection },
  { id: 'timeline', title: ({ say }) => say`What was in force when`, content: timelineSection },
  { id: 'pressure', title: ({ say }) => say`Pressure points`, content: pressureSection },
  { id: 'indicators', title: ({ say }) => say`Indicators`, content: indicatorsSection },
  { id: 'expectations', title: ({ say }) => say`Expectations`, content: expectationsSection },
  { id: 'method', title: ({ say }) => say`Method`, content: methodSection },
  { id: 'resources', title: ({ say }) => say`Resources and census`, content: resourcesSection },
  { id: 'staffing', title: ({ say }) => say`Staffing`, content: staffingSection },
  { id: 'sources', title: ({ say }) => say`Sources and their grades`, content: sourcesSection },
  { id: 'findings', title: ({ say }) => say`Findings of the checks`, content: findingsSection },
  { id: 'settings', title: ({ say }) => say`Settings`, content: settingsSection },
  { id: 'stress', title: ({ say }) => say`Reporting checklist (STRESS-DES)`, content: stressSection },
];

/**
 * One HTML page with everything that the input holds: summary in plain words, drawings, figures with intervals and
 * charts, expectations, census, staffing need, sources, findings and settings. The page loads nothing and runs
 * nothing, and the same input gives the same bytes.
 * @throws DiagramError when a drawing is not well-formed SVG
 */
export function reportHtml(input: ReportInput, options: ReportOptions = {}): string {
  const words = wordsOf(input.language);
  const context: PageContext = { words, input, options, ids: new IdSource() };
  const sections = SECTIONS.flatMap(({ id, title, content }): PageSection[] => {
    const filled = content(context);
    return filled === undefined ? [] : [{ id, title: title(words), content: filled }];
  });
  // A project without a title of its own is called after its first study.
  const questions = input.results
    .map((study) => named(study.title))
    .filter((title) => title !== named(input.model.title));
  return page({
    words,
    title: named(input.model.title),
    question: questions.length === 0 ? undefined : html`<p class="question">${words.list(questions)}</p>`,
    sections,
    theme: options.theme,
    footer: html`<p>
      ${words.say`Written by Pathway, language version ${input.model.languageVersion}, from sources with the hash ${input.model.sourceHash.slice(0, 12)}.`}
    </p>`,
  });
}
