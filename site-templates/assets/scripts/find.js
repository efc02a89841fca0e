// @ts-check
/**
 * Finds films by their titles; `search.js` fetches it when somebody looks for one.
 *
 * Small catalogues come as one list. Of larger ones a query fetches the shard of its rarest word, where the other words
 * are looked for, and, only if that finds nothing, the words that differ from the query's by a letter or two.
 */
(() => {
  'use strict';

  /**
   * A film of the index.
   * @typedef {object} Film
   * @property {string | undefined} id Undefined where only the film's own file knows it: `api/movies/<name>.json`.
   * @property {string} name What its files are called.
   * @property {string} title
   * @property {number} year 0 where it is not known.
   * @property {string[]} genres
   * @property {string} address
   * @property {number} bucket How well known it is: steps of the logarithm of its ratings.
   * @property {Set<string>} [terms]
   * @property {string[]} [names]
   */

  /**
   * Films as columns of the same length.
   * @typedef {object} Columns
   * @property {string[]} t Titles.
   * @property {number[]} y Years, 0 where unknown.
   * @property {(number | string)[]} i Ids.
   * @property {string[]} g Genres, one character for each.
   * @property {number[]} b Buckets of popularity.
   * @property {Record<string, string>} s Folders that do not follow from id and title, by position.
   */

  /**
   * `search/index.json`: all films, or where to find them.
   * @typedef {object} Index
   * @property {string} page What stands behind a folder: "index.html" or nothing.
   * @property {string[]} genres
   * @property {Columns} [films]
   * @property {string} [shards] First letters of words, by file: "ma:bc" are "mab" and "mac"; "the_" is the word itself.
   * @property {number[]} [counts] Films in each file; below zero, only the best known.
   * @property {Record<string, number | string>} [words] How many words there are of a length; many are divided: by which
   *   first letters, and by which last.
   */

  /** @typedef {{ genre?: string, from?: number, to?: number }} Filter */

  const root = new URL(document.documentElement.dataset.root || './', location.href).href;

  // Words: the build folds titles in the same way (SearchWords.swift).

  /** @type {Record<string, string>} */
  const spelled = {
    ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ħ: 'h', ı: 'i', ŋ: 'n', ς: 'σ',
  };
  const articles = new Set(
    'the a an le la les un une el los las il lo gli der die das ein eine het een de den det en ett'.split(' '));
  const numerals = ',,ii,iii,iv,v,vi,vii,viii,ix,x,xi,xii,xiii,xiv,xv,xvi,xvii,xviii,xix,xx'.split(',');
  // Scripts in which words stand without blanks between them, or may: each letter and each two neighbours can be found.
  const seamless = '\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u1950-\\u19df\\u1a20-\\u1aad\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff'
    + '\\ua9e0-\\ua9fe\\uaa60-\\uaa7f\\uac00-\\ud7a3\\uf900-\\ufaff\\u{20000}-\\u{3ffff}';
  const isSeamless = new RegExp(`^(?=\\p{L})[${seamless}]`, 'u');
  const parts = new RegExp(`(?:(?=\\p{L})[${seamless}])|(?:(?!(?=\\p{L})[${seamless}])[\\p{L}\\p{N}])+`, 'gu');

  /** Lower case, without accents, “&” as “and”. @param {string} text */
  const fold = (text) =>
    text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase().replace(/\p{M}+/gu, '').replace(/[ßæœøđðþłħıŋς]/g, (letter) => spelled[letter])
      .replace(/['’ʼ`]/g, '').replace(/&/g, ' and ').normalize('NFC');

  /** The words of a text; of the scripts without blanks, each letter. @param {string} chunk @returns {string[]} */
  const split = (chunk) => chunk.match(parts) ?? [];

  /** Letters of scripts without blanks that follow each other become each two of them; a single one stays. @param {string[]} list */
  const paired = (list) => list.flatMap((part, at) => {
    if (!isSeamless.test(part)) return [part];
    const hasNext = at + 1 < list.length && isSeamless.test(list[at + 1]);
    const hasLast = at > 0 && isSeamless.test(list[at - 1]);
    return hasNext ? [part + list[at + 1]] : hasLast ? [] : [part];
  });

  /** What a text without letters and numbers is found by: each picture in it, or else its marks. @param {string} text */
  const signs = (text) => {
    const pictures = text.match(/\p{So}/gu);
    if (pictures) return pictures;
    const marks = text.replace(/[\s:_\p{C}]+/gu, '');
    return marks ? [marks] : [];
  };

  /** @param {string} text @returns {string[]} */
  const words = (text) => {
    const folded = fold(text);
    const list = folded.split(/\s+/).flatMap((chunk) => paired(split(chunk)));
    return list.length > 0 ? list : signs(folded);
  };

  /**
   * What a title can be found by: its words, “spiderman” for “Spider-Man”, 2 for II and II for 2, pictures; of scripts without
   * blanks each letter and each two, blanks or not between them. @param {string} title
   */
  const terms = (title) => {
    /** @type {Set<string>} */
    const all = new Set();
    const folded = fold(title);
    /** @type {string[]} */
    const whole = [];
    for (const chunk of folded.split(/\s+/)) {
      const list = split(chunk);
      for (const part of list) all.add(part);
      if (list.length > 1 && !list.some((part) => isSeamless.test(part))) all.add(list.join(''));
      whole.push(...list);
    }
    for (const part of paired(whole)) all.add(part);
    for (const picture of folded.match(/\p{So}/gu) ?? []) all.add(picture);
    if (all.size === 0) for (const sign of signs(folded)) all.add(sign);
    for (const term of [...all]) {
      const number = numerals.indexOf(term);
      if (number > 1) all.add(String(number));
      else if (/^\d{1,2}$/.test(term) && numerals[Number(term)]) all.add(numerals[Number(term)]);
    }
    return all;
  };

  /** A title or query as one string, without an article in front or behind a comma. @param {string[]} list */
  const core = (list) => {
    let [start, end] = [0, list.length];
    if (end > 1 && articles.has(list[0])) start = 1;
    else if (end > 1 && articles.has(list[end - 1])) end -= 1;
    return list.slice(start, end).join(' ');
  };

  /** A title and the alternative titles in its brackets. @param {string} title */
  const names = (title) =>
    title.split(/[()]/).map((part) => core(words(part.replace(/^\s*a\.?k\.?a\.?\s/i, '')))).filter(Boolean);

  /** Rows of the table that `distance` works in. */
  const edits = [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)];

  /**
   * Edits between two words (a letter put in, left out, changed, or two exchanged), or anything above `limit`.
   * With `isStart`, what follows in `term` is free.
   * @param {string} query @param {string} term @param {number} limit @param {boolean} isStart
   */
  const distance = (query, term, limit, isStart) => {
    const [rows, columns] = [query.length, Math.min(term.length, 63)];
    if (rows - columns > limit || (!isStart && columns - rows > limit) || rows > 63) return limit + 1;
    let [before, last, next] = edits;
    for (let column = 0; column <= columns; column += 1) last[column] = column;
    for (let row = 1; row <= rows; row += 1) {
      const letter = query.charCodeAt(row - 1);
      next[0] = row;
      let least = row;
      for (let column = 1; column <= columns; column += 1) {
        const other = term.charCodeAt(column - 1);
        let count = last[column - 1] + (letter === other ? 0 : 1);
        if (last[column] < count) count = last[column] + 1;
        if (next[column - 1] < count) count = next[column - 1] + 1;
        if (row > 1 && column > 1 && letter === term.charCodeAt(column - 2) && query.charCodeAt(row - 2) === other
          && before[column - 2] < count) count = before[column - 2] + 1;
        next[column] = count;
        if (count < least) least = count;
      }
      if (least > limit) return limit + 1;
      [before, last, next] = [last, next, before];
    }
    let count = last[columns];
    if (isStart) for (let column = 0; column < columns; column += 1) count = Math.min(count, last[column]);
    return count;
  };

  /** How many typos a word may have. @param {string} term */
  const patience = (term) => (term.length < 4 ? 0 : term.length < 8 ? 1 : 2);

  const isYear = (/** @type {string} */ term) => /^(18[7-9]|19\d|20\d)\d$/.test(term);

  // Files.

  /** @type {Map<string, Promise<any>>} */
  const files = new Map();

  /** @param {string} name @returns {Promise<any>} */
  const load = (name) => {
    let file = files.get(name);
    if (!file) {
      file = fetch(`${root}search/${name}.json`).then((answer) => {
        if (!answer.ok) throw new Error(`${answer.status}`);
        return answer.json();
      });
      file.catch(() => files.delete(name));
      files.set(name, file);
    }
    return file;
  };

  /** @type {WeakMap<object, Film[]>} */
  const unpacked = new WeakMap();

  /** @param {Columns} columns @param {Index} index @returns {Film[]} */
  const films = (columns, index) => {
    let list = unpacked.get(columns);
    if (!list) {
      list = columns.t.map((title, at) => ({
        id: typeof columns.i[at] === 'number' ? String(columns.i[at]) : undefined,
        name: String(columns.i[at]),
        title,
        year: columns.y[at],
        genres: [...columns.g[at]].map((letter) => index.genres[letter.charCodeAt(0) - 97]),
        address: `${root}movies/${columns.s[at] ?? folder(columns.i[at], title)}/${index.page}`,
        bucket: columns.b[at],
      }));
      unpacked.set(columns, list);
    }
    return list;
  };

  /** The folder of a film whose title is plain ASCII. @param {number | string} id @param {string} title */
  const folder = (id, title) => {
    let slug = '';
    for (const part of title.toLowerCase().replace(/['’]/g, '').replace(/&/g, ' and ').match(/[a-z0-9]+/g) ?? []) {
      if (slug.length + part.length + (slug ? 1 : 0) > 60) {
        slug ||= part.slice(0, 60);
        break;
      }
      slug += (slug ? '-' : '') + part;
    }
    return `${id}-${slug || 'film'}`;
  };

  /** File names are ASCII: other letters stand there by number. @param {string} key */
  const fileName = (key) =>
    [...key].map((letter) => (/[a-z0-9_]/.test(letter) ? letter : `-${letter.codePointAt(0)?.toString(16)}`)).join('');

  /** @returns {Promise<Index>} */
  const open = () => load('index');

  /** @typedef {Map<string, { file: string, count: number }>} Shards */

  /** @type {WeakMap<Index, Shards>} */
  const maps = new WeakMap();

  /** The first letters of words and where their films are. @param {Index} index */
  const shardsOf = (index) => {
    let shards = maps.get(index);
    if (!shards) {
      shards = new Map();
      for (const [at, file] of (index.shards ?? '').split(' ').entries()) {
        const [stem, letters] = file.split(':');
        const keys = letters ? [...letters].map((letter) => stem + letter) : [stem];
        for (const key of keys) shards.set(key, { file: keys[0], count: index.counts?.[at] ?? 0 });
      }
      maps.set(index, shards);
    }
    return shards;
  };

  /**
   * The files that hold the films of a word, and whether those are all.
   * @param {Shards} shards @param {string} term @returns {{ files: string[], count: number, isWhole: boolean }}
   */
  const place = (shards, term) => {
    const letters = [...term];
    for (let length = 1; length <= letters.length; length += 1) {
      const shard = shards.get(letters.slice(0, length).join(''));
      if (!shard) return { files: [], count: 0, isWhole: true };
      if (shard.count > 0) return { files: [shard.file], count: shard.count, isWhole: true };
    }
    const word = shards.get(`${term}_`);
    const found = [shards.get(term), word].flatMap((shard) => shard ?? []);
    // What only begins a word tells least.
    return { files: found.map((shard) => shard.file), isWhole: false, count: word ? Math.abs(word.count) : 1e9 };
  };

  /** @param {Index} index @param {string[]} names @returns {Promise<Film[]>} */
  const fetchFilms = async (index, names) => {
    const parts = await Promise.all([...new Set(names)].map((name) => load(`p-${fileName(name)}`)));
    /** @type {Map<string, Film>} */
    const found = new Map();
    for (const part of parts) for (const film of films(part, index)) found.set(film.address, film);
    return [...found.values()];
  };

  /** The words of a vocabulary file. @param {{ w: string, b: string, words?: string[] }} file */
  const spell = (file) => {
    if (!file.words) {
      let before = '';
      file.words = (file.w.match(/\d\D*/g) ?? []).map((rest) => {
        before = [...before].slice(0, Number(rest[0])).join('') + rest.slice(1);
        return before;
      });
    }
    return file.words;
  };

  /** @type {Map<string, string[]>} */
  const corrected = new Map();

  /** The file of words of a length that begin (or, at the `end`, end) like `term`. @param {Index} index @param {number} length @param {string} term @param {boolean} end */
  const wordFile = (index, length, term, end) => {
    const words = index.words?.[length];
    if (typeof words !== 'string') return words && !end ? [`w-${length}`] : [];
    const edge = (end ? term.at(-1) : term[0]) ?? '';
    const letter = /[a-z]/.test(edge) ? edge : '_';
    return words.split(' ')[end ? 1 : 0].includes(letter) ? [`${end ? 'e' : 'w'}-${length}-${letter}`] : [];
  };

  /**
   * Words of the catalogue that `term` may be meant for, the likeliest first: those that begin alike, or at the `end` those
   * that end alike. @param {Index} index @param {string} term @param {boolean} end
   */
  const corrections = async (index, term, end) => {
    const key = `${term} ${end}`;
    const known = corrected.get(key);
    if (known) return known;
    const limit = patience(term);
    /** @type {{ term: string, edits: number, bucket: number }[]} */
    const found = [];
    const look = async (/** @type {number[]} */ lengths) => {
      const files = lengths.flatMap((length) => wordFile(index, length, term, end)).map(load);
      for (const file of await Promise.all(files)) {
        spell(file).forEach((other, at) => {
          const count = distance(term, other, limit, false);
          if (count <= limit) found.push({ term: other, edits: count, bucket: Number(file.b[at]) });
        });
      }
    };
    if (limit > 0) await look([term.length - 1, term.length, term.length + 1]);
    if (limit > 1 && found.length === 0) await look([term.length - 2, term.length + 2]);
    const first = (/** @type {string} */ other) => (other[0] === term[0] ? 0 : 1);
    const list = found.sort((a, b) => a.edits - b.edits || first(a.term) - first(b.term) || b.bucket - a.bucket)
      .map((near) => near.term);
    corrected.set(key, list);
    return list;
  };

  // Matching and ranking.

  /**
   * How well a film answers the words: nothing where one is missing.
   * @param {Film} film @param {string[]} wanted @param {boolean} forgives @returns {number | undefined}
   */
  const score = (film, wanted, forgives) => {
    film.terms ??= terms(film.title);
    let typos = 0;
    let whole = 0;
    for (let at = 0; at < wanted.length; at += 1) {
      const term = wanted[at];
      if (film.terms.has(term)) {
        whole += 1;
        continue;
      }
      const limit = forgives ? patience(term) : 0;
      let best = limit + 1;
      for (const other of film.terms) {
        if (other.startsWith(term)) best = 0;
        else if (best > 1 && limit > 0) best = Math.min(best, distance(term, other, limit, at === wanted.length - 1));
        if (best === 0) break;
      }
      if (best > limit) {
        if (wanted.length > 1 && Number(term) === film.year) continue;
        return undefined;
      }
      typos += best;
    }
    film.names ??= names(film.title);
    const query = core(wanted);
    const year = wanted.length > 1 && isYear(wanted[wanted.length - 1]) ? core(wanted.slice(0, -1)) : query;
    const isExact = film.names.includes(query) || (year !== query && film.names.includes(year));
    const isStart = film.names.some((name) => name.startsWith(query));
    return (isExact ? 1000 : 0) + (isStart ? 6 : 0) + (whole === wanted.length ? 3 : 0) + film.bucket - 40 * typos;
  };

  /** @param {Film} film @param {Filter} filter */
  const fits = ({ genres, year }, { genre, from, to }) =>
    (!genre || genres.includes(genre)) && (!from || year >= from) && (!to || (year !== 0 && year <= to));

  /** @param {Film[]} pool @param {string[]} wanted @param {Filter} filter @param {boolean} forgives */
  const rank = (pool, wanted, filter, forgives) => {
    /** @type {{ film: Film, score: number }[]} */
    const hits = [];
    for (const film of pool) {
      if (!fits(film, filter)) continue;
      const value = score(film, wanted, forgives);
      if (value !== undefined) hits.push({ film, score: value });
    }
    return hits.sort((a, b) => b.score - a.score || a.film.title.length - b.film.title.length
      || (a.film.title < b.film.title ? -1 : 1)).map((hit) => hit.film);
  };

  /**
   * Films of a genre or of some years, the best known first: of a large catalogue, those that the visitor's list knows.
   * @param {Index} index @param {Filter} filter @returns {Promise<Film[]>}
   */
  const browse = async (index, filter) => {
    if (!index.shards) {
      return films(/** @type {Columns} */ (index.films), index).filter((film) => fits(film, filter))
        .sort((a, b) => b.bucket - a.bucket);
    }
    const file = async (/** @type {string} */ path) => {
      const answer = await fetch(root + path);
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer.json();
    };
    const known = await file((await file('taste/index.json')).films);
    /** @type {string[]} */
    const names = known.names;
    const found = known.ids.map((/** @type {number | string} */ id, /** @type {number} */ at) => ({
      id: String(id), at, year: known.years[at], bucket: 0, name: '', title: '', address: '',
      genres: names.filter((_, bit) => (known.kinds[at] >>> bit) & 1),
    })).filter((/** @type {Film} */ film) => fits(film, filter));
    // Titles stand in files of many films; a page of results needs the first of them.
    const shown = found.slice(0, browsed);
    const chunks = [...new Set(shown.map((/** @type {any} */ film) => Math.floor(film.at / known.chunk)))];
    const titles = new Map(await Promise.all(chunks.map(async (chunk) => /** @type {[number, any[]]} */ ([chunk, await file(known.titles[chunk])]))));
    for (const film of shown) {
      const [title, path] = titles.get(Math.floor(film.at / known.chunk))?.[film.at % known.chunk] ?? ['', ''];
      Object.assign(film, { title, address: root + path });
    }
    return found;
  };

  /** Fewer films than this leave room for those that are spelled a little differently. */
  const few = 4;

  /**
   * What a query with one word amiss may mean, behind what it says: a film that few know may have the very title of one
   * that everybody knows under another spelling.
   * @param {Film[]} hits @param {Film[]} near
   */
  const joined = (hits, near) => {
    const known = new Set(hits.map((film) => film.address));
    const best = Math.max(0, ...hits.map((film) => film.bucket));
    return [...hits, ...near.filter((film) => !known.has(film.address) && film.bucket >= best + 2)];
  };

  /**
   * The films whose titles have all words of `text`, best first, and behind few of them better known ones that come near;
   * where none has, those that come near. A year alone also finds what is from that year; no words, all of a genre or time.
   * @param {string} text @param {Filter} [filter] @returns {Promise<Film[]>}
   */
  const find = async (text, filter = {}) => {
    const wanted = words(text);
    const isFiltered = Boolean(filter.genre || filter.from || filter.to);
    if (wanted.length === 0 && !isFiltered) return [];
    const index = await open();
    if (wanted.length === 0) return browse(index, filter);
    const hits = await named(index, wanted, filter);
    if (wanted.length > 1 || !isYear(wanted[0])) return hits;
    const year = Number(wanted[0]);
    if ((filter.from ?? 0) > year || (filter.to || year) < year) return hits;
    const called = hits.filter((film) => words(film.title).includes(wanted[0]));
    const known = new Set(called.map((film) => film.address));
    const dated = await browse(index, { ...filter, from: year, to: year });
    return [...called, ...dated.filter((film) => !known.has(film.address))];
  };

  /** @param {Index} index @param {string[]} wanted @param {Filter} filter @returns {Promise<Film[]>} */
  const named = async (index, wanted, filter) => {
    if (!index.shards) {
      const all = films(/** @type {Columns} */ (index.films), index);
      const hits = rank(all, wanted, filter, false);
      return hits.length >= few ? hits : joined(hits, rank(all, wanted, filter, true));
    }
    const shards = shardsOf(index);
    const telling = wanted.length > 1 ? wanted.filter((term) => !isYear(term)) : wanted;
    const places = (telling.length > 0 ? telling : wanted).map((term) => ({ term, ...place(shards, term) }))
      .sort((a, b) => Number(b.isWhole) - Number(a.isWhole) || a.count - b.count);
    const known = places.filter((place) => place.count > 0);
    if (known.length === places.length) {
      const names = known.slice(0, known[0].isWhole ? 1 : 2).flatMap((place) => place.files);
      const hits = rank(await fetchFilms(index, names), wanted, filter, false);
      if (hits.length >= few) return hits;
      if (hits.length > 0) return joined(hits, await misspelt(index, wanted, filter, places, hits));
    }
    return misspelt(index, wanted, filter, places);
  };

  /** @typedef {{ term: string, files: string[], count: number, isWhole: boolean }} Place */

  /**
   * Films whose titles come near, other than those that were found.
   * @param {Index} index @param {string[]} wanted @param {Filter} filter @param {Place[]} places @param {Film[]} found
   */
  const misspelt = async (index, wanted, filter, places, found = []) => {
    const had = new Set(found.map((film) => film.address));
    const others = (/** @type {Film[]} */ hits) => hits.filter((film) => !had.has(film.address));
    const shards = shardsOf(index);
    const known = places.filter((place) => place.count > 0);
    // A word is not as the catalogue spells it: first by the company it keeps, then by the words that are near.
    if (wanted.length > 1 && known.length > 0 && known[0].isWhole) {
      const hits = others(rank(await fetchFilms(index, known[0].files), wanted, filter, true));
      if (hits.length > 0) return hits;
    }
    const doubtful = (known.length < places.length ? places.filter((place) => place.count === 0) : places)
      .map((place) => place.term).sort((a, b) => b.length - a.length);
    for (const end of [false, true]) {
      const near = (await corrections(index, doubtful[0], end)).filter((other) => other !== doubtful[0]);
      for (const other of near.slice(0, 2)) {
        const hits = others(rank(await fetchFilms(index, place(shards, other).files), wanted, filter, true));
        if (hits.length > 0) return hits;
      }
    }
    return [];
  };

  /** As many as a page of results shows. */
  const browsed = 100;

  /** Lets go of all that was fetched. */
  const forget = () => {
    files.clear();
    corrected.clear();
  };

  globalThis.marqueeSearch.engine = {
    open, find, forget, words, browsed, terms: (/** @type {string} */ title) => [...terms(title)],
  };
})();
