/** The script of the page around drawings. It reads the page's own data and changes nothing but the page. */
export const VIEWER_SCRIPT = `
'use strict';
(() => {
  const at = (id) => document.getElementById(id);
  const data = JSON.parse(at('data').textContent);
  const [stage, state, panel, find, chooser] = [at('drawing'), at('state'), at('panel'), at('find'), at('sheet')];
  const sections = [...document.querySelectorAll('.sheet')];
  const sheets = new Map(data.sheets.map((sheet) => [sheet.id, sheet]));
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  let current = data.sheets[0];
  let scale = 0;
  let trail = [];
  let patient;

  const sectionOf = (sheet) => sections.find((each) => each.dataset.sheetId === sheet.id);
  const picture = () => sectionOf(current).querySelector('svg');
  const nodesOf = (svg) => [...svg.querySelectorAll('[data-id]')];
  const elementOf = (id) => nodesOf(picture()).find((each) => each.dataset.id === id);
  const nodeOf = (id) => current.nodes.find((each) => each.id === id);
  const say = (text) => { state.textContent = text; };
  const { texts } = data;
  const told = (name, ...values) => texts[name].replace(/\\{(\\d)\\}/g, (_, place) => values[place]);

  // ---- size and place ----
  const own = (svg) => svg.getAttribute('viewBox').split(' ').map(Number);
  function fitted(whole) {
    const [, , width, height] = own(picture());
    const across = (stage.clientWidth - 24) / width;
    return whole ? Math.min(across, (stage.clientHeight - 24) / height, 2) : Math.min(across, 1.5);
  }
  function resize() {
    const svg = picture();
    const [, , width, height] = own(svg);
    const by = scale === 0 ? fitted(true) : scale === -1 ? fitted(false) : scale;
    svg.setAttribute('width', String(width * by));
    svg.setAttribute('height', String(height * by));
    return by;
  }
  function zoom(by, point) {
    const before = resize();
    const box = picture().getBoundingClientRect();
    const to = Math.min(6, Math.max(0.05, before * by));
    const middle = point ?? { x: stage.getBoundingClientRect().left + stage.clientWidth / 2, y: stage.getBoundingClientRect().top + stage.clientHeight / 2 };
    const [x, y] = [(middle.x - box.left) / before, (middle.y - box.top) / before];
    scale = to;
    resize();
    const after = picture().getBoundingClientRect();
    stage.scrollBy(after.left + x * to - middle.x, after.top + y * to - middle.y);
    say(told('size', Math.round(to * 100) + '%'));
  }
  function show(sheet, focus) {
    if (sheet === undefined) return;
    current = sheet;
    for (const each of sections) each.hidden = each.dataset.sheetId !== sheet.id;
    chooser.value = sheet.id;
    resize();
    search();
    if (focus) stage.focus();
  }
  const isInView = (box) => {
    const frame = stage.getBoundingClientRect();
    return box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
  };
  function bring(element) {
    if (element && !isInView(element.getBoundingClientRect()))
      element.scrollIntoView({ block: 'center', inline: 'center', behavior: still ? 'auto' : 'smooth' });
  }

  // ---- search ----
  function search() {
    const wanted = find.value.trim().toLocaleLowerCase();
    let first;
    let count = 0;
    for (const node of nodesOf(picture())) {
      const hit = wanted === '' || node.textContent.toLocaleLowerCase().includes(wanted);
      node.classList.toggle('faded', !hit);
      if (hit && wanted !== '') { count += 1; first ??= node; }
    }
    if (wanted === '') return;
    bring(first);
    const elsewhere = data.sheets.filter((sheet) => sheet !== current && sheet.nodes.some(({ title, details }) => (title + ' ' + details).toLocaleLowerCase().includes(wanted)));
    say(elsewhere.length === 0 ? told('found', count) : told('foundElsewhere', count, elsewhere.length) + (count === 0 ? ' (' + texts.goesThere + ')' : ''));
    return { count, elsewhere };
  }

  // ---- following ----
  const duration = (seconds) => {
    const [d, h, min] = [Math.floor(seconds / 86400), Math.floor((seconds % 86400) / 3600), Math.round((seconds % 3600) / 60)];
    const unit = (count, name) => count + ' ' + texts[name];
    return d > 0 ? unit(d, 'd') + ' ' + unit(h, 'h') : h > 0 ? unit(h, 'h') + ' ' + unit(min, 'min') : seconds < 60 ? unit(Math.round(seconds), 's') : unit(Math.round(seconds / 60), 'min');
  };
  const starts = () => current.nodes.filter(({ id, kind }) => kind === 'start' || (kind !== 'connector' && !current.ways.some(({ to }) => to === id)));
  const waysFrom = (id) => [
    ...current.ways.filter(({ from }) => from === id),
    ...(nodeOf(id)?.goesOn ? [{ from: id, to: nodeOf(id).goesOn, label: '' }] : []),
  ];
  function mark() {
    for (const section of sections) for (const each of section.querySelectorAll('.here, .visited, .walked')) each.classList.remove('here', 'visited', 'walked');
    const ids = trail.map(({ node }) => node).filter(Boolean);
    for (const id of ids) elementOf(id)?.classList.add('visited');
    for (let place = 1; place < ids.length; place += 1)
      for (const way of picture().querySelectorAll('path[data-from]'))
        if (way.dataset.from === ids[place - 1] && way.dataset.to === ids[place]) way.classList.add('walked');
    const last = ids.at(-1) === undefined ? undefined : elementOf(ids.at(-1));
    last?.classList.add('here');
    bring(last);
  }
  function tell() {
    const last = trail.at(-1);
    const node = last?.node === undefined ? undefined : nodeOf(last.node);
    at('here').textContent = last === undefined ? texts.begin : last.text;
    at('details').textContent = node?.details ?? '';
    at('trail').replaceChildren(...trail.map(({ text, time }) => {
      const item = document.createElement('li');
      if (time !== undefined) {
        const span = document.createElement('span');
        span.className = 'time';
        span.textContent = told('after', duration(time)) + ' ';
        item.append(span);
      }
      item.append(text);
      return item;
    }));
    at('back').disabled = trail.length === 0;
    at('next').disabled = patient === undefined || trail.length >= patient.events.length;
    at('next').hidden = patient === undefined;
    say(last === undefined ? '' : last.time === undefined ? last.text : told('afterThat', duration(last.time), last.text));
  }
  function offer() {
    const last = trail.at(-1);
    const list = patient !== undefined ? [] : last === undefined
      ? starts().map(({ id, title }) => ({ to: id, text: title }))
      : waysFrom(last.node).map(({ to, label }) => ({ to, text: (label === '' ? '' : label + ': ') + (nodeOf(to)?.title ?? to) }));
    const buttons = list.map(({ to, text }) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = text;
      button.addEventListener('click', () => { go(to); at('ways').querySelector('button')?.focus(); });
      return button;
    });
    const node = last?.node === undefined ? undefined : nodeOf(last.node);
    if (patient === undefined && node?.sheet !== undefined && sheets.has(node.sheet)) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = told('inside', node.title);
      button.addEventListener('click', () => { trail = []; show(sheets.get(node.sheet)); update(); });
      buttons.push(button);
    }
    if (patient === undefined && last !== undefined && buttons.length === 0) {
      const end = document.createElement('p');
      end.textContent = texts.over;
      buttons.push(end);
    }
    at('ways').replaceChildren(...buttons);
  }
  function update() { mark(); tell(); offer(); }
  function go(id) { trail.push({ node: id, text: nodeOf(id)?.title ?? id }); update(); }
  function advance() {
    const event = patient?.events[trail.length];
    if (event === undefined) return;
    const home = event.node === undefined || nodeOf(event.node) ? current : data.sheets.find((sheet) => sheet.nodes.some(({ id }) => id === event.node));
    if (home !== undefined && home !== current) show(home);
    trail.push({ node: event.node, text: event.text, time: event.time });
    update();
  }
  function restart() { trail = []; update(); if (patient !== undefined) advance(); }
  function openPanel(open) {
    panel.hidden = !open;
    at('follow').setAttribute('aria-expanded', String(open));
    resize();
    if (open) { restart(); (at('ways').querySelector('button') ?? at('next')).focus(); }
    else { trail = []; mark(); say(''); }
  }

  // ---- the page ----
  // A drawing as one image would hide from readers what can be chosen in it.
  for (const section of sections) section.querySelector('svg').setAttribute('role', 'group');
  for (const section of sections) for (const node of section.querySelectorAll('[data-id]')) {
    const name = node.querySelector('title')?.textContent ?? '';
    if (node.localName !== 'a') { node.setAttribute('tabindex', '0'); node.setAttribute('role', 'button'); }
    node.setAttribute('aria-label', name);
  }
  function choose(node) {
    if (panel.hidden) { say(node.getAttribute('aria-label')); return; }
    if (patient !== undefined) return;
    const last = trail.at(-1)?.node;
    const id = node.dataset.id;
    if (last === undefined || waysFrom(last).some(({ to }) => to === id)) go(id);
    else { trail = [{ node: id, text: nodeOf(id).title }]; update(); }
  }
  stage.addEventListener('click', (event) => {
    const node = event.target.closest('[data-id]');
    if (node && node.localName !== 'a') choose(node);
  });
  stage.addEventListener('keydown', (event) => {
    const node = event.target.closest('[data-id]');
    if (node && node.localName !== 'a' && (event.key === 'Enter' || event.key === ' ')) { event.preventDefault(); choose(node); }
  });
  stage.addEventListener('focusin', (event) => bring(event.target.closest('[data-id]')));
  stage.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, { x: event.clientX, y: event.clientY });
  }, { passive: false });
  let drag;
  stage.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || event.pointerType === 'touch' || event.target.closest('[data-id]')) return;
    drag = { x: event.clientX + stage.scrollLeft, y: event.clientY + stage.scrollTop };
    stage.classList.add('dragged');
  });
  addEventListener('pointermove', (event) => { if (drag) stage.scrollTo(drag.x - event.clientX, drag.y - event.clientY); });
  addEventListener('pointerup', () => { drag = undefined; stage.classList.remove('dragged'); });
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === find) {
      if (event.key === 'Escape') { find.value = ''; search(); say(''); stage.focus(); }
      if (event.key === 'Enter') {
        const found = search();
        if (found && found.count === 0 && found.elsewhere.length > 0) location.hash = encodeURIComponent(found.elsewhere[0].id);
      }
      return;
    }
    if (/^(?:SELECT|INPUT)$/.test(event.target.tagName)) return;
    if (event.key === '+' || event.key === '=') zoom(1.2);
    else if (event.key === '-') zoom(1 / 1.2);
    else if (event.key === '0') { scale = 0; resize(); }
    else if (event.key === '1') { scale = -1; resize(); }
    else if (event.key === '/') { event.preventDefault(); find.focus(); }
    else if (event.key === 'f') openPanel(panel.hidden);
    else if (event.key === 'Escape' && !panel.hidden) { openPanel(false); at('follow').focus(); }
  });
  at('larger').addEventListener('click', () => zoom(1.2));
  at('smaller').addEventListener('click', () => zoom(1 / 1.2));
  at('fit').addEventListener('click', () => { scale = 0; resize(); });
  at('width').addEventListener('click', () => { scale = -1; resize(); });
  at('print').addEventListener('click', () => print());
  at('follow').addEventListener('click', () => openPanel(panel.hidden));
  at('next').addEventListener('click', advance);
  at('back').addEventListener('click', () => { trail.pop(); update(); });
  at('again').addEventListener('click', restart);
  at('patient').addEventListener('change', (event) => { patient = event.target.value === '' ? undefined : data.patients[Number(event.target.value)]; restart(); });
  at('theme').addEventListener('change', (event) => {
    if (event.target.value === '') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = event.target.value;
  });
  find.addEventListener('input', () => { search(); if (find.value === '') say(''); });
  chooser.addEventListener('change', () => { location.hash = encodeURIComponent(chooser.value); });
  const byHash = () => sheets.get(decodeURIComponent(location.hash.slice(1)));
  addEventListener('hashchange', () => { if (byHash() && byHash() !== current) { trail = []; show(byHash(), true); if (!panel.hidden) restart(); else mark(); } });
  addEventListener('resize', resize);
  show(byHash() ?? current);
  if (fitted(true) < 0.55) { scale = -1; resize(); }
})();
`;
