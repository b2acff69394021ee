import type { Diagnostic } from '@pathway/model';
import { createDiagnostic } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { reviewPeriod } from '../lowering/regions.js';
import type { ValidationContext } from './context.js';
import { describeType } from './kinds-of-value.js';
import { originOf, originOfHead, originOfProperty, textOf } from './places.js';
import { activityName, targetOf, targetsOf } from './references.js';

/** An agreement is between two different organisations at least. */
export function* partiesDiffer(agreement: ast.Agreement): Generator<Diagnostic> {
  const parties = targetsOf(agreement.parties);
  if (parties.length < agreement.parties.length || parties.length < 2 || new Set(parties).size > 1) return;
  yield createDiagnostic('PW8020', { agreement: `\`${agreement.name}\`` }, originOfHead(agreement));
}

/** It ends after it begins, and is looked at again after it was signed. */
export function* datesAreInOrder(agreement: ast.Agreement): Generator<Diagnostic> {
  const dated = agreement.properties.filter((each) => ast.isSignedProperty(each) || ast.isValidProperty(each));
  const of = (kind: string): (typeof dated)[number] | undefined => dated.find((each) => each.kind === kind);
  const [signed, from, until, reviewed] = ['signed', 'from', 'until', 'reviewed'].map(of);
  const begins = from ?? signed;
  if (until !== undefined && begins !== undefined && until.date <= begins.date) {
    const sentence = `\`${agreement.name}\` holds until ${until.date}, and begins on ${begins.date}.`;
    yield createDiagnostic('PW8023', { sentence }, originOf(until), {
      related: [{ message: 'It begins here.', origin: originOf(begins) }],
    });
  }
  if (reviewed !== undefined && signed !== undefined && reviewed.date < signed.date) {
    const sentence = `\`${agreement.name}\` was reviewed on ${reviewed.date}, before it was signed on ${signed.date}.`;
    yield createDiagnostic('PW8023', { sentence }, originOf(reviewed), {
      related: [{ message: 'It was signed here.', origin: originOf(signed) }],
    });
  }
}

/** A review comes every so many whole days, weeks, months or years. */
export function* reviewIsByTheCalendar(review: ast.ReviewProperty): Generator<Diagnostic> {
  const { count, unit } = review;
  if (count === undefined || unit === undefined) return;
  if (reviewPeriod(review) === undefined) {
    const sentence = `A review comes every so many \`d\`, \`weeks\`, \`months\` or \`years\`, not \`${unit}\`.`;
    yield createDiagnostic('PW4006', { sentence }, originOfProperty(review, 'unit'));
  } else if (!Number.isInteger(count) || count < 1) {
    const sentence = `A review comes every whole number of ${unit}, 1 or more, not every ${count}.`;
    yield createDiagnostic('PW4006', { sentence }, originOfProperty(review, 'count'));
  }
}

/** A payer names one price of a kind for one thing: one for each time, and one for the time that it lasts. */
export function* pricesDiffer(payer: ast.Payer, { types }: ValidationContext): Generator<Diagnostic> {
  const first = new Map<ast.Payable, Map<number | 'cost', ast.Tariff>>();
  for (const tariff of payer.properties.filter(ast.isPaysProperty).flatMap(({ tariffs }) => tariffs)) {
    const target = targetOf(tariff.target);
    const kind = kindOfPrice(tariff, types);
    if (target === undefined || kind === undefined) continue;
    const prices = first.get(target) ?? new Map<number | 'cost', ast.Tariff>();
    first.set(target, prices);
    const before = prices.get(kind);
    if (before === undefined) prices.set(kind, tariff);
    else {
      const params = { payer: `\`${payer.name}\``, target: `\`${tariff.target.$refText}\`` };
      yield createDiagnostic('PW8030', params, originOf(tariff), {
        related: [{ message: 'The first price is here.', origin: originOf(before) }],
      });
    }
  }
}

/** The power of time in a price, or that it is what something costs. */
function kindOfPrice(tariff: ast.Tariff, types: ValidationContext['types']): number | 'cost' | undefined {
  if (tariff.atCost || tariff.ofCost) return 'cost';
  const type = tariff.price === undefined ? undefined : types.of(tariff.price);
  return type?.kind === 'quantity' ? type.dimension.time : undefined;
}

/** What it costs is known of resources, organisations and responses. */
function* costIsKnown(tariff: ast.Tariff, target: ast.Payable): Generator<Diagnostic> {
  if (ast.isResource(target) || ast.isOrganisation(target) || ast.isResponse(target)) return;
  const params = {
    target: ast.isActivity(target) ? activityName(target) : `\`${tariff.target.$refText}\``,
    what: ast.isCohort(target) ? 'a cohort' : ast.isStep(target) ? 'a step' : 'a hold',
    expected: `money for each${ast.isCohort(target) ? '' : ', or for a time'}`,
    found: 'what it costs, which is known of resources, organisations and responses alone',
  };
  yield createDiagnostic('PW8031', params, originOf(tariff));
}

/** What exists or is in use is paid by time, those who arrive by head; steps and holds either way. */
export function* pricesAreOfTheirKind(tariff: ast.Tariff, { types }: ValidationContext): Generator<Diagnostic> {
  const target = targetOf(tariff.target);
  if (target === undefined) return;
  if (tariff.atCost || tariff.ofCost) {
    yield* costIsKnown(tariff, target);
    return;
  }
  if (tariff.price === undefined) return;
  const type = types.of(tariff.price);
  if (type.kind !== 'quantity' || type.dimension.money !== 1) return;
  const byTime = type.dimension.time === -1;
  const needed = neededKind(target);
  if (needed === undefined || needed.byTime === byTime) return;
  const params = {
    target: ast.isActivity(target) ? activityName(target) : `\`${tariff.target.$refText}\``,
    what: needed.what,
    expected: needed.byTime ? 'money for a time, such as `310 GBP/d`' : 'money for each, such as `180 GBP`',
    found: `\`${textOf(tariff.price)}\`, ${describeType(type)}`,
  };
  yield createDiagnostic('PW8031', params, originOf(tariff.price));
}

function neededKind(target: ast.Payable): { readonly what: string; readonly byTime: boolean } | undefined {
  if (ast.isCohort(target)) return { what: 'a cohort', byTime: false };
  if (ast.isResource(target)) return { what: 'a resource', byTime: true };
  if (ast.isOrganisation(target)) return { what: 'an organisation', byTime: true };
  return undefined;
}
