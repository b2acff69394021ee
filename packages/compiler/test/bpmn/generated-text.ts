/** Numbers that look random and are the same again (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const HEAD = `
organisation Hospital "Hospital"
organisation Clinic "Clinic"
role Nurse "Nurse"
staff 4 Nurse at Hospital
resource Bed "Bed" { at Hospital kind space count unlimited }
resource Room "Room" { at Clinic kind space count 3 }
cohort Ill { arrives every 1 d attribute age normal(mean 60, sd 9) attribute route one of home 60%, rehab 40% }
cohort Later { arrives every 2 d }
pathway Other for Later { owner Clinic step Elsewhere { takes 1 h } }
`;

/**
 * A pathway of random blocks in one another.
 * @param isWhole with every statement of the language that draws something; without it, those that an engine of BPMN can run by
 *   decisions alone
 */
export function generatedText(random: () => number, isWhole = false): string {
  const blocks = new RandomBlocks(random, isWhole);
  return `${HEAD}pathway Care for Ill { owner Hospital\nstep First { takes 1 h }\n${blocks.body(3)}\n}`;
}

class RandomBlocks {
  private count = 0;
  private inGroup = false;
  /** Steps in the blocks around, to which ways may lead back. */
  private readonly reached: string[] = ['First'];

  constructor(
    private readonly random: () => number,
    private readonly isWhole: boolean,
  ) {}

  body(depth: number): string {
    return Array.from({ length: 1 + this.draw(2) }, () => this.block(depth)).join('\n');
  }

  private draw(below: number): number {
    return Math.floor(this.random() * below);
  }

  /** A body whose steps cannot be gone to from outside. */
  private closed(depth: number): string {
    const known = this.reached.splice(0);
    const text = this.body(depth);
    this.reached.splice(0, this.reached.length, ...known);
    return text;
  }

  private block(depth: number): string {
    const n = ++this.count;
    switch (depth === 0 ? 0 : this.draw(this.isWhole ? 16 : 6)) {
      case 1:
        return `choose C${n} { 30% { ${this.body(depth - 1)} } otherwise { ${this.draw(2) === 0 ? '' : this.body(depth - 1)} } }`;
      case 2:
        return `together T${n} { branch A${n} { ${this.closed(depth - 1)} } branch B${n} { ${this.closed(depth - 1)} } }`;
      case 3:
        return `repeat again with 30% { ${this.closed(depth - 1)} }`;
      case 4:
        return `hold 1 Bed as H${n} { waits at most 4 h else { ${this.closed(depth - 1)} } ${this.closed(depth - 1)} }`;
      case 5:
        return `choose C${n} { 20% { finish Out${n} } otherwise { } }`;
      case 6:
        return `race R${n} { branch A${n} { ${this.closed(depth - 1)} } branch B${n} { wait for 2 h } }`;
      case 7: {
        // Those who go as a group already do not gather again.
        if (this.inGroup) return `step S${n} { takes 2 h }`;
        this.inGroup = true;
        const inside = this.closed(depth - 1);
        this.inGroup = false;
        return `gather 4 or after 1 h { ${inside} }`;
      }
      case 8:
        return `choose by route { home { ${this.body(depth - 1)} } rehab { } }`;
      case 9:
        return `call Other\nwait W${n} "Rest" for ${1 + this.draw(50)} min`;
      case 10:
        return `step S${n} "Nursing" when age < 80 { by 1 Nurse takes ${1 + this.draw(9)} h waits at most 2 h else { ${this.closed(depth - 1)} } }`;
      case 11:
        return `hold first free of Bed, Room { ${this.closed(depth - 1)} } else { ${this.closed(depth - 1)} }`;
      case 12:
        return `wait until 08:00 on Mon\nset route = rehab`;
      case 13:
        return `/** Said of it. */\nstep S${n} "As “said” & <done>" { uses 1 Room takes lognormal(mean 2 h, sd 1 h) within 3 h of First }`;
      case 14: {
        const to = this.reached[this.draw(this.reached.length)];
        return to === undefined ? `step S${n} { at Clinic takes 1 h }` : `choose { 10% { go to ${to} } otherwise { } }`;
      }
      case 15:
        return `choose "Which way?" { when age < 50 { ${this.body(depth - 1)} } when age < 70 { finish Gone${n} "Gone" } otherwise { } }`;
      default:
        this.reached.push(`S${n}`);
        return `step S${n} { takes 1 h }`;
    }
  }
}
