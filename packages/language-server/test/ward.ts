/** A small project for tests of the editor: a ward, its staff, and a pathway through it. */
export const WARD = {
  'region.pathway': `import "std/health"

organisation Ward "Ward" { sector hospital }

role Doctor "Doctor" { cost 90 GBP/h }

staff 4 Doctor at Ward {
  on duty 2
}

resource Bed "Ward bed" {
  at Ward
  kind space
  count 10
}

staff 12 RegisteredNurse at Ward {
  on duty 4
}
`,
  'care.pathway': `import "./region.pathway"

/** Those who come. */
cohort Patients "Patients" {
  arrives every exponential(6 h)
  attribute route one of rehab 24%, home 76%
}

pathway Care "Care in the ward" for Patients {
  owner Ward
  hold 1 Bed as Stay {
    step Round "Ward round" {
      by 1 Doctor
      takes triangular(5 min, 10 min, 30 min)
    }
    step Rest {
      takes lognormal(mean 1.5 d, sd 1 d)
    }
  }
  choose by route {
    rehab { call Exercise }
    otherwise { finish Home }
  }
  choose {
    20% { step Again { takes 1 h } }
    otherwise { }
  }
  finish Home
}

pathway Exercise "Exercise" {
  owner Ward
  step Move {
    takes 30 min
  }
}

indicator Time "Time in the ward" {
  time from arrival to exit
  aim experience
}

scenario Today { }

study Beds {
  compare Today
  from 2026-01-05 00:00
  run 30 d after 10 d warm-up
  replicate 3 times
  seed 1
}
`,
} as const;
