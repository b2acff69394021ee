/** Every text that products say, and what it is in each language, for tests of other packages that look for English. */
export { CATALOGUES } from '../src/words/catalogue.js';
export { MESSAGES } from '../src/words/messages.js';
