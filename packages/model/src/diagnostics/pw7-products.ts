import { defineDiagnostics } from './define.js';

/** PW7: indicators, studies and products. */
export const productDiagnostics = defineDiagnostics({
  PW7001: {
    severity: 'information',
    title: 'Nothing measured',
    explanation: 'No indicator with an aim measures a pathway, so that no study can say whether a change is better.',
    message: (p: { pathway: string }) => `No indicator with an aim measures ${p.pathway}.`,
  },
  PW7002: {
    severity: 'error',
    title: 'Study cannot start',
    explanation: 'The start of a study is not a moment in the calendar of its time zone.',
    message: (p: { sentence: string }) => p.sentence,
  },
  PW7003: {
    severity: 'warning',
    title: 'Expectation never measured',
    explanation: 'No study measures the scenario and indicator of an `expect`, so that it is never checked.',
    message: (p: { text: string }) => `No study measures \`${p.text}\`.`,
  },
  PW7004: {
    severity: 'error',
    title: 'Indicator without one measure',
    explanation: 'An indicator has no measure, or more than one.',
    message: (p: { indicator: string; found: string }) =>
      `${p.indicator} has ${p.found}; it needs exactly one of \`time\`, \`wait\`, \`share\` and \`value\`.`,
  },
  PW7005: {
    severity: 'error',
    title: 'Unknown statistic',
    explanation: 'An expectation asks for a statistic that does not exist, or that the indicator does not have.',
    message: (p: { statistic: string; known: string }) =>
      `\`${p.statistic}\` is no statistic; it is one of ${p.known}.`,
  },
  PW7006: {
    severity: 'error',
    title: 'Study not complete',
    explanation: 'A study does not say all that a simulation needs to know.',
    message: (p: { study: string; missing: string }) => `The study ${p.study} does not say ${p.missing}.`,
  },
  PW7007: {
    severity: 'error',
    title: 'Set twice in one scenario',
    explanation: 'A scenario sets the same thing twice, so that the first setting has no effect.',
    message: (p: { target: string }) => `\`${p.target}\` is set already in this scenario.`,
  },
  PW7008: {
    severity: 'error',
    title: 'Cannot be set',
    explanation: 'A scenario sets something that cannot be changed in this way.',
    message: (p: { target: string; settable: string }) => `\`${p.target}\` cannot be set; ${p.settable}.`,
  },
  PW7009: {
    severity: 'error',
    title: 'Wrong row of a table indicator',
    explanation: 'An expectation names a row that its indicator does not have, or leaves out which row it means.',
    message: (p: { sentence: string }) => p.sentence,
  },
  PW7010: {
    severity: 'error',
    title: 'Method without what it needs',
    explanation: 'A method of a study lacks what it works with, or contradicts another one.',
    message: (p: { sentence: string }) => p.sentence,
  },
  PW7011: {
    severity: 'warning',
    title: 'Warm-up longer than the run',
    explanation: 'A study leaves out more of each run than it looks at.',
    message: (p: { study: string; warmUp: string; run: string }) =>
      `${p.study} leaves out ${p.warmUp} to look at ${p.run}.`,
    hint: 'Run for longer, or look whether so long a warm-up is needed: `after automatic warm-up` finds out.',
  },
  PW7012: {
    severity: 'warning',
    title: 'Nobody arrives in a study',
    explanation: 'No cohort with arrivals enters any pathway of a study, so that its figures say nothing.',
    message: (p: { study: string }) => `Nobody arrives in ${p.study}: its figures will say nothing.`,
    hint: 'Let a cohort arrive, and name it after `for` of a pathway that takes part.',
  },
  PW7013: {
    severity: 'warning',
    title: 'Run shorter than a stay',
    explanation:
      'A study runs for less time than something is kept on average, so that few of those who come are seen to leave.',
    message: (p: { study: string; run: string; name: string; kept: string }) =>
      `${p.study} runs for ${p.run}, and ${p.name} is kept for ${p.kept} on average: few who come are seen to leave.`,
    hint: 'Run for several times the longest stay.',
  },
  PW7014: {
    severity: 'warning',
    title: 'Figure compared with itself',
    explanation: 'An `expect` compares a figure with itself, or one statistic of an indicator with another one of it.',
    message: (p: { sentence: string }) => p.sentence,
    hint: 'Compare the same statistic in two scenarios: `expect p90 of Wait in Plan <= 80% of p90 of Wait in Today`.',
  },
  PW7030: {
    severity: 'error',
    title: 'Nobody can be there at the start',
    explanation: 'A study begins with patients at a place where they cannot be.',
    message: (p: { sentence: string }) => p.sentence,
  },
  PW7040: {
    severity: 'warning',
    title: 'Approval of something else',
    explanation: 'The hash of an approval is not that of what the approved declaration means now.',
    message: (p: { sentence: string }) => p.sentence,
    hint: 'Look at what changed, and approve it again: `pathway approve` with its name and --by.',
  },
  PW7041: {
    severity: 'warning',
    title: 'Not approved by its owner',
    explanation: 'A pathway is approved by others, and not by the organisation that owns it.',
    message: (p: { pathway: string; owner: string }) => `${p.pathway} is not approved by ${p.owner}, which owns it.`,
    hint: 'Let the owner approve it, or name the owner who did.',
  },
  PW7042: {
    severity: 'warning',
    title: 'Not approved',
    explanation: 'Nobody has approved what a pathway means now, and the project asks for it.',
    message: (p: { pathway: string; approver: string }) => `${p.pathway} is not approved${p.approver}.`,
    hint: 'Approve it with `pathway approve`, once it is as it should be.',
  },
  PW7043: {
    severity: 'warning',
    title: 'Approved twice by the same',
    explanation: 'Two approvals of one thing name the same approver, so that nobody knows which one counts.',
    message: (p: { subject: string; approver: string }) =>
      `${p.approver} approves ${p.subject} here for the second time.`,
    hint: 'Keep the later one.',
  },
});
