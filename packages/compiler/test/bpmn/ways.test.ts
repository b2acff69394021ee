import { importBpmn } from '@pathway/interchange';
import { describe, expect, test } from 'vitest';
import { modelOf } from './examples.js';
import { wayBeyond } from './flow-net.js';
import { generatedProcess } from './generated-process.js';
import { numbers } from './generated-text.js';
import { compareWays } from './ways.js';

const LONGEST = 10;
const FILES = 20;
/** What the import tells where the ways of the text are not those of the file. */
const TOLD = /it leads into a loop or a branch|it leaves one of several ways|come there one by one/;

describe('the ways through a process of another tool', () => {
  test.each([0, 1, 2, 3])(
    'are those through its text, with %i ways across its blocks',
    { timeout: 60_000 },
    async (crossings) => {
      let told = 0;
      for (let seed = 1; seed <= FILES; seed++) {
        const xml = generatedProcess(numbers(seed * 7 + crossings), crossings);
        const ways = await compareWays(xml, modelOf, LONGEST);
        if (importBpmn(xml).notSaid.some((line) => TOLD.test(line))) told++;
        else expect(ways, xml).toEqual([{ id: 'P', title: 'Care', lost: undefined, added: undefined }]);
      }
      expect(told).toBeLessThan(FILES / 5);
    },
  );

  test('are compared to the last: a way too few or too many is found', async () => {
    const process = (ways: string): string =>
      `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="P" name="Care"><startEvent id="s"/><inclusiveGateway id="g"/><task id="A" name="A"/><task id="B" name="B"/><inclusiveGateway id="j"/><endEvent id="e" name="Home"/>${ways
        .split(' ')
        .map((way, n) => `<sequenceFlow id="f${n}" sourceRef="${way.charAt(0)}" targetRef="${way.charAt(1)}"/>`)
        .join('')}</process></definitions>`;
    const [ways] = await compareWays(process('sg gA gB Aj Bj je'), modelOf, LONGEST);
    // Of an inclusive gateway at least one way is gone; in the text it may be none, as the import tells.
    expect(ways).toEqual({ id: 'P', title: 'Care', lost: undefined, added: ['finish Home'] });
  });
});

describe('two flows', () => {
  const flow = (...moves: readonly string[]) => ({
    starts: [['a']],
    moves: moves.map((each) => {
      const [from = '', label, to = ''] = each.split(' ');
      return { takes: [from], puts: to === '' ? [] : to.split('+'), ...(label !== '-' && { label }) };
    }),
  });

  test('have the same ways where one hides a choice or says it early', () => {
    const early = flow('a - b', 'a - c', 'b X d', 'c X e', 'd Y', 'e Z');
    const late = flow('a X b', 'b Y', 'b Z');
    expect(wayBeyond(early, late, 5)).toBeUndefined();
    expect(wayBeyond(late, early, 5)).toBeUndefined();
  });

  test('differ by the shortest way, and by where they may be over', () => {
    const both = flow('a - b+c', 'b X', 'c Y');
    const inTurn = flow('a X b', 'b Y');
    expect(wayBeyond(both, inTurn, 5)).toEqual(['Y']);
    expect(wayBeyond(inTurn, both, 5)).toBeUndefined();
    expect(wayBeyond(flow('a X'), flow('a X b'), 5)).toEqual(['X', '∎']);
  });
});
