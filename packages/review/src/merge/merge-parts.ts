import { align, type Entry } from './align.js';
import { bodyText, isBlank, sameButSpace, type TextPart, wholeText } from './text-part.js';

/** What the two versions are called in a conflict. */
export interface SideNames {
  readonly ours: string;
  readonly theirs: string;
}

export interface Merged {
  readonly text: string;
  /** One sentence for each place where both versions say something else. */
  readonly conflicts: readonly string[];
}

/**
 * Merges two versions of a text that began as one, part by part: who edits other steps, or other properties of one step,
 * is never in another's way. What only one version changed is taken to the letter, comments and layout included. Where
 * both say something else, both stand in the text between marks, after a sentence that says so. Line ends must be `\n`.
 */
export function mergeParts(base: TextPart, ours: TextPart, theirs: TextPart, names: SideNames): Merged {
  const merger = new Merger(names);
  merger.contents(base, ours, theirs, []);
  merger.put(merger.oneOf(base.foot, ours.foot, theirs.foot) ?? ours.foot);
  return { text: merger.text, conflicts: merger.conflicts };
}

class Merger {
  text = '';
  readonly conflicts: string[] = [];

  constructor(private readonly names: SideNames) {}

  put(text: string): void {
    // What followed a comment at the end of a line must not become a part of it.
    if (/(?:\/\/|^>>>>>>> )[^\n]*$/m.test(this.lastLine()) && text !== '' && !/^[ \t]*\n/.test(text)) this.text += '\n';
    this.text += text;
  }

  private lastLine(): string {
    return this.text.slice(this.text.lastIndexOf('\n') + 1);
  }

  /** The text that a three-way choice gives; undefined where both changed it, each otherwise. */
  oneOf(base: string, ours: string, theirs: string): string | undefined {
    if (ours === theirs || theirs === base) return ours;
    if (ours === base) return theirs;
    if (sameButSpace(ours, theirs) || sameButSpace(theirs, base)) return ours;
    return sameButSpace(ours, base) ? theirs : undefined;
  }

  contents(base: TextPart | undefined, ours: TextPart, theirs: TextPart, around: readonly string[]): void {
    const { entries, ordersClash } = align(base?.items ?? [], ours.items ?? [], theirs.items ?? []);
    if (ordersClash) {
      const all = (part: TextPart | undefined): string => (part?.items ?? []).map(wholeText).join('');
      const where = around.length === 0 ? 'the file' : around.join(' of ');
      this.conflict(`Both versions put the parts of ${where} in another order.`, all(ours), all(theirs));
      return;
    }
    for (const entry of entries) this.entry(entry, around);
  }

  private entry({ base, ours, theirs }: Entry, around: readonly string[]): void {
    if (ours !== undefined && theirs !== undefined) this.both(base, ours, theirs, around);
    else if (base === undefined) this.put(wholeText(ours ?? theirs ?? NOTHING));
    else if (ours !== undefined && !sameButSpace(bodyText(base), bodyText(ours)))
      this.conflict(`${named(base, around)}: ours changes it, theirs removes it.`, wholeText(ours), '');
    else if (theirs !== undefined && !sameButSpace(bodyText(base), bodyText(theirs)))
      this.conflict(`${named(base, around)}: ours removes it, theirs changes it.`, '', wholeText(theirs));
  }

  private both(base: TextPart | undefined, ours: TextPart, theirs: TextPart, around: readonly string[]): void {
    const whole = this.oneOf(base === undefined ? '' : wholeText(base), wholeText(ours), wholeText(theirs));
    if (whole !== undefined && (base !== undefined || sameButSpace(wholeText(ours), wholeText(theirs)))) {
      this.put(whole);
      return;
    }
    const lead = this.leadOf(base, ours, theirs);
    const inner = [shortPhrase(ours), ...around];
    if (ours.items === undefined || theirs.items === undefined || (base !== undefined && base.items === undefined)) {
      const body = base && this.oneOf(bodyText(base), bodyText(ours), bodyText(theirs));
      if (body !== undefined && lead !== undefined) this.put(lead + body);
      else this.clash(base, ours, theirs, around);
      return;
    }
    const head = this.oneOf(base?.head ?? '', ours.head, theirs.head);
    const foot = this.oneOf(base?.foot ?? '', ours.foot, theirs.foot);
    const heads = head ?? (sameButSpace(ours.head, theirs.head) ? ours.head : undefined);
    const feet = foot ?? (sameButSpace(ours.foot, theirs.foot) ? ours.foot : undefined);
    if (lead === undefined || feet === undefined) {
      this.clash(base, ours, theirs, around);
      return;
    }
    if (heads !== undefined) this.put(lead + heads);
    else if (beginsLines(ours) && beginsLines(theirs)) {
      this.conflict(differ(base?.head, ours.head, theirs.head, ours, around), lead + ours.head, lead + theirs.head);
    } else {
      this.clash(base, ours, theirs, around);
      return;
    }
    this.contents(base, ours, theirs, inner);
    this.put(feet);
  }

  /** Comments of one version; those of both, one after the other, where each has others. */
  private leadOf(base: TextPart | undefined, ours: TextPart, theirs: TextPart): string | undefined {
    const one = this.oneOf(base?.lead ?? '', ours.lead, theirs.lead);
    if (one !== undefined) return one;
    if (isBlank(theirs.lead)) return ours.lead;
    return isBlank(ours.lead) ? theirs.lead : undefined;
  }

  private clash(base: TextPart | undefined, ours: TextPart, theirs: TextPart, around: readonly string[]): void {
    const sentence = differ(base && bodyText(base), bodyText(ours), bodyText(theirs), ours, around);
    this.conflict(sentence, wholeText(ours), wholeText(theirs));
  }

  private conflict(sentence: string, ours: string, theirs: string): void {
    this.conflicts.push(sentence);
    const lines = (text: string): string => {
      const inner = text.replace(/^[ \t]*\n/, '').replace(/\n[ \t]*$/, '');
      return isBlank(inner) ? '' : `${inner}\n`;
    };
    if (this.text !== '' && !this.text.endsWith('\n')) this.text += '\n';
    this.text +=
      `// ${sentence} Keep what is right and take the marks away.\n<<<<<<< ours: ${this.names.ours}\n${lines(ours)}` +
      `=======\n${lines(theirs)}>>>>>>> theirs: ${this.names.theirs}`;
  }
}

const NOTHING: TextPart = { phrase: '', lead: '', head: '', foot: '' };

/** Whether what stands in the block begins on a line of its own. */
function beginsLines({ items, foot }: TextPart): boolean {
  return /^[ \t]*\n/.test(items?.[0]?.lead ?? foot);
}

function shortPhrase({ phrase }: TextPart): string {
  return shortened(phrase);
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 70 ? `${line.slice(0, 69)}…` : line;
}

function named(part: TextPart, around: readonly string[]): string {
  return [shortPhrase(part), ...around].join(' of ');
}

function differ(
  base: string | undefined,
  ours: string,
  theirs: string,
  part: TextPart,
  around: readonly string[],
): string {
  const was = base === undefined || isBlank(base) ? '' : ` It was \`${shortened(base)}\`;`;
  const verb = base === undefined || isBlank(base) ? 'Both versions add' : 'Both versions change';
  return `${verb} ${named(part, around)}.${was} ours says \`${shortened(ours)}\`, theirs \`${shortened(theirs)}\`.`;
}
