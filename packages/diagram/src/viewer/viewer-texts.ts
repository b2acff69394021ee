import type { DrawingWords } from '../graph/words.js';

/**
 * What the script of the page says, by the names that it knows; `{0}` and `{1}` are filled there. The script itself is the
 * same in every language, so that one hash allows it.
 */
export function scriptTexts({ say }: Pick<DrawingWords, 'say'>): Readonly<Record<string, string>> {
  const [first, second] = ['{0}', '{1}'];
  return {
    size: say`${first} of its size`,
    found: say`Found here: ${first}`,
    foundElsewhere: say`Found here: ${first}; on other sheets: ${second}`,
    goesThere: say`Enter goes there`,
    after: say`after ${first}`,
    afterThat: say`After ${first}: ${second}`,
    begin: say`Where does the way begin?`,
    inside: say`Look inside: ${first}`,
    over: say`The way ends here.`,
    d: say`d`,
    h: say`h`,
    min: say`min`,
    s: say`s`,
  };
}
