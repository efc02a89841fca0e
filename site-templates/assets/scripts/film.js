// @ts-check
/** A film's page: the visitor's stars, what they would probably give, and the shelves it can be put on. */
(() => {
  'use strict';

  const marquee = globalThis.marquee;
  const { diary, enough, element: el } = marquee;
  const place = /** @type {HTMLElement} */ (document.getElementById('Own'));
  const { film: id = '', title = '', year, path } = place.dataset;
  const film = { title, year: Number(year) || undefined, path };
  const scale = marquee.stars.scaleOf(place);
  const control = marquee.stars.control({
    title, scale, value: diary.state.ratings[id]?.stars ?? null,
    rate: (/** @type {number | null} */ stars) => diary.rate(id, film, stars),
  });
  const shelf = (/** @type {'watchlist' | 'seen' | 'hidden'} */ name, /** @type {string} */ text) =>
    el('button', { type: 'button', class: 'plain-button', 'data-shelf': name, onclick: () => marquee.shelve(name, id, film) }, text);
  const shelves = [shelf('watchlist', marqueeText("want")), shelf('seen', marqueeText("seen")), shelf('hidden', marqueeText("hide"))];
  const lists = el('div', { class: 'buttons' });
  const guess = el('div', { class: 'probably', 'aria-live': 'polite' });
  const trouble = el('p', { class: 'trouble', hidden: true, role: 'alert' });
  place.append(control.element, guess, el('div', { class: 'buttons' }, ...shelves), lists, trouble);

  const spoken = document.getElementById('Language');
  if (spoken) spoken.textContent = marquee.languageName(spoken.dataset.code ?? '');

  let turn = 0;

  async function show() {
    control.show(diary.state.ratings[id]?.stars ?? null);
    for (const button of shelves) button.setAttribute('aria-pressed', String(id in diary.state[button.dataset.shelf]));
    lists.replaceChildren(...diary.state.lists.map((/** @type {any} */ list, /** @type {number} */ index) =>
      el('button', { type: 'button', class: 'plain-button', 'aria-pressed': String(id in list.films), onclick: () => diary.change((/** @type {any} */ state) => {
        const films = state.lists[index]?.films;
        if (!films) return;
        if (id in films) delete films[id];
        else films[id] = { ...film, on: diary.today() };
      }) }, marqueeText("onto", { list: list.name }))));
    marquee.tell(trouble, marquee.trouble());
    const own = (turn += 1);
    const count = Object.keys(diary.state.ratings).length;
    if (id in diary.state.ratings) return guess.replaceChildren();
    if (count < enough) {
      return guess.replaceChildren(el('p', { class: 'quiet' }, marqueeText("film.more", { count: enough - count })));
    }
    try {
      const [found] = await marquee.recommend(diary.stars(), { count: 1, within: [id] });
      if (own !== turn) return;
      if (!found) return guess.replaceChildren(el('p', { class: 'quiet' }, marqueeText("film.unknown")));
      guess.replaceChildren(el('p', {}, marqueeText("film.probably")), marquee.guess(found, scale), marquee.because(found.because, diary.state.ratings));
    } catch (error) {
      marquee.tell(trouble, marquee.failure(error));
    }
  }

  diary.listen(show);
  show();
})();
