import {
  type Approval,
  byId,
  createDiagnostic,
  type Diagnostic,
  MEANING_HASH,
  meaningHash,
  type Model,
  titleOf,
} from '@pathway/model';

/** An approval is bound to what its subject means now. */
export function approvalsAreCurrent(model: Model): Diagnostic[] {
  return (model.approvals ?? []).flatMap((approval) => {
    if (isCurrent(approval, model)) return [];
    const [subject, approver] = [titleIn(model, approval.subject), titleIn(model, approval.approver)];
    const sentence = MEANING_HASH.test(approval.hash)
      ? `What ${subject} means has changed since ${approver} approved it on ${approval.date}.`
      : `\`${approval.hash}\` is no hash of a meaning, so that nobody knows what ${approver} approved.`;
    return [createDiagnostic('PW7040', { sentence }, approval.origin)];
  });
}

/** Nobody approves one thing twice. */
export function approvalsDiffer({ approvals = [], ...model }: Model): Diagnostic[] {
  const seen = new Map<string, Approval>();
  return approvals.flatMap((approval) => {
    const first = seen.get(approval.id);
    if (first === undefined) {
      seen.set(approval.id, approval);
      return [];
    }
    const params = { subject: titleIn(model, approval.subject), approver: titleIn(model, approval.approver) };
    const related = [{ message: 'The first time is here.', origin: first.origin }];
    return [createDiagnostic('PW7043', params, approval.origin, { related })];
  });
}

/** Whoever else approves a pathway, its owner does. */
export function ownersApprove(model: Model): Diagnostic[] {
  return model.pathways.flatMap((pathway) => {
    const approvals = approvalsOf(model, pathway.id);
    const { owner } = pathway;
    const [first] = approvals;
    if (first === undefined || owner === undefined || approvals.some((each) => speaksFor(each, owner, model)))
      return [];
    const params = { pathway: titleOf(pathway), owner: titleIn(model, owner) };
    return [createDiagnostic('PW7041', params, first.origin)];
  });
}

/** Every pathway has an approval of what it means now, by its owner where it has one; told only where it is asked for. */
export function pathwaysAreApproved(model: Model): Diagnostic[] {
  // What comes from a package is approved where it is written.
  const own = model.pathways.filter(({ origin }) => !/^(package|library):/.test(origin.file));
  return own.flatMap((pathway) => {
    const { owner } = pathway;
    const approvals = approvalsOf(model, pathway.id).filter(
      (each) => owner === undefined || speaksFor(each, owner, model),
    );
    // One that is there and stale is told where it stands.
    if (approvals.length > 0) return [];
    const approver = owner === undefined ? '' : ` by ${titleIn(model, owner)}`;
    return [createDiagnostic('PW7042', { pathway: titleOf(pathway), approver }, pathway.origin)];
  });
}

function approvalsOf(model: Model, subject: string): readonly Approval[] {
  return (model.approvals ?? []).filter((each) => each.subject === subject);
}

function isCurrent({ hash, subject }: Approval, model: Model): boolean {
  return meaningHash(model, subject) === hash;
}

/** The owner itself, or an organisation that it is a part of. */
function speaksFor({ approver }: Approval, owner: string, model: Pick<Model, 'organisations'>): boolean {
  const seen = new Set<string>();
  for (let at: string | undefined = owner; at !== undefined && !seen.has(at);) {
    if (at === approver) return true;
    seen.add(at);
    at = byId(model.organisations, at)?.partOf;
  }
  return false;
}

function titleIn(model: Omit<Model, 'approvals'>, id: string): string {
  const lists = [
    model.pathways,
    model.organisations,
    model.roles,
    model.cohorts,
    model.resources,
    model.stocks,
    model.staff,
    model.numbers,
    model.indicators,
    model.signals ?? [],
    model.gauges ?? [],
    model.triggers ?? [],
    model.crises ?? [],
    model.responses ?? [],
    model.scenarios,
    model.studies,
  ];
  for (const list of lists) {
    const found = list.find((each) => each.id === id);
    if (found !== undefined) return titleOf(found);
  }
  return id;
}
