import { describe, test } from 'vitest';
import { expectFiguresOfReadme } from './example-figures.js';

describe('the examples of crises for hospitals give the figures of their README', () => {
  test.each(['network-outage', 'stroke-surge'])('%s', { timeout: 120_000 }, (example) =>
    expectFiguresOfReadme(example),
  );
});
