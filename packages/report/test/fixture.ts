import type { ModelFacts } from '@pathway/analysis';
import {
  type Diagnostic,
  DURATION,
  type Expression,
  LANGUAGE_VERSION,
  type Model,
  NUMBER,
  type Origin,
  SECONDS,
} from '@pathway/model';
import type { CensusSeries, Estimate, IndicatorResult, ScenarioResults, StudyResults } from '@pathway/simulation';
import type { DailyNeed, StaffingPlan } from '@pathway/staffing';
import type { ReportInput } from '../src/index.js';

const HASH = 'b3c1f0'.padEnd(64, '0a9d');

function origin(line: number, file = 'stroke.pathway'): Origin {
  return { file, line, column: 1, endLine: line, endColumn: 20 };
}

export function estimate(mean: number, halfWidth: number, replications = 150): Estimate {
  return { mean, halfWidth, low: mean - halfWidth, high: mean + halfWidth, replications };
}

function literal(value: number): Expression {
  return { kind: 'number', value, dimension: NUMBER };
}

function duration(value: number): Expression {
  return { kind: 'number', value, dimension: DURATION, unit: 'd' };
}

/** Erlang's loss formula, by its recursion in the number of units. */
function erlangB(load: number, units: number): number {
  let blocking = 1;
  for (let unit = 1; unit <= units; unit += 1) blocking = (load * blocking) / (unit + load * blocking);
  return blocking;
}

function poisson(load: number, count: number): number {
  let share = Math.exp(-load);
  for (let step = 1; step <= count; step += 1) share *= load / step;
  return share;
}

const distribution = (mean: number): NonNullable<IndicatorResult['distribution']> => ({
  observationsPerReplication: 1508,
  sd: estimate(mean * 0.8, mean * 0.01),
  percentiles: [
    { percentile: 50, estimate: estimate(mean * 0.8, mean * 0.01) },
    { percentile: 90, estimate: estimate(mean * 2, mean * 0.03) },
  ],
  minimum: 0,
  maximum: mean * 6,
  histogram: { from: 0, width: mean / 4, shares: Array.from({ length: 16 }, (_, bin) => poisson(4, bin)) },
});

function indicators(load: number): readonly IndicatorResult[] {
  const table = Array.from({ length: 6 }, (_, index): IndicatorResult => {
    const exact = erlangB(load, 9 + index);
    return {
      indicator: 'Delay',
      title: 'Probability of delay',
      unit: 'share',
      argument: 9 + index,
      estimate: estimate(exact * (index === 2 ? 1.05 : 1.004), exact * 0.015),
      closedForm: { value: exact, method: 'Erlang B, M/G/∞ census' },
    };
  });
  return [
    {
      indicator: 'DoorToNeedle',
      title: 'Call to thrombolysis',
      unit: 'duration',
      aim: 'health',
      estimate: estimate(48.3 * 60, 71),
      distribution: distribution(48.3 * 60),
    },
    {
      indicator: 'DoorToNeedle',
      title: 'Call to thrombolysis',
      unit: 'duration',
      group: 'age under 75',
      estimate: estimate(45.1 * 60, 95),
      distribution: distribution(45.1 * 60),
    },
    {
      indicator: 'BedDelay',
      title: 'Waited for a stroke bed',
      unit: 'share',
      aim: 'experience',
      estimate: estimate(load / 90, 0.003),
      closedForm: { value: load / 90 + 0.001, method: 'Erlang C' },
    },
    {
      indicator: 'Cost',
      title: 'Cost of the window',
      unit: 'money',
      currency: 'GBP',
      estimate: estimate(1_284_000 + load, 9_100),
    },
    { indicator: 'Once', title: 'Longest queue', unit: 'count', estimate: estimate(17, 0, 1) },
    ...table,
  ];
}

function series(load: number, capacity: number | null): CensusSeries {
  const slots = Array.from({ length: 40 }, (_, slot) => load + Math.sin(slot / 3));
  return {
    from: 0,
    slot: (1825 / 40) * SECONDS.d,
    mean: slots,
    low: slots.map((value) => Math.max(0, value - 2.5)),
    high: slots.map((value) => value + 3.1),
    capacity: slots.map(() => capacity),
    queue: slots.map((_, slot) => (slot % 5) / 10),
  };
}

