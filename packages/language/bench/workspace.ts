/** A generated project for benchmarks: one shared file of people and beds, and `files` pathways that use them. */
export function generateWorkspace(lines: number): ReadonlyMap<string, string> {
  const files = new Map<string, string>([['shared.pathway', sharedFile()]]);
  let written = lineCount(files.get('shared.pathway') ?? '');
  for (let index = 0; written < lines; index++) {
    const text = wardFile(index);
    files.set(`ward-${String(index).padStart(5, '0')}.pathway`, text);
    written += lineCount(text);
  }
  return files;
}

/** Lines of all files together. */
export function totalLines(files: ReadonlyMap<string, string>): number {
  return [...files.values()].reduce((sum, text) => sum + lineCount(text), 0);
}

function lineCount(text: string): number {
  return text.split('\n').length - 1;
}

function sharedFile(): string {
  const roles = Array.from({ length: 20 }, (_, index) => {
    const name = `Role${index}`;
    return `role ${name} "Role number ${index}" {\n  isco "2221"\n  has Skill${index}\n  cost ${20 + index} GBP/h\n}\nskill Skill${index}\nstaff ${10 + index} ${name} at Hospital {\n  contract 37.5 h/week\n  on duty 3 at 07:00-21:30, otherwise 2\n}\n`;
  });
  return `organisation Hospital "Hospital" {\n  sector hospital\n}\n\n${roles.join('\n')}`;
}

/** About 200 lines: a cohort, its beds, and a pathway of steps, choices and holds. */
function wardFile(index: number): string {
  const steps = Array.from({ length: 24 }, (_, step) => stepText(index, step)).join('\n');
  return `import "./shared.pathway"

/** Patients of ward ${index}. */
cohort Patients${index} "Patients of ward ${index}" {
  arrives every exponential(${1 + (index % 7)}.2 h)
  attribute age normal(mean 70, sd 12) from 18 to 105
  attribute route one of rehab 24%, esd 13%, home 63%
}

resource Bed${index} "Bed of ward ${index}" {
  at Hospital
  kind space
  count ${12 + (index % 9)}
}

pathway Care${index} "Care in ward ${index}" for Patients${index} {
  owner Hospital
${steps}
  hold 1 Bed${index} as Stay${index} {
    step Rest${index} {
      takes by route {
        esd: lognormal(mean 4.6 d, sd 4.8 d)
        otherwise: lognormal(mean 7.4 d, sd 8.61 d)
      }
    }
  }
  choose by route {
    rehab {
      step Rehab${index} {
        at Hospital
        takes lognormal(mean 28.4 d, sd 27.2 d)
      }
    }
    otherwise { }
  }
  finish Home
}

indicator Wait${index} "Wait for ward ${index}" {
  wait for Stay${index}
  aim experience
}
`;
}

function stepText(index: number, step: number): string {
  const condition = step % 5 === 0 ? ' when age < 90 and route = home' : '';
  return `  step Step${step}of${index} "Step ${step}"${condition} {
    at Hospital
    by 1 Role${step % 20}, 1 with Skill${(step * 7) % 20}
    takes triangular(${step + 1} min, ${step + 3} min, ${step + 9} min)
    within ${60 + step} min of arrival
  }`;
}
