// @ts-check
/**
 * The recommender of the browser: a compact model of the build's, which folds in the visitor's ratings.
 *
 * `CompactModel` in the sources describes the file and does the same sums for `marquee recommend --ratings`.
 *
 * @typedef {object} Profile A visitor's place in the model.
 * @property {Float64Array} solution Factors and, last, the bias.
 * @property {Float64Array} lower Cholesky factor of the equations.
 * @property {number[]} films Places of the rated films the model knows.
 * @property {number[]} errors What each rating says beyond the film's own bias, in standard deviations.
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

  class Model {
    /** @param {ArrayBuffer} buffer @param {any} films `taste/films.json`, beside it */
    constructor(buffer, films) {
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
      /** @type {number} Films for each file of titles. */
      this.chunk = films.chunk;
      /** @type {string[]} */
      this.titleFiles = films.titles;
      this.places = new Map(this.ids.map((id, i) => [id, i]));
      this.fame = standardized(this.ratingCounts, count => Math.log(1 + count));
      this.age = standardized(this.years, year => year || NaN);
    }

    /** @param {number} film @param {number} factor */
    implicitFactor(film, factor) {
      const pair = this.implicit[film * Math.ceil(this.factorCount / 2) + (factor >> 1)];
      return (((factor & 1 ? pair >> 4 : pair & 15) - 8) / 7) * this.implicitSizes[film];
    }

    /**
     * What ratings tell: the factors p and bias b that solve, for the rated films' factors y, biases and variances,
     * (Σ [(y, 1)(y, 1)' + var y] + wΓ + ridge)(p, b) = Σ [(y, 1)(z − bias) + w (g, 0)].
     * @param {Record<string, {stars: number}>} ratings
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
      for (const [id, { stars }] of Object.entries(ratings)) {
        const film = this.places.get(id);
        if (film === undefined) continue;
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
      return { solution, lower, films, errors };
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

    /** How likely the visitor is to choose each film at all: the factors of what people rate, whatever they thought of it. @param {Profile} profile */
    affinities({ solution }) {
      const k = this.factorCount;
      const half = Math.ceil(k / 2);
      const affinities = new Float32Array(this.count);
      for (let film = 0; film < this.count; film++) {
        let sum = 0;
        for (let pair = 0; pair < half; pair++) {
          const numbers = this.implicit[film * half + pair];
          sum += ((numbers & 15) - 8) * solution[2 * pair];
          if (2 * pair + 1 < k) sum += ((numbers >> 4) - 8) * solution[2 * pair + 1];
        }
        affinities[film] = (sum * this.implicitSizes[film]) / 7;
      }
      return affinities;
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
     * Films in the order in which they are recommended: predicted stars, and how likely the visitor is to choose the film.
     * Stars alone are a poor list (nDCG@10 of 0.19 for 117 newcomers with five ratings of MovieLens latest-small; the
     * most popular films reach 0.33, this order 0.41).
     * @param {Profile} profile
     * @param {(film: number) => boolean} isLeftOut
     * @param {number} count
     * @param {Record<string, number>} tuning `fame` and `age` from −1 (obscure, old) to 1, genres by name from −1 to 1
     */
    best(profile, isLeftOut, count, tuning = {}) {
      const scores = this.scores(profile);
      const likely = standardized(this.affinities(profile), affinity => affinity);
      const fame = 0.12 + 0.6 * (tuning.fame ?? 0);
      const age = 0.6 * (tuning.age ?? 0);
      const moods = this.genres.map((name, bit) => ({ bit, weight: 1.5 * (tuning['genre ' + name] ?? 0) }))
        .filter(({ weight }) => weight !== 0);
      /** @type {{film: number, score: number}[]} */
      const all = [];
      for (let film = 0; film < this.count; film++) {
        if (isLeftOut(film)) continue;
        let score = scores[film] + 0.2 * likely[film] + fame * this.fame[film] + age * this.age[film];
        for (const { bit, weight } of moods) if ((this.kinds[film] >>> bit) & 1) score += weight;
        all.push({ film, score });
      }
      return all.sort((a, b) => b.score - a.score || a.film - b.film).slice(0, count).map(({ film }) => film);
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
        };
      });
    }

    /** Every title, for imports. @returns {Promise<Card[]>} */
    everything() {
      return this.cards(Array.from({ length: this.count }, (_, film) => film));
    }
  }

  /**
   * Values moved and scaled to mean 0 and deviation 1; what is not a number becomes 0.
   * @param {ArrayLike<number>} values @param {(value: number) => number} map
   */
  function standardized(values, map) {
    const mapped = Float32Array.from(values, map);
    let [count, sum, squares] = [0, 0, 0];
    for (const value of mapped) {
      if (Number.isNaN(value)) continue;
      count += 1;
      sum += value;
      squares += value * value;
    }
    const mean = sum / Math.max(1, count);
    const deviation = Math.sqrt(Math.max(1e-9, squares / Math.max(1, count) - mean * mean));
    return mapped.map(value => (Number.isNaN(value) ? 0 : (value - mean) / deviation));
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
        const [buffer, films] = await Promise.all([fetched(index.model), fetched(index.films)]);
        return new Model(buffer, films);
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
})();
