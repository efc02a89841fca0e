// @ts-check
/** The lists of a member's page: each has an address, `#list-ease`, which shows it and changes with the choice. */
(() => {
  'use strict';

  const inputs = () => /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll('.switch input[name="model"]')]);

  /** Shows the list that the address names, where it names one. */
  const follow = () => {
    const wanted = inputs().find((input) => '#' + input.value === decodeURIComponent(location.hash));
    if (!wanted) return;
    wanted.checked = true;
    document.getElementById(wanted.value)?.scrollIntoView();
  };

  document.addEventListener('change', (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (inputs().includes(input)) history.replaceState(null, '', location.pathname + location.search + '#' + input.value);
  });
  addEventListener('hashchange', follow);
  // Where members share one page, their script draws it later.
  document.addEventListener('marquee:member', follow);
  follow();
})();
