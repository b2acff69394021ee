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
import { staffingSection } from './sections/staffing-section.js';
import { summarySection } from './sections/summary-section.js';
import { listOf, named } from './text.js';

interface SectionPlan {
  readonly id: string;
  readonly title: string;
  readonly content: (context: PageContext) => HtmlPart;
}

const SECTIONS: readonly SectionPlan[] = [
  { id: 'summary', title: 'Summary', content: summarySection },
  { id: 'pathways', title: 'Pathways', content: pathwaysSection },
  { id: 'indicators', title: 'Indicators', content: indicatorsSection },
  { id: 'expectations', title: 'Expectations', content: expectationsSection },
  { id: 'method', title: 'Method', content: methodSection },
  { id: 'resources', title: 'Resources and census', content: resourcesSection },
  { id: 'staffing', title: 'Staffing', content: staffingSection },
  { id: 'sources', title: 'Sources and their grades', content: sourcesSection },
  { id: 'findings', title: 'Findings of the checks', content: findingsSection },
  { id: 'settings', title: 'Settings', content: settingsSection },
];

/**
 * One HTML page with everything that the input holds: summary in plain words, drawings, figures with intervals and
 * charts, expectations, census, staffing need, sources, findings and settings. The page loads nothing and runs
 * nothing, and the same input gives the same bytes.
 * @throws DiagramError when a drawing is not well-formed SVG
 */
export function reportHtml(input: ReportInput, options: ReportOptions = {}): string {
  const context: PageContext = { input, options, ids: new IdSource() };
  const sections = SECTIONS.flatMap(({ id, title, content }): PageSection[] => {
    const filled = content(context);
    return filled === undefined ? [] : [{ id, title, content: filled }];
  });
  const questions = input.results.map((study) => named(study.title));
  return page({
    title: named(input.model.title),
    question: questions.length === 0 ? undefined : html`<p class="question">${listOf(questions)}</p>`,
    sections,
    footer: html`<p>
      Written by Pathway, language version ${input.model.languageVersion}, from sources with the hash
      <code>${input.model.sourceHash.slice(0, 12)}</code>.
    </p>`,
  });
}