function byHour(peak: number): readonly number[] {
  return Array.from({ length: 168 }, (_, hour) => {
    const day = Math.floor(hour / 24);
    const working = day < 5 && hour % 24 >= 8 && hour % 24 < 18;
    return working ? peak - Math.abs((hour % 24) - 13) * (peak / 12) : peak / 8;
  });
}

function scenario(id: string, title: string, load: number, isOverloaded: boolean): ScenarioResults {
  return {
    scenario: id,
    title,
    replications: 150,
    events: 1_482_113,
    indicators: indicators(load),
    resources: [
      {
        id: 'ASUBed',
        title: 'Acute stroke unit bed',
        kind: 'resource',
        capacity: 12,
        census: estimate(load, 0.06),
        utilisation: estimate(load / 12, 0.005),
        queue: estimate(0.31, 0.02),
        wait: estimate(5.2 * 3600, 1500),
        waitedShare: estimate(0.091, 0.003),
        censusDistribution: Array.from({ length: 17 }, (_, count) => poisson(load, count)),
        censusOverTime: series(load, 12),
        byHourOfWeek: { census: byHour(9.4), queue: byHour(0.6) },
      },
      {
        id: 'Clerk',
        title: 'Registration clerk',
        kind: 'staff',
        capacity: 1.5,
        census: estimate(1.4, 0.01),
        utilisation: estimate(0.97, 0.004),
        queue: estimate(22.4, 2.1),
        wait: estimate(3.1 * 3600, 700),
        waitedShare: estimate(0.97, 0.01),
        overtime: estimate(1800, 90),
        censusDistribution: [0.03, 0.4, 0.57],
        censusOverTime: series(1.4, null),
      },
    ],
    pathways: [
      {
        pathway: 'StrokeCare',
        title: 'Acute stroke care',
        cohort: 'Stroke',
        arrivals: estimate(1521, 7),
        finished: estimate(1508, 7),
        inProgressAtEnd: estimate(13.1, 0.6),
        timeInPathway: estimate(14.2 * SECONDS.d, 0.2 * SECONDS.d),
        outcomes: [
          { outcome: 'Home', share: estimate(0.87, 0.004) },
          { outcome: 'Died', share: estimate(0.13, 0.004) },
        ],
      },
    ],
    activities: [],
    expectations: [
      {
        expectation: 'stroke.expect1',
        text: 'BedDelay <= 5%',
        verdict: 'fails',
        estimate: estimate(load / 90, 0.003),
        operator: '<=',
        limit: 0.05,
        unit: 'share',
      },
      {
        expectation: 'stroke.expect2',
        text: 'p90 of DoorToNeedle <= 60 min',
        verdict: 'holds',
        estimate: estimate(52 * 60, 100),
        operator: '<=',
        limit: 3600,
        unit: 'duration',
      },
      {
        expectation: 'stroke.expect3',
        text: 'Cost <= 1_285_000 GBP',
        verdict: 'not decided',
        estimate: estimate(1_284_000, 9_100),
        operator: '<=',
        limit: 1_285_000,
        unit: 'money',
      },
    ],
    checks: [
      { law: "Little's law", subject: 'ASUBed', left: 8.145, right: 8.145_000_1, holds: true },
      { law: "Little's law", subject: 'Clerk', left: 22.4, right: 22.4, holds: true },
      { law: 'Conservation of patients', subject: 'StrokeCare', left: 1521, right: 1521, holds: true },
    ],
    warnings: [
      {
        kind: 'unfinished',
        message: '13 patients were still on their way at the end of the window.',
        subject: 'StrokeCare',
      },
      ...(isOverloaded
        ? [
            {
              kind: 'overload' as const,
              message:
                'The registration clerk is asked for 1.8 times what one can do from 10:00 on: queues grow all day',
              subject: 'Clerk',
            },
          ]
        : []),
    ],
  };
}

