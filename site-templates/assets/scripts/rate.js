// @ts-check
/** The page on which newcomers rate films: each film can be given stars, put on the watchlist or passed over. */
(() => {
  'use strict';

  const { diary, enough, element: el } = globalThis.marquee;
  const marquee = globalThis.marquee;
  const list = /** @type {HTMLUListElement} */ (document.getElementById('Ask'));
  const more = /** @type {HTMLButtonElement} */ (document.getElementById('More'));
  const first = /** @type {HTMLElement} */ (document.getElementById('First'));
  const row = /** @type {HTMLElement} */ (document.getElementById('FirstRow'));
  const see = /** @type {HTMLElement} */ (document.getElementById('See'));
  const scale = marquee.stars.scaleOf(list);
  /** Films on the page at a time. */
  const shown = 12;
  const goals = [5, 10, 15];

  /** Films that wait to be asked about: items of the page, and then cards of the model. @type {HTMLLIElement[]} */
  let waiting = /** @type {HTMLLIElement[]} */ ([...list.children]);
  /** Every film that was on the page. @type {Set<string>} */
  const asked = new Set();
  /** @type {Map<string, (stars: number | null) => void>} */
  const controls = new Map();

  const filmOf = (/** @type {HTMLElement} */ { dataset }) =>
    ({ title: dataset.title ?? '', year: Number(dataset.year) || undefined, path: dataset.path });

  /** Gives an item its stars and buttons. @param {HTMLLIElement} item */
  function equip(item) {
    const id = item.dataset.film ?? '';
    const film = filmOf(item);
    asked.add(id);
    const control = marquee.stars.control({
      title: film.title, scale, value: diary.state.ratings[id]?.stars ?? null,
      rate: (/** @type {number | null} */ stars) => {
        const isNew = !diary.state.ratings[id];
        diary.rate(id, film, stars);
        if (isNew && stars !== null) add(1);
      },
    });
    controls.set(id, control.show);
    const wish = el('button', { type: 'button', class: 'plain-button', 'aria-pressed': String(id in diary.state.watchlist),
      onclick: () => {
        marquee.shelve('watchlist', id, film);
        wish.setAttribute('aria-pressed', String(id in diary.state.watchlist));
      } }, marqueeText("want"), el('span', { class: 'hidden' }, ' ' + film.title));
    const pass = el('button', { type: 'button', class: 'plain-button', onclick: () => {
      if (!(id in diary.state.passed)) diary.toggle('passed', id, film);
      replace(item);
    } }, marqueeText("pass"), el('span', { class: 'hidden' }, ' ' + film.title));
    item.querySelector('.tools')?.replaceChildren(control.element, el('div', { class: 'buttons' }, pass, wish));
  }

  /** Films about which the visitor has said what there is to say. */
  const answered = () => {
    const { ratings, seen, hidden, passed } = diary.state;
    return [ratings, seen, hidden, passed].flatMap(shelf => Object.keys(shelf));
  };

  /** The next film to ask about. @returns {Promise<HTMLLIElement | undefined>} */
  async function next() {
    if (waiting.length === 0 || Object.keys(diary.state.ratings).length >= enough) {
      try {
        const model = await marquee.model();
        const profile = model.foldIn(diary.state.ratings);
        const known = new Set([...asked, ...answered()]);
        const film = model.telling(profile, (/** @type {number} */ film) => known.has(model.ids[film]));
        if (film >= 0) {
          const index = waiting.findIndex(item => item.dataset.film === model.ids[film]);
          if (index >= 0) return waiting.splice(index, 1)[0];
          const [card] = await model.cards([film]);
          return built(card);
        }
      } catch {
        // Without the model the films of the page are asked about.
      }
    }
    return waiting.shift();
  }

  /** @param {any} card @returns {HTMLLIElement} */
  function built(card) {
    return el('li', { class: 'asked', 'data-film': card.id, 'data-title': card.title, 'data-year': card.year ?? '', 'data-path': card.path },
      marquee.poster(card, true),
      el('div', {}, el('h3', {}, marquee.link(card)), el('p', { class: 'quiet' }, [card.year, card.genres[0]].filter(Boolean).join(' · '))),
      el('div', { class: 'tools' }));
  }

  /** @param {number} count */
  async function add(count) {
    /** @type {HTMLLIElement | undefined} */
    let firstNew;
    for (let index = 0; index < count; index++) {
      const item = await next();
      if (!item) break;
      equip(item);
      list.append(item);
      firstNew ??= item;
    }
    more.hidden = waiting.length === 0 && !firstNew;
    return firstNew;
  }

  /** Puts the next film where the visitor passed one over. @param {HTMLLIElement} item */
  async function replace(item) {
    const hasFocus = item.contains(document.activeElement);
    const other = await next();
    if (other) {
      equip(other);
      item.replaceWith(other);
    } else {
      item.remove();
    }
    if (hasFocus) /** @type {HTMLElement | null} */ ((other ?? list).querySelector('a') ?? document.getElementById('ask'))?.focus();
  }

  function showProgress() {
    const count = Object.keys(diary.state.ratings).length;
    const meter = /** @type {HTMLMeterElement} */ (document.getElementById('Meter'));
    meter.value = Math.min(15, count);
    const goal = goals.find(goal => goal > count);
    const said = count < enough ? marqueeText("rate.left", { count: enough - count })
      : goal ? marqueeText("rate.next", { count, goal }) : marqueeText("rate.plenty", { count });
    /** @type {HTMLElement} */ (document.getElementById('Count')).textContent = said;
    marquee.tell(document.getElementById('Trouble'), marquee.trouble());
  }

  let turn = 0;

  /** The first list, anew after each rating. */
  async function showList() {
    const count = Object.keys(diary.state.ratings).length;
    const own = (turn += 1);
    if (count < enough) {
      first.hidden = true;
      see.hidden = true;
      return;
    }
    try {
      const films = await marquee.recommend(diary.stars(), { count: 12, exclude: diary.known(), tuning: diary.state.tuning });
      const cards = await marquee.films(films.map((/** @type {any} */ { id }) => id));
      if (own !== turn) return;
      row.replaceChildren(...films.flatMap((/** @type {any} */ { id, stars }) => (cards.has(id) ? [marquee.card(cards.get(id), stars)] : [])));
      first.hidden = false;
      see.hidden = false;
    } catch (error) {
      marquee.tell(document.getElementById('Trouble'), marquee.failure(error));
    }
  }

  /** Asks about the film that the visitor has in mind. @param {any} found */
  async function askAbout(found) {
    try {
      const film = await marquee.found(found);
      const there = /** @type {HTMLLIElement | null} */ (list.querySelector(`[data-film="${CSS.escape(film.id)}"]`));
      const waits = waiting.findIndex(item => item.dataset.film === film.id);
      const card = { poster: 'poster p0 m-film v0', genres: found.genres, ...(await marquee.films([film.id]).catch(() => new Map())).get(film.id), ...film };
      const item = there ?? (waits >= 0 ? waiting.splice(waits, 1)[0] : built(card));
      if (!there) equip(item);
      list.prepend(item);
      item.scrollIntoView({ block: 'nearest' });
      item.querySelector('input')?.focus();
    } catch (error) {
      marquee.tell(document.getElementById('Trouble'), marquee.failure(error));
    }
  }

  list.classList.add('on');
  const mind = /** @type {HTMLFormElement} */ (document.getElementById('InMind'));
  mind.hidden = false;
  globalThis.marqueeSearch.combobox(mind, askAbout);
  const known = new Set(answered());
  waiting = waiting.filter(item => !known.has(item.dataset.film ?? ''));
  const start = waiting.splice(0, shown);
  for (const item of start) equip(item);
  list.replaceChildren(...start);
  // Who has answered all that the page asks is asked about what the model would like to know.
  if (start.length < shown) void add(shown - start.length);
  more.hidden = false;
  more.addEventListener('click', async () => {
    for (const item of [...list.children]) item.remove();
    const item = await add(shown);
    item?.querySelector('a')?.focus();
  });
  /** @type {HTMLElement} */ (document.getElementById('Progress')).hidden = false;
  diary.listen(() => {
    showProgress();
    showList();
    for (const [id, show] of controls) show(diary.state.ratings[id]?.stars ?? null);
  });
  showProgress();
  showList();
})();
