// @ts-check
/** A visitor's shelves: watchlist, own lists, diary, seen and hidden films, figures. */
(() => {
  'use strict';

  const marquee = globalThis.marquee;
  const { diary, enough, element: el } = marquee;
  const at = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
  const scale = marquee.stars.scaleOf(at('You'));
  /** How much of a shelf is shown at first, and how much more at a time. */
  const [first, further] = [20, 200];
  /** How many films are shown, by the id of the shelf. @type {Record<string, number>} */
  const shown = {};
  /** The model and what draws figures, once they are there. @type {any} */
  let model;
  /** @type {any} */
  let figures;

  const button = (/** @type {string} */ text, /** @type {string} */ title, /** @type {() => void} */ onclick) =>
    el('button', { type: 'button', class: 'plain-button', onclick }, text, el('span', { class: 'hidden' }, ' ' + title));
  const year = (/** @type {any} */ film) => (film.year ? [' ', el('span', { class: 'quiet' }, String(film.year))] : []);
  const latestFirst = (/** @type {Record<string, any>} */ shelf) => /** @type {[string, any][]} */ (Object.entries(shelf)
    .sort((a, b) => b[1].on.localeCompare(a[1].on) || a[1].title.localeCompare(b[1].title)));

  /** Shows a part of a shelf, with a way to see more of it. @param {string} id @param {[string, any][]} films @param {(id: string, film: any, place: number) => Node} line */
  function part(id, films, line) {
    const count = (shown[id] ??= first);
    at(id).replaceChildren(...films.slice(0, count).map(([film, kept], place) => line(film, kept, place)));
    const more = at('More' + id);
    more.hidden = films.length <= count;
    more.textContent = marqueeText("more", { count: Math.min(further, films.length - count) });
  }

  for (const more of document.querySelectorAll('[data-more]')) {
    const id = /** @type {HTMLElement} */ (more).dataset.more ?? '';
    more.addEventListener('click', () => {
      const place = shown[id] ?? first;
      shown[id] = place + further;
      show();
      at(id).children[place]?.querySelector('a, input, button')?.focus();
    });
  }

  /** The films of a shelf, each with a way off it. @param {'seen' | 'hidden' | 'passed'} name @param {string} id */
  function shelf(name, id) {
    const films = latestFirst(diary.state[name]);
    at(id + 'Part').hidden = films.length === 0;
    part(id, films, (film, kept) => el('li', { 'data-film': film },
      el('span', { class: 'name' }, marquee.link(kept), ...year(kept)), off(name, film, kept)));
  }

  /** @param {'watchlist' | 'seen' | 'hidden'} name @param {string} film @param {any} kept */
  const off = (name, film, kept) => button(marqueeText("remove"), kept.title, () => marquee.shelve(name, film, kept));

  let turn = 0;

  /** The watchlist in the order of the list, with stars; films that the model does not know stand behind, the latest first. */
  async function showWatchlist() {
    const { watchlist, ratings } = diary.state;
    const own = (turn += 1);
    const films = latestFirst(watchlist);
    at('WatchlistPart').hidden = films.length === 0;
    /** @type {Map<string, any>} */
    let guesses = new Map();
    const draw = () => {
      const places = new Map([...guesses.keys()].map((id, place) => [id, place]));
      const sorted = [...films].sort((a, b) => (places.get(a[0]) ?? films.length) - (places.get(b[0]) ?? films.length));
      part('Watchlist', sorted, (film, kept) => {
        const guess = guesses.get(film);
        return el('li', { 'data-film': film, 'data-stars': guess?.stars },
          el('span', { class: 'name' }, marquee.link(kept), ...year(kept)),
          ...(guess ? [el('span', { class: 'given' }, el('i', { class: 'star' }), ' ' + marquee.decimal(guess.stars), el('span', { class: 'hidden' }, ' ' + marqueeText("predicted")))] : []),
          button(marqueeText("seen"), kept.title, () => marquee.shelve('seen', film, kept)), off('watchlist', film, kept));
      });
    };
    if (films.length === 0 || Object.keys(ratings).length < enough) return draw();
    try {
      const found = await marquee.recommend(diary.stars(), { count: films.length, within: films.map(([id]) => id) });
      if (own !== turn) return;
      guesses = new Map(found.map((/** @type {any} */ film) => [film.id, film]));
    } catch {
      // Without the model the latest stand first.
    }
    if (own === turn) draw();
  }

  function showLists() {
    at('Lists').replaceChildren(...diary.state.lists.map((/** @type {any} */ list, /** @type {number} */ index) => {
      const films = /** @type {[string, any][]} */ (Object.entries(list.films));
      return el('div', { class: 'own-list' }, el('h3', {}, el('bdi', {}, list.name)),
        films.length
          ? el('ul', { class: 'shelf-list plain' }, ...films.map(([id, film]) => el('li', {}, el('span', { class: 'name' }, marquee.link(film), ...year(film)),
            button(marqueeText("remove"), film.title, () => diary.change((/** @type {any} */ state) => { delete state.lists[index]?.films[id]; })))))
          : el('p', { class: 'quiet' }, marqueeText("list.empty")),
        el('div', { class: 'buttons' },
          button(marqueeText("list.copy"), list.name, () => marquee.copy(list.name, films.map(([, film]) => film))),
          button(marqueeText("list.delete"), list.name, () => {
            const undo = diary.undoingAll();
            diary.change((/** @type {any} */ state) => { state.lists.splice(index, 1); });
            marquee.notice(marqueeText("said.list-gone", { list: list.name }), undo);
          })));
    }));
  }

  function showDiary() {
    const entries = latestFirst(diary.state.ratings);
    at('DiaryPart').hidden = entries.length === 0;
    part('Diary', entries, (id, film) => {
      const date = el('input', { type: 'date', value: film.on, max: '2999-12-31', 'aria-label': marqueeText("diary.date", { title: film.title }),
        onchange: () => diary.change((/** @type {any} */ state) => { if (state.ratings[id]) state.ratings[id].on = date.value; }) });
      return el('li', { 'data-film': id }, el('span', { class: 'name' }, marquee.link(film), ...year(film)), date,
        el('span', { class: 'given' }, ...marquee.given(film.stars)),
        button(marqueeText("remove"), film.title, () => {
          const undo = diary.undoing(id);
          diary.rate(id, film, null);
          marquee.notice(marqueeText("said.unrated", { title: film.title }), undo);
        }));
    });
  }

  function showFigures() {
    const { ratings, seen } = diary.state;
    const isThere = Object.keys(ratings).length > 0;
    at('FiguresPart').hidden = !isThere;
    if (isThere && !figures) {
      Promise.all([marquee.need('figures'), marquee.model().catch(() => undefined)]).then(loaded => {
        if (figures) return;
        [figures, model] = loaded;
        showFigures();
      }).catch((/** @type {unknown} */ error) => marquee.tell(at('Trouble'), marquee.failure(error)));
    }
    if (isThere && figures) at('Figures').replaceChildren(...figures.overview(model, diary.state, scale));
    const years = [...new Set([...Object.values(ratings), ...Object.values(seen)].map((/** @type {any} */ { on }) => on.slice(0, 4)).filter(Boolean))].sort().reverse();
    at('YearPart').hidden = years.length === 0 || !figures;
    if (at('YearPart').hidden) return;
    const chosen = years.includes(at('Year').value) ? at('Year').value : years[0];
    at('Year').replaceChildren(...years.map(year => el('option', { value: year, selected: year === chosen }, year)));
    at('YearReview').replaceChildren(...figures.review(model, diary.state, chosen));
  }

  at('Year').addEventListener('change', showFigures);
  at('NewList').addEventListener('submit', (/** @type {any} */ event) => {
    event.preventDefault();
    const name = at('ListName').value.trim();
    if (!name) return;
    diary.change((/** @type {any} */ state) => {
      if (!state.lists.some((/** @type {any} */ list) => list.name === name)) state.lists.push({ name, films: {} });
    });
    at('ListName').value = '';
  });

  function show() {
    void showWatchlist();
    showLists();
    showDiary();
    shelf('seen', 'Seen');
    shelf('hidden', 'Hidden');
    shelf('passed', 'Passed');
    showFigures();
  }

  diary.listen(show);
  show();
})();
