import { describe, expect, test } from 'vitest';
import { importBpmn } from '../../src/bpmn/bpmn-text.js';
import { BpmnError } from '../../src/bpmn/bpmn-error.js';
import { isSafeDeclaration, isSafeHead, isSafeLine } from '../../src/bpmn/safe-text.js';

const definitions = (inside: string): string =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:pathway="urn:pathway:bpmn:1">${inside}</definitions>`;

/** A process from lines like `task A "Title"` and `A -> B "yes"`; what stands before the name is the element. */
function processOf(...lines: readonly string[]): string {
  let ways = 0;
  const elements = lines.map((line) => {
    const way = /^(\w+) -> (\w+)(?: "(.*)")?$/.exec(line);
    if (way !== null)
      return `<sequenceFlow id="f${++ways}" sourceRef="${way[1] ?? ''}" targetRef="${way[2] ?? ''}" name="${way[3] ?? ''}"/>`;
    const [, tag = '', id = '', name = '', more = ''] = /^(\w+) (\w+)(?: "(.*?)")?(?: (.*))?$/.exec(line) ?? [];
    return `<${tag} id="${id}" name="${name}"${more.includes('<') ? `>${more}</${tag}>` : ` ${more}/>`}`;
  });
  return definitions(`<process id="P" name="Care">${elements.join('')}</process>`);
}

/** The activities of the pathway, without the declarations around it. */
const bodyOf = (file: string): string =>
  importBpmn(file)
    .text.split(/pathway Care[^\n]*\{\n/)[1]
    ?.replace(/\s+/g, ' ')
    .trim() ?? '';

function faultOf(file: string): string {
  try {
    importBpmn(file);
  } catch (error) {
    if (error instanceof BpmnError) return error.message;
    throw error;
  }
  return 'no fault';
}

describe('a process of another tool', () => {
  const chain = (tasks: number): string => {
    const names = Array.from({ length: tasks }, (_, i) => `t${i}`);
    const ways = ['s', ...names].map((from, i) => `${from} -> ${names[i] ?? 'e'}`);
    return processOf('startEvent s', 'endEvent e', ...names.map((name) => `task ${name} "Do ${name}"`), ...ways);
  };

  test('may have 5,000 tasks with what stands around them, and not without end', { timeout: 30_000 }, () => {
    expect(importBpmn(chain(5000))).toMatchObject({ steps: 5000, notSaid: [] });
    expect(faultOf(chain(10_000))).toBe('A process has 10002 tasks, events and gateways; at most 10000 are read.');
  });

  test.each([
    ['none', definitions('<message id="M" name="Referral"/>'), 'There is no process in it.'],
    [
      'empty ones',
      definitions('<process id="P" name="Care"/>'),
      'None of its processes has any tasks, events or gateways.',
    ],
  ])('must be there: a file with %s is refused', (_, file, message) => {
    expect(faultOf(file)).toBe(message);
  });

  test('need not be there where a pool is an organisation', () => {
    const { text, pathways } = importBpmn(
      definitions('<collaboration id="C"><participant id="A" name="Clinic"/></collaboration>'),
    );
    expect(pathways).toBe(0);
    expect(text).toContain('organisation Clinic "Clinic"');
  });

  test('becomes blocks where ways part and meet', () => {
    const file = processOf(
      ...[
        'startEvent s "Referred"',
        'task A "See"',
        'exclusiveGateway g "Ill?"',
        'task B "Treat"',
        'exclusiveGateway m',
      ],
      ...['endEvent e "Home"', 's -> A', 'A -> g', 'g -> B "yes"', 'g -> m "no"', 'B -> m', 'm -> e'],
    );
    expect(bodyOf(file)).toBe(
      'step See "See" { } choose Ill "Ill?" { 50% "yes" { step Treat "Treat" { } } otherwise "no" { } } finish Home }',
    );
    expect(importBpmn(file).notSaid).toEqual([
      'Line 1: Ill?: its conditions are not of this language; shares must be set, equal ones stand in.',
    ]);
  });

  test('goes on after a choice of which the other ways end', () => {
    const file = processOf(
      ...[
        'startEvent s',
        'exclusiveGateway g "Ill?"',
        'task B "Treat"',
        'task C "Rest"',
        'endEvent e "Home"',
        'endEvent f "Sent away"',
      ],
      ...['s -> g', 'g -> f "no"', 'g -> B "yes"', 'B -> C', 'C -> e'],
    );
    expect(bodyOf(file)).toBe(
      'choose Ill "Ill?" { 50% "no" { finish SentAway "Sent away" } otherwise "yes" { } } step Treat "Treat" { } step Rest "Rest" { } finish Home }',
    );
  });

  test('never lets those who stay in a loop take the way of those who leave it', () => {
    const file = processOf(
      ...[
        'startEvent s',
        'task A "Approve"',
        'exclusiveGateway g "Fine?"',
        'task B "Clarify"',
        'exclusiveGateway r "Clear?"',
      ],
      ...[
        'task C "Pay"',
        'endEvent e "Paid"',
        'endEvent f "Refused"',
        's -> A',
        'A -> g',
        'g -> C "yes"',
        'g -> B "no"',
      ],
      ...['B -> r', 'r -> A "yes"', 'r -> f "no"', 'C -> e'],
    );
    expect(bodyOf(file)).toContain('50% "yes" { step Pay "Pay" { } finish Paid }');
    expect(bodyOf(file)).toMatch(/otherwise "no" \{ \} \} step Clarify "Clarify" \{ \} \} finish Refused \}$/);
  });

  test('becomes `together` where all ways are gone, and `repeat` where one leads back', () => {
    const file = processOf(
      ...[
        'startEvent s',
        'parallelGateway p',
        'task A "Scan"',
        'task B "Bloods"',
        'parallelGateway j',
        'exclusiveGateway m',
      ],
      ...[
        'task C "Review"',
        'exclusiveGateway g "Again?"',
        'endEvent e "Home"',
        's -> p',
        'p -> A',
        'p -> B',
        'A -> j',
      ],
      ...['B -> j', 'j -> m', 'm -> C', 'C -> g', 'g -> m "yes"', 'g -> e "no"'],
    );
    expect(bodyOf(file)).toBe(
      'together Together { branch ScanBranch { step Scan "Scan" { } } branch BloodsBranch { step Bloods "Bloods" { } } } repeat again with 50% { step Review "Review" { } } finish Home }',
    );
  });

  test('gets `go to` where ways cross', () => {
    const file = processOf(
      ...['startEvent s', 'exclusiveGateway g "Which?"', 'task A "A"', 'task B "B"', 'exclusiveGateway h "Then?"'],
      ...['task C "C"', 'task D "D"', 'endEvent e "Home"', 'endEvent f "Ward"', 's -> g', 'g -> A', 'g -> B'],
      ...['A -> h', 'h -> C', 'h -> D', 'B -> k', 'exclusiveGateway k "And then?"', 'k -> C', 'k -> D'],
      ...['C -> e', 'D -> f'],
    );
    expect(bodyOf(file)).toMatch(/go to \w+/);
  });

  test('has an outcome wherever ways come to it', () => {
    const file = processOf(
      ...['startEvent s', 'exclusiveGateway g "Which?"', 'task A "A"', 'task B "B"', 'exclusiveGateway h "Then?"'],
      ...['endEvent e "Home"', 's -> g', 'g -> A', 'g -> B', 'A -> h', 'h -> B', 'h -> e', 'B -> e'],
    );
    expect(bodyOf(file)).toBe(
      'choose Which "Which?" { 50% { step A "A" { } choose Then "Then?" { 50% { finish Home } otherwise { } } } otherwise { } } step B "B" { } finish Home }',
    );
  });

  test('has the default of an inclusive gateway for those alone for whom no condition holds', () => {
    const two = processOf(
      ...['startEvent s', 'inclusiveGateway g "Needs?" default="f2"', 'task A "A"', 'task B "B"', 'inclusiveGateway j'],
      ...['endEvent e "Home"', 's -> g', 'g -> B "nothing"', 'g -> A "a scan"', 'A -> j', 'B -> j', 'j -> e'],
    );
    expect(bodyOf(two)).toBe(
      'choose Needs "Needs?" { 50% "a scan" { step A "A" { } } otherwise "nothing" { step B "B" { } } } finish Home }',
    );
    const three = processOf(
      ...['startEvent s', 'inclusiveGateway g "Needs?" default="f2"', 'task A "A"', 'task B "B"', 'task C "C"'],
      ...['inclusiveGateway j', 'endEvent e "Home"', 's -> g', 'g -> B', 'g -> A', 'g -> C', 'A -> j', 'B -> j'],
      ...['C -> j', 'j -> e'],
    );
    expect(bodyOf(three)).toMatch(
      /^choose Needs "Needs\?" \{ .*together .*branch .* A .*branch .* C .* otherwise \{ step B "B"/,
    );
  });

  test('has every way of a gateway at which a loop begins and ways part', () => {
    const file = processOf(
      ...['startEvent s', 'exclusiveGateway g "Ill?"', 'task A "A"', 'task B "B"', 'exclusiveGateway m'],
      ...['exclusiveGateway r "Again?"', 'endEvent e "Home"', 's -> g', 'g -> A', 'g -> B', 'A -> m', 'B -> m'],
      ...['m -> r', 'r -> g', 'r -> e'],
    );
    expect(bodyOf(file)).toBe(
      'repeat again with 50% { choose Ill "Ill?" { 50% { step A "A" { } } otherwise { step B "B" { } } } } finish Home }',
    );
  });

  test('ends its own way alone where others that are gone beside it go on', () => {
    const file = processOf(
      ...[
        'startEvent s',
        'exclusiveGateway g',
        'task A',
        'task B',
        'endEvent x "Told"',
        'exclusiveGateway m',
        'task C',
      ],
      ...['endEvent e "Home"', 's -> g', 'g -> A', 'g -> m', 'A -> x', 'A -> B', 'B -> m', 'm -> C', 'C -> e'],
    );
    // `finish` in a branch would take everybody out of care before C.
    expect(bodyOf(file)).toContain(
      'together Together { branch ToldBranch { } branch BBranch { step Task2 "task" { } } }',
    );
    expect(bodyOf(file)).toMatch(/step Task3 "task" \{ \} finish Home \}$/);
    expect(importBpmn(file).notSaid).toContain(
      'Line 1: Told: it ends one of several ways that are gone at once, and the others go on; no outcome is said of it.',
    );
  });

  test('leaves such a branch from a choice in it, and not what comes after the choice', () => {
    const file = processOf(
      ...['startEvent s', 'parallelGateway f', 'exclusiveGateway g', 'endEvent x "Gone"', 'task A "A"', 'task B'],
      ...['inclusiveGateway j', 'task C', 'endEvent e "Home"', 's -> f', 'f -> g', 'f -> B', 'g -> x', 'g -> A'],
      ...['A -> j', 'B -> j', 'j -> C', 'C -> e'],
    );
    expect(bodyOf(file)).toMatch(/50% \{ go to EndOfWay \}.* step A .* wait EndOfWay for 0 min \}/);
    expect(bodyOf(file)).not.toContain('finish Gone');
  });

  test('ends where no way leads on, and does not go the way of others', () => {
    const file = processOf(
      ...['startEvent s', 'exclusiveGateway g', 'task A "Dismiss"', 'task B "Treat"', 'task C "Review"'],
      ...['endEvent e "Home"', 's -> g', 'g -> A', 'g -> B', 'B -> C', 'C -> e'],
    );
    expect(bodyOf(file)).toContain('50% { step Dismiss "Dismiss" { } finish Done }');
  });

  test('has parts that begin once and never end the whole way', () => {
    const part =
      '<startEvent id="s1"/><task id="B" name="Book"/><startEvent id="s2" name="Undo"/><task id="U" name="Cancel"/><sequenceFlow id="p1" sourceRef="s1" targetRef="B"/><sequenceFlow id="p2" sourceRef="s2" targetRef="U"/>';
    const file = processOf(
      ...['startEvent s', `subProcess P1 "Booking" ${part}`, 'task Z "Tell"', 'endEvent e "Home"'],
      ...['s -> P1', 'P1 -> Z', 'Z -> e'],
    );
    const { text, notSaid } = importBpmn(file);
    expect(text).toMatch(/pathway Booking "Booking" \{\s*step Book "Book" \{\s*\}\s*\}/);
    expect(notSaid).toContain('Line 1: startEvent “Undo”: a part begins at its first start; nobody enters there.');
    expect(notSaid).toContain('Line 1: task “Cancel”: no way leads there.');
  });

  test('tells where ways that are gone at once come together otherwise', () => {
    const met = (tag: string, ...more: readonly string[]): readonly string[] =>
      importBpmn(
        processOf(
          ...[
            'startEvent s',
            'parallelGateway f',
            'task A',
            'task B',
            `${tag} j "Both"`,
            'task C',
            'endEvent e "Home"',
          ],
          ...['s -> f', 'f -> A', 'f -> B', 'A -> j', 'B -> j', 'j -> C', 'C -> e', ...more],
        ),
      ).notSaid;
    expect(met('parallelGateway')).toEqual(['Line 1: the name of parallelGateway “Both”: nothing has it here.']);
    expect(met('exclusiveGateway')).toContain(
      'Line 1: Both: ways that are gone at once come there one by one; here it is done once, when all have come.',
    );
    expect(met('parallelGateway', 'exclusiveGateway q', 'endEvent x', 'B -> q', 'q -> x', 'q -> j')).toContain(
      'Line 1: Both: it waits for a way out of a parallelGateway that may end before it; here nobody waits for ever.',
    );
  });

  test('tells of a join to which a way leads that those who begin at a start never go', () => {
    const toldOf = (...more: readonly string[]): readonly string[] =>
      importBpmn(
        processOf(
          ...['startEvent s "Called"', 'task A', 'parallelGateway j "Both"', 'endEvent e "Home"'],
          ...['s -> A', 'A -> j', 'j -> e', ...more],
        ),
      ).notSaid.filter((line) => line.includes('nobody waits for ever'));
    const waits = (start: string): string =>
      `Line 1: Both: it waits for a way that nobody goes who begins at ${start}; here nobody waits for ever.`;
    expect(toldOf('startEvent t "Sent"', 'task B', 't -> B', 'B -> j')).toEqual([waits('Called'), waits('Sent')]);
    expect(toldOf('task B', 'task C', 'B -> C', 'C -> B', 'C -> j')).toEqual([waits('Called')]);
    expect(toldOf('boundaryEvent b "Late" attachedToRef="A"', 'task B', 'b -> B', 'B -> j')).toEqual([]);
    expect(toldOf('boundaryEvent b "Late" attachedToRef="A"', 'b -> j')).toEqual([]);
  });

  test('names the line of what a way that cannot be said leads to', () => {
    const file = processOf(
      ...['startEvent s', 'task C "Before"', 'parallelGateway f', 'task A', 'task B', 'exclusiveGateway q'],
      ...['parallelGateway j', 'endEvent e "Home"', 's -> C', 'C -> f', 'f -> A', 'f -> B', 'A -> q', 'q -> j'],
      ...['q -> C', 'B -> j', 'j -> e'],
    ).replace('<task id="C"', '\n<task id="C"');
    expect(importBpmn(file).notSaid).toContain(
      'Line 2: the way to Before: it leaves one of several ways that are gone at once; it goes on with what stands after it.',
    );
  });

  test('calls what has activities, and says why a call is a step', () => {
    const file = definitions(
      '<process id="E" name="Empty"/><process id="P" name="Care"><callActivity id="c" name="Lab" calledElement="E"/></process>',
    );
    expect(importBpmn(file).notSaid).toContain('Line 1: Lab: it calls Empty, which has no activities; it is a step.');
  });

  test('goes on after an event at an activity that ways lead to', () => {
    const file = processOf(
      ...['startEvent s', 'task A "See"', 'boundaryEvent b "Late" attachedToRef="A"', 'task B "Tell"', 'endEvent e'],
      ...['s -> A', 'A -> b', 'b -> B', 'B -> e'],
    );
    expect(importBpmn(file).notSaid).toContain(
      'Line 1: Late: ways lead to it, which is an event at See; they go on after it.',
    );
    expect(bodyOf(file)).not.toContain('step Late');
  });

  test('tells of an end that ends ways beside it, and of a join that waits for ever', () => {
    const ended = processOf(
      ...['startEvent s', 'parallelGateway p', 'task A "A"', 'task B "B"', 's -> p', 'p -> A', 'p -> B', 'A -> e'],
      ...['endEvent e "Over" <terminateEventDefinition/>', 'endEvent f "Home"', 'B -> f'],
    );
    expect(importBpmn(ended).notSaid).toEqual([
      'Line 1: Over: it ends the ways that are gone beside it, too; here they are gone to their ends.',
    ]);
    const stuck = processOf(
      ...['startEvent s', 'exclusiveGateway g "Ill?"', 'task A "A"', 'task B "B"', 'parallelGateway j "Both"'],
      ...['endEvent e "Home"', 's -> g', 'g -> A', 'g -> B', 'A -> j', 'B -> j', 'j -> e'],
    );
    expect(importBpmn(stuck).notSaid).toContain(
      'Line 1: Both: it waits for ways of which Ill? lets one be gone; here they go on.',
    );
  });

  test('keeps timers, loops, messages and what has no place here in sight', () => {
    const timer = '<timerEventDefinition><timeDuration>PT1H30M</timeDuration></timerEventDefinition>';
    const file = processOf(
      ...['startEvent s', `intermediateCatchEvent w "Rest" ${timer}`, 'dataObject d "Letter"', 'endEvent e "Home"'],
      ...[
        'task A "Dress" <multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>',
      ],
      ...[
        'boundaryEvent b "Pain" attachedToRef="A"',
        'task C "Help"',
        's -> w',
        'w -> A',
        'A -> e',
        'b -> C',
        'C -> e',
      ],
    );
    const { text, notSaid } = importBpmn(file);
    expect(text).toContain('wait Rest "Rest" for 5400 s');
    expect(text).toContain('repeat 3 times {');
    expect(text).toContain('"Pain" {');
    expect(notSaid).toContain('Line 1: dataObject “Letter”.');
    expect(notSaid.join('\n')).toContain('Pain (no event) ends Dress; its way is a branch after it');
  });
});

describe('what nothing is made of', () => {
  test('is listed with its line, and counted', () => {
    const file = processOf(
      ...[
        'startEvent s',
        'task A "See" <documentation>With care.</documentation><ioSpecification><inputSet/></ioSpecification>',
      ],
      ...['exclusiveGateway g "Merge"', 'task B "Lost" <documentation>Never.</documentation>', 'endEvent e "Home"'],
      ...['dataStoreReference d "Files"', 's -> A "first"', 'A -> g', 'g -> e', 'A -> nowhere'],
    );
    const { notSaid, elements, leftOut } = importBpmn(file);
    expect(notSaid).toEqual([
      'Line 1: dataStoreReference “Files”.',
      'Line 1: ioSpecification.',
      'Line 1: sequenceFlow “f4”: it leads from or to nothing.',
      'Line 1: the name of exclusiveGateway “Merge”: nothing has it here.',
      'Line 1: task “Lost”: no way leads there.',
      'Line 1: the documentation of task “Lost”: “Never.”.',
      'Line 1: the name “first” of a way.',
    ]);
    expect(elements).toBe(15);
    // The specification with its set, the store, the task with its documentation, and the way to nowhere.
    expect(leftOut).toBe(6);
  });

  test('is no link event, which is the way that it stands for', () => {
    const link = '<linkEventDefinition name="L"/>';
    const file = processOf(
      ...['startEvent s', 'task A "See"', `intermediateThrowEvent t "To L" ${link}`],
      ...[`intermediateCatchEvent c "From L" ${link}`, 'task B "Treat"', 'endEvent e "Home"'],
      ...['s -> A', 'A -> t', 'c -> B', 'B -> e'],
    );
    expect(bodyOf(file)).toBe('step See "See" { } step Treat "Treat" { } finish Home }');
  });

  test('are extensions and numbers of BPSim that have no place here; arrivals have one', () => {
    const numbers =
      '<relationship type="BPSimData"><extensionElements><b:BPSimData xmlns:b="http://www.bpsim.org/schemas/2.0"><b:Scenario><b:ScenarioParameters baseTimeUnit="hour"/>' +
      '<b:ElementParameters elementRef="s"><b:ControlParameters><b:InterTriggerTimer><b:NegativeExponentialDistribution mean="2"/></b:InterTriggerTimer></b:ControlParameters></b:ElementParameters>' +
      '<b:ElementParameters elementRef="A"><b:CostParameters><b:UnitCost><b:FloatingParameter value="9"/></b:UnitCost></b:CostParameters></b:ElementParameters>' +
      '</b:Scenario></b:BPSimData></extensionElements><source>P</source><target>P</target></relationship>';
    const process =
      '<process id="P" name="Care"><startEvent id="s" name="Ill"/><task id="A" name="See"><extensionElements><x:form xmlns:x="urn:x"/></extensionElements></task><sequenceFlow id="f" sourceRef="s" targetRef="A"/></process>';
    const { text, notSaid } = importBpmn(definitions(`${process}${numbers}`));
    expect(text).toContain('cohort Ill "Ill" { arrives every exponential(2 h) }');
    expect(notSaid).toEqual(['Line 1: UnitCost of BPSim.', 'Line 1: extensions of urn:x (1).']);
  });
});

describe('a file that cannot be trusted', () => {
  test('is refused where ways part too deep, in a moment', () => {
    const deep = Array.from({ length: 300 }, (_, n) => [
      `exclusiveGateway g${n}`,
      `task a${n}`,
      `g${n} -> a${n}`,
      `a${n} -> e`,
    ]);
    const chain = Array.from({ length: 300 }, (_, n) => `g${n} -> ${n === 299 ? 'e' : `g${n + 1}`}`);
    const file = processOf('startEvent s', 'endEvent e', 's -> g0', ...deep.flat(), ...chain);
    expect(faultOf(file)).toBe('Ways part more than 100 times in each other.');
  });

  test.each([
    ['entities', `<!DOCTYPE x [<!ENTITY a "b">]>${definitions('')}`, 'It has a document type'],
    ['something else', '<html/>', 'This is no BPMN 2.0'],
    ['half a file', definitions('').slice(0, -5), 'It is no well-formed XML'],
    ['depth', definitions('<process>'.repeat(200)), 'Elements stand more than 100 deep'],
    ['nothing', '', 'It is no well-formed XML'],
  ])('is refused for %s', (_, file, message) => {
    expect(faultOf(file)).toContain(message);
  });

  test('cannot write outside of the place that a note has', () => {
    expect(isSafeHead('Scan "CT } scan"')).toBe(true);
    expect(isSafeHead('Scan } import "x"')).toBe(false);
    expect(isSafeLine('takes by route { a: 1 min, otherwise: 2 min }')).toBe(true);
    expect(isSafeLine('takes 1 min } pathway Q {')).toBe(false);
    expect(isSafeLine('takes 1 min // rest')).toBe(false);
    expect(isSafeLine('takes 1 min "')).toBe(false);
    expect(isSafeDeclaration('role Nurse "Nurse" {\n  isco "2221"\n}')).toBe(true);
    expect(isSafeDeclaration('role Nurse { } import "x"')).toBe(false);
    expect(isSafeDeclaration('import "x"')).toBe(false);
    expect(isSafeDeclaration('cohort A { arrives from "/etc/passwd" column "x" }')).toBe(false);
    const evil = definitions(
      '<process id="P" name="Care"><task id="A" name="See"><extensionElements><pathway:meaning is="step" head="See { } } import &quot;x&quot;"/></extensionElements></task></process>',
    );
    expect(importBpmn(evil).text).not.toContain('import "x"');
  });
});
