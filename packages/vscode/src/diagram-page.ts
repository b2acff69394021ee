/** The page of the diagram: no network, no code but its own. */
export function diagramPage(nonce: string): string {
  const policy = `default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Diagram</title>
<style>${STYLE}</style>
</head>
<body>
<div id="bar" role="toolbar" aria-label="Diagram">
  <select id="view" title="What is shown" aria-label="What is shown"><option value="">Follow the cursor</option></select>
  <button id="smaller" title="Smaller (-)" aria-label="Smaller">−</button>
  <button id="larger" title="Larger (+)" aria-label="Larger">+</button>
  <button id="fit" title="Fit the width (0)" aria-label="Fit the width">Fit</button>
  <input id="find" type="search" placeholder="Find (/)" aria-label="Find a node; Enter goes to the next">
  <button id="save" title="Save as SVG or PNG (Ctrl+S)">Save</button>
  <span id="state" role="status" aria-live="polite"></span>
</div>
<main id="stage" tabindex="0" aria-label="Diagram of the pathway"></main>
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>`;
}

const STYLE = `
body { margin: 0; height: 100vh; display: flex; flex-direction: column; color: var(--vscode-foreground); background: var(--vscode-editor-background); font-family: var(--vscode-font-family); }
#bar { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; padding: 4px 8px; border-bottom: 1px solid var(--vscode-panel-border, transparent); }
button { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); border: 1px solid var(--vscode-contrastBorder, transparent); padding: 2px 9px; cursor: pointer; }
button:focus-visible, select:focus-visible, input:focus-visible, #stage:focus-visible, [data-origin]:focus-visible { outline: 2px solid var(--vscode-focusBorder); }
select { color: var(--vscode-dropdown-foreground); background: var(--vscode-dropdown-background); border: 1px solid var(--vscode-dropdown-border, var(--vscode-contrastBorder, transparent)); padding: 2px 4px; max-width: 16em; }
input { color: var(--vscode-input-foreground); background: var(--vscode-input-background); border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent)); padding: 2px 6px; width: 12em; }
#stage { flex: 1; overflow: auto; padding: 8px; }
#stage svg { display: block; margin: 0 auto; height: auto; }
[data-origin] { cursor: pointer; }
.marked > :not(text):not(title) { stroke: var(--vscode-focusBorder, #f59e0b); stroke-width: 3.5px; }
.faded { opacity: 0.25; }
.found > :not(text):not(title) { stroke: var(--vscode-editorWarning-foreground, #b45309); stroke-width: 3.5px; }
#state { margin-left: auto; font-size: 90%; overflow-wrap: anywhere; }
`;

