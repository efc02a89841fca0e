// @ts-check
/**
 * What readings of files say, on the shelves of a diary: films found in the catalogue, the later of two ratings, the account.
 *
 * @typedef {{minimum: number, maximum: number, step: number}} Scale
 * @typedef {any} Reading What a file says, as `formats.js` has it.
 * @typedef {{film: number, by: 'id' | 'title' | 'hand'} | undefined} Match
 */
(() => {
  'use strict';

  const marquee = (globalThis.marquee ??= {});
  const importing = (marquee.importing ??= {});

  /** The nearest rating of the scale to one out of `best`. @param {number} value @param {number} best @param {Scale} scale */
  function stars(value, best, scale) {
    const wide = (value * scale.maximum) / best;
    const snapped = scale.minimum + Math.round((wide - scale.minimum) / scale.step) * scale.step;
    return Math.round(1000 * Math.min(scale.maximum, Math.max(scale.minimum, snapped))) / 1000;
  }

  /**
   * What ratings are out of that say nothing of it: the site's scale where it holds them, or else 5, 10 or 100. Halves of
   * which none is above five are out of five, where the scale has whole points beyond. `RatingScale.best` in the sources goes alike.
   * @param {number[]} ratings @param {Scale} scale @param {number[]} scales
   */
  function bestOf(ratings, scale, scales) {
    const most = ratings.reduce((most, value) => Math.max(most, value), 0);
    if (most > scale.maximum) return scales.find(one => one >= most) ?? most;
    return scale.maximum > 5 && scale.step >= 1 && most <= 5 && ratings.some(value => value % 1 !== 0) ? 5 : scale.maximum;
  }

  /** The best rating that a file means. @param {Reading} reading @param {Scale} scale @param {number[]} scales */
  function bestIn({ best, entries }, scale, scales) {
    return best > 0 ? best : bestOf(entries.flatMap((/** @type {any} */ { rating, outOf }) => (rating === undefined || outOf ? [] : [rating])), scale, scales);
  }

  /** Counts of one file of ratings, or of all. @returns {Record<string, number>} */
  const blank = () => ({
    lines: 0, ratings: 0, unrated: 0, notFilms: 0, replaced: 0, others: 0, bad: 0, byID: 0, byTitle: 0, byHand: 0, notFound: 0, dated: 0, undated: 0, unreadable: 0,
  });

  /**
   * Puts what readings say on the shelves of the diary, and counts.
   * @param {any} result An `Import` @param {any[]} readings @param {Scale} scale @param {any} known @param {{films: any[], matcher: any, places: Map<string, number>}} catalogue
   * @param {Record<string, string>} choices
   */
  function place(result, readings, scale, known, { films, matcher, places }, choices) {
    const { diary, notes } = result;
    /** @type {Map<string, {entry: any, match: Match, key: string, stars: number, account: Record<string, number>}>} */
    const rated = new Map();
    /** @type {{entry: any, match: Match, key: string, shelf: 'seen' | 'watchlist' | 'hidden'}[]} */
    const noted = [];
    /** @type {Map<string, Match>} */
    const matches = new Map();
    let unreadable = 0;
    let foreign = 0;

    /** @param {any} entry @param {boolean} trusts Whether ids of its file are this catalogue's. @returns {{key: string, match: Match}} */
    const found = (entry, trusts) => {
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
      if (own !== undefined && !isBare(entry)) foreign += 1;
      return matcher.match(entry);
    };

    for (const reading of readings) {
      const best = bestIn(reading, scale, known.scales);
      const account = blank();
      const trusts = isOfHere(reading, matcher, places);
      const isRated = reading.role === 'ratings';
      if (isRated) {
        Object.assign(account, { lines: reading.lines, notFilms: reading.notFilms, bad: reading.bad.length });
        result.files.push({ file: reading.file, account });
        if (!(reading.best > 0) && reading.service === '' && best !== scale.maximum) notes.push(marqueeText("import.out-of", { file: importing.isolated(reading.file), best }));
        if (reading.bad.length > 0) notes.push(flaws(reading));
      }
      for (const entry of reading.entries) {
        if (!reading.isOwn(entry)) {
          if (isRated) account.others += 1;
          continue;
        }
        const { key, match } = found(entry, trusts);
        if (!match && reading.isHistory && importing.isEpisode(entry.title, known)) continue;
        const shelf = !isRated ? reading.role : entry.rating !== undefined ? 'ratings' : entry.shelf ?? reading.unratedShelf;
        if (shelf !== 'ratings') {
          if (isRated) account.unrated += 1;
          if (shelf) noted.push({ entry, match, key, shelf });
          continue;
        }
        if (entry.time === undefined) unreadable += 1;
        const film = match ? films[match.film].id : `? ${key} ${entry.imdb ?? entry.tmdb ?? ''}`;
        const before = rated.get(film);
        // The later one counts; without dates it is the one that stands further down.
        const isLater = !before || (entry.time ?? 0) >= (before.entry.time ?? 0);
        if (before) (isLater ? before.account : account).replaced += 1;
        if (isLater) rated.set(film, { entry, match, key, account, stars: stars(entry.rating, entry.outOf ?? best, scale) });
      }
    }

    for (const [id, { entry, match, key, stars, account }] of rated) {
      const on = importing.dayOf(entry.time);
      account.ratings += 1;
      account[on ? 'dated' : entry.time === undefined ? 'unreadable' : 'undated'] += 1;
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
      for (const list of reading.lists ?? []) diary.lists.push(placed(list, entry => found(entry, trusts).match, films));
    }
    for (const { account } of result.files) for (const [name, count] of Object.entries(account)) result.account[name] += count;
    if (readings.some(({ isHistory }) => isHistory)) notes.push(marqueeText("import.history"));
    if (unreadable > 0) notes.push(marqueeText("import.dates", { count: unreadable }));
    if (foreign > 0) notes.push(marqueeText("import.foreign", { count: foreign }));
  }

  /** Whether nothing but an id names a film, or a word that may be one. @param {any} entry */
  const isBare = ({ id, title, original, imdb, tmdb }) => (!title || title === id) && !original && !imdb && !tmdb;

  /**
   * Whether the ids of a file are this catalogue's: they have to agree with the titles beside them, and with the ids of IMDb
   * and TMDB. A file of ids alone is taken for one of this site.
   * @param {Reading} reading @param {any} matcher @param {Map<string, number>} places
   */
  function isOfHere({ entries }, matcher, places) {
    let [agree, differ, bare] = [0, 0, 0];
    for (const entry of entries.slice(0, 500)) {
      const own = places.get(entry.id);
      // Of words in a column of films it is told by what most of them are; a number there may be a title.
      if (entry.title && entry.title === entry.id) {
        if (!/\p{L}/u.test(entry.id)) continue;
        if (matcher.match(entry)) differ += 1;
        else if (own !== undefined) agree += 1;
        continue;
      }
      if (own === undefined) continue;
      if (isBare(entry)) bare += 1;
      else if (matcher.match(entry)?.film === own) agree += 1;
      else differ += 1;
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

  Object.assign(importing, { place, blank, stars, bestOf });
})();
