// @ts-check
/**
 * Films of other sites found in a catalogue: by IMDb and TMDb id, then by title and year. `FilmMatcher` in the sources
 * goes by the same rules.
 *
 * @typedef {object} Film As an export names it.
 * @property {string} title
 * @property {string} [original] Its original title.
 * @property {number} [year]
 * @property {number} [imdb] Without the letters in front.
 * @property {number} [tmdb]
 */
(() => {
  'use strict';

  const marquee = (globalThis.marquee ??= {});
  const importing = (marquee.importing ??= {});

  /** Letters that are no other letter with an accent; the rest Unicode takes apart. */
  const joined = new Map(Object.entries({
    a: 'Ⱥᶏẚⱥ', ae: 'ÆæǢǣǼǽ', b: 'ƀƁƂƃɃɓᵬᶀ', c: 'ƇƈȻȼɕ', d: 'ÐðĐđƊƋƌǅǲȡɖɗᵭᶁᶑ', e: 'Ɇɇᶒⱸ', f: 'Ƒƒᵮᶂ', g: 'ƓǤǥɠᶃ', h: 'ĦħɦⱧⱨ', i: 'ıƗɨᶖ',
    j: 'Ɉɉʝ', k: 'ƘƙᶄⱩⱪ', l: 'ĿŀŁłƚǈȴȽɫɬɭᶅⱠⱡⱢ', m: 'ɱᵯᶆⱮ', n: 'ƝƞǋȠȵɲɳᵰᶇ', o: 'ØøƟǾǿⱺ', oi: 'Ƣƣ', ou: 'Ȣȣ', p: 'ƤƥᵱᵽᶈⱣ', q: 'ɋʠ',
    r: 'ɌɍɼɽɾᵲᵳᶉⱤ', s: 'ȿʂᵴᶊⱾ', ss: 'ßẞ', t: 'ŦŧƫƬƭƮȶȾʈᵵⱦ', th: 'Þþᵺ', u: 'ᶙ', ue: 'ᵫ', v: 'Ʋʋᶌⱱⱴ', w: 'Ⱳⱳ', x: 'ᶍ', y: 'ƳƴɎɏỾỿ', z: 'ƵƶȤȥɀʐʑᵶᶎⱫⱬⱿ',
  }).flatMap(([plain, letters]) => [...letters].map(letter => /** @type {[string, string]} */ ([letter, plain]))));

  /** The ASCII letters of an accented or joined Latin letter; empty for any other. @param {string} letter */
  function plain(letter) {
    const known = joined.get(letter);
    if (known) return known;
    const bare = letter.normalize('NFD').replace(/\p{M}+/gu, '').toLowerCase();
    return /^[a-z]{1,2}$/.test(bare) ? bare : '';
  }

  const numerals = new Map(Object.entries({
    ii: '2', iii: '3', iv: '4', vi: '6', vii: '7', viii: '8', ix: '9', xi: '11', xii: '12', xiii: '13', xiv: '14', xv: '15', xvi: '16', xvii: '17',
    xviii: '18', xix: '19', xx: '20',
  }));

  /**
   * The words of a title: lower case, accents folded, apostrophes dropped, "&" as "and", Roman numerals as numbers.
   * @param {string} title @returns {string[]}
   */
  function words(title) {
    const ascii = /^[ -~]*$/.test(title) ? title.toLowerCase() : folded(title);
    const words = ascii.replace(/'/g, '').replace(/&/g, ' and ').match(/[^\0-/:-`{-\x7f]+/g) ?? [];
    return words.map((word, index) => (index === 0 ? word : numerals.get(word) ?? word));
  }

  /** Letters in lower case and without accents; what is no letter, number or mark on one becomes a blank. @param {string} title */
  function folded(title) {
    let result = '';
    for (const letter of title.normalize('NFC')) {
      if (letter === '’') continue;
      if (letter < '\u0080') result += letter.toLowerCase();
      else result += plain(letter) || (/[\p{Alphabetic}\p{N}]/u.test(letter) ? letter.toLowerCase() : /\p{Mn}/u.test(letter) ? '' : ' ');
    }
    return result;
  }

  /** Articles that stand behind a comma, in the languages of the catalogues. */
  const articlesBehind = new Set([
    'The', 'A', 'An', 'Le', 'La', 'Les', "L'", 'L’', 'Un', 'Une', 'De', 'Des', 'Il', 'Lo', 'I', 'Gli', 'Uno', 'Una', 'El', 'Los', 'Las', 'O', 'Os',
    'As', 'Um', 'Uma', 'Der', 'Die', 'Das', 'Ein', 'Eine', 'Den', 'Det', 'En', 'Ett', 'Et', 'Het', 'Een', 'Da',
  ]);

  /** "Matrix, The" as "The Matrix", in brackets too. @param {string} title */
  function turned(title) {
    if (!title.includes(',')) return title;
    return title.replace(/[^()]+/g, part => {
      const comma = part.lastIndexOf(',');
      const article = part.slice(comma + 1).trim();
      const name = part.slice(0, comma);
      if (!articlesBehind.has(article) || name.trim() === '') return part;
      const [front] = /^\s*(?:a\.k\.a\. |aka )?/i.exec(name) ?? [''];
      return front + article + (/['’]$/.test(article) ? '' : ' ') + name.slice(front.length) + part.slice(part.trimEnd().length);
    });
  }

  /** "Matrix, The (1999)" is "The Matrix" of 1999; years of a series give the first. @param {string} title @param {number | undefined} year */
  function titled(title, year) {
    const found = /^(.*\S)\s*\((18[7-9]\d|19\d\d|20\d\d)(?:[-–—]\s*(?:\d{4})?\s*)?\)(?: \((?:V|TV|VG)\))?$/.exec(title);
    return { title: turned(found ? found[1] : title), year: year ?? (found ? Number(found[2]) : undefined) };
  }

  /** A title, what of it stands outside of brackets, and the alternative titles within them. @param {string} title */
  function names(title) {
    if (!title.includes('(')) return [title];
    const result = [title];
    for (const [, inner] of title.matchAll(/\(([^()]*)\)/g)) {
      for (const name of inner.split('/')) if (name) result.push(name.replace(/^(?:a\.k\.a\. |aka )/i, ''));
    }
    result.push(title.replace(/\([^()]*\)/g, ''));
    return result;
  }

  const numbers = new Map(Object.entries({
    one: '1', two: '2', three: '3', four: '4', five: '5', six: '6', seven: '7', eight: '8', nine: '9', ten: '10', eleven: '11', twelve: '12', thirteen: '13',
  }));
  const shortNumerals = new Map(Object.entries({ i: '1', v: '5', x: '10' }));
  const fillers = new Set(['the', 'a', 'an', 'and', 'part', 'vol', 'volume', 'chapter']);
  const spellings = [['ours', 'ors'], ['our', 'or'], ['tre', 'ter'], ['ence', 'ense']];
  /** What catalogues put behind a title to tell a film from its namesake. */
  const tails = ['u s', 'us', 'u k', 'uk', 'the movie', 'the film'];
  const editions = [
    ' redux', ': redux', " director's cut", ": the director's cut", ": director's cut", " (director's cut)", ': the final cut', ': special edition',
    ' special edition', ' (special edition)', ': extended edition', ' (re-release)', ' re-release', ' (restored)',
  ];

  /** British spelling as American. @param {string} word */
  function american(word) {
    const found = spellings.find(([ending]) => word.endsWith(ending));
    return found ? word.slice(0, -found[0].length) + found[1] : word;
  }

  /** @param {string} title */
  function withoutEdition(title) {
    const plain = title.replace(/’/g, "'").toLowerCase();
    const edition = editions.find(one => plain.endsWith(one) && plain.length === title.length);
    return edition ? title.slice(0, -edition.length) : title;
  }

  /** Where a title goes on behind the name of whoever it belongs to, among its first three words; −1 where there is none. @param {string} title */
  function possessiveEnd(title) {
    const found = /'s |s' /.exec(title.replace(/’/g, "'"));
    if (!found) return -1;
    const end = found.index + 3;
    return title.slice(0, found.index).split(' ').filter(Boolean).length <= 3 && end < title.length ? end : -1;
  }

  /** Finds films of a catalogue. */
  class Matcher {
    /** @param {{title: string, year?: number, imdb?: number, tmdb?: number}[]} films The best known first. @param {{articles: string[]}} formats */
    constructor(films, formats) {
      this.films = films;
      this.articles = new Set(formats.articles);
      /** @type {Map<number, number>} */
      this.byIMDb = new Map();
      /** @type {Map<number, number>} */
      this.byTMDb = new Map();
      /** @type {Map<string, number[]>} */
      this.byTitle = new Map();
      /** @type {Map<string, number[]>} */
      this.byLooseTitle = new Map();
      /** @type {Map<string, number[]>} */
      this.byPart = new Map();
      films.forEach(({ title, imdb, tmdb }, film) => {
        if (imdb && !this.byIMDb.has(imdb)) this.byIMDb.set(imdb, film);
        if (tmdb && !this.byTMDb.has(tmdb)) this.byTMDb.set(tmdb, film);
        for (const name of names(title)) {
          const known = this.words(name);
          add(this.byTitle, known.join(' '), film);
          add(this.byLooseTitle, loose(known), film);
          for (const part of this.parts(name)) add(this.byPart, part, film);
        }
      });
    }

    /** The words without an article in front; numbers in digits, "+" as "and", British spelling as American. @param {string} title */
    words(title) {
      const all = words(title.includes('+') ? title.replaceAll('+', ' & ') : title);
      if (all.length > 1 && this.articles.has(all[0])) all.shift();
      return all.map((word, index) => numbers.get(word) ?? (index > 0 ? shortNumerals.get(word) : undefined) ?? (word.length > 5 ? american(word) : word));
    }

    /** What two spellings of one title have in common. @param {string} title */
    key(title) { return this.words(title).join(' '); }

    /**
     * What a title may be called for short: what stands before its colon or dash first, then what stands behind, and what
     * stands behind the name of an author or a brand in front ("William Shakespeare's …"). A single word behind a colon is
     * none: "Impossible" is no "Mission: Impossible".
     * @param {string} title
     */
    parts(title) {
      const segments = /[:–-]/.test(title) ? title.split(':').flatMap(segment => segment.replace(/–/g, '-').split(' - ')).filter(Boolean) : [];
      const parts = [];
      if (segments.length > 1) {
        parts.push(this.key(segments[0]));
        for (let at = 1; at < segments.length; at++) {
          const part = this.key(segments.slice(at).join(' '));
          if (part.includes(' ')) parts.push(part);
        }
      }
      const end = possessiveEnd(title);
      if (end >= 0) parts.push(this.key(title.slice(end)));
      return parts.filter(part => part.length > 1 && !/^(?:\S+ )?\d+$/.test(part));
    }

    /**
     * The place of the film in the catalogue and what found it; nothing where none, or more than one, fits.
     * @param {Film} film @returns {{film: number, by: 'id' | 'title'} | undefined}
     */
    match(film) {
      const known = (film.imdb ? this.byIMDb.get(film.imdb) : undefined) ?? (film.tmdb ? this.byTMDb.get(film.tmdb) : undefined);
      if (known !== undefined) return { film: known, by: 'id' };
      const found = this.byTitles(film);
      return found === undefined ? undefined : { film: found, by: 'title' };
    }

    /** @param {Film} film */
    byTitles({ title, original, year }) {
      const titles = [title, original ?? ''].filter(Boolean);
      const all = titles.flatMap(names);
      for (const name of all) {
        const film = this.pick(this.byTitle.get(this.key(name)), year);
        if (film !== undefined) return film;
      }
      for (const one of titles) {
        const plain = withoutEdition(one);
        if (plain !== one) return this.pick(this.byTitle.get(this.key(plain)), year, true);
      }
      if (year === undefined) return undefined;
      for (const name of all) {
        const film = this.pick(this.byLooseTitle.get(loose(this.words(name))), year);
        if (film !== undefined) return film;
      }
      return this.byParts(all, year);
    }

    /** A film of that very year of whose title, or of which title, this is a part; nothing where several are. @param {string[]} names @param {number} year */
    byParts(names, year) {
      /** @type {Set<number>} */
      const found = new Set();
      const take = (/** @type {number[] | undefined} */ films) => films?.forEach(film => found.add(film));
      for (const name of names) {
        const key = this.key(name);
        take(this.byPart.get(key));
        this.parts(name).forEach((part, at) => {
          take(this.byTitle.get(part));
          if (at > 0) take(this.byPart.get(part));
        });
        for (const tail of tails) take(this.byTitle.get(`${key} ${tail}`));
      }
      const near = [...found].filter(film => this.films[film].year === year);
      return near.length === 1 ? near[0] : undefined;
    }

    /** @param {number[] | undefined} films The best known first. @param {number | undefined} year @param {boolean} [allowsEarlier] Whether it may be older by years. */
    pick(films, year, allowsEarlier = false) {
      if (!films) return undefined;
      if (year === undefined) return films.length === 1 ? films[0] : undefined;
      const exact = films.find(film => this.films[film].year === year);
      if (exact !== undefined) return exact;
      const near = films.filter(film => {
        const other = this.films[film].year;
        return !other || Math.abs(other - year) <= 1 || (allowsEarlier && other < year);
      });
      return near.length === 1 ? near[0] : undefined;
    }
  }

  /** The letters alone, without articles, "and", "part": "Old Boy" is "Oldboy". @param {string[]} words */
  const loose = words => words.filter(word => !fillers.has(word)).join('');

  /** @param {Map<string, number[]>} map @param {string} key @param {number} film */
  function add(map, key, film) {
    if (key === '') return;
    const films = map.get(key);
    if (!films) map.set(key, [film]);
    else if (films[films.length - 1] !== film) films.push(film);
  }

  Object.assign(importing, { Matcher, titled });
})();
