/** Two files in which almost everything of one depends on the inside of something in the other. */
export const CONNECTED: Readonly<Record<string, string>> = {
  'shared.pathway': `source Audit "Audit of 2025" { grade A }

number Stay = 3 d source Audit

number Twice = Stay * 2

skill Nursing "Nursing" { levels basic < competent }

role Nurse "Nurse" { has Nursing competent  cost 30 GBP/h }

organisation Ward "Ward" { sector hospital }

organisation Home "Home team" { sector home }

staff 6 Nurse at Ward { on duty 2 }

cohort Patients "Patients" {
  arrives every exponential(6 h)
  attribute age normal(mean 70, sd 12) from 18 to 105
  attribute route one of rehab 24%, home 76%
}

resource Bed "Ward bed" {
  at Ward
  kind space
  count 10
}

travel Road { from Ward to Home 20 min }

scale Surge { usual < high }

pathway Exercise "Exercise" {
  owner Home
  step Move { takes 30 min }
}
`,
  'care.pathway': `import "./shared.pathway"

pathway Care "Care" for Patients {
  owner Ward
  step Ride {
    at Ward
    takes Road(Ward, Home)
    handover to Home by phone
  }
  hold 1 Bed as InBed {
    step Round "Round" {
      by 1 with Nursing competent
      takes triangular(5 min, 10 min, 30 min)
    }
    step Rest { takes exponential(Twice) }
  }
  choose by route {
    rehab { call Exercise }
    otherwise { step Old when age > 80 { takes Stay } }
  }
  finish Well
}

trigger Full sets Surge high when occupancy(Bed) > 95% for 12 h until occupancy(Bed) < 85% for 24 h

response More "More beds" adapts Care on Full {
  add 4 Bed after 24 h
  replace Rest with { step Short { takes Stay } }
}

indicator Wait "Wait for a bed" { wait for InBed  aim experience }

indicator Time "Time" { time from arrival to exit  by route }
`,
  'plan.pathway': `import "./shared.pathway"
import "./care.pathway"

title Care { it "Cura" }

scenario Today { }

scenario Fewer { set Bed.count = 8 }

study Beds {
  compare Today, Fewer
  from 2026-01-05 00:00
  run 30 d after 10 d warm-up
  replicate 3 times
  seed 1
}

expect p90 of Wait <= 60 min
`,
};
