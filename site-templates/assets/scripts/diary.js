// @ts-check
/**
 * What a visitor rated, hid and noted: kept in this browser, nowhere else.
 *
 * @typedef {object} Film What is kept of a film, so that pages can name it without asking for it.
 * @property {string} title
 * @property {number} [year]
 * @property {string} [path] Its page, from the site's root.
 *
 * @typedef {Film & {stars: number, on: string}} Rated
 *   `on` is the day it was seen or rated, as 2026-03-31; empty where it is not known.
 * @typedef {Film & {on: string}} Noted
 *
 * @typedef {object} Diary
 * @property {number} version
 * @property {Record<string, Rated>} ratings By id of the film, as in all that follows.
 * @property {Record<string, Noted>} watchlist
 * @property {Record<string, Noted>} seen Seen, and not rated.
 * @property {Record<string, Noted>} hidden
 * @property {Record<string, Noted>} passed Asked about, and not known to the visitor.
 * @property {{name: string, films: Record<string, Noted>}[]} lists
 * @property {Tuning} tuning What the list should be like.
 * @property {Record<string, Film & {id: string}>} choices Films that were chosen by hand, by the title of an export.
 * @property {boolean} hidesSeen Whether shelves leave out what was seen.
 *
 * @typedef {object} Tuning
 * @property {'known' | 'between' | 'little'} [fame]
 * @property {number} [from] The first year.
 * @property {number} [to] The last year.
 * @property {number} [shortest] Minutes at least.
 * @property {number} [longest] Minutes at most.
 * @property {string} [language] The code of what is spoken.
 * @property {Record<string, 1 | -1 | 'never'>} [genres] More, less or nothing of a genre, by its name.
 * @property {true} [unusual] The list that leaves the beaten track.
 */
