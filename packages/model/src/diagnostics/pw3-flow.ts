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
    message: (p: { attribute: string; value: string; values: string }) => `${p.attribute} is never \`${p.value}\`; it is one of ${p.values}.`,
  },
  PW3005: {
    severity: 'warning',
    title: 'Step without owner',
    explanation: 'Neither the step nor its pathway says which organisation is responsible.',
    message: (p: { step: string }) => `Nobody is responsible for ${p.step}: it has no \`at\` and its pathway no \`owner\`.`,
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
    explanation: 'Two ways take the same resources in opposite orders, so that patients can wait for one another for ever.',
    message: (p: { first: string; second: string }) =>
      `${p.first} is held here while ${p.second} is asked for, and elsewhere the other way round: patients can lock one another.`,
    hint: 'Take them in the same order everywhere, together in one hold, or use `frees first`.',
  },
  PW3009: {
    severity: 'warning',
    title: 'Handover without a receiver',
    explanation: 'A step hands over to an organisation that does nothing afterwards on the pathway.',
    message: (p: { step: string; organisation: string }) => `${p.step} hands over to ${p.organisation}, which has no step after it.`,
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
});
