import type { Model } from '@pathway/model';
import { byId, titleOf } from '@pathway/model';
import type { SkillMatching, SkillReport, SkillShiftCover } from '@pathway/staffing';
import { percent, plain } from '../figures.js';
import { heading, type Html, html, type HtmlPart, IdSource, lines } from '../html/html.js';
import { page } from '../html/page.js';
import { table } from '../html/table.js';
import { named } from '../text.js';
import type { Language } from '../words/languages.js';
import { type Words, wordsOf } from '../words/words.js';

/** A report on skills to be shown. */
export interface SkillsInput {
  /** In the language of the reader. */
  readonly model: Model;
  readonly report: SkillReport;
  readonly language?: Language;
}

/**
 * Who can do what, where that is thin, how people and needs fit as usual and in each crisis, and which training helps, as one
 * HTML page that needs nothing beside itself; the same report gives the same bytes.
 */
export function skillsHtml({ model, report, language }: SkillsInput): string {
  const words = wordsOf(language);
  const { say } = words;
  const ids = new IdSource();
  const sections: readonly (readonly [id: string, title: string, content: HtmlPart])[] = [
    ['thin', say`Thin spots`, spotTable(words, ids, report)],
    ['matrix', say`Who can do what`, matrixTable(words, ids, model, report)],
    ['fit', say`People and needs`, lines(report.matchings.map((each) => matchingPart(words, ids, model, each)))],
    ['training', say`Training that helps`, trainingTable(words, ids, model, report)],
  ];
  return page({
    words,
    title: named(report.title),
    question: html`<p class="question">${say`Skills`}</p>`,
    sections: sections.map(([id, title, content]) => ({ id, title, content })),
    footer: html`<p>
      ${say`Written by Pathway, language version ${report.languageVersion}, from sources with the hash ${report.sourceHash.slice(0, 12)}.`}
    </p>`,
  });
}

function placeTitle(model: Model, id: string | undefined): string {
  const place = byId(model.organisations, id ?? '');
  return named(place === undefined ? (id ?? '–') : titleOf(place));
}

function roleTitle(model: Model, id: string): string {
  const role = byId(model.roles, id);
  return named(role === undefined ? id : titleOf(role));
}

/** A verdict on how many have a skill, in words. */
export function skillVerdict({ say }: Words, verdict: SkillReport['spots'][number]['verdict']): string {
  return {
    nobody: say`nobody has it`,
    'one person': say`one person alone has it`,
    'nobody on a shift': say`nobody has it on a shift`,
    'one person on a shift': say`one person alone has it on a shift`,
    enough: say`enough`,
  }[verdict];
}

function spotTable(words: Words, ids: IdSource, report: SkillReport): Html {
  const { say } = words;
  if (report.spots.length === 0) return html`<p>${say`No step asks for a skill.`}</p>`;
  return table(ids, {
    caption: say`Skills that steps ask for; what a crisis takes away first stands above`,
    columns: [
      { label: say`Skill` },
      { label: say`Steps` },
      { label: say`Hours a week`, numeric: true },
      { label: say`People who have it`, numeric: true },
      { label: say`By shift` },
      { label: say`By place` },
      { label: say`Verdict` },
      { label: say`Bears an absence of`, numeric: true },
    ],
    rows: report.spots.map((spot) => [
      named(spot.title),
      spot.steps.map(named).join(', '),
      plain(words, spot.workHoursPerWeek),
      plain(words, spot.holders),
      spot.shifts.map(({ title, holders }) => `${named(title)} ${plain(words, holders)}`).join(', '),
      spot.sites.map(({ organisation, holders }) => `${named(organisation)} ${plain(words, holders)}`).join(', '),
      html`<span class="verdict ${spot.verdict === 'enough' ? 'good' : 'bad'}"
          >${skillVerdict(words, spot.verdict)}</span
        >
        ${spot.alone.map(named).join(', ')}`,
      percent(words, spot.bears),
    ]),
    note: say`An absence that it bears leaves in every hour as many who have the skill as its work takes on average.`,
  });
}

function matrixTable(words: Words, ids: IdSource, model: Model, { holders, skills }: SkillReport): Html {
  const { say } = words;
  return table(ids, {
    caption: say`Skills of people and groups, with the level where there are levels`,
    columns: [
      { label: say`Person` },
      { label: say`Role` },
      { label: say`Organisation` },
      { label: say`People`, numeric: true },
      ...skills.map(({ title }) => ({ label: named(title) })),
    ],
    rows: holders.map((holder) => [
      named(holder.id),
      named(holder.title),
      placeTitle(model, holder.organisation),
      plain(words, holder.people),
      ...skills.map(({ skill }) => heldMark(holder, skill)),
    ]),
  });
}

/** The level held, a dot for a skill without one, nothing where it is not held. */
function heldMark({ skills }: SkillReport['holders'][number], skill: string): string {
  const held = skills.find((each) => each.skill === skill);
  return held === undefined ? '' : named(held.level ?? '●');
}

