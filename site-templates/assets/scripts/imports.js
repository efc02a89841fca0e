// @ts-check
/**
 * What people bring from elsewhere, read in this browser and sent nowhere: exports of Letterboxd, IMDb, Trakt, Netflix,
 * MovieLens.org, TMDb, Simkl, tables, diaries of this site. What it knows of them stands in `formats.json`, which the
 * command line goes by as well.
 *
 *     const imports = await marquee.need('imports');
 *     const found = await imports.read(files, scale);
 *     marquee.diary.merge(found.diary);
 *
 * `imports.dropped(items, files)` gives the files of a drop, of folders too; `imports.report(found, …)` what to show;
 * `imports.films()` the catalogue, for choosing films by hand.
 *
 * @typedef {object} Import What came out of files.
 * @property {string[]} services What they are, for people.
 * @property {{name: string, ratings: number}[]} people Whose ratings they hold, where it is more than one person: nothing is
 *   taken then until `read` is told whose.
 * @property {boolean} mayBeOne Whether only the names of files tell these people apart: they may all be the visitor's.
 * @property {any} diary All that was found in this catalogue, for `marquee.diary.merge`: ratings, seen, watchlist, hidden, lists.
 * @property {Unmatched[]} unmatched Films that the catalogue does not have, or not under this title; rated ones first.
 * @property {Account} account Of all files.
 * @property {{file: string, account: Account}[]} files The account of each file with ratings.
 * @property {string[]} notes Sentences: what was left out, and why.
 * @property {string[]} refused Sentences: a file that was not read, what it is, and the way on.
 *
 * @typedef {object} Unmatched
 * @property {string} key The same for this film in every import; `choices` of `read` goes by it.
 * @property {string} title
 * @property {number} [year]
 * @property {number} [stars] On the site's scale; none where the film was only seen or noted.
 * @property {string} on The day, as 2026-03-31, or empty.
 * @property {'ratings' | 'seen' | 'watchlist'} shelf
 *
 * @typedef {object} Account Of the files with ratings: lines = ratings + unrated + notFilms + replaced + others + bad, and
 *   ratings = byID + byTitle + byHand + notFound = dated + undated + unreadable. A rating that gave way counts where it stood.
 * @property {number} lines
 * @property {number} ratings Films with the visitor's rating, each once.
 * @property {number} unrated Lines of films without one.
 * @property {number} notFilms Series, episodes, games.
 * @property {number} replaced Ratings that a later one of the same film replaced.
 * @property {number} others Ratings of other people.
 * @property {number} bad Lines that cannot be read.
 * @property {number} byID
 * @property {number} byTitle
 * @property {number} byHand By `choices`.
 * @property {number} notFound
 * @property {number} dated
 * @property {number} undated Without a day.
 * @property {number} unreadable With a day that cannot be read.
 *
 * @typedef {{minimum: number, maximum: number, step: number}} Scale
 * @typedef {any} Reading What a file says, as `imports/formats.js` has it.
 */
