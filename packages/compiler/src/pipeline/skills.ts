import { activityDemand } from '@pathway/analysis';
import type { SkillMatrix } from '@pathway/diagram';
import { csvTable } from '@pathway/interchange';
import { byId, type Model, titleOf } from '@pathway/model';
import { skillVerdict, type Words } from '@pathway/report';
import { loadSolver, type SkillOptions, type SkillReport, skillReportOf } from '@pathway/staffing';

/**
 * Who can do what in a scenario, where it is thin, and how people and needs fit together.
 * @param scenario the model as it is where absent
 * @throws ModelError for an unknown scenario
 */
export async function skillReport(
  model: Model,
  scenario: string | undefined,
  asked: Pick<SkillOptions, 'target' | 'least'> = {},
): Promise<SkillReport> {
  const demand = activityDemand(model, scenario);
  return skillReportOf(await loadSolver(), model, { ...asked, demand, ...(scenario !== undefined && { scenario }) });
}

/** The matrix as CSV: a row for each person or group, a column for each skill with the level held, or `yes`. */
export function skillMatrixCsv({ holders, skills }: SkillReport): string {
  const header = ['who', 'role', 'organisation', 'people', ...skills.map(({ skill }) => skill)];
  const rows = holders.map((holder) => [
    holder.id,
    holder.role,
    holder.organisation,
    holder.people,
    ...skills.map(({ skill }) => {
      const held = holder.skills.find((each) => each.skill === skill);
      return held === undefined ? undefined : (held.level ?? 'yes');
    }),
  ]);
  return csvTable(header, rows);
}

/**
 * The matrix to be drawn: rows called by who they are, what they do and where, with the verdicts of a report; columns for what
 * anybody has or any step asks for, and not for all that is known of, such as the library's.
 */
export function skillMatrix(model: Model, { title, holders, skills, spots }: SkillReport, words: Words): SkillMatrix {
  const matters = (skill: string): boolean =>
    holders.some(({ skills: own }) => own.some((held) => held.skill === skill)) ||
    spots.some((spot) => spot.skill === skill);
  return {
    title,
    skills: skills.filter(({ skill }) => matters(skill)),
    holders: holders.map((holder) => {
      const place = byId(model.organisations, holder.organisation ?? '');
      // A group has the name of its role and place already.
      const names = [
        ...(holder.people > 1 ? [] : [holder.id]),
        holder.title,
        ...(place === undefined ? [] : [titleOf(place)]),
      ];
      return { id: holder.id, label: names.join(', '), people: holder.people, skills: holder.skills };
    }),
    spots: spots.map(({ skill, level, holders: count, verdict, alone }) => ({
      skill,
      ...(level !== undefined && { level }),
      holders: count,
      isThin: verdict !== 'enough',
      verdict: skillVerdict(words, verdict),
      alone,
    })),
  };
}
