// @ts-check
/**
 * Making elements. Text only ever becomes text: a title cannot turn into markup.
 *
 * @typedef {{id?: string, name: string, title: string, year: number, address: string}} FoundFilm What `search.js` finds.
 */
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
   * A part of the scripts that is fetched when it is first needed: `taste`, `figures`, or `imports`, which has several files.
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

  // `taste.js` puts its own in their place when it is there.
  for (const name of ['recommend', 'recommendTogether']) {
    marquee[name] = async (/** @type {any[]} */ ...question) => {
      await marquee.need('taste');
      return marquee[name](...question);
    };
  }

  /** Films by id with title, address and poster; those that the model does not know are left out. @param {string[]} ids @returns {Promise<Map<string, any>>} */
  marquee.films = async ids => {
    const model = await marquee.model();
    const places = ids.map(id => model.places.get(id)).filter(place => place !== undefined);
    // Without a network some titles may be there and some not.
    const cards = await model.cards(places).catch(async (/** @type {unknown} */ error) => {
      const single = await Promise.allSettled(places.map(place => model.cards([place])));
      const found = single.flatMap(one => (one.status === 'fulfilled' ? one.value : []));
      if (found.length === 0 && places.length > 0) throw error;
      return found;
    });
    return new Map(cards.map((/** @type {any} */ card) => [card.id, card]));
  };

  const svg = 'http://www.w3.org/2000/svg';

  /** An element of a drawing. @param {string} tag @param {Record<string, string | number>} attributes @param {...Node} children */
  marquee.drawing = (tag, attributes, ...children) => {
    const element = document.createElementNS(svg, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    element.append(...children);
    return element;
  };

  /** Whether ratings are likes (1) and dislikes (0): what lies between is a share. */
  const areLikes = document.documentElement.dataset.ratings === 'likes';
  const shares = new Intl.NumberFormat(document.documentElement.lang, { style: 'percent' });

  /** A mean or predicted rating as the site's language writes it: with one decimal, or as a share of likes. @param {number} value */
  const decimal = value => areLikes ? shares.format(value)
    : new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
  marquee.decimal = decimal;
  marquee.areLikes = areLikes;

  /** A rating as it was given, behind its star; in words where it is a like. @param {number} value @returns {(Node | string)[]} */
  marquee.given = value => areLikes ? [marqueeText("stars", { count: value })]
    : [marquee.element('i', { class: 'star' }), ' ' + new Intl.NumberFormat(document.documentElement.lang).format(value)];
  /** The same with its sign. @param {number} value */
  marquee.signed = value =>
    new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'always' })
      .format(value).replace('-', '−');

  /** A title between words of any direction. @param {string} title */
  const isolated = title => marquee.element('bdi', {}, title);

  /** A link to a film's page, or its title where it is not of this catalogue. @param {{title: string, path?: string}} film */
  marquee.link = ({ title, path }) =>
    path ? marquee.element('a', { href: marquee.root + path }, isolated(title)) : marquee.element('span', {}, isolated(title));

  /** A poster as the pages draw it. @param {{title: string, year?: number, poster: string}} card */
  marquee.poster = ({ title, year, poster }, isSmall = false) =>
    marquee.element('span', { class: poster, 'aria-hidden': isSmall ? 'true' : undefined },
      ...(isSmall ? [] : [marquee.element('b', {}, isolated(title)), ...(year ? [' ', marquee.element('i', {}, String(year))] : [])]));

  /** A film of a row, with predicted stars. @param {any} card @param {number} stars */
  marquee.card = (card, stars) => {
    const { element: el } = marquee;
    return el('li', { class: 'card', 'data-film': card.id, 'data-stars': stars },
      el('a', { href: marquee.root + card.path }, marquee.poster(card)),
      el('p', {}, el('i', { class: 'star' }), ' ' + decimal(stars),
        el('span', { class: 'hidden' }, ' ' + marqueeText("predicted")), card.genres[0] ? ' · ' + card.genres[0] : ''));
  };

  /** Predicted stars and their range, with the line that draws them. */
  marquee.guess = (/** @type {{stars: number, low: number, high: number}} */ guess, /** @type {{minimum: number, maximum: number}} */ scale) => {
    const { element: el, drawing } = marquee;
    const at = (/** @type {number} */ value) => (100 * (value - scale.minimum)) / (scale.maximum - scale.minimum);
    const [low, high] = [decimal(guess.low), decimal(guess.high)];
    return el('div', { class: 'guess' },
      el('p', {}, el('i', { class: 'star' }), ' ', el('b', {}, decimal(guess.stars)), ' ',
        ...(areLikes ? [el('span', { class: 'hidden' }, marqueeText("predicted"))]
          : [el('span', { class: 'quiet' }, el('span', { 'aria-hidden': 'true' }, `${low}–${high}`),
            el('span', { class: 'hidden' }, marqueeText("range", { low, high })))])),
      // A like or none: the range would be all there is.
      ...(areLikes ? [] : [drawing('svg', { viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
        drawing('path', { d: `M${at(guess.low)} 4h${at(guess.high) - at(guess.low)}` }),
        drawing('path', { d: `M${at(guess.stars)} 0v8` }))]));
  };

  /**
   * Why a film is there: the films that the visitor liked and that speak most for it.
   * @param {{id: string}[]} reasons @param {Record<string, {title: string, path?: string}>} ratings
   */
  marquee.because = (reasons, ratings) => {
    const { element: el } = marquee;
    const liked = reasons.map(({ id }) => ratings[id]).filter(Boolean).slice(0, 3);
    return el('p', { class: 'quiet why' }, ...(liked.length
      ? [marqueeText("because") + ' ', ...liked.flatMap(film => [el('span', { class: 'because' }, el('cite', {}, marquee.link(film))), ' '])]
      : [marqueeText("because.everyone")]));
  };

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

  /** A film that the search found, as the diary keeps it. @param {FoundFilm} film */
  marquee.found = async ({ id, name, title, year, address }) => {
    const path = address.slice(new URL(marquee.root, location.href).href.length);
    if (id !== undefined) return { id, title, year: year || undefined, path };
    const answer = await fetch(`${marquee.root}api/movies/${name}.json`);
    if (answer.ok) return { id: String((await answer.json()).id), title, year: year || undefined, path };
    // Sites may leave these files out.
    const { films } = await (await marquee.need('imports')).films();
    const known = films.find((/** @type {any} */ film) => film.path === path);
    if (!known) throw new Error(`${answer.status}`);
    return { id: known.id, title, year: year || undefined, path };
  };

  /** @type {HTMLElement | undefined} */
  let board;

  /**
   * Says at the edge of the window what was done, with a way to take it back.
   * @param {string} text @param {() => void} [undo]
   */
  marquee.notice = (text, undo) => {
    const { element: el } = marquee;
    if (!board) {
      board = el('div', { class: 'notice', hidden: true }, el('p', { role: 'status' }), el('div', { class: 'buttons' }));
      document.getElementById('Content')?.append(/** @type {HTMLElement} */ (board));
    }
    const place = /** @type {HTMLElement} */ (board);
    const close = () => {
      const hadFocus = place.contains(document.activeElement);
      place.hidden = true;
      if (hadFocus) document.getElementById('Content')?.focus();
    };
    place.hidden = false;
    /** @type {HTMLElement} */ (place.firstElementChild).textContent = text;
    place.lastElementChild?.replaceChildren(
      ...(undo ? [el('button', { type: 'button', class: 'plain-button', 'data-undo': '', onclick: () => { close(); undo(); } }, marqueeText("undo"))] : []),
      el('button', { type: 'button', class: 'plain-button', 'aria-label': marqueeText("close"), onclick: close }, '×'));
  };

  /** Puts a film on a shelf or takes it off, and says so. @param {'watchlist' | 'seen' | 'hidden'} shelf @param {string} id @param {any} film */
  marquee.shelve = (shelf, id, film) => {
    const { diary } = marquee;
    const undo = diary.undoing(id);
    diary.toggle(shelf, id, film);
    const values = { title: film.title };
    marquee.notice(!(id in diary.state[shelf]) ? marqueeText("said.off", values)
      : shelf === 'watchlist' ? marqueeText("said.want", values)
        : shelf === 'seen' ? marqueeText("said.seen", values) : marqueeText("said.hide", values), undo);
  };

  /** What a language is called in the page's own. @param {string} code Of ISO 639-1. */
  marquee.languageName = code => {
    try {
      return new Intl.DisplayNames([document.documentElement.lang || 'en'], { type: 'language' }).of(code) ?? code;
    } catch {
      return code;
    }
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