(() => {
  'use strict';

  const marquee = (globalThis.marquee ??= {});
  const { importing } = marquee;

  /** @type {Promise<any> | undefined} */
  let formats;

  /** The description of what people bring, fetched when an import begins. */
  function described() {
    formats ??= fetch(/** @type {any} */ (document.querySelector('template[data-formats]')).dataset.formats).then(response => {
      if (!response.ok) throw new Error('formats.json: ' + response.status);
      return response.json();
    });
    formats.catch(() => { formats = undefined; });
    return formats;
  }

  /** @type {Promise<{films: any[], matcher: any, places: Map<string, number>}> | undefined} */
  let catalogue;

  /** The films of this site, the best known first, with what finds them. */
  function films() {
    catalogue ??= (async () => {
      const model = await marquee.model();
      const [cards, ids, more, known] = await Promise.all([model.everything(), marquee.taste.ids(), marquee.taste.more(), described()]);
      const films = cards.map((/** @type {any} */ card, /** @type {number} */ film) => ({ ...card, imdb: ids.imdb[film], tmdb: ids.tmdb[film] }));
      for (const [id, title, year, path, imdb, tmdb] of more) films.push({ id: String(id), title, year: year || undefined, path, imdb, tmdb });
      const places = new Map(films.map((/** @type {any} */ { id }, /** @type {number} */ film) => [id, film]));
      return { films, matcher: new importing.Matcher(films, known), places };
    })();
    catalogue.catch(() => { catalogue = undefined; });
    return catalogue;
  }

  /**
   * What each reading is among the others: beside the ratings that stand now, diaries and reviews say when a film was seen and
   * not what is thought of it.
   * @param {Reading[]} readings @returns {Reading[]}
   */
  function ranked(readings) {
    const isOf = (/** @type {Reading} */ one, /** @type {Reading} */ other) => one.service === other.service
      && (one.owner === other.owner || one.owner === undefined || other.owner === undefined);
    return readings.map(reading => {
      if (reading.role !== 'diary') return { ...reading, unratedShelf: '' };
      const isOld = readings.some(other => other.role === 'ratings' && isOf(reading, other));
      // What a diary has no stars for was seen; a list may hold what is only meant to be.
      return { ...reading, role: isOld ? 'seen' : 'ratings', unratedShelf: 'seen' };
    });
  }

  /**
   * The people whose ratings one service's files hold, where they are several; somebody may be called otherwise elsewhere.
   * @param {Reading[]} readings @returns {Map<string, Map<string, number>>} Ratings by name, by service.
   */
  function households(readings) {
    /** @type {Map<string, Map<string, number>>} */
    const services = new Map();
    for (const { service, entries, owner, role } of readings) {
      if (role !== 'ratings') continue;
      const people = services.get(service) ?? new Map();
      services.set(service, people);
      for (const { person = owner, rating } of entries) {
        if (person !== undefined && rating !== undefined) people.set(person, (people.get(person) ?? 0) + 1);
      }
    }
    return new Map([...services].filter(([, people]) => people.size > 1));
  }

  /**
   * Reads files of a visitor's.
   * @param {File[]} files
   * @param {Scale} scale Of the site.
   * @param {{person?: string, everybody?: boolean, choices?: Record<string, string>}} [options] Whose ratings to take, where files
   *   hold those of several people, or that all are the visitor's; films by hand: the id in this catalogue for the key of an
   *   unmatched film.
   * @returns {Promise<Import>}
   */
  async function read(files, scale, { person, everybody = false, choices = {} } = {}) {
    const known = await described();
    const { readings: found, diaries, notes, refused } = await importing.collected(files, known);
    const readings = ranked(found);
    const shared = everybody ? new Map() : households(readings);
    const people = [...shared.values()].flatMap(people => [...people].map(([name, ratings]) => ({ name, ratings }))).sort((a, b) => b.ratings - a.ratings);
    const services = labels(readings, diaries.length > 0);
    /** @type {Import} */
    const result = {
      services, people: [], mayBeOne: readings.every(reading => !shared.has(reading.service) || isNamedByFile(reading)), diary: marquee.diary.checked({ ratings: {} }),
      unmatched: [], account: importing.blank(), files: [], notes, refused,
    };
    if (people.length > 0 && !people.some(({ name }) => name === person)) {
      result.people = people;
      if (person !== undefined) refused.push(marqueeText("import.nobody", { name: importing.isolated(person) }));
      return result;
    }
    if (readings.length + diaries.length === 0) return result;
    for (const reading of readings) {
      reading.isOwn = (/** @type {any} */ entry) => {
        const name = entry.person ?? reading.owner;
        return !shared.has(reading.service) || name === undefined || name === person;
      };
    }
    importing.place(result, [...readings, ...diaries], scale, known, await films(), choices);
    return result;
  }

  /** Whether nothing but the name of its file says whose it is. @param {Reading} reading */
  const isNamedByFile = ({ isNamedByFile, entries }) => isNamedByFile && !entries.some((/** @type {any} */ { person }) => person !== undefined);

  /** What the files are, for people. @param {Reading[]} readings @param {boolean} isDiary */
  function labels(readings, isDiary) {
    const named = new Set(readings.map(({ label }) => label).filter(Boolean));
    const isTable = readings.some(({ label, role }) => !label && (role === 'ratings' || named.size === 0));
    return [...named, ...(isTable ? [marqueeText("import.table")] : []), ...(isDiary ? [marqueeText("import.diary")] : [])];
  }

  marquee.imports = { read, report: importing.report, dropped: importing.dropped, films };
})();
