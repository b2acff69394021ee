import { defineDiagnostics } from './define.js';

/** PW3: the shape of pathways. */
export const flowDiagnostics = defineDiagnostics({
  PW3001: {
    severity: 'warning',
    title: 'Dead step',
    explanation: 'No patient can ever reach an activity.',
    message: (p: { activity: string }) => `No patient ever reaches ${p.activity}.`,
    hint: 'Remove it, or let a way lead to it.',
  },
  PW3002: {
    severity: 'error',
    title: 'Shares do not add to 100%',
    explanation: 'The shares of the branches of a choice, or of `one of`, do not add to 100%.',
    message: (p: { sum: string }) => `These shares add to ${p.sum}, not 100%.`,
    hint: 'Correct a share, or let `otherwise` take the rest.',
  },
  PW3003: {
    severity: 'error',
    title: 'Category without a branch',
    explanation: 'A choice by attribute leaves out a value that the attribute can take.',
    message: (p: { attribute: string; values: string }) => `Nothing is said for ${p.values} of ${p.attribute}.`,
    hint: 'Add a branch for it, or `otherwise`.',
  },
  PW3004: {
    severity: 'error',
    title: 'Unknown category',
    explanation: 'A branch or comparison names a value that the attribute cannot take.',
    message: (p: { attribute: string; value: string; values: string }) =>
      `${p.attribute} is never \`${p.value}\`; it is one of ${p.values}.`,
  },
  PW3005: {
    severity: 'warning',
    title: 'Step without owner',
    explanation: 'Neither the step nor its pathway says which organisation is responsible.',
    message: (p: { step: string }) =>
      `Nobody is responsible for ${p.step}: it has no \`at\` and its pathway no \`owner\`.`,
  },
  PW3006: {
    severity: 'error',
    title: 'Pathways call one another without end',
    explanation: 'A pathway calls itself, directly or through others.',
    message: (p: { circle: string }) => `These pathways call one another without end: ${p.circle}.`,
  },
  PW3007: {
    severity: 'error',
    title: 'Loop without an end',
    explanation: 'A loop has neither a limit nor a way out, so that patients stay in it for ever.',
    message: (p: { place: string }) => `Whoever enters ${p.place} never leaves it.`,
    hint: 'Give `repeat` a number, a condition or a probability below 100%, or let a branch lead out.',
  },
  PW3008: {
    severity: 'warning',
    title: 'Hold order can lock',
    explanation:
      'Two ways take the same resources in opposite orders, so that patients can wait for one another for ever.',
    message: (p: { first: string; second: string }) =>
      `${p.first} is held here while ${p.second} is asked for, and elsewhere the other way round: patients can lock one another.`,
    hint: 'Take them in the same order everywhere, together in one hold, or use `frees first`.',
  },
  PW3009: {
    severity: 'warning',
    title: 'Handover without a receiver',
    explanation: 'A step hands over to an organisation that does nothing afterwards on the pathway.',
    message: (p: { step: string; organisation: string }) =>
      `${p.step} hands over to ${p.organisation}, which has no step after it.`,
  },
  PW3010: {
    severity: 'information',
    title: 'Handover without a way back',
    explanation: 'A handover names no channel by which the receiver can answer.',
    message: (p: { step: string }) => `The handover of ${p.step} names no return channel.`,
  },
  PW3011: {
    severity: 'warning',
    title: 'Essential pathway without a workaround',
    explanation: 'A step of an essential pathway depends on a single resource and has no other way when that is lost.',
    message: (p: { step: string; resource: string }) => `${p.step} is essential and has no way without ${p.resource}.`,
  },
  PW3012: {
    severity: 'error',
    title: '`go to` leads nowhere',
    explanation: 'A `go to` names a place that cannot be entered from here, such as the inside of a parallel branch.',
    message: (p: { target: string; reason: string }) => `\`go to ${p.target}\` is not possible: ${p.reason}.`,
  },
  PW3013: {
    severity: 'error',
    title: 'Nothing held to release',
    explanation: 'A `release` names something that no hold around it keeps.',
    message: (p: { target: string }) => `${p.target} is not held here, so it cannot be released.`,
  },
  PW3014: {
    severity: 'error',
    title: 'Branch that is never taken',
    explanation: 'A value or `otherwise` stands in two branches of one choice, so that the second is never taken.',
    message: (p: { what: string }) => `${p.what} has a branch already; this one is never taken.`,
  },
  PW3015: {
    severity: 'error',
    title: 'Branches of different kinds',
    explanation: 'The branches of one choice mix shares, conditions and values of an attribute.',
    message: (p: { found: string; others: string }) =>
      `This branch has ${p.found} and the branches before it ${p.others}; a choice takes one kind.`,
    hint: 'Put one choice into a branch of the other.',
  },
  PW3016: {
    severity: 'error',
    title: 'Attribute without categories',
    explanation: '`by` needs an attribute that takes one of a few named values, and this one is a number.',
    message: (p: { attribute: string }) => `\`${p.attribute}\` takes no named values, so nothing can be chosen by it.`,
    hint: 'Declare it with `one of`, or use `when` with a comparison.',
  },
  PW3017: {
    severity: 'warning',
    title: 'Empty pathway',
    explanation: 'A pathway has no activity, so that patients leave it as they come.',
    message: (p: { pathway: string }) => `Nothing happens in the pathway ${p.pathway}.`,
  },
  PW3018: {
    severity: 'information',
    title: 'Step without a duration',
    explanation: 'A step needs staff or things and does not say for how long; it takes no time.',
    message: (p: { step: string }) => `${p.step} does not say how long it takes, so it takes no time.`,
    hint: 'Add `takes` with a duration or a distribution.',
  },
  PW3019: {
    severity: 'error',
    title: 'Same thing needed twice',
    explanation: 'A step or hold lists the same resource, role or skill twice.',
    message: (p: { name: string; place: string }) =>
      `${p.name} is listed twice for ${p.place}; write one number for both.`,
  },
  PW3020: {
    severity: 'warning',
    title: 'Already held',
    explanation:
      'A resource is asked for inside a hold that keeps it already, so that a patient takes two and may wait for itself.',
    message: (p: { name: string; hold: string }) =>
      `${p.name} is held here already by ${p.hold}; this takes another one.`,
  },
  PW3021: {
    severity: 'error',
    title: 'Time target from a later step',
    explanation: '`within` counts from something that does not come before the step.',
    message: (p: { step: string; from: string }) =>
      `${p.from} does not come before ${p.step}, so no time can be counted from it.`,
  },
  PW3022: {
    severity: 'error',
    title: 'Limit to a wait that never happens',
    explanation: '`waits at most` stands where nobody ever waits.',
    message: (p: { place: string; reason: string }) => `Nobody waits at ${p.place}: ${p.reason}.`,
  },
  PW3023: {
    severity: 'warning',
    title: 'Handover to oneself',
    explanation: 'A step hands over to the organisation that carries it out.',
    message: (p: { step: string; organisation: string }) =>
      `${p.step} is carried out by ${p.organisation} and hands over to ${p.organisation}.`,
  },
  PW3024: {
    severity: 'error',
    title: 'Entry into the middle of a block',
    explanation:
      'A cohort enters a pathway inside a hold, a parallel branch or a loop, without what that block provides.',
    message: (p: { entry: string; block: string }) => `Patients cannot enter at ${p.entry}: it lies inside ${p.block}.`,
  },
  PW3025: {
    severity: 'error',
    title: '`else` without `first free of`',
    explanation: 'The `else` of a hold is the way of those who find nothing free, and this hold waits.',
    message: (p: { hold: string }) => `${p.hold} waits until it is served, so its \`else\` is never taken.`,
    hint: 'Write `hold first free of …`, or `waits at most … else { … }` inside the block.',
  },
  PW3026: {
    severity: 'error',
    title: 'Race without a rival',
    explanation: 'A `race` has fewer than two branches, so that nothing is decided by it.',
    message: (p: { race: string }) => `Nobody runs against anybody in ${p.race}: it needs two branches or more.`,
  },
  PW3027: {
    severity: 'warning',
    title: 'Word without an effect',
    explanation:
      'A step says how its work may be interrupted or fitted to shifts, but nothing of the kind can happen to it.',
    message: (p: { place: string; word: string; reason: string }) =>
      `\`${p.word}\` has no effect on ${p.place}: ${p.reason}.`,
  },
  PW3028: {
    severity: 'error',
    title: 'Hold that cannot move',
    explanation: '`moves to` stands in a hold that keeps several things, or names what the hold keeps already.',
    message: (p: { hold: string; reason: string }) => `${p.hold} cannot move: ${p.reason}.`,
  },
  PW3029: {
    severity: 'error',
    title: 'Group within a group',
    explanation: 'A `gather` stands inside another one, where patients go as one group already.',
    message: (p: { gather: string }) =>
      `The patients at ${p.gather} go as a group already; groups do not gather again.`,
    hint: 'End the first `gather` before the second begins.',
  },
});
