import { DARK, LIGHT, paletteProperties } from '../palette.js';

const SERIES = LIGHT.series.map((_, index) => index);

/** Strokes of series beyond the first differ by dashes as well as by colour. */
export const DASHES = ['none', '7 3', '2 3', '9 3 2 3', '4 2', '12 4'];

/**
 * The page's only style sheet.
 * @param theme colours that do not follow the reader's system
 */
export function styleSheet(theme?: 'light' | 'dark'): string {
  return `${coloursOf(theme)}
${PAGE.trim()}
${SERIES.map(seriesRules).join('\n')}
${LIGHT.heat.map((_, step) => `.h${step}{background:var(--heat-${step});color:var(--heat-text-${step})}`).join('\n')}
${LIGHT.levels.map((_, step) => `.level.l${step}{fill:var(--level-${step})}.chart text.t${step}{fill:var(--level-text-${step})}`).join('\n')}
${PRINT.trim()}`;
}

function coloursOf(theme: 'light' | 'dark' | undefined): string {
  if (theme !== undefined) return `:root{color-scheme:${theme};${paletteProperties(theme === 'dark' ? DARK : LIGHT)}}`;
  return `:root{color-scheme:light dark;${paletteProperties(LIGHT)}}
@media (prefers-color-scheme:dark){:root{${paletteProperties(DARK)}}}`;
}

function seriesRules(index: number): string {
  const colour = `var(--series-${index})`;
  return `.line.s${index}{stroke:${colour};stroke-dasharray:${DASHES[index] ?? 'none'}}
.interval.s${index},.exact.s${index}{stroke:${colour}}
.dot.s${index},.letter.s${index},.bar.s${index},.band.s${index}{fill:${colour}}`;
}

