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
 * @property {any} diary All that was found in this catalogue, for `marquee.diary.merge`: ratings, seen, watchlist, hidden, lists.
 * @property {Unmatched[]} unmatched Films that the catalogue does not have, or not under this title; rated ones first.
 * @property {Account} account
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
 *   ratings = byID + byTitle + byHand + notFound = dated + undated.
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
 * @property {number} undated
 *
 * @typedef {{minimum: number, maximum: number, step: number}} Scale
 * @typedef {import('./imports/formats.js').Reading & {owner?: string, isDiary?: boolean}} Reading
 * @typedef {{film: number, by: 'id' | 'title' | 'hand'} | undefined} Match
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

  /** The nearest rating of the scale; half stars count double where the best is more than five. @param {number} value @param {number} best 0 for the site's own @param {Scale} scale */
  function stars(value, best, scale) {
    let wide = value;
    if (best > 0) {
      const halves = Math.max(0.5, Math.round((value * 10) / best) / 2);
      wide = scale.maximum > 5 ? (halves * scale.maximum) / 5 : halves;
    }
    const snapped = scale.minimum + Math.round((wide - scale.minimum) / scale.step) * scale.step;
    return Math.round(1000 * Math.min(scale.maximum, Math.max(scale.minimum, snapped))) / 1000;
  }

  /** The best rating that a table without a service means; 0 for that of the site. @param {Reading} reading @param {Scale} scale @param {number[]} scales */
  function bestOf({ best, entries }, scale, scales) {
    if (best > 0) return best;
    const values = entries.flatMap(({ rating, outOf }) => (rating === undefined || outOf ? [] : [rating]));
    const most = values.reduce((most, value) => Math.max(most, value), 0);
    if (most > scale.maximum) return scales.find(one => one >= most) ?? most;
    // Ten-point sites: stars with halves, and none above five, are out of five.
    return scale.maximum > 5 && most <= 5 && values.some(value => value % 1 !== 0) && scale.step === 1 ? 5 : 0;
  }

  /**
   * Readings of one person: what is rated, and what was only seen or noted. Beside the ratings that stand now, diaries and
   * reviews say when a film was seen and not what is thought of it.
   * @param {Reading[]} readings @param {string | undefined} person
   */
  function sorted(readings, person) {
    const rated = new Set(readings.filter(({ role }) => role === 'ratings').map(({ service, owner }) => service + '\n' + owner));
    return readings.map(reading => {
      const isOwn = (/** @type {any} */ entry) => {
        const name = entry.person ?? reading.owner;
        return person === undefined || name === undefined || name === person;
      };
      const isOld = reading.role === 'diary' && rated.has(reading.service + '\n' + reading.owner);
      // What a diary has no stars for was seen; a list may hold what is only meant to be.
      const role = reading.role !== 'diary' ? reading.role : isOld ? 'seen' : 'ratings';
      return { ...reading, role, unratedShelf: reading.role === 'diary' ? 'seen' : '', isOwn };
    });
  }

  /** Whose ratings there are, most first. @param {Reading[]} readings */
  function peopleOf(readings) {
    /** @type {Map<string, number>} */
    const people = new Map();
    for (const { entries, owner } of readings) {
      for (const { person = owner, rating } of entries) {
        if (person !== undefined && rating !== undefined) people.set(person, (people.get(person) ?? 0) + 1);
      }
    }
    return [...people].map(([name, ratings]) => ({ name, ratings })).sort((a, b) => b.ratings - a.ratings);
  }

  /**
   * Reads files of a visitor's.
   * @param {File[]} files
   * @param {Scale} scale Of the site.
   * @param {{person?: string, choices?: Record<string, string>}} [options] Whose ratings to take, where files hold those of
   *   several people; films by hand: the id in this catalogue for the key of an unmatched film.
   * @returns {Promise<Import>}
   */
  async function read(files, scale, { person, choices = {} } = {}) {
    const known = await described();
    const { readings, diaries, notes, refused } = await importing.collected(files, known);
    const people = peopleOf(readings);
    const services = labels(readings, diaries.length > 0);
    /** @type {Import} */
    const result = { services, people: [], diary: marquee.diary.checked({ ratings: {} }), unmatched: [], account: blank(), notes, refused };
    if (people.length > importing.mostPeople) {
      refused.push(marqueeText("import.members", { count: people.length }));
      return result;
    }
    if (people.length > 1 && person === undefined) {
      result.people = people;
      return result;
    }
    if (readings.length + diaries.length > 0) take(result, [...sorted(readings, person), ...diaries], scale, known, await films(), choices);
    return result;
  }

  /** What the files are, for people. @param {Reading[]} readings @param {boolean} isDiary */
  function labels(readings, isDiary) {
    const named = new Set(readings.map(({ label }) => label).filter(Boolean));
    const isTable = readings.some(({ label, role }) => !label && (role === 'ratings' || named.size === 0));
    return [...named, ...(isTable ? [marqueeText("import.table")] : []), ...(isDiary ? [marqueeText("import.diary")] : [])];
  }

  /** @returns {Account} */
  function blank() {
    return {
      lines: 0, ratings: 0, unrated: 0, notFilms: 0, replaced: 0, others: 0, bad: 0, byID: 0, byTitle: 0, byHand: 0, notFound: 0, dated: 0, undated: 0,
    };
  }

  /**
   * Puts what readings say on the shelves of the diary, and counts.
   * @param {Import} result @param {any[]} readings @param {Scale} scale @param {any} known @param {{films: any[], matcher: any, places: Map<string, number>}} catalogue
   * @param {Record<string, string>} choices
   */
  function take(result, readings, scale, known, { films, matcher, places }, choices) {
    const { account, diary, notes } = result;
    /** @type {Map<string, {entry: any, match: Match, key: string, stars: number}>} */
    const rated = new Map();
    /** @type {{entry: any, match: Match, key: string, shelf: 'seen' | 'watchlist' | 'hidden'}[]} */
    const noted = [];
    /** @type {Map<string, Match>} */
    const matches = new Map();
    let unreadable = 0;
    let foreign = 0;

    /** @param {any} entry @param {boolean} trusts Whether ids of its file are this catalogue's. @returns {{key: string, match: Match}} */
    const place = (entry, trusts) => {
      const key = keyOf(entry, matcher);
      const whole = JSON.stringify([key, entry.imdb, entry.tmdb, entry.id, entry.original, trusts]);
      if (!matches.has(whole)) matches.set(whole, find(entry, key, trusts));
      return { key, match: matches.get(whole) };
    };
    /** @param {any} entry @param {string} key @param {boolean} trusts @returns {Match} */
    const find = (entry, key, trusts) => {
      const chosen = places.get(choices[key]);
      if (chosen !== undefined) return { film: chosen, by: 'hand' };
      const own = places.get(entry.id);
      if (own !== undefined && trusts) return { film: own, by: 'id' };
      if (own !== undefined) foreign += 1;
      return matcher.match(entry);
    };

    for (const reading of readings) {
      const best = bestOf(reading, scale, known.scales);
      const trusts = isOfHere(reading, matcher, places);
      const isRated = reading.role === 'ratings';
      if (isRated) {
        account.lines += reading.lines;
        account.notFilms += reading.notFilms;
        account.bad += reading.bad.length;
        if (reading.bad.length > 0) notes.push(flaws(reading));
      }
      for (const entry of reading.entries) {
        if (!reading.isOwn(entry)) {
          if (isRated) account.others += 1;
          continue;
        }
        const { key, match } = place(entry, trusts);
        if (!match && reading.isHistory && importing.isEpisode(entry.title, known)) continue;
        const shelf = !isRated ? reading.role : entry.rating !== undefined ? 'ratings' : entry.shelf ?? reading.unratedShelf;
        if (shelf !== 'ratings') {
          if (isRated) account.unrated += 1;
          if (shelf) noted.push({ entry, match, key, shelf });
          continue;
        }
        if (entry.time === undefined) unreadable += 1;
        const film = match ? films[match.film].id : '? ' + key;
        const before = rated.get(film);
        if (before) account.replaced += 1;
        // The later one counts; without dates it is the one that stands further down.
        if (!before || (entry.time ?? 0) >= (before.entry.time ?? 0)) rated.set(film, { entry, match, key, stars: stars(entry.rating, entry.outOf ?? best, scale) });
      }
    }

    for (const [id, { entry, match, key, stars }] of rated) {
      const on = importing.dayOf(entry.time);
      account.ratings += 1;
      account[on ? 'dated' : 'undated'] += 1;
      if (match) {
        account[match.by === 'id' ? 'byID' : match.by === 'hand' ? 'byHand' : 'byTitle'] += 1;
        diary.ratings[id] = { ...film(films[match.film]), on, stars };
      } else {
        account.notFound += 1;
        result.unmatched.push({ key, ...named(entry), stars, on, shelf: 'ratings' });
      }
    }
    const missing = new Set(result.unmatched.map(({ key }) => key));
    for (const { entry, match, key, shelf } of noted) {
      const on = importing.dayOf(entry.time);
      if (match) {
        const { id } = films[match.film];
        // A rated film counts as rated, whatever another file says of it.
        if (id in diary.ratings || (shelf === 'watchlist' && id in diary.seen)) continue;
        const before = diary[shelf][id]?.on ?? '';
        diary[shelf][id] = { ...film(films[match.film]), on: on > before ? on : before };
        if (shelf === 'seen') delete diary.watchlist[id];
      } else if (shelf !== 'hidden' && !missing.has(key)) {
        missing.add(key);
        result.unmatched.push({ key, ...named(entry), on, shelf });
      }
    }
    for (const reading of readings) {
      const trusts = isOfHere(reading, matcher, places);
      for (const list of reading.lists ?? []) diary.lists.push(placed(list, entry => place(entry, trusts).match, films));
    }
    if (readings.some(({ isHistory }) => isHistory)) notes.push(marqueeText("import.history"));
    if (unreadable > 0) notes.push(marqueeText("import.dates", { count: unreadable }));
    if (foreign > 0) notes.push(marqueeText("import.foreign", { count: foreign }));
  }

  /**
   * Whether the ids of a file are this catalogue's: they have to agree with the titles beside them, and with the ids of IMDb
   * and TMDB. A file of ids alone is taken for one of this site.
   * @param {Reading} reading @param {any} matcher @param {Map<string, number>} places
   */
  function isOfHere({ entries }, matcher, places) {
    let [agree, differ, bare] = [0, 0, 0];
    for (const { id, ...film } of entries.slice(0, 500)) {
      if (!id) continue;
      if (!film.title && !film.original && !film.imdb && !film.tmdb) bare += 1;
      else if (places.has(id) && matcher.match(film)?.film === places.get(id)) agree += 1;
      else if (places.has(id)) differ += 1;
    }
    return agree + differ === 0 ? bare > 0 : agree > differ;
  }

  /** A list of a diary, with the films that are here. @param {any} list @param {(entry: any) => Match} place @param {any[]} films */
  function placed(list, place, films) {
    /** @type {Record<string, any>} */
    const here = {};
    for (const entry of list.entries) {
      const match = place(entry);
      if (match) here[films[match.film].id] = { ...film(films[match.film]), on: importing.dayOf(entry.time) };
    }
    return { name: list.name, films: here };
  }

  /** What the diary keeps of a film. @param {any} card */
  const film = ({ title, year, path }) => ({ title, year, path });

  /** @param {any} entry */
  const named = ({ title, original, year, imdb, tmdb, id }) =>
    ({ title: title || original || (imdb ? 'tt' + String(imdb).padStart(7, '0') : tmdb ? 'TMDb ' + tmdb : String(id)), year });

  /** The same for every line that names a film in this way. @param {any} entry @param {any} matcher */
  function keyOf(entry, matcher) {
    const { title, year } = named(entry);
    return matcher.key(title) + (year ? ' ' + year : '');
  }

  /** What is wrong with lines of a file: how many, and the first. @param {Reading} reading */
  function flaws({ file, bad }) {
    const [{ line, reason, text }] = bad;
    const why = {
      quote: marqueeText("import.bad.quote"), short: marqueeText("import.bad.short"), title: marqueeText("import.bad.title"),
      rating: marqueeText("import.bad.rating", { text: importing.isolated(text) }), range: marqueeText("import.bad.range", { text: importing.isolated(text) }),
    }[reason];
    return marqueeText("import.bad", { count: bad.length, file: importing.isolated(file), line, why });
  }

  marquee.imports = { read, report: importing.report, dropped: importing.dropped, stars, films };
})();
