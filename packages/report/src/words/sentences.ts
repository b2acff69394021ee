/**
 * Sentences that other packages write, with `{0}`, `{1}`, … for what they are filled with. Results hold them in English;
 * reports say them in their language where they are one of these.
 */
export const SENTENCES = [
  "Cover needs {0} people and WISN {1}: cover keeps somebody there in every hour with work, so that the target ({2}) and the minimum hold, while WISN divides the year's work by the working time of one person and lets work wait for whoever is free; WISN also takes off support work.",
  'Hours per patient day need {0} people: {1} patients in beds with {2} h each a day, whatever is done for them and when. These hours are given for this plan.',
  'Hours per patient day need {0} people: {1} patients in beds with {2} h each a day, whatever is done for them and when. These hours are what the steps come to, so that this adds nothing to the work itself.',
  'Hours per patient day need {0} people: {1} patients in beds with {2} h each a day, whatever is done for them and when. These hours follow from the team of the lowest level.',
  'Interrupted after {0} of at most {1} batches.',
  'Interrupted after {0} of at most {1} replications.',
  'Nobody has the skill {0} that it needs.',
  'Nobody of {0} arrived in {1}: its figures say nothing.',
  'One long run of each scenario, cut into {0} batches, as the study says.',
  'Stopped after {0} replications (at most {1}), when every interval was narrow enough; the widest, {2}, is known within {3} (wanted {4}).',
  'Stopped after {0} replications (at most {1}), when every interval was narrow enough; the widest, {2}, is known within {3} (wanted {4}). The same in all of them: {5}; what is rarer than {6} replications show could still happen.',
  'Stopped after {0} replications of each scenario (at most {1}), when every interval was narrow enough; the widest, {2}, is known within {3} (wanted {4}).',
  'Stopped after {0} replications of each scenario (at most {1}), when every interval was narrow enough; the widest, {2}, is known within {3} (wanted {4}). The same in all of them: {5}; what is rarer than {6} replications show could still happen.',
  '{0} replication of each scenario, as the study says.',
  '{0} replications of each scenario (at most {1}), as many as it took to tell it from the best.',
  '{0} replications of each scenario, as the study says.',
  '{0}: on average {1} patients ({2} arrived) were still on their way at the end. Times and shares of outcomes count only those who finished.',
  '{0}: someone asks for more at once than there ever is, and waits for ever.',
  'What lasts beyond {0} days is not followed by day after them.',
  'What the roster {0} wants for each so many of others is not in the minimum: it follows from who is on a shift.',
  'Days of crises are counted from the start of the clock, since how long the warm-up lasts follows from runs alone.',
  '{0}: all come at one time, and cover keeps few of them waiting; where they may wait, fewer are needed.',
  '{0}: by how long arrivals are put off is drawn, so that they are left where they are.',
  '{0}: never in force together, and which of them is when follows from a run alone.',
  '{0}: nothing that happens in the scenario calls for it.',
  '{0}: they change one place without an order, so that ways of care stay as usual.',
  '{0}: those who may stand in for others are not counted in their place.',
  '{0}: times that are drawn anew in each run count as their means.',
  '{0}: when it begins follows from a run alone; it is taken to be in force while the crises last.',
  '{0}: when it begins follows from a run alone; it counts only where a level that is set calls for it.',
  '{0}: when it begins is drawn anew in each run, so that this is not followed by day.',
  '{0}: the end of another response that it waits for is not followed.',
  '{0}: units that become others are counted as what they were.',
  '{0}: what depends on systems and things that are lost, or on deliveries, is counted as if they were there.',
  'Absence and leave take all working time, so that no number of people fills the cover.',
  'that they come in groups: cover and percentiles are those of people who come alone, so that more of them wait.',
] as const;

/** As SENTENCES, of what a transfer from one territory to another says; the closer ones stand before the wider ones. */
export const TRANSFER_SENTENCES = [
  'nothing here comes near',
  'Find or set up an organisation that can be {0} here.',
  'Find or set up a role that can be {0} here.',
  'Find or set up a resource that can be {0} here.',
  'Agree that {0} does what {1} does.',
  'Train {0} in {1}.',
  'its sector is not said',
  'sector {0}, as needed',
  'sector {0}, where {1} is needed',
  'sector {0}',
  'has {0} of {1} skills, ISCO {2}, as needed',
  'has {0} of {1} skills, ISCO {2} for {3}',
  'has {0} of {1} skills',
  'works here',
  'kind {0}, at {1}',
  'the template says {0}',
  'where it comes from it is {0}',
  'here it is {0}',
  'named here',
  'nobody has said it',
  'something like {0}',
  'Measure it here, and write it with its source.',
  '{0} and {1} are one house',
  '{0} is both',
  '{0} and {1} have no agreement',
  'Make one between {0} and {1}, with {2}.',
  'Make one between {0} and {1}.',
  '{0}, not signed',
  '{0}, signed {1}',
  'Sign {0}.',
  'Extend it to {0}.',
  '{0} at least {1}',
  'nobody has assessed it here',
  'Assess it here with those who do the work.',
  '{0} leaves it out',
  'Rate it.',
  'the raters of {0} are split',
  'Talk about it, and rate it again.',
  'agreed on {0} in {1}',
  'Improve it to {0}, with an owner and a date.',
  '{0} improves it to {1} by {2}.',
  'people of ages {0} to {1}',
  'people of ages {0} and over',
  'the territory does not tell them',
  'Nothing is simulated: something that it needs is missing.',
  'Nothing is simulated: the study has no scenario.',
] as const;

type Sentence = (typeof SENTENCES)[number] | (typeof TRANSFER_SENTENCES)[number];

/** One of the sentences, with what it was filled with. */
export interface FilledSentence {
  readonly sentence: Sentence;
  readonly values: readonly string[];
}

/** What sentences are about: those of a transfer are too wide to be looked for elsewhere. */
export type Subject = 'results' | 'transfer';

const PATTERNS = { results: patternsOf(SENTENCES), transfer: patternsOf(TRANSFER_SENTENCES) };

function patternsOf(
  sentences: readonly Sentence[],
): readonly { readonly sentence: Sentence; readonly pattern: RegExp }[] {
  return sentences.map((sentence) => {
    const quoted = sentence.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return { sentence, pattern: new RegExp(`^${quoted.replace(/\\\{\d\\\}/g, '(.+?)')}$`, 's') };
  });
}

/** Finds the sentence that a text is. */
export function filledSentence(text: string, about: Subject = 'results'): FilledSentence | undefined {
  for (const { sentence, pattern } of PATTERNS[about]) {
    const found = pattern.exec(text);
    if (found !== null) return { sentence, values: found.slice(1) };
  }
  return undefined;
}
