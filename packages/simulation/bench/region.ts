import {
  byRole,
  cohort,
  draw,
  every,
  HERE,
  hold,
  input,
  n,
  need,
  pathway,
  resource,
  staff,
  step,
} from '../test/build.js';
import { runReplication } from '../src/study/replication.js';

const HOUR = 3600;
const DAY = 24 * HOUR;
const PATHWAYS = 50;
const RESOURCES_EACH = 10;
const STAFF_EACH = 100;

const own = Array.from({ length: PATHWAYS }, (_, p) => p);
const places = own.map((p) => Array.from({ length: RESOURCES_EACH }, (_, r) => `R${p}_${r}`));

/** A whole region for a year: 50 pathways, 500 resources, 5,000 people in shifts. Prints what memory that takes. */
const region = input(
  {
    roles: own.map((p) => ({ id: `Nurse${p}`, name: `Nurse${p}`, origin: HERE, codes: {}, skills: [] })),
    resources: places.flat().map((id) => resource(id, 8)),
    staff: own.map((p) =>
      staff(
        `G${p}`,
        `Nurse${p}`,
        { rules: [{ amount: n(STAFF_EACH / 2), from: 480, to: 960 }], otherwise: n(STAFF_EACH / 4) },
        { headcount: n(STAFF_EACH) },
      ),
    ),
    cohorts: own.map((p) => cohort(`X${p}`, every(0.5 * HOUR))),
    pathways: own.map((p) =>
      pathway(
        places[p]!.map((place, i) => ({
          ...hold(
            `H${i}`,
            [place],
            [
              {
                ...step(`S${i}`, draw('lognormal', { mean: 2 * HOUR, sd: HOUR }), [need([byRole(`Nurse${p}`)])]),
                id: `P${p}.S${i}`,
              },
            ],
          ),
          id: `P${p}.H${i}`,
        })),
        [`X${p}`],
        { id: `P${p}`, name: `P${p}` },
      ),
    ),
  },
  { run: 365 * DAY },
);
const start = process.cpuUsage();
const result = runReplication(region, 0);
const used = process.cpuUsage(start);
console.log(
  `${PATHWAYS} pathways, ${region.facilities.length - PATHWAYS} resources, ${PATHWAYS * STAFF_EACH} staff, a year: ` +
    `${(result.events / 1e6).toFixed(1)} million events in ${((used.user + used.system) / 1e6).toFixed(0)} CPU seconds, ` +
    `at most ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
);
