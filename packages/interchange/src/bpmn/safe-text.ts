/** Longer lines are nothing that our own export writes. */
const LONGEST = 20_000;
const DECLARATION = /^(?:organisation|skill|role|shift|resource|stock|number|cohort|staff)\s/;

/**
 * Whether a text from a file may stand between a keyword and a block, or on a line of its own inside one: it closes what it
 * opens, opens no comment and no string that goes on, and so can change nothing around it.
 */
export function isSafeLine(text: string): boolean {
  return !/[\r\n]/.test(text) && isClosed(text);
}

/** As for a line, of a head that must not have braces. */
export function isSafeHead(text: string): boolean {
  return isSafeLine(text) && !/[{}]/.test(withoutStrings(text));
}

/** Whether a text is one declaration of a kind that our own files carry. */
export function isSafeDeclaration(text: string): boolean {
  if (!DECLARATION.test(text) || !isClosed(text)) return false;
  const bare = withoutStrings(text);
  const end = bare.indexOf('}');
  // Nothing stands after the block, and no file is read.
  return (
    (end < 0 ? !bare.includes('\n') : bare.slice(bare.lastIndexOf('}') + 1).trim() === '') && !/\bfrom\s+"/.test(text)
  );
}

function withoutStrings(text: string): string {
  return text.replace(/"(?:\\.|[^"\\\r\n])*"/g, '""').replace(/`[^`\r\n]+`/g, 'x');
}

function isClosed(text: string): boolean {
  if (text.length > LONGEST) return false;
  const bare = withoutStrings(text);
  if (/\/\/|\/\*|\*\/|`|[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(bare) || bare.replaceAll('""', '').includes('"'))
    return false;
  const open: string[] = [];
  for (const character of bare) {
    if (character === '{' || character === '(') open.push(character);
    if (character === '}' && open.pop() !== '{') return false;
    if (character === ')' && open.pop() !== '(') return false;
  }
  return open.length === 0;
}
