import { describe, test } from 'vitest';
import { expectFiguresOfReadme } from './example-figures.js';

describe('the examples of crises for people at home give the figures of their README', () => {
  test.each(['heat-wave', 'power-cut'])('%s', { timeout: 120_000 }, (example) => expectFiguresOfReadme(example));
});