(() => {
  'use strict';

  const root = document.documentElement.dataset.root || './';
  const place = 'marquee ' + new URL(root, location.href).pathname;
  const shelves = /** @type {const} */ (['ratings', 'watchlist', 'seen', 'hidden', 'passed']);

  /** @type {Diary} */
  let state = blank();
  /** Why changes do not outlast this page; empty where they do. */
  let trouble = '';
  /** @type {(() => void)[]} */
  const listeners = [];

  /** @returns {Diary} */
  function blank() {
    return {
      version: 1, ratings: {}, watchlist: {}, seen: {}, hidden: {}, passed: {}, lists: [], tuning: {}, choices: {}, hidesSeen: false,
    };
  }

  /** @param {unknown} value @returns {value is Record<string, any>} */
  const isRecord = value => typeof value === 'object' && value !== null && !Array.isArray(value);

  /** A day as the diary keeps it; empty for anything else. @param {unknown} value */
  function day(value) {
    return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : '';
  }

  /** @param {unknown} value @returns {Noted | undefined} */
  function film(value) {
    if (!isRecord(value) || typeof value.title !== 'string') return undefined;
    /** @type {Noted} */
    const result = { title: value.title.slice(0, 500), on: day(value.on) };
    if (Number.isInteger(value.year)) result.year = value.year;
    // A path leads to a film of this site and nowhere else.
    if (typeof value.path === 'string' && /^movies\/[^/?#\\:]+\/(index\.html)?$/.test(value.path)) result.path = value.path;
    return result;
  }

  /** @param {unknown} value @returns {Tuning} */
  function tuning(value) {
    /** @type {Tuning} */
    const result = {};
    if (!isRecord(value)) return result;
    if (['known', 'between', 'little'].includes(value.fame)) result.fame = value.fame;
    for (const name of /** @type {const} */ (['from', 'to', 'shortest', 'longest'])) {
      if (Number.isInteger(value[name])) result[name] = value[name];
    }
    if (typeof value.language === 'string' && /^[a-z]{2}$/.test(value.language)) result.language = value.language;
    const genres = Object.entries(isRecord(value.genres) ? value.genres : {})
      .filter(([name, wish]) => name !== '__proto__' && (wish === 1 || wish === -1 || wish === 'never'));
    if (genres.length > 0) result.genres = Object.fromEntries(genres);
    if (value.unusual === true) result.unusual = true;
    return result;
  }

  /** Takes over what is sound of a file or of what was stored. @param {unknown} value @returns {Diary | undefined} */
  function checked(value) {
    if (!isRecord(value) || !isRecord(value.ratings)) return undefined;
    const result = blank();
    for (const shelf of shelves) {
      for (const [id, entry] of Object.entries(isRecord(value[shelf]) ? value[shelf] : {})) {
        const known = film(entry);
        if (!known || id === '__proto__') continue;
        if (shelf !== 'ratings') result[shelf][id] = known;
        else if (Number.isFinite(entry.stars)) result.ratings[id] = { ...known, stars: entry.stars };
      }
    }
    for (const list of Array.isArray(value.lists) ? value.lists : []) {
      if (!isRecord(list) || typeof list.name !== 'string') continue;
      /** @type {Record<string, Noted>} */
      const films = {};
      for (const [id, entry] of Object.entries(isRecord(list.films) ? list.films : {})) {
        const known = film(entry);
        if (known && id !== '__proto__') films[id] = known;
      }
      result.lists.push({ name: list.name.slice(0, 100), films });
    }
    result.tuning = tuning(value.tuning);
    for (const [title, entry] of Object.entries(isRecord(value.choices) ? value.choices : {})) {
      const known = film(entry);
      if (known && title !== '__proto__' && typeof entry.id === 'string') result.choices[title] = { ...known, id: entry.id };
    }
    result.hidesSeen = value.hidesSeen === true;
    return result;
  }

  function load() {
    try {
      const text = localStorage.getItem(place);
      state = (text ? checked(JSON.parse(text)) : undefined) ?? blank();
    } catch (error) {
      if (!(error instanceof SyntaxError)) trouble = 'diary.closed';
      state = blank();
    }
  }

  function save() {
    try {
      localStorage.setItem(place, JSON.stringify(state));
      trouble = '';
    } catch (error) {
      trouble = error instanceof DOMException && error.name === 'QuotaExceededError' ? 'diary.full' : 'diary.closed';
    }
  }

  function tell() {
    for (const listener of listeners) listener();
  }

  load();
  // Another tab has written.
  addEventListener('storage', event => {
    if (event.key !== place && event.key !== null) return;
    load();
    tell();
  });
  // A page that comes back from the history shows what was true when it was left.
  addEventListener('pageshow', event => {
    if (!event.persisted) return;
    load();
    tell();
  });

  const marquee = (globalThis.marquee ??= {});
  marquee.root = root;
  marquee.diary = {
    /** What is kept; not to be changed in place. */
    get state() { return state; },
    /** The name of a text that says why nothing is kept; empty where all is well. */
    get trouble() { return trouble; },
    /** Today, as the diary writes days. */
    today: () => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10),
    /** @param {() => void} listener Called after every change, of other tabs too. */
    listen: listener => { listeners.push(listener); },
    /** @param {(diary: Diary) => void} edit */
    change(edit) {
      // What another tab wrote meanwhile must not be lost.
      if (!trouble) load();
      edit(state);
      save();
      tell();
    },
    /** Rates a film; null takes the rating away. @param {string} id @param {Film} film_ @param {number | null} stars */
    rate(id, film_, stars) {
      this.change(diary => {
        if (stars === null) {
          delete diary.ratings[id];
          return;
        }
        diary.ratings[id] = { ...film_, on: diary.ratings[id]?.on || this.today(), stars };
        for (const shelf of shelves) if (shelf !== 'ratings') delete diary[shelf][id];
      });
      // Where somebody is logged in, account.js carries it to their account.
      document.dispatchEvent(new CustomEvent('marquee:rating', { detail: { movie: id, stars } }));
    },
    /** Puts a film on a shelf or takes it off. @param {'watchlist' | 'seen' | 'hidden' | 'passed'} shelf @param {string} id @param {Film} film_ */
    toggle(shelf, id, film_) {
      this.change(diary => {
        if (diary[shelf][id]) {
          delete diary[shelf][id];
          return;
        }
        diary[shelf][id] = { ...film_, on: this.today() };
        if (shelf !== 'watchlist') delete diary.watchlist[id];
        else delete diary.hidden[id];
      });
    },
    /** What puts a film back where it is now. @param {string} id @returns {() => void} */
    undoing(id) {
      const before = shelves.map(shelf => state[shelf][id]);
      return () => {
        const stars = before[0] ? /** @type {Rated} */ (before[0]).stars : null;
        const isOther = (state.ratings[id]?.stars ?? null) !== stars;
        this.change(diary => {
          shelves.forEach((shelf, index) => {
            const kept = before[index];
            if (kept) diary[shelf][id] = /** @type {Rated} */ (kept);
            else delete diary[shelf][id];
          });
        });
        if (isOther) document.dispatchEvent(new CustomEvent('marquee:rating', { detail: { movie: id, stars } }));
      };
    },
    /** What brings back everything as it is now. @returns {() => void} */
    undoingAll() {
      const before = JSON.stringify(state);
      return () => this.change(diary => { Object.assign(diary, checked(JSON.parse(before))); });
    },
    /** What a list leaves out: seen, hidden and noted films. @returns {string[]} */
    known: () => [state.seen, state.hidden, state.watchlist].flatMap(shelf => Object.keys(shelf)),
    /** The ratings as `marquee.recommend` takes them. @returns {Record<string, number>} */
    stars: () => Object.fromEntries(Object.entries(state.ratings).map(([id, { stars }]) => [id, stars])),
    /** Everything, as a file. */
    exported: () => JSON.stringify({ marquee: 'diary', ...state }, null, 1) + '\n',
    /** The ratings, as `marquee recommend --ratings` reads them. */
    exportedRatings: () =>
      'movie,rating\n' + Object.entries(state.ratings).map(([id, { stars }]) => `${id},${stars}\n`).join(''),
    checked,
    /** Adds another diary to this one; where both know a film, `other` is right. @param {Diary} other */
    merge(other) {
      this.change(diary => {
        for (const shelf of shelves) Object.assign(diary[shelf], other[shelf]);
        for (const list of other.lists) {
          const own = diary.lists.find(({ name }) => name === list.name);
          if (own) Object.assign(own.films, list.films);
          else diary.lists.push(list);
        }
        Object.assign(diary.choices, other.choices);
        for (const id of Object.keys(diary.ratings)) {
          for (const shelf of shelves) if (shelf !== 'ratings' && shelf !== 'hidden') delete diary[shelf][id];
        }
      });
    },
    erase() {
      state = blank();
      try {
        localStorage.removeItem(place);
        trouble = '';
      } catch {
        trouble = 'diary.closed';
      }
      tell();
    },
  };
})();
