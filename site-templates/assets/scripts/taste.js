// @ts-check
/**
 * The recommender of the browser: a compact model of the build's predicts stars from the visitor's ratings, another
 * (`ranking.js`) puts the films of a list in order.
 *
 * `CompactModel` in the sources describes the file and does the same sums for `marquee recommend --ratings`.
 *
 *     await marquee.recommend({"<movie id>": stars}, {count, within, exclude, tuning})
 *     // [{id, stars, low, high, because: [{id, weight}]}], best first, as the page shows it and the command line prints it
 *     await marquee.recommendTogether([ratings, …], {count, rule, within, exclude, includeSeen, tuning})
 *     // [{id, stars: [of each]}]
 *
 * @typedef {number | {stars: number}} Rated Stars, or an entry of the diary.
 *
 * @typedef {object} Tuning What a visitor wants of a list.
 * @property {'known' | 'between' | 'little'} [fame] Films that half of all ratings are of, the next 35 %, or the rest.
 * @property {number} [from] The first year.
 * @property {number} [to] The last year.
 * @property {number} [shortest] Minutes at least; films whose length is not known are left out, as in `longest` and `language`.
 * @property {number} [longest] Minutes at most.
 * @property {string} [language] What is spoken, as a code such as `fr`.
 * @property {Record<string, 1 | -1 | 'never'>} [genres] More, less or none of a genre, by the name in the data.
 * @property {boolean} [unusual] Off the beaten track: what speaks for a film against how many know it anyway.
 *
 * @typedef {object} Options
 * @property {number} [count] How many films; 20 where it is not said.
 * @property {Iterable<string>} [within] The ids that are ranked; all where it is not said.
 * @property {Iterable<string>} [exclude] Ids that stay out, besides those that were rated.
 * @property {Tuning} [tuning]
 *
 * @typedef {object} Profile A visitor's place in the model.
 * @property {Float64Array} solution Factors and, last, the bias.
 * @property {Float64Array} lower Cholesky factor of the equations.
 * @property {number[]} films Places of the rated films the model knows.
 * @property {number[]} errors What each rating says beyond the film's own bias, in standard deviations.
 * @property {any} taste What the ratings say to `ranking.js`.
 *
 * @typedef {object} Guess
 * @property {number} stars Within the scale.
 * @property {number} low The rating is between `low` and `high` four times out of five.
 * @property {number} high
 *
 * @typedef {object} Card
 * @property {string} id
 * @property {string} title
 * @property {number} [year]
 * @property {string} path From the site's root.
 * @property {string} poster The class of its poster.
 * @property {string[]} genres
 * @property {number} [minutes]
 * @property {string} [language] A code.
 */
