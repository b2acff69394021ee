import type { HourlyCover } from '@pathway/staffing';
import { fixed, plain } from '../figures.js';
import { type Html, html, type HtmlPart, IdSource, lines } from '../html/html.js';
import { heatStep } from '../html/heat-map.js';
import { page, type PageSection } from '../html/page.js';
import { folded, table } from '../html/table.js';
import { LIGHT } from '../palette.js';
import { noteWords } from '../staff-words.js';
import { named } from '../text.js';
import { type Words, wordsOf } from '../words/words.js';
import { rosterGantt } from './gantt.js';
import {
  breaksOf,
  dayHead,
  missingSentence,
  requestWords,
  roleTitle,
  rosterDays,
  type RosterInput,
  ruleWords,
  shortestRest,
  shortfallSentence,
  someDates,
  stretches,
  verdictSentence,
  whoIs,
  whoTitle,
} from './roster-view.js';
import { repairSection } from './repair-section.js';
import type { RosterContext } from './roster-context.js';
import { sheetSection } from './sheet-section.js';
import { whySection } from './why-section.js';

/** Days in one picture on the clock. */
const DAYS_IN_A_PICTURE = 7;
/** More people than this, or more shortfalls, are folded away until somebody asks for them. */
const MOST_PEOPLE_OPEN = 60;
const MOST_SENTENCES = 40;

/**
 * A roster as one HTML page that needs nothing beside itself: the sheet, need against cover by hour, the shifts on the
 * clock, who is missing in words, how fair it is, and each rule with how near the lines come to it. Nothing runs on the page;
 * the same roster gives the same bytes.
 */
export function rosterHtml(input: RosterInput): string {
  const words = wordsOf(input.language);
  const { say } = words;
  const { roster } = input;
  const days = rosterDays(roster);
  const context: RosterContext = { words, ids: new IdSource(), input, roster, days };
  const sections: readonly (readonly [id: string, title: string, content: HtmlPart])[] = [
    ['summary', say`Summary`, summary(context)],
    ...(roster.repair === undefined
      ? []
      : [['changes', say`What changes`, repairSection(words, context.ids, roster, roster.repair)] as const]),
    ['sheet', say`Who works when`, sheetSection(context)],
    ['cover', say`Need against cover`, cover(context)],
    ['clock', say`Shifts on the clock`, clock(context)],
    ['missing', say`Who is missing`, missing(context)],
    ...(roster.explanation === undefined
      ? []
      : [['why', say`Why, and what would help`, whySection(words, context.ids, roster.explanation)] as const]),
    ['fairness', say`Fairness`, fairness(context)],
    ['rules', say`Rules`, rules(context)],
    ['requests', say`Requests and what is set`, requests(context)],
  ];
  return page({
    words,
    title: named(roster.title),
    question: html`<p class="question">
      ${words.say`${roster.people.length} people, ${roster.days} days from ${words.date(roster.from)}`}
    </p>`,
    sections: sections.map(([id, title, content]): PageSection => ({ id, title, content })),
    footer: html`<p>
      ${say`Written by Pathway, language version ${roster.languageVersion}, from sources with the hash ${roster.sourceHash.slice(0, 12)}.`}
      ${input.hasNames === true ? say`This page holds names of people: keep it where only those may read it who need to.` : undefined}
    </p>`,
    style: STYLE,
  });
}

function summary({ words, roster, input }: RosterContext): Html {
  const { say } = words;
  const always = roster.rules.filter(({ weighed }) => !weighed);
  const broken = always.filter(({ brokenBy }) => brokenBy.length > 0).length;
  const items = [
    missingSentence(words, roster),
    verdictSentence(words, roster),
    broken === 0
      ? roster.withoutLine.length === 0
        ? say`All ${always.length} rules are kept by everyone.`
        : say`All ${always.length} rules are kept by everyone who has a line.`
      : say`Of ${always.length} rules, ${broken} are not kept by everyone.`,
    say`Of the requests, ${roster.people.reduce((sum, line) => sum + line.requestsMissed, 0)} are not met.`,
  ];
  return lines([
    ...roster.withoutLine.map(
      (person) =>
        html`<p class="warning">
          <strong>${say`Warning.`}</strong>
          ${say`${named(person)} has no line that keeps all rules and what stands; theirs is empty.`}
        </p>`,
    ),
    html`<ul>
      ${items.map((item) => html`<li>${item}</li>`)}
    </ul>`,
    input.hasNames === true
      ? html`<p class="remark">
          <strong>${say`Note.`}</strong>
          ${say`This page holds names of people: keep it where only those may read it who need to.`}
        </p>`
      : undefined,
  ]);
}

