declare module 'svg-to-pdfkit' {
  interface SvgOptions {
    readonly width?: number;
    readonly height?: number;
    readonly preserveAspectRatio?: string;
    readonly assumePt?: boolean;
    readonly fontCallback?: (family: string, bold: boolean, italic: boolean) => string;
    readonly warningCallback?: (warning: string) => void;
  }
  /** Draws an SVG document on the current page with its upper left corner at `x`, `y`. */
  function drawSvg(document: PDFKit.PDFDocument, svg: string, x: number, y: number, options?: SvgOptions): void;
  export = drawSvg;
}
