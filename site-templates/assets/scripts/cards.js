// @ts-check
/** The visitor on pages that are the same for everybody: own stars on the cards of films, and a switch that hides what was seen. */
(() => {
  'use strict';

  const marquee = globalThis.marquee;
  const { diary, element: el } = marquee;
  const cards = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('a[data-film]')]);
  const tools = document.getElementById('ShelfTools');
  const hides = el('input', { type: 'checkbox', id: 'HideSeen', onchange: () => diary.change((/** @type {any} */ state) => { state.hidesSeen = hides.checked; }) });
  const left = el('p', { class: 'quiet', role: 'status' });

  /** What the visitor has to do with a film; empty where nothing. @param {string} id */
  function mark(id) {
    const { ratings, seen, watchlist } = diary.state;
    if (ratings[id]) return el('span', { class: 'own-mark' }, ...marquee.given(ratings[id].stars), el('span', { class: 'hidden' }, ' ' + marqueeText("card.yours")));
    const word = id in seen ? marqueeText("card.seen") : id in watchlist ? marqueeText("card.wanted") : '';
    return word ? el('span', { class: 'own-mark' }, word) : undefined;
  }

  function show() {
    const { ratings, seen, hidden, hidesSeen } = diary.state;
    let missing = 0;
    for (const card of cards) {
      const id = card.dataset.film ?? '';
      card.querySelector('.own-mark')?.remove();
      const made = mark(id);
      if (made) card.append(made);
      const item = card.closest('li');
      if (!item) continue;
      item.hidden = hidesSeen && (id in ratings || id in seen || id in hidden);
      if (item.hidden) missing += 1;
    }
    if (!tools) return;
    tools.hidden = Object.keys(ratings).length + Object.keys(seen).length === 0;
    hides.checked = hidesSeen;
    left.textContent = missing === 0 ? '' : missing === cards.length ? marqueeText("cards.all-seen") : marqueeText("cards.left", { count: missing });
  }

  tools?.append(el('label', {}, hides, ' ' + marqueeText("cards.hide")), left);
  diary.listen(show);
  show();
})();
