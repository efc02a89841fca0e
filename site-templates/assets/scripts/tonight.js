// @ts-check
/** One film for tonight: out of the top of the visitor's list, the same for the whole evening until another is asked for. */
(() => {
  'use strict';

  const marquee = globalThis.marquee;
  const { diary, element: el } = marquee;
  /** How far down the list it goes. */
  const depth = 30;
  let asked = 0;
  /** @type {HTMLDialogElement} */
  let dialog;

  /** A number from 0 to 1 that is the same all evening. @param {string} words */
  function drawn(words) {
    let hash = 2166136261;
    for (const letter of words) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619) >>> 0;
    return ((Math.imul(hash ^ (hash >>> 15), 2246822519) >>> 0) % 100_003) / 100_003;
  }

  async function show() {
    const { watchlist, seen, hidden, tuning } = diary.state;
    const films = await marquee.recommend(diary.stars(), {
      count: depth, exclude: [...Object.keys(seen), ...Object.keys(hidden)], tuning,
    });
    // The first films of the list more often than the last.
    const place = Math.floor(films.length * drawn(diary.today() + asked) ** 2);
    const film = films[place];
    const card = film && (await marquee.films([film.id])).get(film.id);
    if (!card) return dialog.replaceChildren(el('p', {}, marquee.noFilm(tuning)), closing());
    const kept = { title: card.title, year: card.year, path: card.path };
    dialog.replaceChildren(
      el('div', { class: 'tonight' }, marquee.poster(card, true), el('div', {},
        el('h2', { id: 'TonightTitle' }, marquee.link(card), ...(card.year ? [' ', el('span', { class: 'quiet' }, String(card.year))] : [])),
        el('p', { class: 'quiet' }, card.genres.join(', ')),
        el('p', {}, el('i', { class: 'star' }), ' ' + marquee.decimal(film.stars), el('span', { class: 'hidden' }, ' ' + marqueeText("predicted"))),
        marquee.because(film.because, diary.state.ratings))),
      el('p', { class: 'actions' },
        el('button', { type: 'button', class: 'button', id: 'AnotherTonight', onclick: () => { asked += 1; void show(); } }, marqueeText("tonight.another")),
        ...(film.id in watchlist ? [] : [el('button', { type: 'button', class: 'plain-button', onclick: () => { dialog.close(); marquee.shelve('watchlist', film.id, kept); } }, marqueeText("want"))]),
        el('button', { type: 'button', class: 'plain-button', onclick: () => { dialog.close(); marquee.shelve('seen', film.id, kept); } }, marqueeText("seen")),
        closing()));
    /** @type {HTMLElement | null} */ (dialog.querySelector('#AnotherTonight'))?.focus();
  }

  const closing = () => el('button', { type: 'button', class: 'plain-button', onclick: () => dialog.close() }, marqueeText("close"));

  marquee.tonight = {
    async open() {
      if (!dialog) {
        dialog = el('dialog', { class: 'wide', 'aria-label': marqueeText("tonight") });
        document.getElementById('Content')?.append(dialog);
      }
      await show();
      if (!dialog.open) dialog.showModal();
    },
  };
})();