export const STUDY: StudyResults = {
  format: 'pathway-results',
  formatVersion: 1,
  languageVersion: LANGUAGE_VERSION,
  sourceHash: HASH,
  study: 'Options',
  title: 'Are two more beds worth it?',
  seed: 7,
  start: '2026-01-05T00:00',
  timezone: 'Europe/London',
  runLength: 1825 * SECONDS.d,
  warmUp: 1095 * SECONDS.d,
  scenarios: [scenario('Today', 'As it is', 8.1455, true), scenario('MoreBeds', 'Two more beds', 7.2, false)],
  comparisons: [
    {
      base: 'Today',
      scenario: 'MoreBeds',
      indicators: [
        { indicator: 'BedDelay', difference: estimate(-0.0105, 0.0021) },
        { indicator: 'DoorToNeedle', difference: estimate(-24, 102) },
        { indicator: 'Cost', difference: estimate(4_100, 900) },
        { indicator: 'Once', difference: estimate(2, 0, 1) },
        { indicator: 'DoorToNeedle', group: 'age under 75', difference: estimate(0, 0) },
        { indicator: 'Delay', argument: 9, difference: estimate(-0.042, 0.003) },
        { indicator: 'Delay', argument: 14, difference: estimate(-0.009, 0.0006) },
      ],
    },
  ],
  interrupted: false,
};

export const MODEL: Model = {
  languageVersion: LANGUAGE_VERSION,
  sourceHash: HASH,
  title: 'Stroke service of north Devon',
  sources: [
    {
      id: 'Monks2016',
      name: 'Monks2016',
      title: 'Monks et al., BMC Health Services Research 16:530',
      origin: origin(3, 'numbers.pathway'),
      url: 'https://doi.org/10.1186/s12913-016-1789-4',
      date: '2016-09-29',
      grade: 'A',
      note: 'Measured at the hospital over three years.',
    },
    { id: 'Ward2025', name: 'Ward2025', origin: origin(9, 'numbers.pathway'), grade: 'C', url: 'javascript:alert(1)' },
  ],
  territories: [],
  organisations: [
    { id: 'RoyalDevon', name: 'RoyalDevon', title: 'Royal Devon hospital', origin: origin(12), contact: {} },
  ],
  skills: [],
  roles: [],
  shifts: [],
  staff: [],
  resources: [
    {
      id: 'ASUBed',
      name: 'ASUBed',
      title: 'Acute stroke unit bed',
      origin: origin(20),
      resourceKind: 'space',
      count: { rules: [], otherwise: literal(12) },
    },
  ],
  stocks: [],
  travel: [],
  numbers: [{ id: 'Share', name: 'Share', origin: origin(22), value: literal(0.24), sources: ['Ward2025'] }],
  cohorts: [
    {
      id: 'Stroke',
      name: 'Stroke',
      title: 'Acute stroke',
      origin: origin(25),
      sources: ['Monks2016'],
      arrivals: { kind: 'every', between: duration(1.2 * SECONDS.d) },
      attributes: [],
    },
  ],
  pathways: [
    {
      id: 'StrokeCare',
      name: 'StrokeCare',
      title: 'Acute stroke care',
      documentation: 'From the emergency call to rehabilitation.',
      origin: origin(30),
      cohorts: [{ cohort: 'Stroke' }],
      body: [
        {
          kind: 'hold',
          id: 'StrokeCare.ASUBed',
          name: 'ASUBed',
          policy: 'all',
          needs: [],
          freesFirst: false,
          origin: origin(31),
          body: [
            {
              kind: 'step',
              id: 'StrokeCare.AcuteStay',
              name: 'AcuteStay',
              title: 'Acute stay',
              needs: [],
              takes: duration(7.4 * SECONDS.d),
              costs: [],
              dependsOn: [],
              remote: false,
              origin: origin(32),
              sources: ['Monks2016'],
            },
            {
              kind: 'step',
              id: 'StrokeCare.Rehab',
              name: 'Rehab',
              needs: [],
              takes: duration(28.4 * SECONDS.d),
              costs: [],
              dependsOn: [],
              remote: false,
              origin: origin(33),
            },
          ],
        },
      ],
    },
  ],
  indicators: [
    {
      id: 'Delay',
      name: 'Delay',
      title: 'Probability of delay',
      origin: origin(40),
      measure: { kind: 'value', value: { kind: 'variable', name: 'beds' } },
      table: { variable: 'beds', values: [9, 10, 11, 12, 13, 14] },
      dimension: NUMBER,
      percentage: true,
    },
    {
      id: 'Cost',
      name: 'Cost',
      title: 'Cost of the window',
      origin: origin(41),
      measure: { kind: 'value', value: { kind: 'cost', of: 'all' } },
      dimension: { time: 0, money: 1, currency: 'GBP' },
      percentage: false,
    },
  ],
  expectations: [
    {
      id: 'stroke.expect3',
      origin: origin(45),
      text: 'Cost <= 1_285_000 GBP',
      indicator: 'Cost',
      statistic: 'mean',
      operator: '<=',
      limit: literal(1_285_000),
      scenarios: [],
    },
  ],
  scenarios: [
    { id: 'Today', name: 'Today', title: 'As it is', origin: origin(50), basedOn: [], overrides: [] },
    { id: 'MoreBeds', name: 'MoreBeds', title: 'Two more beds', origin: origin(51), basedOn: [], overrides: [] },
  ],
  studies: [],
};

