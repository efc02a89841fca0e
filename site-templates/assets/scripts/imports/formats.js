// @ts-check
/**
 * Which export a table is, and its entries. What columns are called, how each service counts stars and what of it is no
 * film stands in `formats.json`, which the command line goes by as well.
 *
 * @typedef {object} Entry A line of an export that names a film.
 * @property {number} line
 * @property {string} title
 * @property {string} [original]
 * @property {number} [year]
 * @property {number} [imdb] Without the letters in front.
 * @property {number} [tmdb]
 * @property {string} [id] In the catalogue that the table was made with.
 * @property {number} [rating] As it stands there; none where the film was only seen.
 * @property {number} [outOf] The best rating, where the line says so.
 * @property {number | null | undefined} time Seconds since 1970; null where none stands there, undefined where it cannot be read.
 * @property {string} [person]
 * @property {'seen' | 'watchlist'} [shelf] Where an unrated film stands, if its line says so.
 *
 * @typedef {object} Flaw
 * @property {number} line
 * @property {'quote' | 'short' | 'title' | 'rating' | 'range'} reason
 * @property {string} text What stands there.
 *
 * @typedef {object} Reading What a file says.
 * @property {string} service
 * @property {string} label
 * @property {string} file
 * @property {'ratings' | 'diary' | 'seen' | 'watchlist'} role
 * @property {Entry[]} entries
 * @property {number} lines
 * @property {number} notFilms
 * @property {Flaw[]} bad
 * @property {number} best The best rating; 0 where it has to be told from the ratings.
 * @property {boolean} [isHistory] Whether it says what was watched, series too, and nothing of how it was liked.
 */
