import { defineDiagnostics } from './define.js';

/** PW8: what has to hold between organisations for a plan to become real. */
export const regionDiagnostics = defineDiagnostics({
  PW8001: {
    severity: 'warning',
    title: 'Handover without an agreement',
    explanation: 'A patient is handed over to another organisation, and no agreement between the two covers it.',
    message: (p: { step: string; from: string; to: string }) =>
      `${p.step} hands over from ${p.from} to ${p.to}, and no agreement between them covers it.`,
    hint: 'Declare it: `agreement … between …`, with `covers handover` and the data that go with the patient.',
  },
  PW8002: {
    severity: 'information',
    title: 'Break without a handover',
    explanation: 'Patients go on to a step of another organisation, and nobody hands them over to it.',
    message: (p: { from: string; by: string; to: string; at: string }) =>
      `Whoever goes on from ${p.from} (${p.by}) to ${p.to} (${p.at}) is handed over by nobody: until ${p.to} begins nobody is responsible, and the story is told again.`,
    hint: 'Give the step before it a `handover to …`, with a channel and a way back.',
  },
  PW8003: {
    severity: 'warning',
    title: 'Waiting that nobody owns',
    explanation:
      'Patients wait between the steps of two organisations, and neither has been made responsible for them.',
    message: (p: { from: string; by: string; to: string; at: string }) =>
      `Whoever waits here has left ${p.from} (${p.by}) and has been handed over to nobody until ${p.to} (${p.at}): nobody is responsible for them.`,
    hint: 'Hand over before the wait, so that somebody is responsible for those who wait.',
  },
  PW8004: {
    severity: 'information',
    title: 'Story told again',
    explanation:
      'A handover to another organisation passes nothing on in writing, so that people tell their story again.',
    message: (p: { step: string; to: string; how: string }) =>
      `${p.step} hands over to ${p.to} ${p.how}, and nothing goes with the patient in writing: the story is told again there.`,
    hint: 'Name what is passed on, as in `by phone, form "referral"`, or as `data` of the agreement.',
  },
  PW8005: {
    severity: 'information',
    title: 'Hours that do not meet',
    explanation: 'Patients come on from another organisation at hours of the week in which the next step cannot begin.',
    message: (p: { to: string; at: string; closed: string; open: string; from: string; longest: string }) =>
      `${p.to} (${p.at}) cannot begin in ${p.closed} of the ${p.open} of a week in which ${p.from} works; the longest time without it runs from ${p.longest}.`,
    hint: 'Let the hours meet, or say in the pathway what happens meanwhile and who is responsible.',
  },
  PW8010: {
    severity: 'warning',
    title: 'Two entry points for one audience',
    explanation: 'A territory has several entry points for the same people, so that they do not know where to call.',
    message: (p: { territory: string; audience: string; organisations: string }) =>
      `In ${p.territory} ${p.audience} have more than one entry point: ${p.organisations}.`,
    hint: 'Keep one, and let it pass people on to the others.',
  },
  PW8011: {
    severity: 'warning',
    title: 'No entry point for an audience',
    explanation: 'A project has entry points, and in a territory some people have none.',
    message: (p: { territory: string; audience: string }) => `In ${p.territory} ${p.audience} have no entry point.`,
    hint: 'Name one: `entrypoint ORGANISATION for citizens, professionals`.',
  },
  PW8012: {
    severity: 'warning',
    title: 'Entry point that cannot be reached',
    explanation: 'An organisation is the entry point of a territory, and nothing says how to reach it.',
    message: (p: { organisation: string; territory: string }) =>
      `${p.organisation} is an entry point of ${p.territory}, and has no phone, e-mail or website.`,
    hint: 'Give the organisation a `phone`, an `email` or a `website`.',
  },
  PW8020: {
    severity: 'error',
    title: 'Agreement with oneself',
    explanation: 'An agreement names fewer than two different organisations.',
    message: (p: { agreement: string }) => `${p.agreement} is no agreement: it names one organisation only.`,
  },
  PW8021: {
    severity: 'warning',
    title: 'Agreement about something else',
    explanation: 'An agreement covers a handover that does not go from one of its parties to another.',
    message: (p: { agreement: string; step: string; reason: string }) =>
      `${p.agreement} covers the handover of ${p.step}, ${p.reason}.`,
    hint: 'Name the parties between which the patient goes, or another handover.',
  },
  PW8022: {
    severity: 'information',
    title: 'Agreement that is not signed',
    explanation: 'An agreement has no date of signing, so that it is a draft.',
    message: (p: { agreement: string }) => `${p.agreement} is not signed yet.`,
    hint: 'Add `signed` with its date once it is.',
  },
  PW8023: {
    severity: 'error',
    title: 'Dates of an agreement in the wrong order',
    explanation: 'An agreement ends before it begins, or was looked at again before it was signed.',
    message: (p: { sentence: string }) => p.sentence,
  },
  PW8024: {
    severity: 'warning',
    title: 'Agreement that does not hold',
    explanation: 'On the date that is asked about, an agreement is not signed, does not hold yet or holds no longer.',
    message: (p: { agreement: string; date: string; reason: string }) =>
      `On ${p.date} ${p.agreement} does not hold: ${p.reason}.`,
    hint: 'Renew it, or plan without it.',
  },
  PW8025: {
    severity: 'warning',
    title: 'Review of an agreement is due',
    explanation: 'On the date that is asked about, an agreement should have been looked at again, or soon has to be.',
    message: (p: { agreement: string; due: string; when: string }) =>
      `${p.agreement} is to be reviewed by ${p.due}, ${p.when}.`,
    hint: 'Look at it again together, and write `reviewed` with the date.',
  },
  PW8030: {
    severity: 'error',
    title: 'Paid twice by the same',
    explanation: 'A payer names two prices of one kind for one thing.',
    message: (p: { payer: string; target: string }) => `${p.payer} pays ${p.target} here for the second time.`,
    hint: 'Keep one price.',
  },
  PW8031: {
    severity: 'error',
    title: 'Price of the wrong kind',
    explanation: 'What is paid for one thing is not money for each time, or not money for a time, as that thing needs.',
    message: (p: { target: string; what: string; expected: string; found: string }) =>
      `${p.target} is ${p.what}, which is paid by ${p.expected}, not by ${p.found}.`,
  },
  PW8040: {
    severity: 'warning',
    title: 'Deployment with open needs',
    explanation:
      'A deployment does not say what stands for all that its template needs, so that nothing comes of it yet.',
    message: (p: { template: string; territory: string; needs: string }) =>
      `${p.template} cannot run in ${p.territory} yet: nothing stands for ${p.needs}.`,
    hint: 'Bind each: `NEED = …`. `pathway transfer` tells more, and writes a draft.',
  },
  PW8041: {
    severity: 'error',
    title: 'No template',
    explanation: 'A pathway that is no template has needs, or is deployed.',
    message: (p: { sentence: string }) => p.sentence,
  },
  PW8042: {
    severity: 'error',
    title: 'Binding that does not fit',
    explanation:
      'What stands for a need of a template is of another kind or measures something else, or is said twice.',
    message: (p: { sentence: string }) => p.sentence,
  },
  PW8043: {
    severity: 'error',
    title: 'Two deployments of one name',
    explanation: 'A template is deployed twice under one name, so that nobody knows which of the two is meant.',
    message: (p: { name: string }) => `\`${p.name}\` is deployed here for the second time under that name.`,
    hint: 'Give each a name of its own: `deploy … in … as NAME`.',
  },
  PW8044: {
    severity: 'error',
    title: 'Population that is not known',
    explanation:
      'Patients come by the number of people of their ages, and a territory does not tell how many these are.',
    message: (p: { cohort: string; reason: string }) => `How many of ${p.cohort} come is not known: ${p.reason}`,
  },
  PW8045: {
    severity: 'information',
    title: 'Not as ready as a template needs',
    explanation: 'A territory has not been found as mature as a template that is deployed in it needs.',
    message: (p: { template: string; territory: string; dimension: string; because: string }) =>
      `${p.template} needs ${p.dimension} in ${p.territory}: ${p.because}.`,
    hint: 'Plan what would improve it: `improve … to … by … owner …` in an assessment.',
  },
  PW8050: {
    severity: 'error',
    title: 'Points that do not count',
    explanation: 'Points are not whole, outside of the points of their instrument, out of order, or given twice.',
    message: (p: { sentence: string }) => p.sentence,
  },
  PW8051: {
    severity: 'information',
    title: 'Raters who are split',
    explanation: 'Too many raters stand outside the band of points around the median for it to speak for them.',
    message: (p: { dimension: string; assessment: string; points: string }) =>
      `The raters of ${p.assessment} are split on ${p.dimension}: ${p.points}.`,
    hint: 'Let them tell one another why, and rate again.',
  },
  PW8052: {
    severity: 'warning',
    title: 'Improvement that is overdue',
    explanation:
      'On the date that is asked about, a dimension is not where an improvement plan wanted it to be by then.',
    message: (p: { dimension: string; points: number; due: string; owner: string; where: string }) =>
      `${p.owner} was to bring ${p.dimension} to ${p.points} by ${p.due}; ${p.where}.`,
  },
  PW8060: {
    severity: 'warning',
    title: 'Approved with an open question',
    explanation: 'Something is approved although a question that was to be answered before is open.',
    message: (p: { question: string; subject: string; by: string }) =>
      `\`${p.subject}\` is approved, and ${p.by} has not answered: ${p.question}`,
    hint: 'Write the `decision` that `answers` it, or take back what it `blocks`.',
  },
  PW8080: {
    severity: 'error',
    title: 'Package differs from the lock file',
    explanation: 'A file of a package is not as it was when the package was added, or the lock file cannot be read.',
    message: (p: { sentence: string }) => p.sentence,
  },
  PW8081: {
    severity: 'warning',
    title: 'Package not in the lock file',
    explanation:
      'A package is imported that the lock file of the project does not have, so that nobody would see it change.',
    message: (p: { name: string }) =>
      `The package ${p.name} is not in pathway.lock.json: \`pathway hub add ${p.name}\` writes it there.`,
  },
});
