import { activityDemand, crisisDemand } from '@pathway/analysis';
import { csvTable } from '@pathway/interchange';
import type { Model } from '@pathway/model';
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
  return skillReportOf(await loadSolver(), model, {
    ...asked,
    demand,
    demandIn: (crisis) => crisisDemand(model, crisis, scenario),
    ...(scenario !== undefined && { scenario }),
  });
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
