declare namespace PDFKit {
  /** What PDFKit 0.20 has for its own use, and {@link ScriptDocument} answers instead. */
  interface PDFDocument {
    /** The cut that is set; its ascender in thousandths of its size. */
    readonly _font: { readonly name: string; readonly ascender: number };
    /** Points. */
    readonly _fontSize: number;
    /** Prints one line. */
    _fragment(
      text: string,
      x: number,
      y: number,
      options: { readonly align?: string; readonly lineWidth?: number },
    ): void;
  }
}
