import { fhirBundle } from '@pathway/interchange';
import fhirpath from 'fhirpath';
import { describe, expect, test } from 'vitest';
import { EXAMPLES, exampleModel, modelOf } from '../bpmn/examples.js';
import { schemaFindings, typeFindings } from './fhir-validation.js';
import { r5Findings } from './r5-definitions.js';

/** Everything in a value, with where it stands. */
function* inside(value: unknown, path = ''): Generator<{ readonly path: string; readonly value: unknown }> {
  yield { path, value };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) yield* inside(part, `${path}/${key}`);
}

const textsAt = (bundle: unknown, key: string): readonly string[] =>
  [...inside(bundle)].flatMap(({ path, value }) =>
    typeof value === 'string' && path.endsWith(`/${key}`) ? [value] : [],
  );

/** All examples in one release, by their names. */
async function bundlesOf(release: 'R4' | 'R5'): Promise<Readonly<Record<string, unknown>>> {
  const made: Record<string, unknown> = {};
  for (const name of EXAMPLES) made[name] = fhirBundle(await exampleModel(name), { release }).bundle;
  return made;
}

const MODEL = modelOf(`
organisation Hospital "Royal hospital" { sector hospital  in Devon  phone "+44 1"  hours "Mon-Fri 08:00-18:00"  languages en }
organisation Ward "Stroke ward" { part of Hospital }
territory Devon "Devon" { entrypoint Hospital for citizens }
skill Lysis "Thrombolysis" { snomed "472191000119101" }
role Nurse "Stroke nurse" { isco "2221"  esco "http://data.europa.eu/esco/occupation/1"  has Lysis }
staff 6 Nurse at Ward
resource Bed "Stroke bed" { at Ward  kind space  count 10 }
resource CT "CT scanner" { at Ward  kind stuff  count 1 }
source Guide "Guideline" { url "https://example.org/g"  date 2026-01-02  grade A }
cohort Stroke "Acute stroke" { arrives every 1 d  attribute age normal(mean 70, sd 9)  attribute route one of home 60%, rehab 40% }
/** From call to discharge. */
pathway Care "Stroke care" for Stroke {
  owner Ward
  step Scan "Scan" { by 1 Nurse  uses 1 CT  takes 20 min  source Guide }
  step Lyse "Lysis" when age < 80 and not (age < 18) { by 1 with Lysis  takes gamma(mean 60 min, sd 10 min)  within 60 min of Scan }
  hold 1 Bed as Ward { waits at most 4 h else { finish Elsewhere } step Stay { takes 2 d } }
  together { branch A { step X { takes 1 h } } branch B { wait for 90 min } }
  choose by route { home { } rehab { repeat 2 times every 7 d { step Visit { takes 1 h } } } }
  wait until 08:00 on Mon
  finish Home
}
title Care { it "Ictus" }
`);

const resourcesOf = (bundle: unknown, type: string): readonly Record<string, unknown>[] =>
  [...inside(bundle)].flatMap(({ value }) =>
    typeof value === 'object' && value !== null && 'resourceType' in value && value.resourceType === type
      ? [value as Record<string, unknown>]
      : [],
  );

