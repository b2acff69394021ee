declare module 'bidi-js' {
  interface EmbeddingLevels {
    /** One for each UTF-16 unit; odd ones run from right to left. */
    readonly levels: Uint8Array;
    /** Level 1 where a paragraph runs from right to left. */
    readonly paragraphs: readonly { readonly level: number }[];
  }
  interface Bidi {
    getEmbeddingLevels(text: string, direction?: 'ltr' | 'rtl' | 'auto'): EmbeddingLevels;
    /** What stands for brackets and the like in text from right to left, by place. */
    getMirroredCharactersMap(text: string, levels: EmbeddingLevels['levels']): ReadonlyMap<number, string>;
  }
  function bidiFactory(): Bidi;
  export = bidiFactory;
}
