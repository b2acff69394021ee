import type { EmittedFile } from '@pathway/compiler';

/** The files of a new project: one ward with a question that a simulation answers. */
export function starterFiles(title: string): readonly EmittedFile[] {
  return [
    {
      path: 'pathway.config.json',
      content: `${JSON.stringify({ title, entry: ['studies.pathway'], out: 'out' }, undefined, 2)}\n`,
    },
    { path: 'region.pathway', content: REGION },
    { path: 'care.pathway', content: CARE },
    { path: 'studies.pathway', content: STUDIES },
    { path: '.gitignore', content: 'node_modules/\nout/\n' },
    { path: 'README.md', content: readme(title) },
  ];
}

const REGION = `// Where care happens, and with what.

/** The numbers of this example are made up; write here where yours come from. */
source Example "Made up, to begin with" { grade D }

territory Region "My region" { timezone "Europe/London" }

organisation Hospital "Hospital" {
  sector hospital
  in Region
}

role Nurse "Nurse"

staff 12 Nurse at Hospital {
  contract 37.5 h/week
  on duty 3 at 07:00-21:00, otherwise 2
  absent 5%
}

resource Bed "Assessment bed" {
  at Hospital
  kind space
  count 6
  source Example
}
`;

const CARE = `// Who comes, and the way they take.
import "./region.pathway"

cohort Patients "Patients for assessment" { arrives every exponential(3 h) source Example }

pathway Assessment "Assessment" for Patients {
  owner Hospital

  hold 1 Bed as AssessmentBed {
    step Admit "Admit and examine" {
      at Hospital
      by 1 Nurse
      takes triangular(20 min, 30 min, 60 min)
    }
    step Observe "Observe" {
      at Hospital
      takes lognormal(mean 10 h, sd 6 h)
    }
  }
  choose {
    70% { finish Home "Goes home" }
    otherwise { finish Ward "Stays on a ward" }
  }
}
`;

const STUDIES = `// What is measured, promised and compared.
import "./region.pathway"
import "./care.pathway"

indicator BedDelay "Waited for a bed" {
  share of AssessmentBed waiting > 0 min
  aim experience
}

indicator BedWait "Wait for a bed" {
  wait for AssessmentBed
  aim experience
}

expect BedDelay <= 20% in MoreBeds

scenario Today "As it is" { }

scenario MoreBeds "Two more beds" { set Bed.count = 8 }

study Beds "Would two more beds help?" {
  compare Today, MoreBeds
  from 2026-01-05 00:00
  run 90 d after 14 d warm-up
  replicate 20 times
  seed 1
}
`;

function readme(title: string): string {
  return `# ${title}

| file | what it says |
| --- | --- |
| \`region.pathway\` | where care happens: organisations, staff, beds |
| \`care.pathway\` | who comes, and the way they take |
| \`studies.pathway\` | what is measured, promised and compared |
| \`pathway.config.json\` | settings of the project |

\`\`\`sh
pathway check          # looks for mistakes
pathway build          # diagrams, results, staffing and report, into out/
pathway test           # does every \`expect\` hold?
\`\`\`
`;
}
