import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile, compileVersions, type SourceReader } from '../src/index.js';

const MAIN = `import "./places"
import "./people"
cohort Patients { arrives hourly from "rates.csv" column "rate" from the start }
pathway Care "Care" for Patients {
  owner Hospital
  step Look "Look" { at Hospital by 1 Nurse takes 10 min }
  hold 1 Bed as Stay { step Rest { takes 2 d } }
}
study Week { compare Today of Care from 2026-01-05 00:00 run 7 d replicate 2 times seed 1 }
scenario Today { }
`;
const PLACES = `organisation Hospital "Hospital" { sector hospital }
resource Bed "Bed" { at Hospital count 4 }
`;
const PEOPLE = `import "./places"
role Nurse "Nurse"
staff 8 Nurse at Hospital { on duty 2 }
`;
const HOURS = Array.from({ length: 168 }, (_, hour) => (hour % 3) + 1);

/** What each file may be in a version: other values, names elsewhere, gone, imports dropped, mistakes. */
const FILES: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'main.pathway': [
    MAIN,
    MAIN.replace('2 d', '3 d'),
    MAIN.replace('import "./people"\n', ''),
    `organisation Hospital "Here"\n${MAIN}`,
    MAIN.replace('hold 1 Bed', 'hold 1'),
  ],
  'places.pathway': [
    PLACES,
    PLACES.replaceAll('Bed', 'Place'),
    `${PLACES}role Nurse "Nurse of the ward"\n`,
    `// moved down\n${PLACES}`,
    undefined,
  ],
  'people.pathway': [PEOPLE, `${PEOPLE}resource Bed "Bed" { at Hospital count 2 }\n`, PEOPLE.replace('8', '1')],
  'rates.csv': [`rate\n${HOURS.join('\n')}\n`, `rate\n${HOURS.map((each) => each * 2).join('\n')}\n`, undefined],
};

type Texts = Readonly<Record<string, string | undefined>>;

function reading(texts: Texts): SourceReader {
  return { read: (path) => Promise.resolve(texts[path]) };
}

const version: fc.Arbitrary<Texts> = fc.record(
  Object.fromEntries(Object.entries(FILES).map(([file, texts]) => [file, fc.constantFrom(...texts)])),
);
const FIRST: Texts = Object.fromEntries(Object.entries(FILES).map(([file, texts]) => [file, texts[0]]));

describe('versions compiled one after the other', () => {
  test('mean and say what each does alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(version, { minLength: 2, maxLength: 4 }), async (versions) => {
        await compileVersions(async (compileVersion) => {
          for (const texts of versions) {
            const found = await compileVersion(['main.pathway'], reading(texts));
            expect(found).toEqual(await compile(['main.pathway'], reading(texts)));
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  test('are compiled once where no text differs, and again where a table or a setting does', async () => {
    await compileVersions(async (compileVersion) => {
      const first = await compileVersion(['main.pathway'], reading(FIRST));
      expect(first.model?.pathways).toHaveLength(1);
      expect(await compileVersion(['main.pathway'], reading(FIRST))).toBe(first);
      const busier = await compileVersion(
        ['main.pathway'],
        reading({ ...FIRST, 'rates.csv': FILES['rates.csv']?.[1] }),
      );
      expect(busier.model?.cohorts).not.toEqual(first.model?.cohorts);
      const titled = await compileVersion(['main.pathway'], reading(FIRST), { title: 'Ward' });
      expect(titled.model?.title).toBe('Ward');
    });
  });
});

test('the meaning alone is the same model, without what follows from it', async () => {
  const texts = { ...FIRST, 'people.pathway': PEOPLE.replace('on duty 2', 'on duty 9') };
  const whole = await compile(['main.pathway'], reading(texts));
  const meaning = await compile(['main.pathway'], reading(texts), { meaningOnly: true });
  expect(meaning.model).toEqual(whole.model);
  expect(whole.diagnostics.length).toBeGreaterThan(meaning.diagnostics.length);
});
