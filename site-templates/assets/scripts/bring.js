// @ts-check
/** The box that takes files of other services: what was found in them, what was not, and the choice of a film by hand. */
(() => {
  'use strict';

  const marquee = globalThis.marquee;
  const { diary, element: el } = marquee;
  const box = /** @type {HTMLDetailsElement} */ (document.getElementById('Bring'));
  const drop = /** @type {HTMLElement} */ (document.getElementById('Drop'));
  const result = /** @type {HTMLElement} */ (document.getElementById('ImportResult'));
  const input = /** @type {HTMLInputElement} */ (document.getElementById('Import'));
  const scale = marquee.stars.scaleOf(box);
  /** As many titles as are offered for a choice by hand. */
  const offered = 50;
  let choosers = 0;

  /**
   * What files say, with the choices that the visitor has made by hand.
   * @param {File[]} files @param {{person?: string, everybody?: boolean}} [whose]
   */
  marquee.gather = async (files, whose = {}) => {
    const imports = await marquee.need('imports');
    const choices = Object.fromEntries(Object.entries(diary.state.choices).map(([key, { id }]) => [key, id]));
    return imports.read(files, scale, { ...whose, choices });
  };

  /** Shows what came of it where the visitor looks next. */
  function goOn() {
    box.open = false;
    setTimeout(() => {
      const goal = document.getElementById(box.dataset.goal ?? '');
      const place = goal?.checkVisibility() ? goal : /** @type {HTMLElement} */ (box.querySelector('summary'));
      place.focus({ preventScroll: true });
      place.scrollIntoView({ block: 'start' });
    });
  }

  /**
   * A film that was not found, with a way to find it by hand.
   * @param {any} missing @param {any} addition The diary to which it will belong. @param {() => boolean} isAdded Whether that has been added.
   */
  function chooser(missing, addition, isAdded) {
    const { key, title, year, stars, on, shelf } = missing;
    const name = title + (year ? ` (${year})` : '');
    const item = el('li', {}, el('bdi', {}, name), ' ');
    const choose = async (/** @type {any} */ found) => {
      try {
        const { id, ...film } = await marquee.found(found);
        const target = isAdded() ? diary.checked({ ratings: {} }) : addition;
        target[shelf][id] = stars === undefined ? { ...film, on } : { ...film, on, stars };
        if (isAdded()) diary.merge(target);
        diary.change((/** @type {any} */ state) => { state.choices[key] = { ...film, on: '', id }; });
        item.replaceChildren(el('bdi', {}, name), ' ', el('span', { class: 'chosen', role: 'status' }, '→ ', el('bdi', {}, film.title)));
      } catch (error) {
        item.append(el('p', { class: 'trouble' }, marquee.failure(error)));
      }
    };
    const opener = el('button', { type: 'button', class: 'plain-button', onclick: () => {
      const id = `Chosen${(choosers += 1)}`;
      const form = el('form', { class: 'find', role: 'search', 'aria-label': marqueeText("import.choose", { title: name }) },
        el('label', { class: 'hidden', for: id }, marqueeText("import.choose", { title: name })), el('input', { id, name: 'q', type: 'search', value: title }));
      opener.replaceWith(form);
      const field = globalThis.marqueeSearch.combobox(form, choose);
      field.focus();
      field.dispatchEvent(new Event('input'));
    } }, marqueeText("import.find"), el('span', { class: 'hidden' }, ' ' + name));
    item.append(opener);
    return item;
  }

  /**
   * @param {File[]} files @param {{person?: string, everybody?: boolean}} [whose] Whose ratings to take, where there are those of
   *   several people.
   * @param {any[]} [entries] What the browser knows of a drop: which of it are folders.
   */
  async function take(files, whose = {}, entries = []) {
    box.open = true;
    result.replaceChildren(el('p', {}, marqueeText("loading")));
    try {
      const given = await (await marquee.need('imports')).dropped(entries, files);
      const found = await marquee.gather(given, whose);
      let isAdded = false;
      const isEmpty = ['ratings', 'seen', 'watchlist', 'hidden', 'lists'].every(shelf => Object.keys(found.diary[shelf]).length === 0);
      result.replaceChildren(...marquee.imports.report(found, {
        choose: (/** @type {{person?: string, everybody?: boolean}} */ whose) => take(given, whose),
        add: () => {
          const undo = diary.undoingAll();
          diary.merge(found.diary);
          isAdded = true;
          const [rated, seen, wanted] = ['ratings', 'seen', 'watchlist'].map(shelf => Object.keys(found.diary[shelf]).length);
          marquee.notice([marqueeText("import.taken"), [marqueeText("import.rated", { count: rated }), marqueeText("import.seen", { count: seen }),
            marqueeText("import.wanted", { count: wanted })].join(', ')].join(' '), undo);
          goOn();
        },
        unmatched: (/** @type {any[]} */ films) => [el('details', { class: 'unmatched', open: films.length <= 10 },
          el('summary', {}, marqueeText("import.unmatched", { count: films.length })),
          el('p', { class: 'quiet' }, marqueeText("import.by-hand")),
          el('ul', {}, ...films.slice(0, offered).map(film => chooser(film, found.diary, () => isAdded)),
            ...films.slice(offered).map(({ title, year }) => el('li', {}, el('bdi', {}, title), year ? ` (${year})` : ''))))],
      }), ...(isEmpty && found.services.length > 0 && found.people.length === 0 ? [el('p', { class: 'quiet' }, marqueeText("import.none"))] : []));
    } catch (error) {
      result.replaceChildren(el('p', { class: 'trouble' }, marquee.failure(error)));
    }
  }

  input.addEventListener('change', () => { void take([...(input.files ?? [])]); });
  for (const type of ['dragenter', 'dragover']) drop.addEventListener(type, () => drop.classList.add('over'));
  for (const type of ['dragleave', 'drop']) drop.addEventListener(type, () => drop.classList.remove('over'));
  // A file that misses the place must not replace the page.
  addEventListener('dragover', event => event.preventDefault());
  addEventListener('drop', event => {
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    // Folders can be told from files only while the drop is handled.
    const entries = [...(event.dataTransfer?.items ?? [])].map(item => item.webkitGetAsEntry?.() ?? null);
    if (files.length > 0) void take(files, {}, entries);
  });

  /** Who has nothing yet sees the box open where the page is for it. */
  const show = () => {
    if (box.dataset.opens === 'empty' && Object.keys(diary.state.ratings).length === 0) box.open = true;
  };
  if (location.hash === '#Bring') box.open = true;
  diary.listen(show);
  show();
})();
