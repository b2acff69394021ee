import PDFDocument from 'pdfkit';
import { BIDI_CONTROLS, isRightToLeft } from '../text.js';

/** A line as outlines: from the left end of its baseline, `y` downwards, in points. */
interface OutlinedLine {
  /** As in the `d` of an SVG path. */
  readonly path: string;
  readonly width: number;
}

/** What sets letters that the typeface of a document lacks. */
export interface ScriptSetter {
  /** Draws texts of a drawing whose letters the typeface lacks as outlines. */
  readonly outline?: (svg: string) => string;
  /**
   * Sets one line; `undefined` where the typeface has all its letters, or no other has them.
   * @param isRightToLeft of the paragraph that the line is a part of
   */
  readonly setLine?: (text: string, size: number, isBold: boolean, isRightToLeft: boolean) => OutlinedLine | undefined;
}

/** What PDFKit says of a line when it prints it. */
interface PrintedLine {
  readonly align?: string;
  /** Points that the line may take. */
  readonly lineWidth?: number;
}

/**
 * A PDF document whose texts may be in any script. PDFKit breaks lines by what it measures, and prints them one by one; both
 * are answered here for lines with letters that the typeface lacks, so that whatever is printed flows as it does in Latin
 * letters.
 */
export class ScriptDocument extends PDFDocument {
  readonly #setter: ScriptSetter;
  /** Of the paragraph that is being printed. */
  #isRightToLeft = false;

  constructor(options: PDFKit.PDFDocumentOptions, setter: ScriptSetter) {
    super(options);
    this.#setter = setter;
  }

  /** A drawing whose letters can all be printed, as far as there is a typeface for them. */
  outlined(svg: string): string {
    return this.#setter.outline?.(svg) ?? svg;
  }

  /** Prints a paragraph; one that runs from right to left begins at the right side, unless it is centred. */
  override text(
    text: string,
    x?: number | PDFKit.Mixins.TextOptions,
    y?: number,
    options?: PDFKit.Mixins.TextOptions,
  ): this {
    const [own, left] = typeof x === 'object' ? [x, undefined] : [options, x];
    if (!isRightToLeft(text)) return super.text(text, left, y, own);
    this.#isRightToLeft = true;
    super.text(text, left, y, { ...own, align: own?.align === 'center' ? 'center' : 'right' });
    this.#isRightToLeft = false;
    return this;
  }

  /** Points that a text takes on one line. */
  override widthOfString(text: string, options?: PDFKit.Mixins.TextOptions): number {
    return this.#set(text)?.width ?? super.widthOfString(visible(text), options);
  }

  /** Prints a line whose upper left corner is at `x`, `y`. */
  override _fragment(text: string, x: number, y: number, options: PrintedLine): void {
    const line = this.#set(text);
    if (line === undefined) {
      super._fragment(visible(text), x, y, options);
      return;
    }
    const spare = (options.lineWidth ?? line.width) - line.width;
    const before = options.align === 'right' ? spare : options.align === 'center' ? spare / 2 : 0;
    const baseline = y + (this._font.ascender / 1000) * this._fontSize;
    this.save()
      .translate(x + before, baseline)
      .path(line.path)
      .fill()
      .restore();
  }

  #set(text: string): OutlinedLine | undefined {
    return this.#setter.setLine?.(
      text.replaceAll('\n', ''),
      this._fontSize,
      /bold/iu.test(this._font.name),
      this.#isRightToLeft,
    );
  }
}

/** Without what orders a line of both directions, for which the typeface would have a box. */
function visible(text: string): string {
  return text.replace(BIDI_CONTROLS, '');
}