export const FACTS: readonly ModelFacts[] = [
  {
    scenario: 'Today',
    loads: [
      {
        id: 'ASUBed',
        title: 'Acute stroke unit bed',
        kind: 'resource',
        load: 8.1455,
        capacity: 12,
        utilisation: 8.1455 / 12,
        requestRate: 1.65 / SECONDS.d,
        meanTimeKept: 4.94 * SECONDS.d,
        poisson: true,
        erlangB: erlangB(8.1455, 12),
        erlangC: 0.15,
        expectedWait: 5.1 * 3600,
      },
      {
        id: 'CT',
        title: 'CT scanner',
        kind: 'resource',
        load: 2.6,
        capacity: 2,
        utilisation: 1.3,
        requestRate: 6 / SECONDS.h,
        meanTimeKept: 26 * 60,
        poisson: false,
      },
    ],
    skills: [],
    limits: [{ subject: 'Rehab', message: 'Its duration depends on the queue at that moment.' }],
  },
];

const cover = byHour(6).map((value) => Math.max(1, Math.round(value)));

export const PLAN: StaffingPlan = {
  format: 'pathway-staffing-plan',
  formatVersion: 1,
  languageVersion: LANGUAGE_VERSION,
  sourceHash: HASH,
  scenario: 'Today',
  title: 'As it is',
  roles: [
    {
      role: 'StrokeNurse',
      title: 'Stroke nurse',
      organisation: 'RoyalDevon',
      loadByHour: byHour(4.1),
      coverByHour: cover,
      onDutyByHour: cover.map((value) => Math.min(value, 4)),
      load90ByHour: byHour(7),
      minimumByHour: byHour(0),
      minimumFrom: [],
      teams: [
        { scale: 'Surge', level: 'crisis', resource: 'ASUBed', amount: 1, per: 4, byHour: byHour(3).map(Math.ceil) },
      ],
      worstDelay: 1,
      target: { kind: 'delay', most: 0.1 },
      simulated: { study: 'Beds', mean: 4.05, meanByHour: byHour(4), percentiles: { p50: 4, p90: 7, p95: 8 } },
      workHoursPerWeek: 402.3,
      coverHoursPerWeek: cover.reduce((sum, value) => sum + value, 0),
      headcount: {
        existing: 9,
        needed: 11.4,
        contractHoursPerWeek: 37.5,
        absence: 0.055,
        leave: 0,
        shiftHours: 8,
        productiveHours: 7.5,
        lostPerShift: [{ name: 'breaks', hours: 0.5 }],
        shortfall: 2.4,
        neededAtHighAbsence: 12,
      },
      workByActivity: [
        { activity: 'StrokeCare.AcuteStay', title: 'Acute stay', hoursPerWeek: 310.2 },
        { activity: 'StrokeCare.Rehab', title: 'Rehabilitation', hoursPerWeek: 92.1 },
      ],
      wisn: {
        possibleDays: 260,
        absences: [
          { name: 'Annual leave', daysPerYear: 27 },
          { name: 'Sickness', daysPerYear: 14.3 },
        ],
        hoursPerDay: 7.5,
        availableHoursPerYear: 1640.3,
        activities: [
          {
            activity: 'StrokeCare.AcuteStay',
            title: 'Acute stay',
            volumePerYear: 602,
            hoursEach: 26.8,
            required: 9.84,
          },
        ],
        categoryAllowanceShare: 0.12,
        categoryAllowanceFactor: 1.136,
        support: [{ name: 'records', share: 0.12 }],
        individual: [{ name: 'teaching', people: 1, hoursPerYear: 120 }],
        individualAllowanceHours: 120,
        individualAllowanceFactor: 0.073,
        required: 11.25,
        rounded: 11,
        existing: 9,
        ratio: 0.8,
      },
      patientDays: {
        patients: 9.1,
        hoursEach: 6,
        source: 'team',
        productiveHoursPerShift: 7.5,
        workersPerDay: 7.28,
        shiftsPerWeek: 4.69,
        absence: 0.055,
        required: 11.5,
      },
      notes: ['Cover asks for presence around the clock; WISN divides the work by available time, so it is lower.'],
    },
    {
      role: 'Clerk',
      title: 'Registration clerk',
      loadByHour: byHour(1.2),
      coverByHour: byHour(1.2).map(Math.ceil),
      onDutyByHour: null,
      load90ByHour: byHour(3),
      minimumByHour: byHour(0),
      minimumFrom: [],
      teams: [],
      worstDelay: null,
      target: { kind: 'delay', most: 0.2 },
      simulated: null,
      workHoursPerWeek: 66,
      coverHoursPerWeek: 178,
      headcount: null,
      workByActivity: [],
      wisn: null,
      patientDays: null,
      notes: [],
    },
  ],
  skills: [
    {
      skill: 'Thrombolysis',
      level: 'expert',
      title: 'IV thrombolysis',
      loadByHour: byHour(0.7),
      workHoursPerWeek: 22,
      holders: 1,
    },
  ],
  gaps: [{ subject: 'Rehab', message: 'The duration depends on the queue, so its staff time is unknown.' }],
};

