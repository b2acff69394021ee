import { readFileSync } from 'node:fs';
import { compile } from '@pathway/language';
import type { Model } from '@pathway/model';

/** The model of some files; entries are all of them. */
export async function modelOf(files: Readonly<Record<string, string>> | string): Promise<Model> {
  const all = typeof files === 'string' ? { 'care.pathway': files } : files;
  const reader = { read: (path: string) => Promise.resolve(all[path]) };
  const { model, diagnostics } = await compile(Object.keys(all), reader);
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return model;
}

/** An example of the repository. */
export async function exampleModel(folder: string, files: readonly string[]): Promise<Model> {
  const root = new URL(`../../../examples/${folder}/`, import.meta.url);
  const reader = { read: (path: string) => Promise.resolve(readFileSync(new URL(path, root), 'utf8')) };
  const { model } = await compile(files, reader);
  if (model === undefined) throw new Error(`${folder} does not compile`);
  return model;
}

/** A service with something of everything that the language has. */
export const STROKE = `
source Audit "Local audit" { grade A }
territory Devon { timezone "Europe/London" }
organisation RoyalDevon "Royal Devon hospital" { sector hospital in Devon }
organisation Ambulance "Ambulance service" { sector emergency in Devon }
organisation HomeTeam "Community team" { sector home in Devon }
skill Thrombolysis "IV thrombolysis"
skill StrokeNursing { levels basic < competent < expert }
role StrokeNurse "Stroke nurse" { has StrokeNursing competent  cost 34 GBP/h }
role StrokePhysician "Stroke physician" { has Thrombolysis, StrokeNursing expert  cost 92 GBP/h }
role Paramedic
shift Early 07:00-15:00
shift Late 14:30-22:30
staff 26 StrokeNurse at RoyalDevon { contract 37.5 h/week  works Early, Late  on duty 6 at 07:00-21:30, otherwise 4  absent 5.5% }
staff 6 StrokePhysician at RoyalDevon { on duty 2 }
staff 10 Paramedic at Ambulance { on duty 4 }
resource StrokeBed "Acute stroke bed" { at RoyalDevon  kind space  count 10 }
resource RehabBed "Rehabilitation bed" { at RoyalDevon  kind space  count 12 }
resource CT "CT scanner" { at RoyalDevon  kind stuff  count 2 }
number Gap = 1 source Audit
cohort Stroke "Acute stroke" {
  arrives every exponential(1.2 d * Gap)
  attribute age normal(mean 74, sd 12) from 18 to 105
  attribute route one of rehab 24%, esd 13%, home 63%
}
pathway StrokeCare "Acute stroke care" for Stroke {
  owner RoyalDevon
  essential with mtpd 4 h, minimum 70%
  step Transport {
    at Ambulance
    by 2 Paramedic
    takes lognormal(mean 28 min, sd 12 min)
    handover to RoyalDevon by phone
  }
  together {
    branch Imaging { step Scan { uses 1 CT  takes 20 min } }
    branch Bloods { step BloodTests { by 1 StrokeNurse  takes gamma(mean 45 min, sd 15 min) } }
  }
  step Lysis "Thrombolysis" when age < 90 {
    by 1 with Thrombolysis, 1 StrokeNurse
    takes 60 min
    within 60 min of Transport
  }
  hold 1 StrokeBed as Ward {
    waits at most 4 h else { finish Elsewhere }
    step AcuteStay { takes lognormal(mean 7.4 d, sd 8.61 d) }
    step Review { by 1 StrokePhysician  takes 20 min }
  }
  choose Destination by route {
    rehab { hold 1 RehabBed { step Rehab { takes lognormal(mean 28.4 d, sd 27.2 d) } } }
    esd { call Supported }
    otherwise { }
  }
  choose {
    8% { repeat at most 2 times every 90 d { step FollowUp { by 1 StrokePhysician  takes 20 min } } }
    otherwise { }
  }
  finish Home
}
pathway Supported "Early supported discharge" {
  owner HomeTeam
  step HomeVisit { takes 60 min }
}
indicator DoorToNeedle "Call to thrombolysis" { time from arrival to Lysis  aim health }
indicator BedDelay { share of Ward waiting > 0 min  aim experience }
expect p90 of DoorToNeedle <= 60 min
expect BedDelay <= 5% in Today
expect p90 of DoorToNeedle in MoreBeds <= 80% of p90 of DoorToNeedle in Today
scenario Today { }
scenario MoreBeds { set StrokeBed.count = 12 set Gap = 0.95 }
study Options { compare Today, MoreBeds  from 2026-01-05 00:00  run 365 d after 60 d warm-up  replicate 20 times  seed 7 }
`;

