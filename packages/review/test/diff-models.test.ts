import { describe, expect, test } from 'vitest';
import { type Change, diffModels } from '../src/index.js';
import { edited, modelOf, STROKE } from './models.js';

type Edits = readonly (readonly [string, string])[];

async function changesOf(edits: Edits): Promise<readonly Change[]> {
  return diffModels(await modelOf(STROKE), await modelOf(edited(...edits))).changes;
}

/** Rank, reason and sentence of each change. */
async function told(...edits: Edits): Promise<readonly string[]> {
  return (await changesOf(edits)).map(
    ({ rank, reason, sentence }) => `${rank}${reason === undefined ? '' : ` (${reason})`}: ${sentence}`,
  );
}

describe('what is told of a change', () => {
  const cases: readonly (readonly [string, Edits, readonly string[]])[] = [
    [
      'a resource renamed with all that names it is one change',
      [
        ['resource StrokeBed "Acute', 'resource ASUBed "Acute'],
        ['hold 1 StrokeBed', 'hold 1 ASUBed'],
        ['set StrokeBed.', 'set ASUBed.'],
      ],
      ['wording: Resource StrokeBed is now called ASUBed.'],
    ],
    [
      'a pathway renamed keeps its steps',
      [
        ['pathway Supported', 'pathway EarlyDischarge'],
        ['call Supported', 'call EarlyDischarge'],
      ],
      ['wording: Pathway Supported is now called EarlyDischarge.'],
    ],
    [
      'a step moved out of a hold',
      [
        [
          '    step Review { by 1 StrokePhysician  takes 20 min }\n  }',
          '  }\n  step Review { by 1 StrokePhysician  takes 20 min }',
        ],
      ],
      [
        'flow (out of the hold Ward): Step Review now stands in pathway StrokeCare, after hold Ward; it stood in hold Ward, after step AcuteStay.',
      ],
    ],
    [
      'two steps that change places are one move',
      [
        [
          '    step AcuteStay { takes lognormal(mean 7.4 d, sd 8.61 d) }\n    step Review { by 1 StrokePhysician  takes 20 min }',
          '    step Review { by 1 StrokePhysician  takes 20 min }\n    step AcuteStay { takes lognormal(mean 7.4 d, sd 8.61 d) }',
        ],
      ],
      ['flow: Step Review now stands in hold Ward, first; it stood in hold Ward, after step AcuteStay.'],
    ],
    [
      'a handover dropped',
      [['    handover to RoyalDevon by phone\n', '']],
      ['safety (handover dropped): Step Transport: handover to RoyalDevon by phone is gone.'],
    ],
    [
      'a time target relaxed',
      [['within 60 min of', 'within 90 min of']],
      ['safety (time target relaxed): Step Lysis: within 60 min of Transport → 90 min of Transport.'],
    ],
    [
      'a time target tightened is no matter of safety',
      [['within 60 min of', 'within 45 min of']],
      ['flow (time target tightened): Step Lysis: within 60 min of Transport → 45 min of Transport.'],
    ],
    [
      'a branch with its step removed',
      [['    branch Bloods { step BloodTests { by 1 StrokeNurse  takes gamma(mean 45 min, sd 15 min) } }\n', '']],
      [
        'safety (a step of essential care removed): Branch Bloods of together is gone; it stood in together, after branch Imaging of together, with step BloodTests.',
      ],
    ],
    [
      'a skill that is not asked for any more',
      [['by 1 with Thrombolysis, 1 StrokeNurse', 'by 1 StrokeNurse']],
      [
        'safety (a skill is not asked for as before): Step Lysis: needs 1 with Thrombolysis, 1 StrokeNurse → 1 StrokeNurse.',
      ],
    ],
    ['a branch share shifted', [['8% {', '10% {']], ['flow: Branch 10% of choice: share or condition 8% → 10%.']],
    [
      'a promise relaxed',
      [['<= 60 min\n', '<= 90 min\n']],
      ['safety (a promise relaxed): Expect p90 of DoorToNeedle <= 90 min: limit 60 min → 90 min.'],
    ],
    [
      'a promise about what a plan changes relaxed',
      [['<= 80% of', '<= 90% of']],
      [
        'safety (a promise relaxed): Expect p90 of DoorToNeedle in MoreBeds <= 90% of p90 of DoorToNeedle in Today: compared with 80% of p90 of DoorToNeedle in Today → 90% of p90 of DoorToNeedle in Today.',
      ],
    ],
    [
      'a promise about what a plan changes tightened',
      [['DoorToNeedle in Today\n', 'DoorToNeedle in Today - 5 min\n']],
      [
        'evidence (a promise tightened): Expect p90 of DoorToNeedle in MoreBeds <= 80% of p90 of DoorToNeedle in Today - 5 min: limit 0 → -5 min.',
      ],
    ],
    [
      'a promise compared with another figure',
      [['80% of p90', '80% of p95']],
      [
        'safety (a promise changed): Expect p90 of DoorToNeedle in MoreBeds <= 80% of p95 of DoorToNeedle in Today: compared with 80% of p90 of DoorToNeedle in Today → 80% of p95 of DoorToNeedle in Today.',
      ],
    ],
    ['more beds', [['kind space  count 10', 'kind space  count 12']], ['capacity: Resource StrokeBed: count 10 → 12.']],
    [
      'fewer people on duty',
      [['on duty 6 at', 'on duty 5 at']],
      [
        'staff: Staff group StrokeNurse at RoyalDevon: on duty 6 at 07:00-21:30, otherwise 4 → 5 at 07:00-21:30, otherwise 4.',
      ],
    ],
    [
      'more patients',
      [['1.2 d * Gap', '1.1 d * Gap']],
      ['demand: Cohort Stroke: arrives every exponential(1.2 d * Gap) → every exponential(1.1 d * Gap).'],
    ],
    [
      'patients who come in groups',
      [['1.2 d * Gap)', '1.2 d * Gap) each a group of 2']],
      [
        'demand: Cohort Stroke: arrives every exponential(1.2 d * Gap) → every exponential(1.2 d * Gap) each a group of 2.',
      ],
    ],
    [
      'patients who come while a clinic is open',
      [['every exponential(1.2 d * Gap)', '2 per h on Mon-Fri at 08:30-24:00']],
      [
        'demand: Cohort Stroke: arrives every exponential(1.2 d * Gap) → 2/h on Mon, Tue, Wed, Thu, Fri at 08:30-24:00.',
      ],
    ],
    ['a quantity in another unit is no change', [['within 60 min of', 'within 1 h of']], []],
    [
      'a step that not everyone gets any more',
      [['step HomeVisit {', 'step HomeVisit when age < 80 {']],
      ['safety (not every patient gets it any more): Step HomeVisit: when age < 80 is new.'],
    ],
    [
      'steps that are now inside a hold',
      [['step HomeVisit { takes 60 min }', 'hold 1 CT as Room { step HomeVisit { takes 60 min } }']],
      [
        'flow: Hold Room is new, in pathway Supported, first.',
        'flow: Step HomeVisit now stands in hold Room, first; it stood in pathway Supported, first.',
      ],
    ],
  ];
  test.each(cases)('%s', async (_, edits, expected) => {
    expect(await told(...edits)).toEqual(expected);
  });

  test('another thing in the place of one is no rename', async () => {
    const changes = await changesOf([
      [
        'step BloodTests { by 1 StrokeNurse  takes gamma(mean 45 min, sd 15 min) }',
        'step Xray { uses 1 CT  takes 5 min }',
      ],
    ]);
    expect(changes.map(({ kind, element }) => `${kind} ${element.name}`)).toEqual(['removed BloodTests', 'added Xray']);
  });
});

