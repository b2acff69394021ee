import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';

/** Part of a text in letters of one typeface. */
export interface ScriptRun {
  /** As Unicode calls it; `undefined` for what Inter has, {@link OTHER} for what no known typeface has. */
  readonly script: string | undefined;
  readonly text: string;
}

/** A typeface of this machine by its files; where it has no bold cut, the regular one stands for it. */
export interface ScriptFont {
  readonly regular: string;
  readonly bold: string;
}

/** Letters and signs that neither Inter nor a typeface below is known to have, such as emoji. */
export const OTHER = 'other';

/** Scripts beyond Inter's with the Noto typeface of each; Chinese, Japanese and Korean writing share one, see {@link eastAsian}. */
const FAMILIES: Readonly<Record<string, string>> = {
  Adlam: 'Noto Sans Adlam',
  Arabic: 'Noto Sans Arabic',
  Armenian: 'Noto Sans Armenian',
  Bengali: 'Noto Sans Bengali',
  Canadian_Aboriginal: 'Noto Sans Canadian Aboriginal',
  Cherokee: 'Noto Sans Cherokee',
  Devanagari: 'Noto Sans Devanagari',
  Ethiopic: 'Noto Sans Ethiopic',
  Georgian: 'Noto Sans Georgian',
  Gujarati: 'Noto Sans Gujarati',
  Gurmukhi: 'Noto Sans Gurmukhi',
  Hebrew: 'Noto Sans Hebrew',
  Kannada: 'Noto Sans Kannada',
  Khmer: 'Noto Sans Khmer',
  Lao: 'Noto Sans Lao',
  Malayalam: 'Noto Sans Malayalam',
  Mongolian: 'Noto Sans Mongolian',
  Myanmar: 'Noto Sans Myanmar',
  Nko: 'Noto Sans NKo',
  Ol_Chiki: 'Noto Sans Ol Chiki',
  Oriya: 'Noto Sans Oriya',
  Sinhala: 'Noto Sans Sinhala',
  Syriac: 'Noto Sans Syriac',
  Tamil: 'Noto Sans Tamil',
  Telugu: 'Noto Sans Telugu',
  Thaana: 'Noto Sans Thaana',
  Thai: 'Noto Sans Thai',
  Tibetan: 'Noto Serif Tibetan',
  Tifinagh: 'Noto Sans Tifinagh',
};
const EAST_ASIAN = ['Han', 'Hiragana', 'Katakana', 'Bopomofo', 'Hangul'];

/** Letters with their signs and digits, also those that a script shares with others. */
const OF_SCRIPT: ReadonlyMap<string, RegExp> = new Map(
  [...EAST_ASIAN, ...Object.keys(FAMILIES)].map((script) => [script, new RegExp(`\\p{scx=${script}}`, 'u')]),
);
/** Inter has these, and general punctuation and the signs of drawings with them. */
const OF_INTER = /[\p{scx=Latin}\p{scx=Greek}\p{scx=Cyrillic}\u0021-\u02ff\u2010-\u2bff]/u;
/** Signs of East Asian writing that no script has as its own: `？`, `（`. */
const EAST_ASIAN_SIGN = /[\u3000-\u303f\uff01-\uff65\uffe0-\uffee]/u;
/** What has no look of its own: spaces, joiners, and marks on the letter before. */
const DEPENDENT = /[\s\p{Cf}\p{scx=Inherited}\p{Mn}]/u;

/** The typeface of a script, in the language of a whole drawing. */
export function familyOf(script: string, drawing: string): string {
  return FAMILIES[script] ?? eastAsian(drawing);
}

/** A text cut where its typeface changes. */
export function runsOf(content: string): readonly ScriptRun[] {
  const runs: { script: string | undefined; text: string }[] = [];
  for (const character of content) {
    const last = runs.at(-1);
    const script = scriptOf(character, last?.script);
    if (last !== undefined && last.script === script) last.text += character;
    else runs.push({ script, text: character });
  }
  return runs;
}

function scriptOf(character: string, before: string | undefined): string | undefined {
  // A sign that several scripts share belongs to the one that it stands in.
  if (before !== undefined && OF_SCRIPT.get(before)?.test(character) === true) return before;
  if (OF_INTER.test(character)) return undefined;
  for (const [script, letters] of OF_SCRIPT)
    if (letters.test(character)) return EAST_ASIAN.includes(script) ? 'Han' : script;
  if (EAST_ASIAN_SIGN.test(character)) return 'Han';
  return DEPENDENT.test(character) ? before : OTHER;
}

/** Han characters look different in each of the languages; letters that only one of them has tell which it is. */
function eastAsian(svg: string): string {
  if (/[\p{scx=Hiragana}\p{scx=Katakana}]/u.test(svg.replace(/[\u3000-\u303f\uff00-\uff65]/gu, '')))
    return 'Noto Sans CJK JP';
  return /\p{sc=Hangul}/u.test(svg) ? 'Noto Sans CJK KR' : 'Noto Sans CJK SC';
}

/**
 * Finds the files of a typeface, where it is installed; looks through folders when it is first asked.
 * @param folders where fonts are looked for, with what is below; without them, those of the platform
 */
export function fontFinder(folders = fontFolders()): (family: string) => ScriptFont | undefined {
  let files: readonly string[] | undefined;
  return (family) => {
    files ??= fontFiles(folders);
    const bold = fileOf(family, ['-Bold'], files);
    const regular = fileOf(family, ['-Regular', '-VF', '[wdth,wght]', '[wght]'], files) ?? bold;
    return regular === undefined ? undefined : { regular, bold: bold ?? regular };
  };
}

/** `NotoSansThai-Regular.ttf`; fonts of variable weight and collections of several families are called otherwise. */
function fileOf(family: string, cuts: readonly string[], files: readonly string[]): string | undefined {
  const stem = family.replaceAll(' ', '').replace(/CJK..$/u, 'CJK');
  const names = cuts.flatMap((cut) => ['ttf', 'otf', 'ttc'].map((ending) => `${stem}${cut}.${ending}`));
  return files.find((file) => names.includes(basename(file)));
}

function fontFolders(): readonly string[] {
  const home = homedir();
  switch (process.platform) {
    case 'darwin':
      return [join(home, 'Library', 'Fonts'), '/Library/Fonts', '/System/Library/Fonts'];
    case 'win32':
      return [
        join(process.env.LOCALAPPDATA ?? home, 'Microsoft', 'Windows', 'Fonts'),
        join(process.env.WINDIR ?? 'C:\\Windows', 'Fonts'),
      ];
    default:
      return [
        join(home, '.local', 'share', 'fonts'),
        join(home, '.fonts'),
        '/usr/local/share/fonts',
        '/usr/share/fonts',
      ];
  }
}

/** Every file below the folders that are there, in one order on every machine. */
function fontFiles(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => {
    try {
      return readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .sort()
        .map((file) => join(folder, file));
    } catch {
      // A folder that is not there, or may not be read, has no fonts to give.
      return [];
    }
  });
}