describe('a pathway as FHIR', () => {
  test('keeps codes with the addresses of their systems', async () => {
    const [role] = resourcesOf(fhirBundle(await MODEL, { release: 'R4' }).bundle, 'PractitionerRole');
    expect(role).toMatchObject({
      code: [
        {
          coding: [
            { system: 'urn:oid:2.16.840.1.113883.2.9.6.2.7', code: '2221', display: 'Stroke nurse' },
            { system: 'http://data.europa.eu/esco', code: 'http://data.europa.eu/esco/occupation/1' },
          ],
          text: 'Stroke nurse',
        },
      ],
      specialty: [{ coding: [{ system: 'http://snomed.info/sct', code: '472191000119101' }] }],
    });
  });

  test('has blocks as groups, order as related actions, conditions as FHIRPath, times in units of UCUM', async () => {
    const [plan] = resourcesOf(fhirBundle(await MODEL, { release: 'R4' }).bundle, 'PlanDefinition');
    expect(plan).toMatchObject({
      title: 'Stroke care',
      _title: { extension: [{ extension: [{ valueCode: 'it' }, { valueString: 'Ictus' }] }] },
      description: 'From call to discharge.',
      goal: [{ id: 'Care.Lyse-target', target: [{ due: { value: 1, code: 'h' } }] }],
      action: [
        { id: 'Care.Scan', documentation: [{ type: 'citation', url: 'https://example.org/g' }] },
        {
          goalId: ['Care.Lyse-target'],
          relatedAction: [{ actionId: 'Care.Scan', relationship: 'after-end' }],
          condition: [{ expression: { expression: '(%age < 80) and (%age < 18).not()' } }],
        },
        {
          selectionBehavior: 'exactly-one',
          action: [
            { textEquivalent: 'Keeps 1 Bed as Ward over all that is inside.', action: [{ title: 'Stay' }] },
            { title: 'waited 4 h', condition: [{ expression: { expression: '%`waited 4 h`' } }] },
          ],
        },
        {
          selectionBehavior: 'all',
          action: [{ title: 'A' }, { title: 'B', action: [{ timingDuration: { value: 1.5, code: 'h' } }] }],
        },
        {
          selectionBehavior: 'at-most-one',
          action: [
            { condition: [{ expression: { expression: "%route = 'home'" } }] },
            { action: [{ timingTiming: { repeat: { count: 2, frequency: 1, period: 7, periodUnit: 'd' } } }] },
          ],
        },
        { timingTiming: { repeat: { dayOfWeek: ['mon'], timeOfDay: ['08:00:00'] } } },
        { title: 'Home' },
      ],
    });
  });

  test('has steps with who does them, where and how long, and all that they say in words', async () => {
    const steps = resourcesOf(fhirBundle(await MODEL, { release: 'R5' }).bundle, 'ActivityDefinition');
    expect(steps[0]).toMatchObject({
      title: 'Scan',
      usage: 'by 1 Nurse\nuses 1 CT\ntakes 20 min',
      timingDuration: { value: 20, unit: 'min', system: 'http://unitsofmeasure.org', code: 'min' },
      participant: [
        { type: 'practitionerrole', role: { text: 'Stroke nurse' } },
        { type: 'device', role: { text: 'CT scanner' } },
      ],
    });
    expect(steps[1]).toMatchObject({
      timingDuration: { value: 1, code: 'h' },
      participant: [{ role: { coding: [{ code: '472191000119101' }], text: 'anybody with Thrombolysis' } }],
    });
  });

  test('tells what FHIR cannot say', async () => {
    const { notSaid } = fhirBundle(await MODEL, { release: 'R4' });
    expect(notSaid).toContain('Lysis: its time is told by its mean; gamma(mean 60 min, sd 10 min) stands in words.');
    expect(notSaid).toContain('Arrivals and attributes of patients.');
    expect(notSaid.join('\n')).toContain('1 Bed is kept over what is inside');
  });

  test('has addresses that rest on what is declared alone, or those of a server', async () => {
    const model = await MODEL;
    expect(fhirBundle(model, { release: 'R4' })).toEqual(fhirBundle(model, { release: 'R4' }));
    const addresses = textsAt(fhirBundle(model, { release: 'R4' }).bundle, 'fullUrl');
    for (const address of addresses)
      expect(address).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const { bundle } = fhirBundle(model, { release: 'R4', base: 'https://fhir.example.org/r4' });
    expect(textsAt(bundle, 'fullUrl')).toContain('https://fhir.example.org/r4/PlanDefinition/Care');
    expect(textsAt(bundle, 'definitionCanonical')).toContain(
      'https://fhir.example.org/r4/ActivityDefinition/Care.Scan',
    );
  });

  test('refuses a pathway that is not there', async () => {
    const model = await MODEL;
    expect(() => fhirBundle(model, { release: 'R4', pathway: 'Nothing' })).toThrow('There is no pathway Nothing');
  });
});