const SCRIPT = `
const vscode = acquireVsCodeApi();
const stage = document.getElementById('stage');
const state = document.getElementById('state');
const find = document.getElementById('find');
const view = document.getElementById('view');
let scale = 0;
let width = 0;
let marked = '';
let note = '';
let turn = -1;
const picture = () => stage.querySelector('svg');
function size() {
  const svg = picture();
  if (!svg) return;
  const factor = scale === 0 ? Math.min(1, (stage.clientWidth - 16) / width) : scale;
  svg.setAttribute('width', String(width * factor));
  svg.removeAttribute('height');
}
function zoom(by) {
  const svg = picture();
  if (!svg) return;
  const now = scale === 0 ? Math.min(1, (stage.clientWidth - 16) / width) : scale;
  scale = by === 0 ? 0 : Math.min(4, Math.max(0.1, now * by));
  size();
}
function nodes() { return [...stage.querySelectorAll('[data-origin]')]; }
function mark(origin) {
  marked = origin;
  for (const node of nodes()) {
    const here = node.dataset.origin === origin;
    node.classList.toggle('marked', here);
    if (here) node.setAttribute('aria-current', 'true'); else node.removeAttribute('aria-current');
  }
  stage.querySelector('.marked')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
function hits() {
  const wanted = find.value.trim().toLowerCase();
  return wanted === '' ? [] : nodes().filter((node) => node.textContent.toLowerCase().includes(wanted));
}
function search() {
  const found = hits();
  const isAsked = find.value.trim() !== '';
  for (const node of nodes()) node.classList.toggle('faded', isAsked && !found.includes(node));
  state.textContent = !isAsked ? note : found.length === 0 ? 'Nothing found' : found.length + ' found';
  found[0]?.scrollIntoView({ block: 'center', inline: 'center' });
}
function next(back) {
  const found = hits();
  if (found.length === 0) return;
  turn = (turn + (back ? -1 : 1) + found.length) % found.length;
  found[turn].scrollIntoView({ block: 'center', inline: 'center' });
  state.textContent = (turn + 1) + ' of ' + found.length + ': ' + (found[turn].querySelector('title')?.textContent ?? '');
  for (const node of nodes()) node.classList.toggle('found', node === found[turn]);
}
function say(text) { note = text; state.textContent = text; }
function open(node) { vscode.postMessage({ kind: 'open', origin: node.dataset.origin }); }
stage.addEventListener('click', (event) => {
  const node = event.target.closest('[data-origin]');
  if (node) open(node);
});
stage.addEventListener('keydown', (event) => {
  const node = event.target.closest('[data-origin]');
  if (node && (event.key === 'Enter' || event.key === ' ')) { event.preventDefault(); open(node); }
});
stage.addEventListener('wheel', (event) => {
  if (!event.ctrlKey) return;
  event.preventDefault();
  zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15);
}, { passive: false });
let drag;
stage.addEventListener('pointerdown', (event) => { if (!event.target.closest('[data-origin]')) drag = { x: event.clientX + stage.scrollLeft, y: event.clientY + stage.scrollTop }; });
window.addEventListener('pointermove', (event) => { if (drag) stage.scrollTo(drag.x - event.clientX, drag.y - event.clientY); });
window.addEventListener('pointerup', () => { drag = undefined; });
document.addEventListener('keydown', (event) => {
  if (event.target === view) return;
  if (event.target === find) {
    if (event.key === 'Escape') { find.value = ''; search(); stage.focus(); }
    if (event.key === 'Enter') next(event.shiftKey);
    return;
  }
  if (event.key === '+' || event.key === '=') zoom(1.2);
  else if (event.key === '-') zoom(1 / 1.2);
  else if (event.key === '0') zoom(0);
  else if (event.key === '/') { event.preventDefault(); find.focus(); }
});
document.getElementById('larger').addEventListener('click', () => zoom(1.2));
document.getElementById('smaller').addEventListener('click', () => zoom(1 / 1.2));
document.getElementById('fit').addEventListener('click', () => zoom(0));
find.addEventListener('input', () => { turn = -1; for (const node of nodes()) node.classList.remove('found'); search(); });
document.getElementById('save').addEventListener('click', () => vscode.postMessage({ kind: 'save' }));
view.addEventListener('change', () => vscode.postMessage({ kind: 'view', ...(view.value !== '' && { view: JSON.parse(view.value) }) }));
window.addEventListener('resize', size);
async function png() {
  const svg = picture();
  const source = new XMLSerializer().serializeToString(svg);
  const image = new Image();
  image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(source);
  await image.decode();
  const canvas = document.createElement('canvas');
  const [, , w, h] = svg.getAttribute('viewBox').split(' ').map(Number);
  canvas.width = w * 2; canvas.height = h * 2;
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  vscode.postMessage({ kind: 'png', data: canvas.toDataURL('image/png') });
}
window.addEventListener('message', ({ data }) => {
  if (data.kind === 'picture') {
    const drawn = new DOMParser().parseFromString(data.svg, 'image/svg+xml').documentElement;
    width = Number(drawn.getAttribute('width'));
    const focused = stage.contains(document.activeElement) ? document.activeElement.dataset.id : undefined;
    stage.replaceChildren(document.importNode(drawn, true));
    for (const node of nodes()) {
      node.setAttribute('tabindex', '0');
      node.setAttribute('role', 'link');
      node.setAttribute('aria-label', node.querySelector('title')?.textContent ?? '');
      if (focused !== undefined && node.dataset.id === focused) node.focus({ preventScroll: true });
    }
    size(); mark(marked); search();
  }
  if (data.kind === 'views') {
    const options = data.views.map((each) => new Option(each.title, JSON.stringify(each.view)));
    view.replaceChildren(new Option('Follow the cursor', ''), ...options);
    view.value = data.chosen ? JSON.stringify(data.chosen) : '';
  }
  if (data.kind === 'note' && !picture()) stage.textContent = data.text;
  if (data.kind === 'note') say(data.text);
  if (data.kind === 'stale') { note = data.isStale ? 'As it was before the mistake in the text' : ''; if (find.value.trim() === '') state.textContent = note; }
  if (data.kind === 'mark') mark(data.origin);
  if (data.kind === 'export') void png();
});
vscode.postMessage({ kind: 'ready' });
`;
