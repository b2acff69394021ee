import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const EXAMPLES = new URL('../../examples/', import.meta.url);

const WARD = `import "./region.pathway"

/** Those who come. */
cohort Patients "Patients" { arrives every exponential(6 h) }

pathway Care "Care in the ward" for Patients {
  owner Ward
  hold 1 Bed as Stay {
    step Round "Ward round" {
      by 1 Doctor
      takes triangular(5 min, 10 min, 30 min)
    }
    step Rest "Rest" { takes lognormal(mean 1.5 d, sd 1 d) }
  }
  finish Home
}

indicator Stays "Time in the ward" {
  time from arrival to exit
  aim experience
}

scenario Today "Today" { }

study Beds "Beds of the ward" {
  compare Today
  from 2026-01-05 00:00
  run 30 d after 10 d warm-up
  replicate 3 times
  seed 1
}

expect mean of Stays <= 1 h in Today
`;

const REGION = `organisation Ward "Ward" { sector hospital }

role Doctor "Doctor" { cost 90 GBP/h }

staff 4 Doctor at Ward { on duty 2 }

resource Bed "Ward bed" {
  at Ward
  kind space
  count 10
}
`;

/** A folder with a ward of two files and an example, for an editor to open; its name has a space, as folders do. */
export function makeWorkspace() {
  const top = mkdtempSync(join(tmpdir(), 'pathway-ward-'));
  const folder = join(top, 'our wards');
  mkdirSync(join(folder, 'ward'), { recursive: true });
  writeFileSync(join(folder, 'ward/pathway.config.json'), '{ "title": "Ward" }\n');
  writeFileSync(join(folder, 'ward/care.pathway'), WARD);
  writeFileSync(join(folder, 'ward/region.pathway'), REGION);
  cpSync(fileURLToPath(new URL('power-cut/', EXAMPLES)), join(folder, 'power-cut'), { recursive: true });
  return { folder, remove: () => rmSync(top, { recursive: true, force: true, maxRetries: 5 }) };
}