/** Three days of crises, of which two need more than there are. */
export const BY_DAY: DailyNeed = {
  from: '2026-12-07',
  days: 3,
  spells: [],
  roles: [
    {
      role: 'StrokeNurse',
      title: 'Stroke nurse',
      organisation: 'RoyalDevon',
      loadByHour: [],
      coverByHour: [],
      minimumByHour: [],
      onDutyByHour: null,
      calledInByHour: [],
      stretches: [
        {
          from: '2026-12-07',
          until: '2026-12-08',
          crises: ['Flood'],
          responses: ['Surge plan'],
          coverHoursPerDay: 90,
          mostNeeded: 5,
          onDuty: 3.5,
          calledIn: 1,
          missingHours: 14.5,
          mostMissing: 2,
        },
        {
          from: '2026-12-09',
          until: '2026-12-09',
          crises: [],
          responses: [],
          coverHoursPerDay: 72,
          mostNeeded: 3,
          onDuty: null,
          calledIn: 0,
          missingHours: 0,
          mostMissing: 0,
        },
      ],
    },
  ],
  notes: ['Surge plan: units that become others are counted as what they were.'],
};

export const DIAGRAM = `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 120" width="300" height="120" font-family="sans-serif" role="img" aria-label="Acute stroke care">
<title>Acute stroke care</title><desc>A call leads to a stay.</desc>
<defs><marker id="way-head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="10" markerHeight="10" orient="auto"><path d="M0 1 10 5 0 9z" fill="#475569"/></marker></defs>
<rect x="0" y="0" width="300" height="120" fill="#ffffff"/>
<a href="stroke.pathway#L31" aria-label="Call; by 1 call handler" class="step"><title>Call; by 1 call handler</title><rect x="20" y="40" width="90" height="40" rx="6" fill="#f1f6fc" stroke="#2b6cb0"/><text x="65" y="65" text-anchor="middle" font-size="13" fill="#0f172a">Call</text></a>
<path d="M110 60H180" fill="none" stroke="#475569" marker-end="url(#way-head)"/>
<g class="step"><rect x="185" y="40" width="90" height="40" rx="6" fill="#f1f6fc" stroke="#2b6cb0"/><text x="230" y="65" text-anchor="middle" font-size="13" fill="#0f172a">Acute stay</text></g>
</svg>
`;

const DIAGNOSTICS: readonly Diagnostic[] = [
  {
    code: 'PW9001',
    severity: 'hint',
    message: 'The resource `CT` has no title for readers.',
    range: origin(21),
    related: [],
  },
  {
    code: 'PW5001',
    severity: 'warning',
    message: 'CT scanner is asked for 2.6 at a time on average and has 2: its queue grows without end.',
    range: origin(21),
    related: [],
  },
];

export const INPUT: ReportInput = {
  model: MODEL,
  results: [STUDY],
  plans: [PLAN],
  facts: FACTS,
  diagrams: { StrokeCare: DIAGRAM },
  diagnostics: DIAGNOSTICS,
};