(() => {
  'use strict';

  const marquee = (globalThis.marquee ??= {});
  const magic = 'MQTASTE1';

  /** Solves L L' x = b in place. @param {Float64Array} lower @param {Float64Array} x */
  function solve(lower, x) {
    const n = x.length;
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < i; k++) x[i] -= lower[i * n + k] * x[k];
      x[i] /= lower[i * n + i];
    }
    for (let i = n - 1; i >= 0; i--) {
      for (let k = i + 1; k < n; k++) x[i] -= lower[k * n + i] * x[k];
      x[i] /= lower[i * n + i];
    }
  }

  /** Factorizes a symmetric positive definite matrix in place. @param {Float64Array} a @param {number} n */
  function factorize(a, n) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < j; k++) a[j * n + j] -= a[j * n + k] ** 2;
      a[j * n + j] = Math.sqrt(Math.max(a[j * n + j], 1e-12));
      for (let i = j + 1; i < n; i++) {
        for (let k = 0; k < j; k++) a[i * n + j] -= a[i * n + k] * a[j * n + k];
        a[i * n + j] /= a[j * n + j];
      }
    }
  }

  marquee.equations = { factorize, solve };

  /** Up to which share of all ratings films are well known, and up to which they are not little known. */
  const bands = { known: 0.5, between: 0.85 };
  /** What a genre that is wanted more or less adds, as a part of what the best film has over the mean one. */
  const mood = 0.35;

  class Model {
    /** @param {ArrayBuffer} buffer @param {any} lists `Lists` of `ranking.js` @param {any} films `taste/films.json`, beside both */
    constructor(buffer, lists, films) {
      this.lists = lists;
      const view = new DataView(buffer);
      const name = String.fromCharCode(...new Uint8Array(buffer, 0, 8));
      const [n, k] = [view.getUint32(8, true), view.getUint32(12, true)];
      const numbers = 14 + (k + 1) + (k * (k + 1)) / 2 + 2 * k;
      const half = Math.ceil(k / 2);
      if (name !== magic || films.ids.length !== n || buffer.byteLength !== 16 + 4 * numbers + n * (5 + k + half)) {
        throw new Error('taste: not a model of this version');
      }
      let place = 16;
      const floats = (/** @type {number} */ count) =>
        Float64Array.from({ length: count }, () => view.getFloat32((place += 4) - 4, true));
      const head = floats(14);
      this.count = n;
      this.factorCount = k;
      [this.minimum, this.maximum, this.step, this.mean, this.deviation, this.implicitWeight] = head;
      this.spread = head.slice(9, 12);
      [this.lowQuantile, this.highQuantile] = head.slice(12);
      this.ridge = floats(k + 1);
      this.gram = new Float64Array(k * k);
      for (let i = 0; i < k; i++) {
        for (let j = i; j < k; j++) this.gram[i * k + j] = this.gram[j * k + i] = floats(1)[0];
      }
      this.steps = floats(k);
      this.varianceShape = floats(k);
      this.biases = Float32Array.from({ length: n }, (_, i) => view.getInt16(place + 2 * i, true) * head[6]);
      place += 2 * n;
      this.factors = new Int8Array(buffer, place, n * k);
      this.implicit = new Uint8Array(buffer, (place += n * k), n * half);
      const sizes = new Uint8Array(buffer, (place += n * half), n);
      this.implicitSizes = Float32Array.from(sizes, code => head[7] * 2 ** (-code / 16));
      this.varianceSizes = Float32Array.from(new Uint8Array(buffer, (place += n), n), code => head[8] * 2 ** (-code / 16));
      this.ratingCounts = Float32Array.from(new Uint8Array(buffer, place + n, n), code => Math.round(2 ** (code / 12) - 1));
      /** @type {string[]} */
      this.ids = films.ids.map(String);
      /** @type {number[]} 0 where unknown */
      this.years = films.years;
      /** @type {string[]} */
      this.genres = films.genres;
      /** @type {string[]} What they are called in the site's language. */
      this.genreNames = films.names;
      /** @type {number[]} A bit for each of `genres`. */
      this.kinds = films.kinds;
      /** @type {number[]} 0 where unknown; empty where the site knows none. */
      this.minutes = films.minutes ?? [];
      /** @type {string[]} Codes of the languages that are spoken in films, as far as the site knows. */
      this.languages = films.languages ?? [];
      /** @type {number[]} A place in `languages`, from 1 on; 0 where unknown. */
      this.spoken = films.spoken ?? [];
      /** @type {number} Films for each file of titles. */
      this.chunk = films.chunk;
      /** @type {string[]} */
      this.titleFiles = films.titles;
      this.places = new Map(this.ids.map((id, i) => [id, i]));
      /** @type {Map<number, number[]>} Of films under several ids all places, the best known first. */
      this.twins = new Map((films.twins ?? []).flatMap((/** @type {number[]} */ group) => group.map(film => [film, group])));
      const total = this.ratingCounts.reduce((sum, count) => sum + count, 0);
      let sum = 0;
      /** @type {('known' | 'between' | 'little')[]} */
      this.fame = Array.from(this.ratingCounts, count => {
        const before = sum / Math.max(1, total);
        sum += count;
        return before < bands.known ? 'known' : before < bands.between ? 'between' : 'little';
      });
    }

    /** @param {number} film @param {number} factor */
    implicitFactor(film, factor) {
      const pair = this.implicit[film * Math.ceil(this.factorCount / 2) + (factor >> 1)];
      return (((factor & 1 ? pair >> 4 : pair & 15) - 8) / 7) * this.implicitSizes[film];
    }

    /**
     * What ratings tell: the factors p and bias b that solve, for the rated films' factors y, biases and variances,
     * (Σ [(y, 1)(y, 1)' + var y] + wΓ + ridge)(p, b) = Σ [(y, 1)(z − bias) + w (g, 0)].
     * @param {Record<string, Rated>} ratings
     * @returns {Profile}
     */
    foldIn(ratings) {
      const k = this.factorCount;
      const n = k + 1;
      const lower = new Float64Array(n * n);
      const solution = new Float64Array(n);
      /** @type {number[]} */
      const films = [];
      /** @type {number[]} */
      const errors = [];
      for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) lower[i * n + j] = this.gram[i * k + j];
      for (let i = 0; i < n; i++) lower[i * n + i] += this.ridge[i];
      const row = new Float64Array(n).fill(1);
      const known = this.known(ratings);
      for (const { film, stars } of known) {
        const error = (stars - this.mean) / this.deviation - this.biases[film];
        films.push(film);
        errors.push(error);
        for (let i = 0; i < k; i++) row[i] = this.factors[film * k + i] * this.steps[i];
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) lower[i * n + j] += row[i] * row[j];
          solution[i] += row[i] * error;
        }
        for (let i = 0; i < k; i++) {
          lower[i * n + i] += this.varianceSizes[film] * this.varianceShape[i];
          solution[i] += this.implicitWeight * this.implicitFactor(film, i);
        }
      }
      factorize(lower, n);
      if (films.length > 0) solve(lower, solution);
      return { solution, lower, films, errors, taste: this.lists.foldIn(known) };
    }

    /** Ratings of films that the model knows, by place: sums have one order everywhere. @param {Record<string, Rated>} ratings */
    known(ratings) {
      return Object.entries(ratings).flatMap(([id, rating]) => {
        const film = this.places.get(id);
        const stars = typeof rating === 'number' ? rating : rating.stars;
        return film === undefined || !Number.isFinite(stars) ? [] : [{ film, stars }];
      }).sort((a, b) => a.film - b.film);
    }

    /** Predicted stars of every film, not cut to the scale. @param {Profile} profile */
    scores({ solution }) {
      const k = this.factorCount;
      const weights = Float64Array.from(this.steps, (step, i) => step * solution[i] * this.deviation);
      const scores = new Float32Array(this.count);
      const base = this.mean + this.deviation * solution[k];
      for (let film = 0, at = 0; film < this.count; film++) {
        let sum = base + this.deviation * this.biases[film];
        for (let i = 0; i < k; i++) sum += weights[i] * this.factors[at++];
        scores[film] = sum;
      }
      return scores;
    }

    /** @param {Profile} profile @param {number} film @returns {Guess} */
    guess({ solution, films }, film) {
      const k = this.factorCount;
      let sum = this.biases[film] + solution[k];
      for (let i = 0; i < k; i++) sum += this.factors[film * k + i] * this.steps[i] * solution[i];
      const clamp = (/** @type {number} */ value) => Math.max(this.minimum, Math.min(this.maximum, value));
      const stars = clamp(this.mean + this.deviation * sum);
      const [a, b, c] = this.spread;
      const spread = Math.max(1e-3, Math.sqrt(a + b / (1 + films.length) + c / (1 + this.ratingCounts[film])));
      return {
        stars,
        low: Math.min(stars, clamp(stars + this.lowQuantile * spread)),
        high: Math.max(stars, clamp(stars + this.highQuantile * spread)),
      };
    }

    /**
     * Where predicted stars come from: `everyone` (how the film is rated), `habit` (how the visitor rates), and what
     * each rating adds. Together they are the stars before they are cut to the scale.
     * @param {Profile} profile @param {number} film
     * @returns {{everyone: number, habit: number, parts: {film: number, stars: number}[]}}
     */
    reasons({ solution, lower, films, errors }, film) {
      const k = this.factorCount;
      const v = new Float64Array(k + 1);
      for (let i = 0; i < k; i++) v[i] = this.factors[film * k + i] * this.steps[i];
      solve(lower, v);
      const parts = films.map((rated, index) => {
        let sum = errors[index] * v[k];
        for (let i = 0; i < k; i++) {
          sum += v[i] * errors[index] * this.factors[rated * k + i] * this.steps[i];
          sum += v[i] * this.implicitWeight * this.implicitFactor(rated, i);
        }
        return { film: rated, stars: sum * this.deviation };
      });
      return {
        everyone: this.mean + this.deviation * this.biases[film],
        habit: this.deviation * solution[k],
        parts: parts.sort((a, b) => b.stars - a.stars),
      };
    }

    /**
     * Films in the order in which they are recommended. Those that too few people rated to be on anybody's list come last, by
     * what their genres say and then by their stars.
     * @param {Profile} profile
     * @param {(film: number) => boolean} isLeftOut
     * @param {number} count
     * @param {Tuning} tuning
     */
    best(profile, isLeftOut, count, tuning = {}) {
      const scores = this.tuned(tuning.unusual ? this.unusual(profile) : this.lists.scores(profile.taste), tuning);
      const isOffered = this.offered(tuning);
      /** @type {number[]} */
      const ranked = [];
      /** @type {{film: number, genre: number, stars: number}[]} */
      const others = [];
      const isCandidate = (/** @type {number} */ film) => !isLeftOut(film) && isOffered(film);
      for (let film = 0; film < this.count; film++) {
        if (!isCandidate(film) || this.isRepeated(film, isCandidate)) continue;
        if (film < scores.length) ranked.push(film);
        else others.push({ film, genre: this.lists.genreScore(profile.taste, film), stars: this.guess(profile, film).stars });
      }
      ranked.sort((a, b) => scores[b] - scores[a] || a - b);
      if (ranked.length >= count) return ranked.slice(0, count);
      others.sort((a, b) => b.genre - a.genre || b.stars - a.stars || a.film - b.film);
      return [...ranked, ...others.map(({ film }) => film)].slice(0, count);
    }

    /** Whether a better known id of the same film may stand in its place. @param {number} film @param {(film: number) => boolean} isCandidate */
    isRepeated(film, isCandidate) {
      return (this.twins.get(film) ?? []).some(other => other < film && isCandidate(other));
    }

    /** What speaks for each film, against how many people know it anyway. @param {Profile} profile */
    unusual({ taste }) {
      return this.lists.tastes(taste).map((/** @type {number} */ score, /** @type {number} */ film) =>
        this.fame[film] === 'known' ? -Infinity : score / (this.ratingCounts[film] + 20) ** 0.4);
    }

    /** @param {Float64Array} scores @param {Tuning} tuning */
    tuned(scores, { genres = {} }) {
      const wishes = this.genres.flatMap((name, bit) => (genres[name] === 1 || genres[name] === -1 ? [{ bit, wish: genres[name] }] : []));
      if (wishes.length === 0) return scores;
      const finite = scores.filter(Number.isFinite);
      const mean = finite.reduce((sum, score) => sum + score, 0) / Math.max(1, finite.length);
      const weight = mood * (finite.reduce((most, score) => Math.max(most, score), -Infinity) - mean);
      return scores.map((score, film) =>
        wishes.reduce((sum, { bit, wish }) => sum + ((this.kinds[film] >>> bit) & 1 ? wish * weight : 0), score));
    }

    /** Whether a list may show a film. @param {Tuning} tuning @returns {(film: number) => boolean} */
    offered({ fame, from = -Infinity, to = Infinity, shortest = 0, longest = Infinity, language, genres = {} }) {
      // A wish that was kept from a time when the site knew more facts than now would leave nothing.
      const isTimed = this.minutes.length > 0 && (shortest > 0 || longest < Infinity);
      const isSpoken = language !== undefined && this.languages.includes(language);
      const isDated = from > -Infinity || to < Infinity;
      const never = this.genres.reduce((bits, name, bit) => (genres[name] === 'never' ? bits | (1 << bit) : bits), 0);
      return film => (!fame || this.fame[film] === fame) && !(this.kinds[film] & never)
        && (!isDated || (this.years[film] >= from && this.years[film] <= to))
        && (!isTimed || (this.minutes[film] > 0 && this.minutes[film] >= shortest && this.minutes[film] <= longest))
        && (!isSpoken || this.languages[this.spoken[film] - 1] === language);
    }

    /**
     * The list of a visitor.
     * @param {Record<string, Rated>} ratings @param {Options} options
     * @returns {{film: number, id: string, stars: number, low: number, high: number, because: {id: string, weight: number}[]}[]}
     */
    list(ratings, { count = 20, within, exclude, tuning } = {}) {
      const profile = this.foldIn(ratings);
      const films = this.best(profile, this.leftOut([ratings], within, exclude, 1), count, tuning);
      return this.explained(profile, films);
    }

    /** Films with stars and reasons, which are spread over the list. @param {Profile} profile @param {number[]} films */
    explained(profile, films) {
      const { taste } = profile;
      const spread = new marquee.ranking.ReasonSpread();
      return films.map(film => {
        const contributions = this.lists.contributions(taste, film);
        const liked = taste.films.map((/** @type {number} */ rated, /** @type {number} */ index) => ({ film: rated, weight: contributions[index] }))
          .filter((/** @type {any} */ _, /** @type {number} */ index) => taste.isLiked[index]);
        const because = spread.take(liked).map((/** @type {any} */ { film: rated, weight }) => ({ id: this.ids[rated], weight }));
        return { film, id: this.ids[film], ...this.guess(profile, film), because };
      });
    }

    /**
     * @param {Record<string, Rated>[]} people @param {Iterable<string> | undefined} within @param {Iterable<string> | undefined} exclude
     * @param {number} raters How many must have rated a film for it to stay out.
     * @returns {(film: number) => boolean}
     */
    leftOut(people, within, exclude, raters) {
      const wanted = within && new Set(within);
      const unwanted = new Set(exclude);
      return film => {
        if (wanted && !wanted.has(this.ids[film])) return true;
        const ids = (this.twins.get(film) ?? [film]).map(other => this.ids[other]);
        return ids.some(id => unwanted.has(id)) || people.filter(ratings => ids.some(id => id in ratings)).length >= raters;
      };
    }

    /**
     * One list for several people. What a film is to someone is its score on their own list, in standard deviations from the
     * mean of all films; so nobody counts more for having rated more.
     * @param {Record<string, Rated>[]} people
     * @param {Options & {rule?: 'joy' | 'nobody-unhappy' | 'turns', includeSeen?: boolean}} options `includeSeen`: films that
     *   some, but not all, of them rated may be on it.
     * @returns {{film: number, id: string, stars: number[]}[]}
     */
    together(people, { count = 20, within, exclude, tuning = {}, rule = 'joy', includeSeen = false } = {}) {
      const profiles = people.map(ratings => this.foldIn(ratings));
      const scores = profiles.map(profile => this.tuned(standardized(this.lists.scores(profile.taste)), tuning));
      const isLeftOut = this.leftOut(people, within, exclude, includeSeen ? people.length : 1);
      const isOffered = this.offered(tuning);
      const films = Array.from({ length: this.lists.count }, (_, film) => film)
        .filter(film => !isLeftOut(film) && isOffered(film) && !this.isRepeated(film, other => other < this.lists.count && !isLeftOut(other) && isOffered(other)));
      /** @type {(score: (film: number) => number) => number[]} */
      const sorted = score => {
        const values = new Map(films.map(film => [film, score(film)]));
        return [...films].sort((a, b) => (values.get(b) ?? 0) - (values.get(a) ?? 0) || a - b);
      };
      const chosen = rule === 'turns' ? inTurns(scores.map(own => sorted(film => own[film])), Math.min(count, films.length))
        : sorted(rule === 'joy' ? film => scores.reduce((sum, own) => sum + own[film], 0) / people.length
          : film => Math.min(...scores.map(own => own[film]))).slice(0, count);
      return chosen.map(film => ({ film, id: this.ids[film], stars: profiles.map(profile => this.guess(profile, film).stars) }));
    }

    /**
     * The film whose rating would tell most about the visitor: the greatest expected gain of knowledge, times the chance
     * that people know it. Looked for among the best known films.
     * @param {Profile} profile @param {(film: number) => boolean} isLeftOut @returns {number} −1 where none is left
     */
    telling({ lower }, isLeftOut) {
      const k = this.factorCount;
      const v = new Float64Array(k + 1);
      let [best, gain] = [-1, -1];
      for (let film = 0; film < Math.min(400, this.count); film++) {
        if (isLeftOut(film)) continue;
        for (let i = 0; i <= k; i++) v[i] = i < k ? this.factors[film * k + i] * this.steps[i] : 1;
        // |L⁻¹ q|² = q' A⁻¹ q
        let sum = 0;
        for (let i = 0; i <= k; i++) {
          for (let j = 0; j < i; j++) v[i] -= lower[i * (k + 1) + j] * v[j];
          v[i] /= lower[i * (k + 1) + i];
          sum += v[i] * v[i];
        }
        const value = Math.sqrt(1 + this.ratingCounts[film]) * Math.log(1 + sum);
        if (value > gain) [best, gain] = [film, value];
      }
      return best;
    }

    /** The genres of a film. @param {number} film */
    genresOf(film) {
      return this.genreNames.filter((_, bit) => (this.kinds[film] >>> bit) & 1);
    }

    /** Titles and addresses of films, fetched with their neighbours. @param {number[]} films @returns {Promise<Card[]>} */
    async cards(films) {
      const chunks = new Map(await Promise.all([...new Set(films.map(film => Math.floor(film / this.chunk)))].map(
        async chunk => /** @type {[number, any[]]} */ ([chunk, await fetched(this.titleFiles[chunk])]))));
      return films.map(film => {
        const [title, path, poster] = chunks.get(Math.floor(film / this.chunk))?.[film % this.chunk] ?? ['', '', ''];
        return {
          id: this.ids[film], title, year: this.years[film] || undefined, path, poster, genres: this.genresOf(film),
          minutes: this.minutes[film] || undefined, language: this.languages[this.spoken[film] - 1],
        };
      });
    }

    /** Every title, for imports. @returns {Promise<Card[]>} */
    everything() {
      return this.cards(Array.from({ length: this.count }, (_, film) => film));
    }
  }

  /** Everyone in turn takes the first film of theirs that is left. @param {number[][]} orders @param {number} count */
  function inTurns(orders, count) {
    const taken = new Set();
    const next = orders.map(() => 0);
    while (taken.size < count) {
      const person = taken.size % orders.length;
      while (taken.has(orders[person][next[person]])) next[person] += 1;
      taken.add(orders[person][next[person]]);
    }
    return /** @type {number[]} */ ([...taken]);
  }

  /** Values moved and scaled to mean 0 and deviation 1. @param {Float64Array} values */
  function standardized(values) {
    let [sum, squares] = [0, 0];
    for (const value of values) {
      sum += value;
      squares += value * value;
    }
    const mean = sum / Math.max(1, values.length);
    const deviation = Math.sqrt(Math.max(1e-9, squares / Math.max(1, values.length) - mean * mean));
    return values.map(value => (value - mean) / deviation);
  }

  /** @type {Map<string, Promise<any>>} */
  const answers = new Map();

  /** A JSON file or, for `.bin`, the bytes of a file of the site, asked for once. @param {string} path */
  function fetched(path) {
    let answer = answers.get(path);
    if (!answer) {
      answer = fetch(marquee.root + path).then(response => {
        if (!response.ok) throw new Error(`${path}: ${response.status}`);
        return path.endsWith('.bin') ? response.arrayBuffer() : response.json();
      });
      // A failure is not kept: the network may come back.
      answer.catch(() => answers.delete(path));
      answers.set(path, answer);
    }
    return answer;
  }

  /** @type {Promise<Model> | undefined} */
  let loading;

  marquee.taste = {
    /** The model, fetched when first needed. @returns {Promise<Model>} */
    load() {
      loading ??= (async () => {
        const index = await fetched('taste/index.json');
        const [buffer, lists, films] = await Promise.all([fetched(index.model), fetched(index.lists), fetched(index.films)]);
        return new Model(buffer, new marquee.ranking.Lists(lists), films);
      })();
      loading.catch(() => { loading = undefined; });
      return loading;
    },
    /** What IMDb and TMDb call the films, by film of the model; 0 where unknown. @returns {Promise<{imdb: number[], tmdb: number[]}>} */
    async ids() { return fetched((await fetched('taste/index.json')).ids); },
    /** Films of the catalogue that the model does not know, for imports: id, title, year, page, IMDb, TMDB. @returns {Promise<[string, string, number, string, number, number][]>} */
    async more() {
      const { more } = await fetched('taste/index.json');
      return more ? fetched(more) : [];
    },
    Model,
  };

  marquee.recommend = async (/** @type {Record<string, Rated>} */ ratings, /** @type {Options} */ options) => {
    // The places of an array would be taken for ids.
    if (Array.isArray(ratings)) throw new TypeError('marquee.recommend takes {"<movie id>": stars}, not an array');
    return (await marquee.taste.load()).list(ratings, options).map((/** @type {any} */ { film, ...told }) => told);
  };

  marquee.recommendTogether = async (/** @type {Record<string, Rated>[]} */ people, /** @type {any} */ options) =>
    (await marquee.taste.load()).together(people, options).map((/** @type {any} */ { film, ...told }) => told);

  // What is said of films that it found.

  /** A length as the page's language writes it. @param {number} minutes */
  marquee.length = minutes =>
    new Intl.NumberFormat(document.documentElement.lang, { style: 'unit', unit: 'minute', unitDisplay: 'short' }).format(minutes);

  /**
   * A film in one line: its year, its length, what is spoken in it if that is not the page's language, its genres.
   * @param {{year?: number, minutes?: number, language?: string, genres: string[]}} film
   */
  marquee.facts = ({ year, minutes, language, genres }) => [
    year, minutes && marquee.length(minutes),
    language && language !== document.documentElement.lang.slice(0, 2) && marquee.languageName(language), genres.slice(0, 3).join(', '),
  ].filter(Boolean).join(' · ');

  /** Why a list has no film. @param {Record<string, any>} tuning What was asked of it. */
  marquee.noFilm = tuning => Object.keys(tuning).length > 0 ? marqueeText("list.none") : marqueeText("list.all");
})();