describe('whom a change concerns', () => {
  test('reaches from a role to its organisations, its pathways and those who call them', async () => {
    const [change] = await changesOf([['step HomeVisit { takes 60 min }', 'step HomeVisit { takes 90 min }']]);
    expect(change?.affects).toEqual({
      organisations: ['Royal Devon hospital', 'Community team'],
      roles: [],
      sites: ['Devon'],
      pathways: ['Acute stroke care', 'Early supported discharge'],
    });
    expect(change?.approvers).toEqual(['Royal Devon hospital', 'Community team']);
  });

  test('reaches from people on duty to the pathways that ask for their role', async () => {
    const [change] = await changesOf([['on duty 2', 'on duty 1']]);
    expect(change?.affects).toMatchObject({ roles: ['Stroke physician'], pathways: ['Acute stroke care'] });
    expect(change?.approvers).toEqual(['Royal Devon hospital']);
  });

  test('is nobody for a title', async () => {
    const [change] = await changesOf([['"Early supported discharge"', '"Discharge with support"']]);
    expect(change?.affects).toEqual({ organisations: [], roles: [], sites: [], pathways: [] });
  });
});

test('each side leads back to its line', async () => {
  const [change] = await changesOf([['kind space  count 10', 'kind space  count 12']]);
  const line = STROKE.split('\n').findIndex((each) => each.includes('count 10')) + 1;
  expect(change?.before?.origin).toMatchObject({ file: 'care.pathway', line });
  expect(change?.after?.origin).toMatchObject({ file: 'care.pathway', line });
});

test('a measure of time in a level is told as it is written', async () => {
  expect(
    await told([
      'share of Ward waiting > 0 min',
      'share of time in Surge crisis only  aim experience }\nscale Surge { calm < crisis }\nindicator Overtime { value overtime(StrokePhysician)',
    ]),
  ).toEqual([
    'safety: Scale Surge is new, with level calm, level crisis.',
    'evidence: Indicator BedDelay: measures share of wait for StrokeCare.Ward > 0 min → value share of time in Surge crisis only.',
    'evidence: Indicator Overtime is new.',
  ]);
});
