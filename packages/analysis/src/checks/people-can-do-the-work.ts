import { createDiagnostic, type Diagnostic, type Model, titleOf, byId } from '@pathway/model';
import { needsOf, type PlacedNeed } from '../needs.js';
import { skillCover } from '../skill-cover.js';

/** Somebody has every skill that a step asks for, and not one person alone. */
export function skillsAreHeld(model: Model): Diagnostic[] {
  return skillCover(model).flatMap(({ skill, level, holders }) => {
    if (holders > 1) return [];
    const uses = needsOf(model).filter(
      ({ target, need }) =>
        target.kind === 'skill' && target.skill === skill && target.level === level && need.of.length === 1,
    );
    const [first] = uses;
    if (first === undefined) return [];
    const declared = byId(model.skills, skill);
    const name = `${declared === undefined ? skill : titleOf(declared)}${level === undefined ? '' : ` (${level})`}`;
    return [createDiagnostic(holders === 0 ? 'PW5002' : 'PW5003', { skill: name }, first.need.origin, related(uses))];
  });
}

/** There is staff of every role that a step asks for, unless another role will do. */
export function rolesHaveStaff(model: Model): Diagnostic[] {
  const staffed = (role: string): boolean => model.staff.some((group) => group.role === role);
  const lacking = needsOf(model).filter(
    ({ target, need }) =>
      target.kind === 'role' && need.of.every((each) => each.kind === 'role' && !staffed(each.role)),
  );
  const roles = new Set(lacking.flatMap(({ target }) => (target.kind === 'role' ? [target.role] : [])));
  return [...roles].flatMap((role) => {
    const uses = lacking.filter(({ target }) => target.kind === 'role' && target.role === role);
    const declared = byId(model.roles, role);
    const [first] = uses;
    if (first === undefined) return [];
    const name = declared === undefined ? role : titleOf(declared);
    return [createDiagnostic('PW5005', { role: name }, first.need.origin, related(uses))];
  });
}

/** The other places that ask for the same, so that one sentence is enough. */
function related([, ...others]: readonly PlacedNeed[]): { related: Diagnostic['related'] } {
  return {
    related: others.map(({ activity, need }) => ({
      message: `${titleOf(activity)} needs it too.`,
      origin: need.origin,
    })),
  };
}
