// @ts-check
/** A list of films in the visitor's own order: the film first that they would probably like best. */
(() => {
  'use strict';

  const marquee = globalThis.marquee;
  const { diary, enough, element: el } = marquee;
  const list = /** @type {HTMLElement} */ (document.getElementById('Films'));
  const place = /** @type {HTMLElement} */ (document.getElementById('Order'));
  const items = /** @type {HTMLLIElement[]} */ ([...list.children]);
  const idOf = (/** @type {HTMLElement} */ item) => /** @type {HTMLElement | null} */ (item.querySelector('a[data-film]'))?.dataset.film ?? '';
  const said = el('p', { class: 'quiet', role: 'status' });
  const choice = (/** @type {boolean} */ isMine, /** @type {string} */ text) =>
    el('button', { type: 'button', 'aria-pressed': String(!isMine), 'data-order': isMine ? 'mine' : 'given', onclick: () => order(isMine) }, text);
  const choices = [choice(false, marqueeText("order.given")), choice(true, marqueeText("order.mine"))];
  let isMine = false;
  let turn = 0;

  /** @param {boolean} mine */
  async function order(mine) {
    isMine = mine;
    const own = (turn += 1);
    for (const button of choices) button.setAttribute('aria-pressed', String((button.dataset.order === 'mine') === mine));
    if (!mine) {
      for (const item of items) item.querySelector('.for-you')?.remove();
      list.replaceChildren(...items);
      said.textContent = '';
      return;
    }
    try {
      const films = await marquee.recommend(diary.stars(), { count: items.length, within: items.map(idOf) });
      if (own !== turn) return;
      const places = new Map(films.map((/** @type {any} */ { id }, /** @type {number} */ at) => [id, at]));
      const rank = (/** @type {HTMLElement} */ item) => places.get(idOf(item)) ?? films.length;
      for (const item of items) {
        item.querySelector('.for-you')?.remove();
        const film = films[rank(item)];
        if (film) item.append(el('p', { class: 'for-you' }, marqueeText("order.stars", { stars: marquee.decimal(film.stars) })));
      }
      list.replaceChildren(...[...items].sort((a, b) => rank(a) - rank(b)));
      const rest = items.length - films.length;
      said.textContent = films.length === 0 ? marqueeText("order.none") : rest > 0 ? marqueeText("order.rest", { count: rest }) : marqueeText("order.done");
    } catch (error) {
      said.textContent = marquee.failure(error);
    }
  }

  function show() {
    place.hidden = Object.keys(diary.state.ratings).length < enough;
    if (place.hidden && isMine) void order(false);
    else if (isMine) void order(true);
  }

  place.append(el('div', { class: 'sort', role: 'group', 'aria-label': marqueeText("order") }, ...choices), said);
  diary.listen(show);
  show();
})();
