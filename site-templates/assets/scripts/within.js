// @ts-check
/** A list from elsewhere in the visitor's order: the list of a service as a file, or titles, one on a line. */
(() => {
  'use strict';

  const marquee = globalThis.marquee;
  const { diary, enough, element: el } = marquee;
  const at = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
  /** The columns of lists, by what stands in them; in small letters and without blanks. */
  const columns = { title: ['title', 'name', 'originaltitle'], year: ['year'], imdb: ['const', 'imdbid', 'imdb'], tmdb: ['tmdbid', 'tmdb'] };
  /** The films of the last list. @type {any[]} */
  let films = [];
  let missing = 0;
  let turn = 0;

  /**
   * The films that a text names: a table whose first lines say what its columns are, or a title on each line.
   * @param {string} text @param {any} importing @returns {{title: string, year?: number, imdb?: number, tmdb?: number}[]}
   */
  function entries(text, importing) {
    const { rows } = importing.table(text);
    const places = (/** @type {string[]} */ fields) => Object.fromEntries(Object.entries(columns)
      .map(([kind, names]) => [kind, fields.findIndex(field => names.includes(importing.plain(field)))]));
    // Letterboxd begins with what the list itself is called; its films come under a second head.
    const heads = rows.slice(0, 12).map((/** @type {any} */ row, /** @type {number} */ place) => ({ place, found: places(row.fields) }))
      .filter((/** @type {any} */ { found, place }) => (found.title >= 0 || found.imdb >= 0 || found.tmdb >= 0) && rows[place].fields.length > 1);
    const head = heads.at(-1);
    if (!head) return text.split(/\r?\n|\r/).map(line => line.replace(/^\s*(\d+[.)]|[-*•])\s+/, '').trim()).filter(Boolean).map(line => importing.titled(line, undefined));
    const { title, year, imdb, tmdb } = head.found;
    const digits = (/** @type {string | undefined} */ field) => Number(/(\d+)\/?$/.exec(field ?? '')?.[1]) || undefined;
    return rows.slice(head.place + 1).map((/** @type {any} */ { fields }) => ({
      ...importing.titled(fields[title] ?? '', Number(/\d{4}/.exec(fields[year] ?? '')?.[0]) || undefined), imdb: digits(fields[imdb]), tmdb: digits(fields[tmdb]),
    })).filter((/** @type {any} */ entry) => entry.title || entry.imdb || entry.tmdb);
  }

  /** @param {Uint8Array<ArrayBuffer> | string} given */
  async function take(given) {
    try {
      const imports = await marquee.need('imports');
      const { importing } = marquee;
      const found = entries(typeof given === 'string' ? given : importing.decoded(given), importing);
      const catalogue = await imports.films();
      const places = new Set(found.map(entry => catalogue.matcher.match(entry)?.film).filter(place => place !== undefined));
      films = [...places].map(place => catalogue.films[/** @type {number} */ (place)]);
      missing = Math.max(0, found.length - films.length);
      await show();
    } catch (error) {
      at('WithinSaid').textContent = marquee.failure(error);
    }
  }

  async function show() {
    const own = (turn += 1);
    const { ratings } = diary.state;
    const ranked = films.length > 0 && Object.keys(ratings).length >= enough
      ? await marquee.recommend(diary.stars(), { count: films.length, within: films.map(({ id }) => id) }) : [];
    if (own !== turn) return;
    const order = new Map(ranked.map((/** @type {any} */ film, /** @type {number} */ place) => [film.id, { ...film, place }]));
    const sorted = [...films].sort((a, b) => (order.get(a.id)?.place ?? films.length) - (order.get(b.id)?.place ?? films.length));
    at('WithinList').replaceChildren(...sorted.map(film => {
      const given = ratings[film.id]?.stars;
      const guess = order.get(film.id);
      return el('li', { 'data-film': film.id }, el('span', { class: 'name' }, marquee.link(film), ...(film.year ? [' ', el('span', { class: 'quiet' }, String(film.year))] : [])),
        el('span', { class: given === undefined ? 'given' : 'given quiet' }, ...(given !== undefined ? [marqueeText("together.given", { stars: marquee.areLikes ? marqueeText("stars", { count: given }) : given })]
          : guess ? [el('i', { class: 'star' }), ' ' + marquee.decimal(guess.stars), el('span', { class: 'hidden' }, ' ' + marqueeText("predicted"))] : [])));
    }));
    at('WithinSaid').textContent = films.length + missing === 0 ? ''
      : [marqueeText("within.found", { count: films.length }), ...(missing > 0 ? [marqueeText("within.missing", { count: missing })] : [])].join(' ');
  }

  const field = at('WithinFile');
  field.addEventListener('change', async () => {
    if (field.files[0]) await take(new Uint8Array(await field.files[0].arrayBuffer()));
  });
  at('Within').addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault();
    void take(at('WithinText').value);
  });
  at('WithinPart').addEventListener('drop', async (/** @type {DragEvent} */ event) => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    event.stopPropagation();
    await take(new Uint8Array(await file.arrayBuffer()));
  });
  const offer = () => {
    at('WithinPart').hidden = Object.keys(diary.state.ratings).length < enough;
    if (films.length > 0) show().catch(error => { at('WithinSaid').textContent = marquee.failure(error); });
  };
  diary.listen(offer);
  offer();
})();
