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
  const folded = new Map(Object.entries({
    a: 'Ⱥᶏẚⱥ', ae: 'ÆæǢǣǼǽ', b: 'ƀƁƂƃɃɓᵬᶀ', c: 'ƇƈȻȼɕ', d: 'ÐðĐđƊƋƌǅǲȡɖɗᵭᶁᶑ', e: 'Ɇɇᶒⱸ', f: 'Ƒƒᵮᶂ', g: 'ƓǤǥɠᶃ', h: 'ĦħɦⱧⱨ', i: 'ıƗɨᶖ',
    j: 'Ɉɉʝ', k: 'ƘƙᶄⱩⱪ', l: 'ĿŀŁłƚǈȴȽɫɬɭᶅⱠⱡⱢ', m: 'ɱᵯᶆⱮ', n: 'ƝƞǋȠȵɲɳᵰᶇ', o: 'ØøƟǾǿⱺ', oi: 'Ƣƣ', ou: 'Ȣȣ', p: 'ƤƥᵱᵽᶈⱣ', q: 'ɋʠ',
    r: 'ɌɍɼɽɾᵲᵳᶉⱤ', s: 'ȿʂᵴᶊⱾ', ss: 'ßẞ', t: 'ŦŧƫƬƭƮȶȾʈᵵⱦ', th: 'Þþᵺ', u: 'ᶙ', ue: 'ᵫ', v: 'Ʋʋᶌⱱⱴ', w: 'Ⱳⱳ', x: 'ᶍ', y: 'ƳƴɎɏỾỿ', z: 'ƵƶȤȥɀʐʑᵶᶎⱫⱬⱿ',
  }).flatMap(([plain, letters]) => [...letters].map(letter => /** @type {[string, string]} */ ([letter, plain]))));

  /** The ASCII letters of an accented or joined Latin letter; empty for any other. @param {string} letter */
  function plain(letter) {
    const known = folded.get(letter);
    if (known) return known;
    const bare = letter.normalize('NFD').replace(/\p{M}+/gu, '').toLowerCase();
    return /^[a-z]{1,2}$/.test(bare) ? bare : '';
  }

  /**
   * The words of a title: lower case, accents folded, apostrophes dropped, "&" as "and", Roman numerals as numbers.
   * @param {string} title
   */
  function words(title) {
    /** @type {string[]} */
    const words = [];
    let word = '';
    const close = () => {
      if (word !== '') words.push(words.length === 0 ? word : numerals[word] ?? word);
      word = '';
    };
    for (const letter of title) {
      const code = letter.charCodeAt(0);
      if ((code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39)) word += letter;
      else if (code >= 0x41 && code <= 0x5a) word += letter.toLowerCase();
      else if (letter === "'" || letter === '’') continue;
      else if (letter === '&') {
        close();
        words.push('and');
      } else if (code < 0x80) close();
      else {
        const ascii = plain(letter);
        if (ascii) word += ascii;
        else if (/[\p{Alphabetic}\p{N}]/u.test(letter)) word += letter.toLowerCase();
        else if (!/\p{Mn}/u.test(letter)) close();
      }
    }
    close();
    return words;
  }

  /** @type {Record<string, string>} */
  const numerals = {
    ii: '2', iii: '3', iv: '4', vi: '6', vii: '7', viii: '8', ix: '9', xi: '11', xii: '12', xiii: '13', xiv: '14', xv: '15', xvi: '16', xvii: '17',
    xviii: '18', xix: '19', xx: '20',
  };

  /** @param {string[]} words @param {Set<string>} articles */
  const withoutArticle = (words, articles) => (words.length > 1 && articles.has(words[0]) ? words.slice(1) : words);

  /** "Matrix, The" as "The Matrix", in brackets too. @param {string} title @param {Set<string>} articles */
  function turned(title, articles) {
    if (!title.includes(',')) return title;
    return title.replace(/([^()]+?), ?(\p{L}+['’]?)(?=\s*(?:$|[()]))/gu, (whole, name, article) =>
      articles.has(article.replace(/['’]$/, '').toLowerCase())
        ? name.replace(/^(\s*(?:a\.k\.a\. |aka )?)/i, `$1${article}${/['’]$/.test(article) ? '' : ' '}`) : whole);
  }

  /** "Matrix, The (1999)" is "The Matrix" of 1999; years of a series give the first. @param {string} title @param {number | undefined} year */
  function titled(title, year) {
    const found = /^(.*\S)\s*\((1[89]\d\d|20\d\d)(?:[-–—]\s*(?:\d{4})?\s*)?\)(?: \((?:V|TV|VG)\))?$/.exec(title);
    return { title: found ? found[1] : title, year: year ?? (found ? Number(found[2]) : undefined) };
  }

  /** A title, what of it stands outside of brackets, and the alternative titles within them. @param {string} title */
  function names(title) {
    if (!title.includes('(')) return [title];
    const result = [title, title.replace(/\([^()]*\)/g, ' ')];
    for (const [, inner] of title.matchAll(/\(([^()]+)\)/g)) {
      for (const name of inner.split('/')) result.push(name.trim().replace(/^a\.?k\.?a\.? /i, ''));
    }
    return result;
  }

  const editions = /(?:[:,]? (?:\(?(?:the )?(?:redux|director['’]s cut|final cut|special edition|extended (?:edition|cut)|unrated|uncut|re-?release|restored|remastered)\)?))$/i;

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
      /** Shortened and joined titles, which count in the same year only. @type {Map<string, number[]>} */
      this.byShort = new Map();
      films.forEach(({ title, imdb, tmdb }, film) => {
        if (imdb && !this.byIMDb.has(imdb)) this.byIMDb.set(imdb, film);
        if (tmdb && !this.byTMDb.has(tmdb)) this.byTMDb.set(tmdb, film);
        const keys = new Map(names(title).map(name => [this.key(name), name]));
        for (const key of keys.keys()) add(this.byTitle, key, film);
        for (const [key, name] of keys) for (const short of this.shortened(name, key)) if (!keys.has(short)) add(this.byShort, short, film);
      });
    }

    /** What two spellings of one title have in common. @param {string} title */
    key(title) { return withoutArticle(words(turned(title, this.articles)), this.articles).join(' '); }

    /**
     * What people call a film beside its title: what stands before its subtitle or behind the name of a series, without the
     * number of an episode, without the author's name, joined to one word.
     * @param {string} title @param {string} key
     */
    shortened(title, key) {
      const result = ['=' + key.replace(/ /g, '')];
      const [main, ...rest] = title.split(/: | [-–—] /);
      if (rest.length > 0) {
        result.push(this.key(main));
        const tail = this.key(rest[rest.length - 1]);
        if (tail.includes(' ')) result.push(tail);
        const parts = [main, ...rest].filter(part => !/^episode \S+$/i.test(part));
        if (parts.length <= rest.length) result.push(this.key(parts.join(' ')));
      }
      const owner = /^(?:\p{L}[\p{L}.]* ){0,2}\p{L}+['’]s (?=\S)/u.exec(title);
      if (owner) result.push(this.key(title.slice(owner[0].length)));
      const country = title.endsWith('.') || title.endsWith('S') ? title.replace(/ U\.?S\.?$/, '') : title;
      if (country !== title) result.push(this.key(country));
      return result.filter(key => key !== '');
    }

    /**
     * The place of the film in the catalogue and what found it; nothing where none, or more than one, fits.
     * @param {Film} film @returns {{film: number, by: 'id' | 'title'} | undefined}
     */
    match({ title, original, year, imdb, tmdb }) {
      const known = (imdb && this.byIMDb.get(imdb)) ?? (tmdb && this.byTMDb.get(tmdb));
      if (typeof known === 'number') return { film: known, by: 'id' };
      for (const name of [title, original ?? '']) {
        const film = name === '' ? undefined : this.titled(name, year);
        if (film !== undefined) return { film, by: 'title' };
      }
      return undefined;
    }

    /** @param {string} title @param {number | undefined} year */
    titled(title, year) {
      for (const name of names(title)) {
        const film = this.among(this.byTitle.get(this.key(name)), year);
        if (film !== undefined) return film;
      }
      const plain = title.replace(editions, '');
      if (plain !== title) {
        const film = this.among(this.byTitle.get(this.key(plain)), year, true);
        if (film !== undefined) return film;
      }
      if (year === undefined) return undefined;
      /** @type {Set<number>} */
      const near = new Set();
      for (const name of names(title)) {
        const key = this.key(name);
        for (const film of this.byShort.get(key) ?? []) near.add(film);
        for (const short of this.shortened(name, key)) {
          for (const film of this.byTitle.get(short) ?? []) near.add(film);
          if (short.startsWith('=')) for (const film of this.byShort.get(short) ?? []) near.add(film);
        }
      }
      return this.only([...near].filter(film => this.films[film].year === year));
    }

    /** @param {number[] | undefined} films @param {number | undefined} year @param {boolean} [earlier] Whether it may be older by years. */
    among(films, year, earlier = false) {
      if (!films) return undefined;
      if (year === undefined) return this.only(films);
      const exact = films.filter(film => this.films[film].year === year);
      if (exact.length > 0) return exact[0];
      return this.only(films.filter(film => {
        const other = this.films[film].year;
        return !other || Math.abs(other - year) <= 1 || (earlier && other < year);
      }));
    }

    /** The one film there is; of entries that are the same film the better known. @param {number[]} films */
    only(films) {
      if (films.length <= 1) return films[0];
      const [first] = films.sort((a, b) => a - b);
      const key = this.key(this.films[first].title);
      return films.every(film => this.key(this.films[film].title) === key && this.films[film].year === this.films[first].year) ? first : undefined;
    }
  }

  /** @param {Map<string, number[]>} map @param {string} key @param {number} film */
  function add(map, key, film) {
    if (key === '') return;
    const films = map.get(key);
    if (!films) map.set(key, [film]);
    else if (films[films.length - 1] !== film) films.push(film);
  }

  Object.assign(importing, { Matcher, titled });
})();
