// @ts-check
/**
 * What puts the films of a visitor's list in order, and why each is there.
 *
 * `CompactListModel` in the sources describes the file and does the same sums, in the same order and with the same bits, for
 * `marquee recommend --ratings`.
 *
 * @typedef {object} Taste What ratings say.
 * @property {number[]} films Places of the films that were watched with profit, rising.
 * @property {boolean[]} isLiked For each of them whether it was liked.
 * @property {Float64Array} weights Of every film; 0 for all others.
 * @property {{excess: number, weight: number}[]} genres By how much the visitor is fond of each beyond others, and the weight of their films of it.
 * @property {Float64Array} solution Factors.
 * @property {Float64Array} lower Cholesky factor of their equations.
 */
(() => {
  'use strict';

  const marquee = (globalThis.marquee ??= {});
  const magic = 'MQLISTS2';
  const damping = 5;
  const moderateWeight = 0.6;
  const levels = 31;

  class Lists {
    /** @param {ArrayBuffer} buffer */
    constructor(buffer) {
      const view = new DataView(buffer);
      const [m, k, links, genreCount, all] = [8, 12, 16, 20, 24].map(at => view.getUint32(at, true));
      if (String.fromCharCode(...new Uint8Array(buffer, 0, 8)) !== magic) throw new Error('ranking: not a model of this version');
      let place = 28;
      const floats = (/** @type {number} */ count) =>
        Float64Array.from({ length: count }, () => view.getFloat32((place += 4) - 4, true));
      const bytes = (/** @type {number} */ count) => new Uint8Array(buffer, (place += count) - count, count);
      this.count = m;
      this.factorCount = k;
      [this.threshold, this.floor, this.usualLike, this.gap, this.high, this.popularityWeight, this.factorWeight,
        this.genreWeight, this.ridgeBase, this.ridgeEach] = floats(10);
      const sizes = floats(16);
      this.steps = floats(k);
      this.gram = new Float64Array(k * k);
      for (let i = 0; i < k; i++) {
        for (let j = i; j < k; j++) this.gram[i * k + j] = this.gram[j * k + i] = floats(1)[0];
      }
      this.genreShares = floats(genreCount);
      /** A bit for each genre, also of the films behind those that the lists know. */
      this.genres = Uint32Array.from({ length: all }, () => view.getUint32((place += 4) - 4, true));
      this.popularity = Float64Array.from(bytes(m), code => code / 16);
      const counts = bytes(m);
      const scales = Float64Array.from(bytes(m), code => sizes[code % 16] / 2 ** Math.floor(code / 16));
      this.factors = new Int8Array(buffer, place, m * k);
      place += m * k;
      /** Where the links to each film stand. */
      this.offsets = new Uint32Array(m + 1);
      this.neighbours = new Int32Array(links);
      for (let film = 0, link = 0; film < m; film++) {
        for (let last = -1, end = link + counts[film]; link < end; link++) {
          let gap = view.getUint8(place++);
          if (gap === 255) {
            gap = view.getUint16(place, true);
            place += 2;
          }
          last += gap;
          this.neighbours[link] = last;
        }
        this.offsets[film + 1] = link;
      }
      const codes = new Int8Array(buffer, place, links);
      this.weights = new Float64Array(links);
      for (let film = 0; film < m; film++) {
        for (let link = this.offsets[film]; link < this.offsets[film + 1]; link++) {
          this.weights[link] = codes[link] * scales[film] / levels;
        }
      }
    }

    /** @param {{film: number, stars: number}[]} ratings By place; films that the lists do not know are passed over. @returns {Taste} */
    foldIn(ratings) {
      const k = this.factorCount;
      const stars = ratings.map(rating => rating.stars);
      const lowest = this.lowestLike(stars);
      const liked = Math.min(stars.reduce((sum, value) => sum + value, 0) / Math.max(1, stars.length), this.high) - 1e-9;
      const known = ratings.filter(({ film, stars }) => film < this.count && stars >= lowest).sort((a, b) => a.film - b.film);
      const weights = new Float64Array(this.count);
      for (const { film, stars } of known) weights[film] = stars >= liked ? 1 : moderateWeight;
      const lower = Float64Array.from(this.gram);
      const solution = new Float64Array(k);
      for (let i = 0; i < k; i++) lower[i * k + i] += this.ridgeBase + this.ridgeEach * known.length;
      const row = new Float64Array(k);
      for (const { film } of known) {
        for (let i = 0; i < k; i++) row[i] = this.factors[film * k + i] * this.steps[i];
        for (let i = 0; i < k; i++) {
          for (let j = 0; j < k; j++) lower[i * k + j] += row[i] * row[j];
          solution[i] += weights[film] * row[i];
        }
      }
      marquee.equations.factorize(lower, k);
      marquee.equations.solve(lower, solution);
      const films = known.map(({ film }) => film);
      return { films, isLiked: known.map(({ stars }) => stars >= liked), weights, genres: this.excesses(films, weights), solution, lower };
    }

    /** @param {number[]} films @param {Float64Array} weights */
    excesses(films, weights) {
      const total = films.reduce((sum, film) => sum + weights[film], 0);
      return Array.from(this.genreShares, (share, genre) => {
        const weight = films.reduce((sum, film) => ((this.genres[film] >>> genre) & 1 ? sum + weights[film] : sum), 0);
        return { excess: Math.max(0, (weight - total * share) / Math.sqrt(total * share * (1 - share) + 1) - 1), weight };
      });
    }

    /** The genre of a film that the visitor is most fond of beyond others; −1 where there is none. @param {number} film @param {Taste} taste */
    favouriteGenre(film, { genres }) {
      let best = -1;
      for (let genre = 0; genre < genres.length; genre++) {
        if ((this.genres[film] >>> genre) & 1 && genres[genre].excess > (best < 0 ? 0 : genres[best].excess)) best = genre;
      }
      return best;
    }

    /** What the genres of a film say that the lists know nothing else of: 0 for most people. @param {Taste} taste @param {number} film */
    genreScore(taste, film) {
      const genre = this.favouriteGenre(film, taste);
      return genre < 0 ? 0 : this.genreWeight * taste.genres[genre].excess;
    }

    /** The lowest rating that is a like of whoever gave `stars`. @param {number[]} stars */
    lowestLike(stars) {
      if (this.gap <= 0) return this.threshold;
      let [sum, count] = [0, 0];
      for (const value of stars) {
        if (value < this.threshold) continue;
        sum += value;
        count += 1;
      }
      return Math.min(this.threshold, Math.max(this.floor, (sum + damping * this.usualLike) / (count + damping) - this.gap));
    }

    /** The score of every film, without what all people share. @param {Taste} taste */
    tastes(taste) {
      const { weights, solution } = taste;
      const k = this.factorCount;
      const place = Float64Array.from(this.steps, (step, i) => step * solution[i]);
      const scores = new Float64Array(this.count);
      for (let film = 0; film < this.count; film++) {
        let links = 0;
        for (let link = this.offsets[film]; link < this.offsets[film + 1]; link++) links += this.weights[link] * weights[this.neighbours[link]];
        let product = 0;
        for (let i = 0; i < k; i++) product += this.factors[film * k + i] * place[i];
        scores[film] = links + this.factorWeight * product + this.genreScore(taste, film);
      }
      return scores;
    }

    /** The score of every film. @param {Taste} taste */
    scores(taste) {
      const root = Math.sqrt(Math.max(1, taste.films.length));
      return this.tastes(taste).map((score, film) => score + this.popularityWeight * (this.popularity[film] / root));
    }

    /** What each of the taste's films adds to the score of `film`, in their order. @param {Taste} taste @param {number} film */
    contributions(taste, film) {
      const { films, weights, lower } = taste;
      const genre = this.favouriteGenre(film, taste);
      const shared = films.map(rated => (genre >= 0 && (this.genres[rated] >>> genre) & 1
        ? weights[rated] * (this.genreWeight * taste.genres[genre].excess / taste.genres[genre].weight) : 0));
      if (film >= this.count) return shared;
      const k = this.factorCount;
      const direction = Float64Array.from(this.steps, (step, i) => this.factors[film * k + i] * step);
      marquee.equations.solve(lower, direction);
      /** @type {Map<number, number>} */
      const own = new Map();
      for (let link = this.offsets[film]; link < this.offsets[film + 1]; link++) own.set(this.neighbours[link], this.weights[link]);
      return films.map((rated, index) => {
        let product = 0;
        for (let i = 0; i < k; i++) product += this.factors[rated * k + i] * this.steps[i] * direction[i];
        return weights[rated] * ((own.get(rated) ?? 0) + this.factorWeight * product) + shared[index];
      });
    }
  }

  /**
   * The reasons of a list, best film first: what speaks most for each, and not the same few films everywhere. What was a
   * reason before must speak more to be one again; what speaks by less than a quarter of the strongest is none.
   */
  class ReasonSpread {
    constructor() {
      /** @type {Map<number, number>} */
      this.uses = new Map();
    }

    /** @param {{film: number, weight: number}[]} contributions Of films that were liked. @returns {{film: number, weight: number}[]} */
    take(contributions) {
      const speaking = contributions.filter(({ weight }) => weight > 0);
      const total = speaking.reduce((sum, { weight }) => sum + weight, 0);
      const strongest = Math.max(...speaking.map(({ weight }) => weight));
      const chosen = speaking.filter(({ weight }) => weight >= 0.25 * strongest)
        .map(({ film, weight }) => ({ film, weight, value: weight * (this.uses.get(film) ?? 1) }))
        .sort((a, b) => b.value - a.value || a.film - b.film).slice(0, 3);
      for (const { film } of chosen) this.uses.set(film, (this.uses.get(film) ?? 1) * 0.7);
      return chosen.sort((a, b) => b.weight - a.weight || a.film - b.film).map(({ film, weight }) => ({ film, weight: weight / total }));
    }
  }

  marquee.ranking = { Lists, ReasonSpread };
})();
