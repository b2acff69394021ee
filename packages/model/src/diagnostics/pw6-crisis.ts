import { defineDiagnostics } from './define.js';

/** PW6: recovery targets, crises and responses. */
export const crisisDiagnostics = defineDiagnostics({
  PW6001: {
    severity: 'error',
    title: 'Essential pathway below its minimum',
    explanation: 'The capacity of an essential pathway is below the smallest service that it declares acceptable.',
    message: (p: { pathway: string; share: string; minimum: string }) =>
      `${p.pathway} can serve ${p.share} of its demand, below its minimum of ${p.minimum}.`,
  },
  PW6002: {
    severity: 'error',
    title: 'Signal without one reading',
    explanation: 'A signal reads nothing, or more than one thing, so that nobody knows what is watched.',
    message: (p: { signal: string; found: string }) => `${p.signal} ${p.found}.`,
    hint: 'Write either `from "file.csv" column "name"` or `value` with what can be seen at a moment.',
  },
  PW6003: {
    severity: 'error',
    title: 'Gauge without a level',
    explanation: 'A gauge does not say how a level comes about, or puts levels of different scales together.',
    message: (p: { gauge: string; reason: string }) => `${p.gauge} gives no level: ${p.reason}.`,
  },
  PW6004: {
    severity: 'error',
    title: 'Curve with other parameters',
    explanation: 'The curve of an epidemic lacks a parameter that its model needs, or has one that it does not know.',
    message: (p: { curve: string; reason: string }) => `The curve \`${p.curve}\` ${p.reason}.`,
  },
  PW6005: {
    severity: 'error',
    title: 'Level in question',
    explanation:
      'A response is called by a scale without a level, or time is measured in one, or a level stands where it means nothing.',
    message: (p: { reason: string }) => `${p.reason}.`,
  },
  PW6006: {
    severity: 'error',
    title: 'Property that the place does not have',
    explanation: 'A patch or a dependency says something that the place it is about cannot have.',
    message: (p: { place: string; reason: string }) => `${p.place} cannot have this: ${p.reason}.`,
  },
  PW6010: {
    severity: 'error',
    title: 'Responses without an order',
    explanation:
      'Two responses that can be in force together change the same place, and nothing says which has the last word.',
    message: (p: { first: string; second: string; place: string }) =>
      `${p.second} and ${p.first} both change ${p.place}, and neither has a priority over the other.`,
    hint: 'Give both a `priority`; the smaller number has the last word.',
  },
  PW6011: {
    severity: 'error',
    title: 'Patch of something taken away',
    explanation: 'A patch changes a place that another patch has taken away before.',
    message: (p: { response: string; place: string }) =>
      `${p.response} changes ${p.place}, which is not there any more then.`,
  },
  PW6012: {
    severity: 'error',
    title: 'Adapted pathway unsound',
    explanation:
      'A pathway as responses adapt it does not hold together: a way leads nowhere, or nobody reaches a step.',
    message: (p: { pathway: string; responses: string; reason: string }) =>
      `${p.pathway}, as ${p.responses} adapts it, does not hold together: ${p.reason}.`,
  },
  PW6013: {
    severity: 'warning',
    title: 'Essential care turned away',
    explanation: 'A response turns away more of those whom an essential pathway serves than its minimum allows.',
    message: (p: { response: string; pathway: string; share: string; minimum: string }) =>
      `${p.response} leaves ${p.share} of those whom ${p.pathway} serves, which is essential with a minimum of ${p.minimum}.`,
  },
  PW6014: {
    severity: 'warning',
    title: 'Handover dropped',
    explanation: 'A response takes away a handover to an organisation that still has work to do in the pathway.',
    message: (p: { response: string; step: string; organisation: string }) =>
      `${p.response} takes away the handover of ${p.step} to ${p.organisation}, which still has work to do.`,
  },
  PW6015: {
    severity: 'warning',
    title: 'Trigger that can never fire',
    explanation: 'What a trigger waits for lies outside of what it reads can be.',
    message: (p: { trigger: string }) =>
      `${p.trigger} can never fire: what it waits for lies outside of what can be read.`,
  },
  PW6016: {
    severity: 'warning',
    title: 'Trigger that never ends',
    explanation: 'Once it has fired, a trigger stays active for ever.',
    message: (p: { trigger: string; reason: string }) => `${p.trigger} never ends: ${p.reason}.`,
    hint: 'Say when it is over with `until`, some way below what it fires at.',
  },
  PW6017: {
    severity: 'warning',
    title: 'Trigger that flaps',
    explanation: 'A trigger begins and ends at the same values, so that it goes on and off.',
    message: (p: { trigger: string }) => `${p.trigger} begins and ends at the same values, and goes on and off.`,
    hint: 'Leave room between the two conditions, and let both last with `for`.',
  },
  PW6018: {
    severity: 'warning',
    title: 'Response needs what the crisis takes',
    explanation: 'A response relies on people, things or places that the crisis of its scenario takes away.',
    message: (p: { response: string; what: string; crisis: string }) =>
      `${p.response} needs ${p.what}, which ${p.crisis} takes away.`,
  },
  PW6019: {
    severity: 'error',
    title: 'Back later than it must be',
    explanation:
      'The recovery time of a system is longer than the longest outage that it, or the essential care that depends on it, can bear.',
    message: (p: { system: string; objective: string; who: string; limit: string }) =>
      `${p.system} is back after ${p.objective}; ${p.who} can bear ${p.limit}.`,
    hint: 'Bring it back sooner, or give the steps that depend on it a workaround.',
  },
  PW6021: {
    severity: 'warning',
    title: 'Workaround below the minimum',
    explanation: 'The workaround of an essential step gets less done than the smallest acceptable share.',
    message: (p: { step: string; share: string; minimum: string }) =>
      `The workaround of ${p.step} gets ${p.share} of the work done in the same time, below the minimum of ${p.minimum}.`,
  },
  PW6022: {
    severity: 'warning',
    title: 'Supply runs out before its delivery',
    explanation: 'What is used on average empties a stock before more of it comes.',
    message: (p: { stock: string; lasts: string; next: string }) => `${p.stock} lasts ${p.lasts}; ${p.next}.`,
    hint: 'Keep more of it, order earlier, or use less of it while deliveries fail.',
  },
  PW6023: {
    severity: 'warning',
    title: 'Substitution that nobody supervises',
    explanation: 'People stand in for a role without what it takes and without anybody who supervises them.',
    message: (p: { who: string; as: string; reason: string }) =>
      `${p.who} may not stand in for ${p.as} like this: ${p.reason}.`,
  },
  PW6024: {
    severity: 'warning',
    title: 'Capacity after the crisis',
    explanation: 'What a response adds arrives only when the crisis of its scenario is over.',
    message: (p: { response: string; lead: string; crisis: string; length: string }) =>
      `${p.response} brings this after ${p.lead}; ${p.crisis} is over after ${p.length}.`,
  },
  PW6025: {
    severity: 'information',
    title: 'Level without a response',
    explanation: 'A level of a scale that responses look at calls for none of them.',
    message: (p: { scale: string; level: string }) => `No response is called at the level ${p.level} of ${p.scale}.`,
  },
  PW6026: {
    severity: 'information',
    title: 'Role without an action card',
    explanation: 'A response with action cards asks something of a role that has none.',
    message: (p: { response: string; role: string }) => `${p.response} has no card for ${p.role}.`,
  },
  PW6027: {
    severity: 'warning',
    title: 'Relaxed to something stricter',
    explanation: 'A patch that says it relaxes something makes it stricter.',
    message: (p: { place: string; what: string }) =>
      `${p.place} is relaxed, and its \`${p.what}\` is stricter than before.`,
  },
  PW6028: {
    severity: 'information',
    title: 'Response that nothing calls for',
    explanation: 'A response names no trigger and no level, so that it is never in force.',
    message: (p: { response: string }) => `Nothing calls for ${p.response}.`,
    hint: 'Name a trigger or a level after `on`.',
  },
  PW6029: {
    severity: 'error',
    title: 'Recovery in a circle',
    explanation: 'Responses recover after one another in a circle, so that none of them ever ends.',
    message: (p: { circle: string }) => `Each of these recovers after the next, so that none ever ends: ${p.circle}.`,
    hint: 'Let one of them recover after a time: `recovers after 24 h`.',
  },
  PW6030: {
    severity: 'warning',
    title: 'Somebody counted on twice',
    explanation: 'Responses that can be in force together count on the same people twice.',
    message: (p: { sentence: string }) => p.sentence,
    hint: 'Name somebody else, call fewer in, or let the responses belong to levels that exclude each other.',
  },
});