function matchingPart(words: Words, ids: IdSource, model: Model, matching: SkillMatching): Html {
  const { say } = words;
  const name = matching.crisis === null ? say`As usual` : named(matching.title);
  const share = matching.neededHours > 0 ? matching.shortHours / matching.neededHours : 0;
  const moves = [
    ...matching.lent.map(
      ({ from, to, role, hoursPerWeek }) =>
        say`${placeTitle(model, from)} lends ${plain(words, hoursPerWeek)} hours of ${roleTitle(model, role)} to ${placeTitle(model, to)}`,
    ),
    ...matching.substituted.map(
      ({ role, as, hoursPerWeek }) =>
        say`${roleTitle(model, role)} stands in for ${roleTitle(model, as)} for ${plain(words, hoursPerWeek)} hours`,
    ),
  ];
  return lines([
    heading(3, name),
    html`<p>
      ${say`Of ${plain(words, matching.neededHours)} hours of cover a week ${plain(words, matching.shortHours)} are short (${percent(words, share)}).`}
    </p>`,
    ...respondingParts(words, matching),
    moves.length === 0
      ? undefined
      : html`<ul>
          ${moves.map((each) => html`<li>${each}</li>`)}
        </ul>`,
    matching.shortages.length === 0
      ? undefined
      : table(ids, {
          caption: say`What is short: ${name}`,
          columns: [
            { label: say`Role or skill` },
            { label: say`Organisation` },
            { label: say`Hours a week`, numeric: true },
            { label: say`Most, people`, numeric: true },
            { label: say`At the busiest hour` },
          ],
          rows: matching.shortages.map(({ who, organisation, hoursPerWeek, worst, worstHour }) => [
            named(who),
            placeTitle(model, organisation),
            plain(words, hoursPerWeek),
            plain(words, worst, 2),
            `${words.weekdays[Math.floor(worstHour / 24)] ?? ''} ${String(worstHour % 24).padStart(2, '0')}:00`,
          ]),
        }),
    matching.byShift === null ? undefined : shiftPart(words, ids, model, matching.byShift, name),
  ]);
}

/** What a mean week of a crisis stands for, which responses it follows, and what it leaves out of what they change. */
function respondingParts(words: Words, { crisis, responses, leftOut }: SkillMatching): readonly Html[] {
  const { say } = words;
  const sentence = ({ kind, of: title }: SkillMatching['leftOut'][number]): string => {
    const of = named(title);
    return {
      'scenarios differ': say`What responses change of the work is left out, for the scenarios with this crisis have different ones: ${of}.`,
      'not together': say`What responses change of the work is left out, for these are not in force together as they are: ${of}.`,
      postponed: say`Those whose arrival ${of} postpones count as if they came at their usual time.`,
      'no closed form': say`What responses change of ${of} has no closed form; its work is not counted as a run would find it.`,
    }[kind];
  };
  return [
    ...(crisis === null
      ? []
      : [say`A mean week of it, as if all that it brings lasted throughout; a staffing plan follows it day by day.`]),
    ...(responses.length === 0
      ? []
      : [
          say`These responses are taken to be in force in all of it, with everybody whom they call in: ${words.list(responses.map(named))}.`,
        ]),
    ...leftOut.map(sentence),
  ].map((text) => html`<p>${text}</p>`);
}

/** Who goes where on which shift, and what stays short, in whole people. */
function shiftPart(words: Words, ids: IdSource, model: Model, cover: SkillShiftCover, name: string): HtmlPart {
  const { say } = words;
  const dayOf = (day: number): string => words.weekdays[(day + cover.firstWeekday) % 7] ?? '';
  return lines([
    html`<p>
      ${say`By shift, in whole people, ${plain(words, cover.shortHours)} of ${plain(words, cover.wantedHours)} hours are short; no other way is more than ${percent(words, cover.gap)} better.`}
    </p>`,
    cover.moves.length === 0
      ? undefined
      : table(ids, {
          caption: say`Who goes where: ${name}`,
          columns: [
            { label: say`Shift` },
            { label: say`People`, numeric: true },
            { label: say`Role` },
            { label: say`From` },
            { label: say`For the work of` },
            { label: say`Organisation` },
          ],
          rows: cover.moves.map(({ day, shift, people, role, from, for: work, to }) => [
            `${dayOf(day)}, ${named(shift)}`,
            plain(words, people),
            roleTitle(model, role),
            placeTitle(model, from),
            named(work),
            placeTitle(model, to),
          ]),
        }),
    cover.shortages.length === 0
      ? undefined
      : table(ids, {
          caption: say`Short by shift: ${name}`,
          columns: [
            { label: say`Day` },
            { label: say`Hours`, numeric: true },
            { label: say`People`, numeric: true },
            { label: say`Role or skill` },
            { label: say`Organisation` },
          ],
          rows: cover.shortages.map(({ day, from, hours, people, who, organisation }) => [
            `${dayOf(day)} ${String(from).padStart(2, '0')}:00`,
            plain(words, hours),
            plain(words, people, 2),
            named(who),
            placeTitle(model, organisation),
          ]),
        }),
  ]);
}

function trainingTable(words: Words, ids: IdSource, model: Model, report: SkillReport): Html {
  const { say } = words;
  if (report.training.length === 0)
    return html`<p>${say`No shortage is left that training one person in a skill would make smaller.`}</p>`;
  const state = report.matchings.find(({ crisis }) => crisis === report.trainingFor);
  const name = state === undefined || state.crisis === null ? say`As usual` : named(state.title);
  return table(ids, {
    caption: say`Hours a week that are short no more when one person learns a skill: ${name}`,
    columns: [
      { label: say`Role` },
      { label: say`Organisation` },
      { label: say`Skill` },
      { label: say`Hours a week`, numeric: true },
      { label: say`Days of training`, numeric: true },
      { label: say`Counts after, days`, numeric: true },
    ],
    rows: report.training.map((gain) => [
      named(gain.title),
      placeTitle(model, gain.organisation),
      named(gain.level === undefined ? gain.skillTitle : `${gain.skillTitle}, ${gain.level}`),
      plain(words, gain.removesHours),
      gain.trainingDays === null ? '–' : plain(words, gain.trainingDays),
      gain.countsAfterDays === null ? '–' : plain(words, gain.countsAfterDays),
    ]),
  });
}