const PAGE = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--surface);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;overflow-wrap:break-word}
header,nav,main,footer{max-width:77rem;margin:0 auto;padding:0 1rem}
header{padding-top:1.5rem}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .3rem}
h2{font-size:1.45rem;line-height:1.25;margin:2.6rem 0 .8rem;padding-top:.6rem;border-top:2px solid var(--rule)}
h3{font-size:1.2rem;margin:1.9rem 0 .6rem}
h4{font-size:1.05rem;margin:1.5rem 0 .5rem}
h5,h6{font-size:1rem;margin:1.2rem 0 .4rem}
p,ul,ol,dl{margin:.5rem 0}
.summary p,.summary ul{max-width:52rem}
.question{font-size:1.15rem;color:var(--muted);margin:0}
a{color:var(--link)}
a:focus-visible,[tabindex]:focus-visible,summary:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999px;top:0;background:var(--surface);padding:.5rem 1rem;z-index:1}
.skip:focus{left:0}
nav ol{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;list-style:none;margin:1rem 0;padding:.6rem 0;border-block:1px solid var(--grid)}
nav a{display:inline-block;padding:.3rem 0}
.warning{background:var(--warningSurface);color:var(--warningText);border-left:.4rem solid var(--bad);padding:.7rem 1rem;margin:.8rem 0}
.remark{background:var(--panel);border-left:.4rem solid var(--rule);padding:.7rem 1rem;margin:.8rem 0}
.lead{font-weight:600;margin-bottom:.2rem}
.lead+ul{margin-top:.2rem}
.note,.place{color:var(--muted);font-size:.875rem}
.place{font-weight:400}
code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.875em;overflow-wrap:anywhere}
.scroll{overflow-x:auto;margin:1rem 0}
table{border-collapse:collapse;min-width:min(100%,26rem);font-size:.9375rem;line-height:1.4}
caption{text-align:left;font-weight:600;padding:0 0 .4rem}
caption>span{display:inline-block;position:sticky;left:0;max-width:calc(100vw - 2rem)}
th,td{padding:.35rem .5rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--grid)}
th:first-child,td:first-child{padding-left:0}
thead th{border-bottom:2px solid var(--rule);vertical-align:bottom;font-size:.875rem}
tbody th{font-weight:500;min-width:8rem}
.n{text-align:right;font-variant-numeric:tabular-nums}
td.n{white-space:nowrap}
.heat{font-size:.75rem;line-height:1.3}
.heat th,.heat td{padding:.3rem .15rem;min-width:1.95rem;text-align:center;border:1px solid var(--surface);white-space:nowrap;font-variant-numeric:tabular-nums}
.heat thead th{font-size:.75rem;font-weight:500;color:var(--muted)}
.heat tbody th{min-width:2.6rem;text-align:left}
.heat caption{font-size:.9375rem}
.verdict{font-weight:600;white-space:nowrap}
.good{color:var(--good)}
.bad{color:var(--bad)}
.unsure{color:var(--unsure)}
figure{margin:1rem 0}
figcaption{font-weight:600;font-size:.9375rem;margin-bottom:.3rem}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr));gap:.5rem 2rem;align-items:start}
.chart-figure{min-width:0;max-width:27rem}
.beside{display:grid;grid-template-columns:minmax(0,1fr);gap:0 2rem;align-items:start}
.beside>*{min-width:0}
@media (min-width:64rem){.beside{grid-template-columns:minmax(0,25rem) minmax(0,1fr)}}
.chart{display:block;width:100%;max-width:27rem;height:auto;overflow:visible;font-family:inherit}
.chart text{font-size:12.5px;fill:var(--text)}
.chart .ticks text{fill:var(--muted)}
.chart text.ticks,.chart text.muted{fill:var(--muted)}
.grid path,path.grid{stroke:var(--grid);stroke-width:1}
.effect{fill:var(--muted)}
.wide{max-width:60rem}
.wide>.scroll{margin:0}
.chart.strip{max-width:60rem;min-width:40rem}
.axis{stroke:var(--rule);stroke-width:1}
.line{fill:none;stroke-width:2}
.chart .line.solid{stroke-dasharray:none}
.interval{fill:none;stroke-width:2}
.exact{fill:var(--surface);stroke-width:1.8}
.chart .letter{font-weight:700;paint-order:stroke;stroke:var(--surface);stroke-width:3}
${SERIES.map((index) => `.chart .letter.s${index}{fill:var(--series-${index})}`).join('')}
.band{opacity:.28}
.capacity{fill:none;stroke:var(--text);stroke-width:1.5;stroke-dasharray:6 3}
.key{display:flex;flex-wrap:wrap;gap:.1rem 1rem;list-style:none;padding:0;margin:.3rem 0;font-size:.875rem}
.key-mark{vertical-align:-2px}
.diagram .scroll{background:#fff;border:1px solid var(--grid);padding:.5rem}
.diagram svg{display:block;margin:0 auto;max-width:none}
@media (min-width:48rem){.diagram svg{max-width:100%;height:auto}}
details{margin:.6rem 0}
summary{cursor:pointer;color:var(--link);padding:.3rem 0}
dl>div{display:grid;grid-template-columns:minmax(0,16rem) minmax(0,1fr);gap:0 1rem;padding:.25rem 0;border-bottom:1px solid var(--grid)}
dt{font-weight:500}
dd{margin:0;overflow-wrap:anywhere}
@media (max-width:40rem){dl>div{grid-template-columns:minmax(0,1fr)}h1{font-size:1.6rem}tbody th{position:sticky;left:0;background:var(--surface)}}
footer{color:var(--muted);font-size:.875rem;margin-top:3rem;padding-bottom:2rem}
`;

const PRINT = `
@page{size:A4;margin:14mm 12mm}
@media print{
:root{color-scheme:light;${paletteProperties(LIGHT)}}
body{font-size:10pt}
header,nav,main,footer{max-width:none;padding:0}
nav,.skip,details:not([open]){display:none}
h1{font-size:18pt}
h2{font-size:14pt;margin-top:1.4rem;break-after:avoid}
h3,h4,h5,h6,caption,figcaption,.lead{break-after:avoid}
.scroll{overflow:visible}
table{font-size:8.5pt;max-width:100%}
td.n{white-space:normal}
.heat{font-size:7.5pt;width:100%}
.note,.place{font-size:8.5pt}
caption>span{max-width:none}
.beside .chart-figure{max-width:95mm}
.heat th,.heat td{min-width:0;padding:2px 1px}
.heat tbody th{min-width:0}
.cards section{break-before:page}
.cards section:first-of-type{break-before:auto}
.cards header{display:none}
tr,figure,.keep,.warning,.remark,dl>div,.scroll{break-inside:avoid}
thead{display:table-header-group}
a{color:inherit}
.heat td,.warning,.diagram .scroll{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.charts{grid-template-columns:1fr 1fr}
.diagram .scroll{padding:0;border:0}
.diagram svg{min-width:0;max-width:100%;max-height:240mm;height:auto;width:auto}
}
`;
