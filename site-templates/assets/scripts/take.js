// @ts-check
/** What a visitor takes along: everything as one file, and single shelves as files that other services import. */
(() => {
  'use strict';

  const marquee = globalThis.marquee;
  const { diary, element: el } = marquee;
  const at = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
  const { maximum } = marquee.stars.scaleOf(at('You'));

  /** @typedef {{id: string, title: string, year?: number, on: string, stars?: number, imdb: string, tmdb: number}} Kept A film as a file names it. */

  /** What films are called elsewhere, by their id here. @returns {Promise<(id: string) => {imdb: string, tmdb: number}>} */
  async function identities() {
    const taste = await marquee.need('taste');
    const [model, { imdb, tmdb }, more] = await Promise.all([marquee.model(), taste.ids(), taste.more()]);
    const others = new Map(more.map((/** @type {any[]} */ [id, , , , imdb, tmdb]) => [String(id), { imdb, tmdb }]));
    return id => {
      const place = model.places.get(id);
      const known = place === undefined ? others.get(id) : { imdb: imdb[place], tmdb: tmdb[place] };
      return { imdb: known?.imdb ? 'tt' + String(known.imdb).padStart(7, '0') : '', tmdb: known?.tmdb ?? 0 };
    };
  }

  /** A rating out of ten. @param {number} stars */
  const ofTen = stars => Math.max(1, Math.round((10 * stars) / maximum));

  /** @param {(string | number)[][]} rows */
  const table = rows => rows.map(row => row.map(field => (/[",\n\r]/.test(String(field)) ? `"${String(field).replace(/"/g, '""')}"` : String(field))).join(',') + '\r\n').join('');

  /** The files that can be made of films. @type {Record<string, {name: string, type: string, write: (films: Kept[], isWanted: boolean) => string}>} */
  const formats = {
    letterboxd: {
      name: 'letterboxd.csv', type: 'text/csv',
      write: films => table([['tmdbID', 'imdbID', 'Title', 'Year', 'Rating10', 'WatchedDate'],
        ...films.map(film => [film.tmdb || '', film.imdb, film.title, film.year ?? '', film.stars === undefined ? '' : ofTen(film.stars), film.stars === undefined ? '' : film.on])]),
    },
    imdb: { name: 'imdb.txt', type: 'text/plain', write: films => films.filter(film => film.imdb).map(film => film.imdb + '\n').join('') },
    trakt: {
      name: 'trakt.json', type: 'application/json',
      write: (films, isWanted) => JSON.stringify(films.map(({ title, year, imdb, tmdb, stars, on }) => {
        const ids = { ...(imdb ? { imdb } : {}), ...(tmdb ? { tmdb } : {}) };
        const time = on ? on + 'T12:00:00Z' : undefined;
        return {
          type: 'movie', ...(imdb ? { imdb_id: imdb } : {}), ...(tmdb ? { tmdb_id: tmdb } : {}),
          ...(stars === undefined ? {} : { rating: ofTen(stars), rated_at: time, watched_at: time }),
          ...(isWanted ? { listed_at: time, watchlisted_at: time } : {}), movie: { title, year, ids },
        };
      }), null, 1) + '\n',
    },
    table: {
      name: 'films.csv', type: 'text/csv',
      write: films => table([['movie', 'title', 'year', 'rating', 'date'], ...films.map(film => [film.id, film.title, film.year ?? '', film.stars ?? '', film.on])]),
    },
  };

  /** The films of what is to be taken along. @param {string} what @returns {any[]} */
  function films(what) {
    const { ratings, watchlist, lists } = diary.state;
    const entries = (/** @type {Record<string, any>} */ shelf) => Object.entries(shelf).map(([id, film]) => ({ id, ...film }));
    if (what === 'ratings') return entries(ratings);
    if (what === 'watchlist') return entries(watchlist);
    if (what === 'picked') return marquee.listed().map((/** @type {any} */ { id, title, year }) => ({ id, title, year, on: '' }));
    return entries(lists[Number(what)]?.films ?? {});
  }

  function offer() {
    const { ratings, watchlist, lists } = diary.state;
    const chosen = at('TakeWhat').value;
    const options = [
      ...(Object.keys(ratings).length ? [['ratings', marqueeText("take.ratings")], ['picked', marqueeText("take.picked")]] : []),
      ...(Object.keys(watchlist).length ? [['watchlist', marqueeText("take.watchlist")]] : []),
      ...lists.map((/** @type {any} */ list, /** @type {number} */ index) => [String(index), list.name]),
    ];
    at('TakeWhat').replaceChildren(...options.map(([value, text]) => el('option', { value, selected: value === chosen }, text)));
    at('Take').hidden = options.length === 0;
  }

  at('Take').addEventListener('submit', async (/** @type {Event} */ event) => {
    event.preventDefault();
    const what = at('TakeWhat').value;
    const format = formats[at('TakeAs').value];
    try {
      const found = await identities();
      const kept = films(what).map(film => ({ ...film, ...found(film.id) }));
      marquee.save(`marquee-${format.name}`, format.type, format.write(kept, what === 'watchlist'));
      const nameless = kept.filter(film => !film.imdb && !film.tmdb).length;
      at('TakeSaid').textContent = marqueeText("take.done", { count: kept.length }) + (nameless > 0 ? ' ' + marqueeText("take.nameless", { count: nameless }) : '');
    } catch (error) {
      at('TakeSaid').textContent = marquee.failure(error);
    }
  });

  /** Films as text for the clipboard, or as a file where there is none. @param {string} name @param {any[]} films */
  marquee.copy = async (name, films) => {
    const text = films.map(({ title, year, stars }, index) =>
      `${index + 1}. ${title}${year ? ` (${year})` : ''}${stars === undefined ? '' : `, ${marquee.areLikes ? '♥' : '★'} ${marquee.decimal(stars)}`}`).join('\n') + '\n';
    try {
      await navigator.clipboard.writeText(text);
      marquee.notice(marqueeText("said.copied"));
    } catch {
      marquee.save(`${name.replace(/[^\p{L}\p{N}]+/gu, '-') || 'list'}.txt`, 'text/plain', text);
    }
  };

  at('Export').addEventListener('click', () => marquee.save('marquee-diary.json', 'application/json', diary.exported()));
  at('Erase').addEventListener('click', () => at('EraseDialog').showModal());
  for (const button of at('EraseDialog').querySelectorAll('button')) {
    button.addEventListener('click', () => at('EraseDialog').close(button.value));
  }
  at('EraseDialog').addEventListener('close', () => {
    if (at('EraseDialog').returnValue !== 'yes') return;
    diary.erase();
    marquee.notice(marqueeText("said.erased"));
  });
  diary.listen(offer);
  offer();
})();
