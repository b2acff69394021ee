/** The style of the page around drawings; colours of drawings come before it. */
export const VIEWER_STYLE = `
*{box-sizing:border-box}
[hidden]{display:none!important}
html,body{height:100%}
body{margin:0;display:flex;flex-direction:column;color:var(--d-text);background:var(--d-page);font:15px/1.45 Inter,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans',sans-serif}
header{padding:8px 14px;border-bottom:1px solid var(--d-laneBorder)}
h1{font-size:1.15rem;margin:0 0 6px}
h2{font-size:1rem;margin:0 0 8px}
h3{font-size:.95rem;margin:14px 0 4px}
.bar{display:flex;flex-wrap:wrap;gap:8px;align-items:center}
.bar label{display:inline-flex;gap:5px;align-items:center}
button,select,input{font:inherit;color:inherit;background:var(--d-card);border:1px solid var(--d-wayBack);border-radius:5px;padding:3px 9px;max-width:18em}
button{cursor:pointer}
button:disabled{opacity:.5;cursor:default}
:focus-visible{outline:3px solid var(--d-lanes-0-accent);outline-offset:2px}
main:focus-visible{outline-offset:-3px}
#sheet{max-width:min(22em,100%)}
#state{min-height:1.45em;margin:4px 0 0;font-size:.9rem;color:var(--d-note)}
.middle{flex:1;min-height:0;display:flex}
main{flex:1;overflow:auto;padding:10px;cursor:grab;touch-action:pan-x pan-y}
main.dragged{cursor:grabbing;user-select:none}
.sheet h2{position:absolute;left:-9999px}
.sheet svg{display:block;margin:0 auto;max-width:none}
aside{width:22rem;max-width:45%;overflow:auto;padding:12px 14px;border-left:1px solid var(--d-laneBorder);background:var(--d-card)}
#ways{display:flex;flex-direction:column;gap:6px}
#ways button{text-align:left}
#trail{padding-left:1.6em;margin:0}
#trail .time{color:var(--d-note);font-variant-numeric:tabular-nums}
.run,#details{font-size:.9rem;color:var(--d-note)}
footer{padding:4px 14px;border-top:1px solid var(--d-laneBorder);font-size:.8rem;color:var(--d-note)}
footer p{margin:0}
.skip{position:absolute;left:-9999px}
.skip:focus{left:8px;top:8px;background:var(--d-card);padding:6px 10px;z-index:1}
svg [data-id]{cursor:pointer}
svg [data-id]:focus{outline:none}
svg .faded{opacity:.22}
svg [data-id]:focus-visible>rect:first-of-type,svg [data-id]:focus-visible>circle:first-of-type,svg [data-id]:focus-visible>path:first-of-type{stroke:var(--d-lanes-0-accent);stroke-width:4px;vector-effect:non-scaling-stroke}
svg .found>rect:first-of-type,svg .found>circle:first-of-type,svg .found>path:first-of-type{stroke:var(--d-text);stroke-width:5px;vector-effect:non-scaling-stroke}
svg .visited>rect:first-of-type,svg .visited>circle:first-of-type,svg .visited>path:first-of-type{stroke-width:3px;vector-effect:non-scaling-stroke}
svg .here>rect:first-of-type,svg .here>circle:first-of-type,svg .here>path:first-of-type{stroke:var(--d-handover);stroke-width:5px;vector-effect:non-scaling-stroke}
svg path.walked{stroke-width:4px;vector-effect:non-scaling-stroke}
@media (max-width:46rem){header{padding:6px 8px}h1{font-size:1rem;margin:0 0 4px}.bar{gap:5px}.bar label{max-width:100%}#sheet,#find{min-width:0;flex:1 1 auto}#find{width:9em}button,select,input{padding:2px 6px}main{padding:4px}.middle{flex-direction:column}aside{width:auto;max-width:none;max-height:45%;border-left:0;border-top:1px solid var(--d-laneBorder)}}
@media print{@page{margin:12mm}html,body{height:auto}body{display:block}.bar,#state,aside,.skip{display:none!important}main{overflow:visible;padding:0}.middle{display:block}.sheet,.sheet[hidden]{display:block!important;break-after:page}.sheet h2{position:static}.sheet svg{width:100%!important;height:auto!important;max-height:230mm}}
`;