/** The service with a plan: something of everything that there is for crises. */
export const PLANNED = `${STROKE}
role WardNurse "Ward nurse"
resource Network "Hospital network" { at RoyalDevon  kind system }
stock Oxygen "Oxygen" { unit "m3"  count 200  delivery 200 at 07:00 daily }
cohort Day "Day cases" { arrives 4 per day }
pathway DayCare "Day care" for Day { owner RoyalDevon  step Talk { takes 20 min  depends on Network battery 1 h workaround { step Paper { takes 30 min } } } }
scale Surge { conventional < contingency < crisis }
scale Heat { green < amber < red }
signal Crowding { value queue(StrokeBed)  averaged over 24 h }
gauge Strain of Surge at RoyalDevon { score occupancy(StrokeBed) { 0 below 90%, 2 otherwise }  from 2 points contingency }
trigger Full sets Surge crisis when occupancy(StrokeBed) > 95% for 12 h until occupancy(StrokeBed) < 85% for 24 h
trigger Crowded sets Heat amber when Crowding > 3 until Crowding < 1
trigger HeatCap sets Heat red on alert { category Met  severity >= Severe  in Devon }
crisis Wave "Heat wave" {
  from day 20 for 10 d
  arrivals of Stroke +14%
  divert 20% of Day
  absent StrokeNurse 12%
  lose Network for 6 h at day 23
  slow Transport by 20%
  cut Oxygen by 50%
  alert HeatCap
}
crisis Closed { close HomeTeam for 3 d }
response StrokeSurge "Surge plan" adapts StrokeCare on Full, Surge contingency priority 2 for at most 20 d {
  replace AcuteStay with { step ShortStay { takes lognormal(mean 4 d, sd 3 d) } }
  before Rehab { step TeleReview { by 1 StrokePhysician  takes 15 min } }
  remove BloodTests
  change Scan { takes 15 min }
  add 4 StrokeBed after 24 h cost 350 GBP/d each
  call in 6 StrokeNurse from HomeTeam after 12 h
  allow WardNurse as StrokeNurse from Surge contingency supervised 1 per 3 trained 2 h speed 80%
  staff StrokeBed by Surge { conventional: 1 StrokeNurse per 4  crisis: 1 StrokeNurse + 2 WardNurse per 10 }
  convert 2 RehabBed to StrokeBed after 6 h
  ration CT by -age
  recovers after 48 h
  card StrokeNurse { do "Open bay C" within 2 h  do "Ring the wards" }
  card StrokePhysician { do "See who can go home" }
}
response Quiet "No day cases" on Heat red, Strain crisis priority 3 {
  pause Day
  card WardNurse { do "Ring the patients" }
}
scenario NoPlan { crisis Wave }
scenario WithPlan { crisis Wave with StrokeSurge, Quiet }
`;

/** The service with one part of its text replaced by another, which must stand there once. */
export function edited(...edits: readonly (readonly [from: string, to: string])[]): string {
  return edits.reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) throw new Error(`stands ${text.split(from).length - 1} times: ${from}`);
    return text.replace(from, () => to);
  }, STROKE);
}
