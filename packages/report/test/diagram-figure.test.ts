import { describe, expect, it } from 'vitest';
import { DiagramError, inlineDiagram } from '../src/diagram-figure.js';
import { DIAGRAM } from './fixture.js';

const PLACE = { prefix: 'd1', pathway: 'StrokeCare', title: 'Acute stroke care' };
const inline = (inside: string): string =>
  inlineDiagram(`<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`, PLACE).text;

describe('a drawing in the page', () => {
  it('gets ids of its own, and what refers to them follows', () => {
    const text = inlineDiagram(DIAGRAM, PLACE).text;
    expect(text).toContain('id="d1-way-head"');
    expect(text).toContain('marker-end="url(#d1-way-head)"');
    expect(inline('<use href="#a"/><g id="a" aria-labelledby="b c"></g>')).toContain(
      '<use href="#d1-a"></use><g id="d1-a" aria-labelledby="d1-b d1-c"></g>',
    );
  });

  it('is a group where it has links and an image where it has none', () => {
    expect(inlineDiagram(DIAGRAM, PLACE).text).toMatch(/^<svg [^>]*role="group" aria-label="Acute stroke care">/);
    expect(inline('<rect/>')).toBe('<svg role="img" aria-label="Acute stroke care"><rect></rect></svg>');
  });

  it.each([
    ['scripts', '<script>alert(1)</script>'],
    ['foreign content', '<foreignObject><p xmlns="x">a</p></foreignObject>'],
    ['style sheets, which would reach the whole page', '<style>* { fill: red }</style>'],
    ['pictures', '<image href="https://example.org/a.png"/>'],
    ['comments', '<!-- <rect/> -->'],
    ['animations that set a link', '<set attributeName="href" to="javascript:alert(1)"/>'],
  ])('leaves out %s', (_, inside) => {
    expect(inline(`${inside}<g></g>`)).toBe('<svg role="img" aria-label="Acute stroke care"><g></g></svg>');
  });

  it.each([
    ['event handlers', '<g onload="alert(1)"></g>'],
    ['inline style', '<g style="fill: url(https://example.org/x)"></g>'],
    ['outside references', '<g fill="url(https://example.org/x#y)"></g>'],
  ])('leaves out %s', (_, inside) => {
    expect(inline(inside)).toBe('<svg role="img" aria-label="Acute stroke care"><g></g></svg>');
  });

  it('keeps a link without an address that would run something', () => {
    expect(inline('<a href="java&#10;script:alert(1)"><text>x</text></a>')).toContain('<a><text>x</text></a>');
    expect(inline('<a xlink:href="a.pathway#L3"><text>x</text></a>')).toContain('<a href="a.pathway#L3">');
  });

  it('names a link by what is seen in it, not by another text', () => {
    const text = inline('<a href="x" aria-label="Other"><title>Other</title><text>Call</text></a>');
    expect(text).toContain('<a href="x"><title>Other</title><text>Call</text></a>');
  });

  it('keeps text as text', () => {
    expect(inline('<text>a &lt;b&gt; &amp; <![CDATA[<i>]]></text>')).toContain(
      '<text>a &lt;b&gt; &amp; &lt;i&gt;</text>',
    );
  });

  it.each([
    ['', 'it has no svg element'],
    ['<p>no drawing</p>', 'it has to be one svg element'],
    ['<svg/><svg/>', 'it has to be one svg element'],
    ['<svg><g></svg>', '</svg> closes what is not open'],
    ['<svg><g>', '<g> is not closed'],
    ['<svg a=b></svg>', 'it is not well-formed at character 1'],
    ['<svg></svg>tail', 'there is text outside the drawing'],
  ])('refuses %j and says why', (svg, reason) => {
    expect(() => inlineDiagram(svg, PLACE)).toThrow(DiagramError);
    expect(() => inlineDiagram(svg, PLACE)).toThrow(
      `The drawing of pathway StrokeCare cannot be put into the report: ${reason}`,
    );
  });
});
