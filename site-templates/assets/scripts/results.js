// @ts-check
/** The page of results: films by title, genre and years. */
(() => {
  'use strict';

  const { load, element, facts, told } = globalThis.marqueeSearch;
  const form = /** @type {HTMLFormElement} */ (document.querySelector('form[data-search="page"]'));
  const results = /** @type {HTMLElement} */ (document.getElementById('Results'));
  const status = /** @type {HTMLElement} */ (document.getElementById('ResultCount'));
  const names = ['q', 'genre', 'from', 'to'];
  const field = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  const given = new URLSearchParams(location.search);
  for (const name of names) field(name).value = given.get(name) ?? '';
  let asked = 0;

  const answer = async () => {
    asked += 1;
    const mine = asked;
    const isAsked = names.some((name) => field(name).value.trim() !== '');
    try {
      const { find, browsed } = await load();
      const found = await find(field('q').value.trim(), {
        genre: field('genre').value, from: Number(field('from').value), to: Number(field('to').value),
      });
      if (mine !== asked) return;
      results.replaceChildren(...found.slice(0, browsed).map((/** @type {any} */ film) => element('li', {},
        element('a', { href: film.address }, element('bdi', {}, film.title)), ' ', element('span', { class: 'quiet' }, facts(film)))));
      status.textContent = !isAsked ? ''
        : found.length > browsed ? marqueeText("search-first", { count: found.length, shown: browsed }) : told(found.length);
    } catch {
      if (mine === asked) status.textContent = marqueeText("search-failed");
    }
  };
  const change = () => {
    const address = new URL(location.href);
    for (const name of names) {
      if (field(name).value) address.searchParams.set(name, field(name).value);
      else address.searchParams.delete(name);
    }
    history.replaceState(null, '', address);
    void answer();
  };
  // What an input method is still putting together is no question yet.
  form.addEventListener('input', (event) => {
    if (!(/** @type {InputEvent} */ (event).isComposing)) change();
  });
  form.addEventListener('compositionend', change);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    change();
  });
  void answer();
})();
