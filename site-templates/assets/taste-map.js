// @ts-check
/** The map of taste: films as points in a plane, to move, zoom and search. The table below it says the same in words. */
(() => {
  'use strict';

  /**
   * `api/taste-map.json`: columns of the same length.
   * @typedef {object} Data
   * @property {string} page
   * @property {string[]} genres The most films first.
   * @property {string[]} title
   * @property {number[]} year
   * @property {string[]} folder
   * @property {number[]} genre Into `genres`; −1 for none.
   * @property {number[]} ratings
   * @property {number[]} x
   * @property {number[]} y
   */

  const root = new URL('..', /** @type {HTMLScriptElement} */ (document.currentScript).src).href;
  const box = document.getElementById('TasteMap');
  const canvas = /** @type {HTMLCanvasElement | null} */ (box?.querySelector('canvas') ?? null);
  if (!box || !canvas) return;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const hint = /** @type {HTMLElement} */ (box.querySelector('[data-hint]'));
  const legend = /** @type {HTMLElement} */ (box.querySelector('[data-legend]'));
  const field = /** @type {HTMLInputElement} */ (box.querySelector('input'));
  const colours = 9;

  /** @type {Data | undefined} */
  let data;
  /** Which part of the map is seen: its middle, and how often it fits. */
  const view = { x: 0.5, y: 0.5, zoom: 1 };
  let only = -1;
  let pointed = -1;
  /** @type {Set<number>} */
  let found = new Set();

  const style = (/** @type {string} */ name) => getComputedStyle(box).getPropertyValue(name).trim();
  const size = () => ({ width: canvas.clientWidth, height: canvas.clientHeight });

  /** @param {number} at */
  const place = (at) => {
    const { width, height } = size();
    const { x, y } = /** @type {Data} */ (data);
    const [w, h] = [(width - 48) * view.zoom, (height - 48) * view.zoom];
    return [width / 2 + (x[at] - view.x) * w, height / 2 + (y[at] - view.y) * h];
  };

  const draw = () => {
    if (!data) return;
    const { width, height } = size();
    const scale = devicePixelRatio || 1;
    canvas.width = width * scale;
    canvas.height = height * scale;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    const inks = Array.from({ length: colours }, (_, at) => style(`--map-${at}`));
    const [ink, paper] = [style('--ink'), style('--panel')];
    pen.fillStyle = paper;
    pen.fillRect(0, 0, width, height);
    const most = Math.max(...data.ratings);
    const dims = only >= 0 || found.size > 0;
    const isLit = (/** @type {number} */ at) =>
      (only < 0 || /** @type {Data} */ (data).genre[at] === only) && (found.size === 0 || found.has(at));
    for (let at = data.title.length - 1; at >= 0; at -= 1) {
      const [x, y] = place(at);
      if (x < -20 || y < -20 || x > width + 20 || y > height + 20) continue;
      pen.globalAlpha = dims && !isLit(at) ? 0.12 : 0.85;
      const genre = data.genre[at];
      pen.fillStyle = inks[genre < 0 || genre >= colours - 1 ? colours - 1 : genre];
      pen.beginPath();
      pen.arc(x, y, (2 + 5 * Math.sqrt(data.ratings[at] / most)) * Math.min(2, Math.sqrt(view.zoom)), 0, 7);
      pen.fill();
    }
    // Names, the best known first, where they do not cover each other.
    pen.globalAlpha = 1;
    pen.font = `12px ${style('--sans')}`;
    // Labels stand to the right of their films in every language.
    pen.direction = 'ltr';
    pen.textAlign = 'left';
    pen.textBaseline = 'middle';
    pen.lineWidth = 3;
    pen.strokeStyle = paper;
    pen.fillStyle = ink;
    /** @type {number[][]} */
    const taken = [];
    const order = pointed >= 0 ? [pointed, ...data.title.keys()] : [...data.title.keys()];
    for (const at of order) {
      if (taken.length > 60 * Math.sqrt(view.zoom)) break;
      if (dims && !isLit(at) && at !== pointed) continue;
      const [x, y] = place(at);
      if (x < 0 || y < 0 || x > width || y > height) continue;
      const name = data.title[at].length > 34 ? `${data.title[at].slice(0, 32)}…` : data.title[at];
      const wide = pen.measureText(name).width;
      const area = [x + 8, y - 8, x + 12 + wide, y + 8];
      if (area[2] > width || taken.some((other) =>
        other[0] < area[2] && area[0] < other[2] && other[1] < area[3] && area[1] < other[3])) continue;
      taken.push(area);
      pen.strokeText(name, x + 9, y);
      pen.fillText(name, x + 9, y);
    }
  };

  let isAsked = false;
  const redraw = () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      draw();
    });
  };

  /** Zooms so that what is under the point stays there. @param {number} factor @param {number} [px] @param {number} [py] */
  const zoom = (factor, px, py) => {
    const { width, height } = size();
    const next = Math.min(40, Math.max(1, view.zoom * factor));
    const [dx, dy] = [((px ?? width / 2) - width / 2) / (width - 48), ((py ?? height / 2) - height / 2) / (height - 48)];
    view.x += dx / view.zoom - dx / next;
    view.y += dy / view.zoom - dy / next;
    view.zoom = next;
    clamp();
  };
  const clamp = () => {
    view.x = Math.min(1, Math.max(0, view.x));
    view.y = Math.min(1, Math.max(0, view.y));
    redraw();
  };
  const reset = () => {
    Object.assign(view, { x: 0.5, y: 0.5, zoom: 1 });
    redraw();
  };

  /** The film nearest to a point. @param {number} px @param {number} py */
  const nearest = (px, py) => {
    let [best, least] = [-1, 14 * 14];
    for (let at = 0; at < /** @type {Data} */ (data).title.length; at += 1) {
      const [x, y] = place(at);
      const square = (x - px) ** 2 + (y - py) ** 2;
      if (square < least) [best, least] = [at, square];
    }
    return best;
  };

  const tell = () => {
    if (!data) return;
    hint.textContent = pointed < 0 ? marqueeText("map-hint")
      : [data.title[pointed], data.year[pointed] || '', data.genres[data.genre[pointed]] ?? ''].filter(Boolean).join(' · ');
  };

  const listen = () => {
    /** @type {Map<number, { x: number, y: number }>} */
    const fingers = new Map();
    let moved = 0;
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
      moved = 0;
    });
    canvas.addEventListener('pointermove', (event) => {
      const last = fingers.get(event.pointerId);
      if (!last) {
        const at = nearest(event.offsetX, event.offsetY);
        if (at === pointed) return;
        pointed = at;
        canvas.style.cursor = at < 0 ? 'grab' : 'pointer';
        tell();
        return redraw();
      }
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
      const { width, height } = size();
      if (other) {
        const before = Math.hypot(last.x - other.x, last.y - other.y);
        const after = Math.hypot(event.offsetX - other.x, event.offsetY - other.y);
        if (before > 0) zoom(after / before, other.x, other.y);
      } else {
        view.x -= (event.offsetX - last.x) / ((width - 48) * view.zoom);
        view.y -= (event.offsetY - last.y) / ((height - 48) * view.zoom);
        clamp();
      }
      moved += Math.abs(event.offsetX - last.x) + Math.abs(event.offsetY - last.y);
      fingers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    });
    const lift = (/** @type {PointerEvent} */ event) => fingers.delete(event.pointerId);
    canvas.addEventListener('pointerup', (event) => {
      lift(event);
      const at = moved < 6 ? nearest(event.offsetX, event.offsetY) : -1;
      if (at >= 0 && data) location.href = `${root}${data.folder[at]}${data.page}`;
    });
    canvas.addEventListener('pointercancel', lift);
    canvas.addEventListener('wheel', (event) => {
      if (!event.ctrlKey && document.activeElement !== canvas) return;
      event.preventDefault();
      zoom(Math.exp(-event.deltaY / 300), event.offsetX, event.offsetY);
    }, { passive: false });
    canvas.addEventListener('keydown', (event) => {
      const step = 0.12 / view.zoom;
      /** @type {Record<string, () => void>} */
      const keys = {
        ArrowLeft: () => { view.x -= step; }, ArrowRight: () => { view.x += step; },
        ArrowUp: () => { view.y -= step; }, ArrowDown: () => { view.y += step; },
        '+': () => zoom(1.4), '=': () => zoom(1.4), '-': () => zoom(1 / 1.4), 0: reset,
      };
      if (!keys[event.key] || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      keys[event.key]();
      clamp();
    });
    box.addEventListener('click', (event) => {
      const act = /** @type {HTMLElement} */ (event.target).closest('button')?.dataset;
      if (!act) return;
      if (act.zoom === 'in') zoom(1.6);
      else if (act.zoom === 'out') zoom(1 / 1.6);
      else if (act.zoom === 'all') reset();
      else if (act.genre) {
        only = only === Number(act.genre) ? -1 : Number(act.genre);
        for (const button of legend.querySelectorAll('button')) {
          button.setAttribute('aria-pressed', String(Number(button.dataset.genre) === only));
        }
        redraw();
      }
    });
    field.addEventListener('input', () => {
      const text = fold(field.value.trim());
      found = new Set(text ? [.../** @type {Data} */ (data).title.keys()].filter((at) =>
        fold(/** @type {Data} */ (data).title[at]).includes(text)) : []);
      pointed = found.size > 0 ? Math.min(...found) : -1;
      if (found.size === 1 && data) Object.assign(view, { x: data.x[pointed], y: data.y[pointed], zoom: Math.max(4, view.zoom) });
      tell();
      redraw();
    });
    new ResizeObserver(redraw).observe(canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  };

  const fold = (/** @type {string} */ text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

  const start = async () => {
    const answer = await fetch(`${root}api/taste-map.json`);
    if (!answer.ok) throw new Error(`${answer.status}`);
    data = /** @type {Data} */ (await answer.json());
    data.genres.slice(0, colours - 1).forEach((name, at) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.dataset.genre = String(at);
      button.className = `ink${at}`;
      button.setAttribute('aria-pressed', 'false');
      button.textContent = name;
      legend.append(button);
    });
    box.hidden = false;
    listen();
    tell();
    redraw();
  };

  // Data and drawing wait until the map comes near.
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    void start().catch(() => { box.hidden = true; });
  }, { rootMargin: '400px' });
  watcher.observe(/** @type {HTMLElement} */ (box.parentElement));
})();