(() => {
  'use strict';

  const marquee = (globalThis.marquee ??= {});
  const importing = (marquee.importing ??= {});

  /** More than any title. */
  const mostLetters = 1000;

  /** A name for comparison: letters and digits in lower case. @param {string} name */
  const plain = name => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  const isNumber = (/** @type {string} */ text) => /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i.test(text);
  const number = (/** @type {string} */ text) => (isNumber(text) ? Number(text.replace(',', '.')) : NaN);

  /** Where a table has what. */
  class Columns {
    /** @param {string[]} names As they stand in the file. @param {any} formats */
    constructor(names, formats) {
      this.formats = formats;
      /** As people know them. */
      this.written = names.slice(0, 12).map(name => name.slice(0, 40)).join(', ');
      this.names = names.map(name => {
        const [, bare, type] = /^([^:]*):([^:]*)$/.exec(name) ?? [];
        return plain(formats.typedNames.includes(type) ? bare : name);
      });
      const has = (/** @type {string} */ name) => this.names.includes(name);
      const fits = (/** @type {any} */ { needs, without = [] }) =>
        needs.every((/** @type {string[]} */ some) => some.some(has)) && !without.some(has);
      /** The service whose columns these are. */
      this.service = formats.services.find(fits);
      this.isHistory = this.names.length <= formats.viewingHistory.mostColumns && fits(formats.viewingHistory);
      /** @type {Record<string, number>} Where a column of each kind stands. */
      this.places = {};
      for (const [kind, aliases] of Object.entries(formats.columns)) {
        const alias = aliases.find(has);
        if (alias !== undefined) this.places[kind] = this.names.indexOf(alias);
      }
      const { nameMeans } = formats;
      const name = this.names.findIndex(one => nameMeans.columns.includes(one));
      if (name >= 0) {
        const kind = nameMeans.beside.some((/** @type {string} */ one) => one in this.places) ? nameMeans.then : nameMeans.otherwise;
        this.places[kind] ??= name;
      }
      const { notTitles } = formats;
      if (this.has('user') && notTitles.beside.some(has) && notTitles.columns.includes(this.names[this.places.title])) delete this.places.title;
    }

    /** @param {string} kind */
    has(kind) { return this.places[kind] !== undefined; }

    /** Whether they name ratings. */
    get isRated() { return ['rating', 'rating10', 'rating100', 'starvalue', 'thumbs'].some(kind => this.has(kind)); }

    /** Whether these can be the names of the columns of a table of films. */
    get areNames() {
      return this.service || this.isHistory
        || (Object.keys(this.places).length >= 2 && ['movie', 'imdb', 'tmdb', 'title', 'originaltitle'].some(kind => this.has(kind)));
    }
  }

  /**
   * A rating as people write it: "4,5", "85/100", "4.1 out of 5 stars", "★★★½". `WrittenRating` in the sources reads alike.
   * @param {string} text @param {any} formats @param {boolean} isOfMany In tables of many people drawn stars are more often a
   *   picture of a mean. @returns {{value: number, outOf?: number}}
   */
  function rating(text, formats, isOfMany) {
    if (isNumber(text)) return { value: number(text) };
    const bare = text.replace(/\uFE0F/g, '').toLowerCase();
    const [, digits = '', rest = ''] = /^(\d+(?:[.,]\d+)?)\s*(.*)$/u.exec(bare) ?? [];
    if (digits) {
      const value = number(digits);
      if (rest === '%') return { value, outOf: 100 };
      if (formats.ratingWords.stars.includes(rest)) return { value };
      for (const word of formats.ratingWords.of) {
        const found = rest.startsWith(word) ? /^\s*(\d+)(?:\s*[\p{L}★⭐]+)?$/u.exec(rest.slice(word.length)) : null;
        if (found && Number(found[1]) > 0) return { value, outOf: Number(found[1]) };
      }
      return { value: NaN };
    }
    if (isOfMany || !/^[★⭐]*½?☆*$/u.test(bare) || bare === '') return { value: NaN };
    return { value: [...bare].filter(one => one === '★' || one === '⭐').length + (bare.includes('½') ? 0.5 : 0), outOf: 5 };
  }

  /** A year as in "1999", "1999.0", "31/03/1999", "1999-03-31". @param {string} text */
  function year(text) {
    const found = /(?<!\d)(18[7-9]\d|19\d\d|20\d\d)(?!\d)/.exec(text);
    return found ? Number(found[1]) : undefined;
  }

  /** The number of an id: "tt0114709", "0114709", "1917.0", the address of its page. @param {string} text */
  function digits(text) {
    const found = /^(?:tt)?0*(\d{1,12})(?:\.0+)?$/i.exec(text) ?? /\/(?:title\/tt|movie\/)0*(\d{1,12})/.exec(text);
    return found && Number(found[1]) > 0 ? Number(found[1]) : undefined;
  }

  /** @param {string} text */
  const isIMDbID = text => /^tt\d{1,18}$/.test(text);

  /** How many of these names mean something, if they can be the columns of a table of films at all. @param {string[]} names @param {any} formats */
  function meanings(names, formats) {
    const columns = new Columns(names, formats);
    return columns.areNames ? Object.keys(columns.places).length : 0;
  }

  /** The row that names the columns, and what they are. @param {string} file @param {string[][]} rows @param {any} formats */
  function headOf(file, rows, formats) {
    const heads = rows.map((names, at) => ({ columns: new Columns(names, formats), at })).filter(({ columns }) => columns.areNames);
    // Above the names of a table of ratings others may stand.
    const head = heads.find(({ columns }) => columns.isRated) ?? heads[0];
    if (head) return head;
    const first = rows[0] ?? [];
    const isNone = (/** @type {string} */ text) => formats.noTime.includes(text.toLowerCase());
    if (first.length >= 3 && first.length <= 4 && first.every((text, at) => isNumber(text) || (at === 3 && isNone(text)))) {
      return { columns: new Columns(['user', 'movie', 'rating', 'timestamp'].slice(0, first.length), formats), at: -1 };
    }
    const columns = first.slice(0, 12).map(name => name.slice(0, 40)).join(', ');
    throw new importing.Refusal(first.length >= 3 && first.slice(1).some(isNumber) ? 'headless' : 'columns', { file, columns });
  }

  /**
   * The entries of a table.
   * @param {string} file @param {any} source A `Source` @param {any} formats
   * @returns {Reading}
   */
  function reading(file, source, formats) {
    const { columns, at } = headOf(file, source.head.map((/** @type {any} */ { fields }) => fields), formats);
    const { service, places, isHistory } = columns;
    const ratingKind = ['rating100', 'rating10', 'starvalue', 'rating'].find(kind => columns.has(kind)) ?? 'thumbs';
    const needed = Math.max(...['title', 'movie', 'imdb', ratingKind].map(kind => places[kind] ?? 0)) + 1;
    /** @type {{fields: string[], line: number, isOpen?: boolean}[]} */
    const lines = source.rows(at + 1, (/** @type {string[]} */ fields, /** @type {(place: number) => boolean} */ isLong) =>
      fields.length >= needed && !['title', 'movie', 'imdb', 'tmdb', 'year', ratingKind].some(kind => columns.has(kind) && isLong(places[kind])));
    const words = new Set(formats.unrated.words);
    const noTime = new Set(formats.noTime);
    const raw = (/** @type {string[]} */ fields, /** @type {string} */ kind) => (places[kind] === undefined ? '' : fields[places[kind]] ?? '');
    const get = (/** @type {string[]} */ fields, /** @type {string} */ kind) => {
      const text = raw(fields, kind).replace(/[\0-\x1f\x7f\u2028\u2029\x85]/g, ' ').trim();
      return words.has(text.toLowerCase()) ? '' : text;
    };
    // What is called a movie may be its id or its title; words may be either.
    const isEither = places.title === undefined && places.movie !== undefined
      && lines.some(({ fields, isOpen }) => !isOpen && fields.length >= needed && /\p{L}/u.test(fields[places.movie] ?? '') && !isIMDbID(fields[places.movie])
        && Number.isFinite(rating(get(fields, ratingKind), formats, columns.has('user')).value));
    if (isEither) {
      places.title = places.movie;
      delete places.movie;
    }
    const role = roleOf(file, columns);
    if (role === 'ratings' && !columns.has(ratingKind)) {
      throw new importing.Refusal('columns', { file, columns: columns.written });
    }
    const times = importing.times(lines.map(({ fields }) => raw(fields, 'time')), (/** @type {string} */ text) => noTime.has(text.toLowerCase()), formats.months);
    const isNoRating = unrated(lines.map(({ fields }) => number(raw(fields, ratingKind))), service, formats.unrated.numbers);
    /** @type {Reading} */
    const result = {
      service: service?.name ?? (isHistory ? 'netflix-personal' : ''), label: service?.label ?? (isHistory ? 'Netflix' : ''), file, role,
      entries: [], lines: lines.length, notFilms: 0, bad: [],
      isHistory, best: { rating10: 10, rating100: 100, starvalue: 5, thumbs: 5 }[ratingKind] ?? service?.best ?? 0,
    };
    lines.forEach(({ fields, line, isOpen }, index) => {
      const bad = (/** @type {Flaw['reason']} */ reason, /** @type {string} */ text) => result.bad.push({ line, reason, text: text.slice(0, 60) });
      if (isOpen) return bad('quote', fields.join(' '));
      if (fields.length < needed) return bad('short', fields.join(' '));
      if (!isFilm(fields, get, formats)) {
        result.notFilms += 1;
        return;
      }
      if (['title', 'originaltitle', 'movie', 'year', ratingKind].some(kind => raw(fields, kind).length > mostLetters)) return bad('title', fields.join(' '));
      /** @type {Entry} */
      const entry = { line, ...importing.titled(get(fields, 'title'), year(get(fields, 'year'))), time: times[index] };
      if (places.originaltitle !== undefined) entry.original = get(fields, 'originaltitle');
      entry.imdb = digits(get(fields, 'imdb'));
      entry.tmdb = digits(get(fields, 'tmdb'));
      if (places.movie !== undefined) entry.id = get(fields, 'movie').replace(/^(\d+)\.0$/, '$1');
      // IMDb's id in a column of films is one of IMDb's.
      const own = entry.id ?? (isEither ? get(fields, 'title') : '');
      if (isIMDbID(own)) entry.imdb ??= digits(own);
      if (isEither) entry.id = get(fields, 'title');
      const person = get(fields, 'profile') || get(fields, 'user');
      if (person) entry.person = person.replace(/^(\d+)\.0$/, '$1');
      // An id that is none of IMDb's or TMDb's still tells films apart.
      if (!entry.title && !entry.original && !entry.imdb && !entry.tmdb && !entry.id) entry.id = get(fields, 'imdb') || get(fields, 'tmdb');
      if (!entry.title && !entry.original && !entry.imdb && !entry.tmdb && !entry.id) return bad('title', fields.join(' '));
      const given = get(fields, ratingKind);
      const { value, outOf } = rating(given, formats, columns.has('user') && columns.has('movie'));
      if (given !== '' && !Number.isFinite(value)) return bad('rating', given);
      if (given !== '' && !isNoRating(value)) {
        const best = (outOf ?? result.best) || 100;
        if (value < 0 || value > best) return bad('range', given);
        entry.rating = value;
        if (outOf) entry.outOf = outOf;
      }
      if (entry.rating === undefined && columns.has('thumbs')) {
        const thumbs = get(fields, 'thumbs');
        if (Object.hasOwn(formats.thumbStars, thumbs)) entry.rating = formats.thumbStars[thumbs];
      }
      if (entry.rating === undefined) entry.shelf = shelfOf(columns.names, fields);
      result.entries.push(entry);
    });
    return result;
  }

  /**
   * Whether a number says that there is no rating: a code below nothing, or 0 where the scale starts above it.
   * @param {number[]} values The column's. @param {any} service @param {number[]} codes
   */
  function unrated(values, service, codes) {
    const given = values.filter(value => Number.isFinite(value) && !codes.includes(value));
    const zeros = given.filter(value => value === 0).length;
    const isZero = (service && service.best < 100) || (zeros > given.length / 2 && given.every(value => value === 0 || value >= 0.5));
    return (/** @type {number} */ value) => codes.includes(value) || (value === 0 && isZero);
  }

  /** @param {string[]} fields @param {(fields: string[], kind: string) => string} get @param {any} formats */
  function isFilm(fields, get, formats) {
    return formats.filmTypes.includes(plain(get(fields, 'type'))) && get(fields, 'season') === '';
  }

  /** What a table's lines are, by its columns and its name. @param {string} file @param {Columns} columns @returns {Reading['role']} */
  function roleOf(file, columns) {
    const has = (/** @type {string[]} */ ...names) => names.some(name => columns.names.includes(name));
    if (columns.isRated) return has('letterboxduri') && has('watcheddate') ? 'diary' : 'ratings';
    if (plain(file.split('/').pop() ?? '').includes('watchlist') || has('listedat', 'const')) return 'watchlist';
    return columns.isHistory || has('letterboxduri', 'watchedat', 'lastwatchedat') ? 'seen' : 'ratings';
  }

  /** Where a film stands that is not rated, if its line says so. @param {string[]} names Of columns. @param {string[]} fields @returns {'seen' | 'watchlist' | undefined} */
  function shelfOf(names, fields) {
    const has = (/** @type {string[]} */ ...some) => some.some(name => (fields[names.indexOf(name)] ?? '') !== '');
    if (has('listedat') || plain(fields[names.indexOf('status')] ?? '') === 'plantowatch') return 'watchlist';
    return has('watchedat', 'lastwatchedat') ? 'seen' : undefined;
  }

  /** "Dark: Season 1: Secrets" is an episode, if it is no film of the catalogue. @param {string} title @param {any} formats */
  function isEpisode(title, formats) {
    const parts = title.toLowerCase().split(/:\s+/).slice(1);
    return parts.some(part => formats.seasonWords.some((/** @type {string} */ word) => part === word || (part.startsWith(word) && !/\p{L}/u.test(part[word.length]))));
  }

  Object.assign(importing, { reading, meanings, plain, isEpisode });
})();