function cover(context: RosterContext): Html {
  const { words, roster } = context;
  const { say } = words;
  const notes = notesOnNeed(context);
  if (roster.cover.length === 0) return lines([html`<p>${say`This roster asks for no cover.`}</p>`, notes]);
  const note = say`On duty of wanted, as a mean of the hour. With an exclamation mark: fewer than wanted. The deeper the colour, the more are wanted.`;
  return lines([html`<p>${note}</p>`, ...roster.cover.map((each) => coverTable(context, each)), notes]);
}

/** What the need that pathways bring assumes or leaves out. */
function notesOnNeed({ words, roster: { notes = [] } }: RosterContext): Html | undefined {
  if (notes.length === 0) return undefined;
  return html`<p class="lead">${words.say`How to read these figures:`}</p>
    <ul>
      ${notes.map((note) => html`<li>${noteWords(words, note)}</li>`)}
    </ul>`;
}

function coverTable({ words, ids, days }: RosterContext, each: HourlyCover): Html {
  const caption = ids.take('cover');
  const largest = Math.max(0, ...each.wanted);
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const cell = (slot: number): Html => {
    const wanted = each.wanted[slot] ?? 0;
    const there = each.there[slot] ?? 0;
    const isShort = there < wanted - 1e-9;
    if (wanted === 0 && there === 0) return html`<td></td>`;
    const numbers = `${short(words, there)}/${short(words, wanted)}`;
    if (isShort) return html`<td class="short">${numbers}!</td>`;
    return html`<td class="h${heatStep(wanted, largest)}">${numbers}</td>`;
  };
  return html`<div class="scroll" role="group" tabindex="0" aria-labelledby="${caption}">
    <table class="heat">
      <caption id="${caption}">
        <span>${words.say`On duty of wanted: ${whoTitle(words, each)}`}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">${words.say`Hour`}</th>
          ${hours.map((hour) => html`<th scope="col">${String(hour).padStart(2, '0')}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${lines(
          days.map(
            (day) =>
              html`<tr>
                <th scope="row">${dayHead(words, day)}</th>
                ${hours.map((hour) => cell(day.index * 24 + hour))}
              </tr>`,
          ),
        )}
      </tbody>
    </table>
  </div>`;
}

/** At most one decimal, and none for whole numbers. */
function short(words: Words, value: number): string {
  return fixed(words, value, Math.abs(value - Math.round(value)) < 0.05 ? 0 : 1);
}

function clock(context: RosterContext): Html {
  const { words, ids, roster, days } = context;
  const pictures = stretches(days, DAYS_IN_A_PICTURE).map(
    (week) =>
      html`<div class="scroll" tabindex="0" role="group" aria-label="${words.date(week[0]?.date ?? roster.from)}">
        ${rosterGantt(words, ids, roster, roster.people, week)}
      </div>`,
  );
  const note =
    roster.repair === undefined
      ? undefined
      : html`<p>${words.say`In a frame: changed. Dashed: what stood and fell away.`}</p>`;
  return roster.people.length > MOST_PEOPLE_OPEN
    ? lines([note, folded(words.say`Shifts of all ${roster.people.length} people`, lines(pictures))])
    : lines([note, ...pictures]);
}

function missing({ words, roster }: RosterContext): Html {
  const { say } = words;
  const sentences = roster.shortfalls.map((each) => html`<li>${shortfallSentence(words, roster, each)}</li>`);
  if (sentences.length === 0) return html`<p>${say`Nobody is missing on any shift.`}</p>`;
  const first = html`<ul>
    ${sentences.slice(0, MOST_SENTENCES)}
  </ul>`;
  const rest = sentences.slice(MOST_SENTENCES);
  if (rest.length === 0) return first;
  const others = html`<ul>
    ${rest}
  </ul>`;
  return lines([first, folded(say`${rest.length} more`, others)]);
}

function fairness({ words, ids, roster, input }: RosterContext): Html {
  const { say } = words;
  const spread = (label: string, values: readonly number[]): Html | undefined => {
    if (values.length === 0) return undefined;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return html`<li>
      ${say`${label}: from ${plain(words, least)} to ${plain(words, most)}, ${plain(words, mean)} on average`}
    </li>`;
  };
  const { people } = roster;
  const shares = people.flatMap(({ hours, contractHours }) =>
    contractHours > 0 ? [(hours / contractHours) * 100] : [],
  );
  const columns = [
    say`Hours`,
    say`Contract hours`,
    say`Difference, h`,
    say`Nights`,
    say`Weekend days`,
    say`Shortest rest, h`,
    say`Requests not met`,
  ];
  return lines([
    html`<ul>
      ${spread(
        say`Nights`,
        people.map(({ nights }) => nights),
      )}
      ${spread(
        say`Weekend days`,
        people.map(({ weekendDays }) => weekendDays),
      )}
      ${spread(say`Hours, % of the contract`, shares)}
      ${spread(
        say`Requests not met`,
        people.map(({ requestsMissed }) => requestsMissed),
      )}
    </ul>`,
    table(ids, {
      caption: say`What each person works`,
      columns: [{ label: say`Person` }, { label: say`Role` }, ...columns.map((label) => ({ label, numeric: true }))],
      rows: people.map((line) => {
        const rest = shortestRest(line, roster);
        return [
          whoIs(words, line),
          roleTitle(input, line),
          plain(words, line.hours, 1),
          plain(words, line.contractHours, 1),
          fixed(words, line.hours - line.contractHours, 1),
          plain(words, line.nights),
          plain(words, line.weekendDays),
          rest === undefined ? '–' : plain(words, rest, 1),
          plain(words, line.requestsMissed),
        ];
      }),
    }),
  ]);
}

function rules({ words, ids, roster }: RosterContext): Html {
  const { say } = words;
  if (roster.rules.length === 0) return html`<p>${say`This roster has no rules.`}</p>`;
  return table(ids, {
    caption: say`Rules of working time, measured on the finished lines`,
    columns: [
      { label: say`Rule` },
      { label: say`Nearest to the limit`, numeric: true },
      { label: say`Verdict` },
      { label: say`Kept by`, numeric: true },
      { label: say`Not kept by` },
      { label: say`Written in` },
    ],
    rows: roster.rules.map((rule) => [
      ruleWords(words, rule),
      rule.reached === null ? '–' : plain(words, rule.reached),
      rule.brokenBy.length === 0
        ? html`<span class="verdict good">${say`kept`}</span>`
        : html`<span class="verdict ${rule.weighed ? 'unsure' : 'bad'}">${say`not kept`}</span>`,
      `${rule.kept} / ${roster.people.length}`,
      breaksOf(rule),
      html`<code>${rule.file}:${rule.line}</code>`,
    ]),
    note: say`Dates are those on which something begins that does not keep a rule. Rules of sharing and of usual notice are weighed against the others; all others hold always.`,
  });
}

function requests({ words, ids, roster }: RosterContext): Html {
  const { say } = words;
  if (roster.requests.length === 0) return html`<p>${say`This roster has no requests.`}</p>`;
  const content = table(ids, {
    caption: say`What people ask for, and what is set`,
    columns: [
      { label: say`Person` },
      { label: say`Request or setting` },
      { label: say`Verdict` },
      { label: say`Days met`, numeric: true },
      { label: say`Not met on` },
      { label: say`Written in` },
    ],
    rows: roster.requests.map((request) => [
      named(request.person),
      requestWords(words, roster, request),
      request.missed.length === 0
        ? html`<span class="verdict good">${say`met`}</span>`
        : html`<span class="verdict ${request.kind === 'set' ? 'bad' : 'unsure'}">${say`not met`}</span>`,
      `${request.met} / ${request.met + request.missed.length}`,
      someDates(request.missed),
      html`<code>${request.file}:${request.line}</code>`,
    ]),
  });
  return roster.requests.length > MOST_SENTENCES
    ? folded(say`All ${roster.requests.length} requests`, content)
    : content;
}

/** What the page of a roster has beside the style of all pages. */
const STYLE = `
${LIGHT.series.map((_, i) => `.k${i}{background:var(--series-${i});color:var(--surface)}.gantt .bar.k${i}{fill:var(--series-${i})}`).join('\n')}
.code{display:inline-block;min-width:1.6rem;padding:0 .3rem;text-align:center;border:1px solid var(--grid);font-weight:600}
.days{font-size:.8rem;line-height:1.2}
.days th,.days td{padding:.2rem .15rem;min-width:2.1rem;text-align:center;border:1px solid var(--grid)}
.days td{font-weight:600}
.days thead th{font-size:.75rem;font-weight:500}
.days tbody th{position:sticky;left:0;background:var(--surface);text-align:left;white-space:nowrap;font-weight:500}
.days .weekend{background:var(--panel)}
.code.changed{width:auto}.days .changed,.code.changed{outline:2px solid var(--text);outline-offset:-2px;white-space:nowrap}
.heat .short{background:var(--warningSurface);color:var(--warningText);font-weight:700}
.gantt{display:block;font-size:12px}
.gantt text{fill:var(--text)}
.gantt .code{fill:var(--surface);font-weight:700}
.gantt .day,.gantt .row{stroke:var(--grid);fill:none}
.gantt .weekend{fill:var(--panel)}
.gantt .changed{stroke:var(--text);stroke-width:2.5}.gantt .gone{fill:none;stroke:var(--text);stroke-dasharray:3 2}
.gantt .leave{fill:var(--rule)}
@media print{.days td,.heat .short,.code{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.days{font-size:7pt;width:100%}.days th,.days td{min-width:0;padding:1px}.heat{font-size:6pt}
.gantt{max-width:100%;height:auto;print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
