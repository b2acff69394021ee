import { meaningHash, type Model } from '@pathway/model';
import type { Difference, SignAgain } from './difference.js';
import { type FlatModel, textOf } from './flatten.js';

/** Approvals in the later model that were true of the earlier one, under whatever names, and are not any more. */
export function signAgain(before: Model, after: Model, flat: FlatModel): SignAgain[] {
  const own = before.approvals ?? [];
  return (after.approvals ?? []).flatMap(({ subject, approver, date, hash, origin }): SignAgain[] => {
    if (meaningHash(after, subject) === hash) return [];
    const names = [subject, ...own.filter((each) => each.hash === hash).map((each) => each.subject)];
    if (!names.some((id) => meaningHash(before, id) === hash)) return [];
    return [{ subject: titleIn(flat, subject), approver: titleIn(flat, approver), date, origin }];
  });
}

function titleIn(flat: FlatModel, id: string): string {
  for (const { shell } of flat.values())
    if (textOf(shell.id) === id) return textOf(shell.title) ?? textOf(shell.name) ?? id;
  return id;
}

/** `Royal Devon hospital (Acute stroke care, approved on 2026-04-02)`, each once. */
export function signers(all: readonly SignAgain[]): string[] {
  return [...new Set(all.map(({ approver, subject, date }) => `${approver} (${subject}, approved on ${date})`))];
}

/** The sentence that stands at the line of an approval which is out of date. */
export function signAgainText({ approver, subject, date }: SignAgain): string {
  return `${approver} has to sign again: what ${subject} means has changed since the approval of ${date}.`;
}

/** Who has to agree, and who has to sign again, a sentence each; none where it is nobody. */
export function agreementLines(projects: readonly { readonly difference: Difference }[]): string[] {
  const approvers = projects.flatMap(({ difference }) => difference.changes.flatMap((change) => change.approvers));
  const again = signers(projects.flatMap(({ difference }) => difference.signAgain));
  return [
    ...(approvers.length === 0 ? [] : [`Has to agree: ${[...new Set(approvers)].join(', ')}.`]),
    ...(again.length === 0 ? [] : [`Has to sign again: ${again.join(', ')}.`]),
  ];
}