test('what is wrong is found by each of the ways in which bundles are checked', () => {
  const wrong = (resource: object): object => ({ resourceType: 'Bundle', type: 'collection', entry: [{ resource }] });
  const noCode = wrong({ resourceType: 'PlanDefinition', id: 'A', status: 'drafted' });
  const noElement = wrong({ resourceType: 'HealthcareService', id: 'A', openAt: 'noon' });
  for (const bundle of [noCode, noElement]) {
    expect(schemaFindings('R4', bundle)).not.toEqual([]);
    expect([...schemaFindings('R5', bundle), ...r5Findings(bundle)]).not.toEqual([]);
    expect(typeFindings('r4', { bundle })).toHaveLength(1);
    expect(typeFindings('r5', { bundle })).toHaveLength(1);
  }
});

test.each([
  ['an element too few', { resourceType: 'PlanDefinition', goal: [{ target: [{}] }] }, 'goal[0].description stands 0'],
  ['a code of no value set', { resourceType: 'PlanDefinition', status: 'drafted' }, 'status is drafted'],
  ['a rule that does not hold', { resourceType: 'Organization', active: true }, 'org-1'],
  [
    'a rule of an element far inside',
    { resourceType: 'PlanDefinition', action: [{ timingTiming: { repeat: { period: 2 } } }] },
    'action[0].timingTiming.repeat breaks tim-2',
  ],
  ['an element that there is none of', { resourceType: 'Location', floor: 2 }, 'floor is not defined'],
])('the definitions of R5 find %s', (_, resource, finding) => {
  const bundle = { resourceType: 'Bundle', type: 'collection', entry: [{ fullUrl: 'urn:uuid:1', resource }] };
  expect(r5Findings(bundle).join('\n')).toContain(finding);
});

describe('the examples as FHIR', () => {
  test.each(EXAMPLES)('meet the published schemas of R4 and R5: %s', async (name) => {
    const model = await exampleModel(name);
    for (const release of ['R4', 'R5'] as const)
      expect(schemaFindings(release, fhirBundle(model, { release }).bundle), release).toEqual([]);
  });

  test.each(EXAMPLES)('keep the definitions of R5: how often, which codes, which rules: %s', async (name) => {
    expect(r5Findings(fhirBundle(await exampleModel(name), { release: 'R5' }).bundle)).toEqual([]);
  });

  test.each(['R4', 'R5'] as const)(
    'are values of the published definitions: %s',
    { timeout: 60_000 },
    async (release) => {
      expect(typeFindings(release === 'R4' ? 'r4' : 'r5', await bundlesOf(release))).toEqual([]);
    },
  );

  test.each(['R4', 'R5'] as const)('refer to nothing that is not there: %s', async (release) => {
    for (const [name, bundle] of Object.entries(await bundlesOf(release))) {
      const addresses = textsAt(bundle, 'fullUrl');
      expect(new Set(addresses).size, name).toBe(addresses.length);
      const named = [...textsAt(bundle, 'reference'), ...textsAt(bundle, 'definitionCanonical')];
      expect(
        named.filter((address) => !addresses.includes(address)),
        name,
      ).toEqual([]);
      const ids = [...inside(bundle)].flatMap(({ path, value }) => (/\/action\/\d+\/id$/.test(path) ? [value] : []));
      expect(new Set(ids).size, name).toBe(ids.length);
      const targets = textsAt(bundle, release === 'R4' ? 'actionId' : 'targetId');
      expect(
        targets.filter((id) => !ids.includes(id)),
        name,
      ).toEqual([]);
      for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9.-]{1,64}$/);
    }
  });

  test('have conditions that are FHIRPath', async () => {
    const conditions = Object.values(await bundlesOf('R4')).flatMap((bundle) => textsAt(bundle, 'expression'));
    expect(conditions.length).toBeGreaterThan(10);
    // Compiling parses; variables are looked up when it is evaluated.
    for (const condition of conditions) expect(() => fhirpath.compile(condition), condition).not.toThrow();
  });
});
