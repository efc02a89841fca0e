// @ts-check
/** Making elements. Text only ever becomes text: a title cannot turn into markup. */
(() => {
  'use strict';

  const marquee = (globalThis.marquee ??= {});

  /**
   * An element with attributes (`on…` are listeners, true and false set or leave out) and children.
   * @param {string} tag
   * @param {Record<string, any>} [attributes]
   * @param {...(Node | string)} children
   * @returns {any}
   */
  marquee.element = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
      else if (value === true) element.setAttribute(name, '');
      else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
    }
    element.append(...children);
    return element;
  };

  /** Ratings from which a list is worth showing. */
  marquee.enough = 3;

  /** @type {Map<string, Promise<any>>} */
  const needed = new Map();

  /** @param {string} src @returns {Promise<void>} */
  const script = src => new Promise((resolve, reject) => {
    const element = marquee.element('script', { src, onload: () => resolve(), onerror: () => reject(new Error(src.split('/').pop())) });
    // Those that are asked for together run in their order.
    element.async = false;
    document.head.append(element);
  });

  /**
   * A part of the scripts that is fetched when it is first needed: `taste`, `figures` or `imports`, which has several files.
   * @param {string} name @returns {Promise<any>}
   */
  marquee.need = name => {
    let part = needed.get(name);
    if (!part) {
      const files = /** @type {HTMLElement | null} */ (document.querySelector(`template[data-${name}]`))?.dataset[name] ?? '';
      part = Promise.all(files.split(/\s+/).map(script)).then(() => marquee[name]);
      part.catch(() => needed.delete(name));
      needed.set(name, part);
    }
    return part;
  };

  /** What predicts; fetched when it is first needed. */
  marquee.model = async () => (await marquee.need('taste')).load();

  // `taste.js` puts itself in the place of these.
  for (const name of ['recommend', 'recommendTogether']) {
    marquee[name] = async (/** @type {any[]} */ ...words) => {
      await marquee.need('taste');
      return marquee[name](...words);
    };
  }

  const svg = 'http://www.w3.org/2000/svg';

  /** An element of a drawing. @param {string} tag @param {Record<string, string | number>} attributes @param {...Node} children */
  marquee.drawing = (tag, attributes, ...children) => {
    const element = document.createElementNS(svg, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    element.append(...children);
    return element;
  };

  /** A number with one decimal as the site's language writes it. @param {number} value */
  const decimal = value =>
    new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
  marquee.decimal = decimal;
  /** The same with its sign. @param {number} value */
  marquee.signed = value =>
    new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'always' })
      .format(value).replace('-', '−');

  /** A link to a film's page, or its title where it is not of this catalogue. @param {{title: string, path?: string}} film */
  marquee.link = ({ title, path }) =>
    path ? marquee.element('a', { href: marquee.root + path }, title) : marquee.element('span', {}, title);

  /** A poster as the pages draw it. @param {{title: string, year?: number, poster: string}} card */
  marquee.poster = ({ title, year, poster }, isSmall = false) =>
    marquee.element('span', { class: poster, 'aria-hidden': isSmall ? 'true' : undefined },
      ...(isSmall ? [] : [marquee.element('b', {}, title), ...(year ? [' ', marquee.element('i', {}, String(year))] : [])]));

  /** Predicted stars and their range, with the line that draws them. */
  marquee.guess = (/** @type {{stars: number, low: number, high: number}} */ guess, /** @type {{minimum: number, maximum: number}} */ scale) => {
    const { element: el, drawing } = marquee;
    const at = (/** @type {number} */ value) => (100 * (value - scale.minimum)) / (scale.maximum - scale.minimum);
    return el('div', { class: 'guess' },
      el('p', {}, el('i', { class: 'star' }), ' ', el('b', {}, decimal(guess.stars)), ' ',
        el('span', { class: 'quiet' }, `${decimal(guess.low)}–${decimal(guess.high)}`)),
      drawing('svg', { viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
        drawing('path', { d: `M${at(guess.low)} 4h${at(guess.high) - at(guess.low)}` }),
        drawing('path', { d: `M${at(guess.stars)} 0v8` })));
  };

  /**
   * Why a film is there: the ratings that add most stars.
   * @param {any} model @param {any} profile @param {number} film @param {Record<string, {title: string, path?: string, stars: number}>} ratings
   */
  marquee.because = (model, profile, film, ratings) => {
    const { element: el, signed, link } = marquee;
    const { everyone, habit, parts } = model.reasons(profile, film);
    const named = parts.map((/** @type {any} */ part) => ({ ...part, rated: ratings[model.ids[part.film]] }));
    const strongest = named.filter((/** @type {any} */ { stars }) => stars >= 0.005).slice(0, 3);
    const rest = named.reduce((/** @type {number} */ sum, /** @type {any} */ part) => sum + part.stars, 0)
      - strongest.reduce((/** @type {number} */ sum, /** @type {any} */ part) => sum + part.stars, 0);
    const row = (/** @type {Node | string} */ name, /** @type {string} */ value) => el('div', {}, el('dt', {}, name), el('dd', {}, value));
    return el('div', { class: 'why' },
      el('p', { class: 'quiet' }, ...(strongest.length
        ? [marqueeText("because") + ' ', ...strongest.flatMap((/** @type {any} */ { rated, stars }) =>
          [el('span', { class: 'because' }, el('cite', {}, link(rated)), ` (${signed(stars)})`), ' '])]
        : [marqueeText("because.everyone")])),
      el('details', { class: 'quiet' },
        el('summary', {}, marqueeText("sum")),
        el('dl', { class: 'sum' },
          row(marqueeText("sum.everyone"), decimal2(everyone)), row(marqueeText("sum.habit"), signed(habit)),
          ...strongest.map((/** @type {any} */ { rated, stars }) => row(marqueeText("sum.rating", { title: rated.title, stars: rated.stars }), signed(stars))),
          ...(named.length > strongest.length ? [row(marqueeText("sum.rest", { count: named.length - strongest.length }), signed(rest))] : []))));
  };

  /** @param {number} value */
  function decimal2(value) {
    return new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
  }

  /** Gives a file to the visitor. @param {string} name @param {string} type @param {string} text */
  marquee.save = (name, type, text) => {
    const address = URL.createObjectURL(new Blob([text], { type }));
    marquee.element('a', { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };

  /** Says at `element` why something does not work, or hides it. @param {HTMLElement | null} element @param {string} text */
  marquee.tell = (element, text) => {
    if (!element) return;
    element.textContent = text;
    element.hidden = text === '';
  };

  /** Why the model cannot be read. @param {unknown} error */
  marquee.failure = error => {
    if (location.protocol === 'file:') return marqueeText("taste.file");
    return navigator.onLine ? marqueeText("taste.failed", { reason: error instanceof Error ? error.message : String(error) }) : marqueeText("taste.offline");
  };

  /** What the visitor must know about the diary; empty where all is well. */
  marquee.trouble = () => {
    if (marquee.diary.trouble === 'diary.full') return marqueeText("diary.full");
    return marquee.diary.trouble ? marqueeText("diary.closed") : '';
  };
})();
