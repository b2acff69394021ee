/**
 * Sentences that other packages write, with `{0}`, `{1}`, … for what they are filled with. Results hold them in English;
 * reports say them in their language where they are one of these.
 */
export const SENTENCES = [
  "Cover needs {0} people and WISN {1}: cover keeps somebody there in every hour with work, so that the target ({2}) and the minimum hold, while WISN divides the year's work by the working time of one person and lets work wait for whoever is free; WISN also takes off leave and support work.",
  'Hours per patient day need {0} people: {1} patients in beds with {2} h each a day, whatever is done for them and when. These hours are given for this plan.',
  'Hours per patient day need {0} people: {1} patients in beds with {2} h each a day, whatever is done for them and when. These hours are what the steps come to, so that this adds nothing to the work itself.',
  'Hours per patient day need {0} people: {1} patients in beds with {2} h each a day, whatever is done for them and when. These hours follow from the team of the lowest level.',
  'Interrupted after {0} of at most {1} batches.',
  'Interrupted after {0} of at most {1} replications.',
  'Nobody has the skill {0} that it needs.',
  'Nobody of {0} arrived in {1}: its figures say nothing.',
  'One long run of each scenario, cut into {0} batches, as the study says.',
  'Stopped after {0} replications (at most {1}), when every interval was narrow enough; the widest, {2}, is known within {3} (wanted {4}).',
  'Stopped after {0} replications of each scenario (at most {1}), when every interval was narrow enough; the widest, {2}, is known within {3} (wanted {4}).',
  '{0} replication of each scenario, as the study says.',
  '{0} replications of each scenario (at most {1}), as many as it took to tell it from the best.',
  '{0} replications of each scenario, as the study says.',
  '{0}: on average {1} patients ({2} arrived) were still on their way at the end. Times count only those who finished.',
  '{0}: someone asks for more at once than there ever is, and waits for ever.',
] as const;

/** One of the sentences, with what it was filled with. */
export interface FilledSentence {
  readonly sentence: (typeof SENTENCES)[number];
  readonly values: readonly string[];
}

const PATTERNS = SENTENCES.map((sentence) => {
  const quoted = sentence.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return { sentence, pattern: new RegExp(`^${quoted.replace(/\\\{\d\\\}/g, '(.+?)')}$`, 's') };
});

/** Finds the sentence that a text is. */
export function filledSentence(text: string): FilledSentence | undefined {
  for (const { sentence, pattern } of PATTERNS) {
    const found = pattern.exec(text);
    if (found !== null) return { sentence, values: found.slice(1) };
  }
  return undefined;
}
