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
  // What a size is called that follows the window; a size that a reader chose is a number above these.
  const [WHOLE, WIDTH, LEGIBLE] = [0, -1, -2];
  let current = data.sheets[0];
  let scale = LEGIBLE;
  let trail = [];
  let patient;
  let found = { wanted: '', place: 0, count: 0 };

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
  // Whole where its texts can be read so, else as wide as the window, else so large that they can.
  function legible() {
    const whole = fitted(true);
    return whole >= 0.55 ? whole : Math.max(fitted(false), 0.7);
  }
  function resize() {
    const svg = picture();
    const [, , width, height] = own(svg);
    const by = scale === WHOLE ? fitted(true) : scale === WIDTH ? fitted(false) : scale === LEGIBLE ? legible() : scale;
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
    if (sheet !== current) {
      // A size that was chosen for one drawing is of no use for another.
      if (scale > 0) scale = LEGIBLE;
      stage.scrollTo(0, 0);
    }
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
  // Letters are found with and without their accents.
  const plain = (text) => text.toLocaleLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '');
  const hitsOn = (sheet, wanted) => nodesOf(sectionOf(sheet).querySelector('svg')).filter((each) => plain(each.textContent).includes(wanted));
  /** Shows what is found on this sheet, beginning at a place among the hits; false where there is none at that place. */
  function search(place = 0) {
    const wanted = plain(find.value.trim());
    const hits = wanted === '' ? [] : hitsOn(current, wanted);
    for (const each of nodesOf(picture())) {
      each.classList.toggle('faded', wanted !== '' && !hits.includes(each));
      each.classList.toggle('found', each === hits[place]);
    }
    found = { wanted, place, count: hits.length };
    if (wanted === '') return;
    bring(hits[place]);
    const elsewhere = data.sheets.filter((sheet) => sheet !== current && hitsOn(sheet, wanted).length > 0);
    const count = hits.length > 1 ? place + 1 + '/' + hits.length : hits.length;
    const leaves = place + 1 >= hits.length ? ' (' + texts.goesThere + ')' : '';
    say(elsewhere.length === 0 ? told('found', count) : told('foundElsewhere', count, elsewhere.length) + leaves);
  }
  /** To the next hit on this sheet, after the last one to the next sheet that has some, then from the beginning. */
  function searchOn() {
    if (found.wanted === '') return;
    if (found.place + 1 < found.count) { search(found.place + 1); return; }
    const own = data.sheets.indexOf(current);
    const next = [...data.sheets.slice(own + 1), ...data.sheets.slice(0, own)].find((sheet) => hitsOn(sheet, found.wanted).length > 0);
    if (next === undefined) search();
    else location.hash = encodeURIComponent(next.id);
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
  // What patients pass without a sign of it in what is known of their way.
  const isPassed = (id) => { const node = nodeOf(id); return node !== undefined && (node.optional || !/^(?:step|take|start|end)$/.test(node.kind)); };
  /** The nodes between two, where there is just one way from one to the other; undefined where there is none or a choice. */
  function between(from, to) {
    if (waysFrom(from).some((way) => way.to === to)) return [from, to];
    const ways = [];
    let left = 2000;
    const follow = (id, passed) => {
      for (const way of waysFrom(id)) {
        if (ways.length > 1 || left-- < 0) return;
        if (way.to === to) ways.push([...passed, to]);
        else if (isPassed(way.to) && !passed.includes(way.to)) follow(way.to, [...passed, way.to]);
      }
    };
    follow(from, [from]);
    return left < 0 || ways.length !== 1 ? undefined : ways[0];
  }
  /** How the last of some nodes was come to: from the one before it, or from where several ways part that are gone together. */
  function wayTo(ids) {
    const to = ids.at(-1);
    const direct = between(ids.at(-2), to);
    if (direct !== undefined) return direct;
    for (let place = ids.length - 3; place >= 0; place -= 1) {
      const way = between(ids[place], to);
      if (way?.some((id) => nodeOf(id).kind === 'fork')) return way;
    }
    return [];
  }
  function mark() {
    for (const section of sections) for (const each of section.querySelectorAll('.here, .visited, .walked')) each.classList.remove('here', 'visited', 'walked');
    const ids = trail.map(({ node }) => node).filter((id, place, all) => nodeOf(id) !== undefined && id !== all[place - 1]);
    for (const id of ids) elementOf(id)?.classList.add('visited');
    const lines = [...picture().querySelectorAll('path[data-from]')];
    for (let place = 1; place < ids.length; place += 1) {
      const way = wayTo(ids.slice(0, place + 1));
      for (let leg = 1; leg < way.length; leg += 1) {
        elementOf(way[leg])?.classList.add('visited');
        // Where several ways are gone together, all of them come to where they meet.
        const from = nodeOf(way[leg]).kind === 'join' ? ids.slice(0, place) : [way[leg - 1]];
        for (const line of lines) if (from.includes(line.dataset.from) && line.dataset.to === way[leg]) line.classList.add('walked');
      }
    }
    const last = trail.at(-1)?.node === undefined ? undefined : elementOf(trail.at(-1).node);
    (last ?? (ids.length === 0 ? undefined : elementOf(ids.at(-1))))?.classList.add('here');
    bring(last);
  }
  function tell() {
    const last = trail.at(-1);
    const node = last?.node === undefined ? undefined : nodeOf(last.node);
    at('here').textContent = last === undefined ? texts.begin : last.text;
    at('details').textContent = node?.details ?? '';
    // The latest first, so that it is seen however long the way.
    at('trail').replaceChildren(...[...trail].reverse().map(({ text, time }) => {
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
    // Its title is its name; said as a label too, it would be read twice.
    if (node.localName !== 'a') { node.setAttribute('tabindex', '0'); node.setAttribute('role', 'button'); }
  }
  function choose(node) {
    if (panel.hidden) { say(node.querySelector('title')?.textContent ?? ''); return; }
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
  // Two fingers change the size of the drawing, not of the page, whose buttons would be pushed out of sight.
  let apart;
  const fingers = ({ touches }) => {
    const [a, b] = [...touches];
    return touches.length !== 2 ? undefined : { apart: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY), x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2 };
  };
  for (const name of ['touchstart', 'touchend', 'touchcancel']) stage.addEventListener(name, (event) => { apart = fingers(event)?.apart; });
  stage.addEventListener('touchmove', (event) => {
    const now = fingers(event);
    if (now === undefined || !(apart > 0)) return;
    event.preventDefault();
    zoom(now.apart / apart, now);
    apart = now.apart;
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
      if (event.key === 'Enter') { event.preventDefault(); searchOn(); }
      return;
    }
    if (/^(?:SELECT|INPUT)$/.test(event.target.tagName)) return;
    if (event.key === '+' || event.key === '=') zoom(1.2);
    else if (event.key === '-') zoom(1 / 1.2);
    else if (event.key === '0') { scale = WHOLE; resize(); }
    else if (event.key === '1') { scale = WIDTH; resize(); }
    else if (event.key === '/') { event.preventDefault(); find.focus(); }
    else if (event.key === 'f') openPanel(panel.hidden);
    else if (event.key === 'Escape' && !panel.hidden) { openPanel(false); at('follow').focus(); }
  });
  at('larger').addEventListener('click', () => zoom(1.2));
  at('smaller').addEventListener('click', () => zoom(1 / 1.2));
  at('fit').addEventListener('click', () => { scale = WHOLE; resize(); });
  at('width').addEventListener('click', () => { scale = WIDTH; resize(); });
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
  addEventListener('hashchange', () => { if (byHash() && byHash() !== current) { trail = []; show(byHash(), document.activeElement !== find); if (!panel.hidden) restart(); else mark(); } });
  addEventListener('resize', resize);
  show(byHash() ?? current);
})();
`;
