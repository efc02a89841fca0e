// @ts-check
/**
 * Exports of other services, read in the browser: Letterboxd, IMDb, Trakt, Netflix, tables and diaries of this site.
 *
 * @typedef {object} Entry A film as an export names it.
 * @property {string} title
 * @property {number} [year]
 * @property {string} [id] The site's own.
 * @property {number} [share] The rating as a share of the best one, over 0 to 1; none where it was only seen.
 * @property {string} on
 * @property {'ratings' | 'seen' | 'watchlist'} shelf
 *
 * @typedef {object} Finding
 * @property {string} service
 * @property {Entry[]} entries
 */
(() => {
  'use strict';

  const marquee = (globalThis.marquee ??= {});
  /** More than any export; less than what would choke a phone. */
  const mostBytes = 64 * 1024 * 1024;

  /** UTF-8, or what Windows writes. @param {Uint8Array} bytes */
  function decoded(bytes) {
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      return new TextDecoder('windows-1252').decode(bytes);
    }
  }

  /** The files of a zip archive. @param {Uint8Array} bytes @returns {Promise<{name: string, bytes: Uint8Array}[]>} */
  async function unzipped(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let end = bytes.length - 22;
    while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
    if (end < 0) throw new Error(marqueeText("import.zip"));
    const count = view.getUint16(end + 10, true);
    let at = view.getUint32(end + 16, true);
    let total = 0;
    const files = [];
    for (let entry = 0; entry < count && at + 46 <= bytes.length && view.getUint32(at, true) === 0x02014b50; entry++) {
      const [method, packed] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true)];
      const [nameLength, extra, comment] = [28, 30, 32].map(offset => view.getUint16(at + offset, true));
      const start = view.getUint32(at + 42, true);
      const name = decoded(bytes.subarray(at + 46, at + 46 + nameLength));
      at += 46 + nameLength + extra + comment;
      if (!/\.(csv|json)$/i.test(name) || start + 30 > bytes.length) continue;
      const body = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
      const raw = bytes.subarray(body, body + packed);
      const content = method === 0 ? raw : method === 8 ? await inflated(raw, mostBytes - total) : undefined;
      if (!content) continue;
      total += content.length;
      files.push({ name, bytes: content });
    }
    return files;
  }

  /** @param {Uint8Array} bytes @param {number} most */
  async function inflated(bytes, most) {
    const stream = new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    const reader = stream.getReader();
    const parts = [];
    let length = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > most) throw new Error(marqueeText("import.large"));
      parts.push(value);
    }
    const result = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
      result.set(part, at);
      at += part.length;
    }
    return result;
  }

  /** Rows of a table; the separator is the one its first line has most of. @param {string} text @returns {string[][]} */
  function table(text) {
    const head = text.slice(0, 2000).split(/\r?\n/, 1)[0];
    const separator = [',', ';', '\t'].reduce((best, one) => (head.split(one).length > head.split(best).length ? one : best));
    const rows = [];
    let row = [];
    let field = '';
    let isQuoted = false;
    for (let at = 0; at < text.length; at++) {
      const letter = text[at];
      if (isQuoted) {
        if (letter !== '"') field += letter;
        else if (text[at + 1] === '"') field += text[(at += 1)];
        else isQuoted = false;
      } else if (letter === '"' && field === '') {
        isQuoted = true;
      } else if (letter === separator) {
        row.push(field);
        field = '';
      } else if (letter === '\n' || letter === '\r') {
        if (letter === '\r' && text[at + 1] === '\n') at += 1;
        row.push(field);
        if (row.length > 1 || row[0] !== '') rows.push(row);
        row = [];
        field = '';
      } else {
        field += letter;
      }
    }
    row.push(field);
    if (row.length > 1 || row[0] !== '') rows.push(row);
    return rows;
  }

  /** A day of an ISO date; empty for anything else. @param {unknown} text */
  const day = text => (typeof text === 'string' ? /^\d{4}-\d\d-\d\d/.exec(text)?.[0] ?? '' : '');

  /** Netflix writes 3/14/26, 14/03/2026, 14.03.26: the whole file says which is the month. @param {string[]} dates */
  function netflixDays(dates) {
    const parts = dates.map(date => /^(\d{1,4})[./-](\d{1,2})[./-](\d{2,4})/.exec(date)?.slice(1).map(Number));
    const dayFirst = parts.some(part => part && part[0] > 12 && part[0] <= 31) || dates.some(date => date.includes('.'));
    return parts.map(part => {
      if (!part) return '';
      const [year, month, date] = part[0] > 31 ? part : dayFirst ? [part[2], part[1], part[0]] : [part[2], part[0], part[1]];
      if (!(month >= 1 && month <= 12 && date >= 1 && date <= 31)) return '';
      return `${year < 100 ? 2000 + year : year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
    });
  }

  /** @param {string} name @param {string} text @param {{maximum: number}} scale @returns {Finding} */
  function fromTable(name, text, scale) {
    const [head = [], ...rows] = table(text.replace(/^\uFEFF/, ''));
    const columns = new Map(head.map((title, index) => [title.trim().toLowerCase(), index]));
    const has = (/** @type {string[]} */ ...names) => names.every(one => columns.has(one));
    const get = (/** @type {string[]} */ row, /** @type {string[]} */ ...names) => {
      for (const one of names) if (columns.has(one)) return (row[columns.get(one) ?? 0] ?? '').trim();
      return '';
    };
    const number = (/** @type {string} */ value) => (value === '' ? NaN : Number(value.replace(',', '.')));
    const year = (/** @type {string} */ value) => (/^\d{4}/.test(value) ? Number(value.slice(0, 4)) : undefined);
    /** @type {Entry[]} */
    const entries = [];

    if (has('letterboxd uri') && has('name')) {
      const isWatchlist = /watchlist/i.test(name);
      for (const row of rows) {
        const stars = number(get(row, 'rating'));
        entries.push({
          title: get(row, 'name'), year: year(get(row, 'year')), on: day(get(row, 'watched date', 'date')),
          ...(stars > 0 ? { share: stars / 5, shelf: 'ratings' } : { shelf: isWatchlist ? 'watchlist' : 'seen' }),
        });
      }
      return { service: 'Letterboxd', entries };
    }
    if (has('const') && has('title')) {
      for (const row of rows) {
        if (/series|episode|game/i.test(get(row, 'title type'))) continue;
        const stars = number(get(row, 'your rating', 'you rated'));
        entries.push({
          title: get(row, 'title'), year: year(get(row, 'year')), on: day(get(row, 'date rated', 'created')),
          ...(stars > 0 ? { share: stars / 10, shelf: 'ratings' } : { shelf: 'watchlist' }),
        });
      }
      return { service: 'IMDb', entries };
    }
    if (has('title name') && (has('star value') || has('thumbs value'))) {
      const days = netflixDays(rows.map(row => get(row, 'event utc ts')));
      rows.forEach((row, index) => {
        const [stars, thumbs] = [number(get(row, 'star value')), number(get(row, 'thumbs value'))];
        const share = stars > 0 ? stars / 5 : [NaN, 0.4, 0.8, 1][thumbs] ?? NaN;
        if (share > 0) entries.push({ title: get(row, 'title name'), on: days[index], share, shelf: 'ratings' });
      });
      return { service: 'Netflix', entries };
    }
    if (has('title', 'date') && !has('rating')) {
      const days = netflixDays(rows.map(row => get(row, 'date')));
      // "Show: Season 1: Episode" is an episode; what stands before its first colon is not a film of this list.
      rows.forEach((row, index) => {
        const title = get(row, 'title');
        if (!/: (season|series|staffel|saison|temporada|chapter|part|volume|episode|limited series)\b/i.test(title)) {
          entries.push({ title, on: days[index], shelf: 'seen' });
        }
      });
      return { service: 'Netflix', entries };
    }
    if (has('rated_at') || has('trakt_id') || has('watched_at')) {
      for (const row of rows) {
        if (!/^(movie)?$/i.test(get(row, 'type'))) continue;
        const stars = number(get(row, 'rating'));
        entries.push({
          title: get(row, 'title'), year: year(get(row, 'year', 'released')), on: day(get(row, 'rated_at', 'watched_at')),
          ...(stars > 0 ? { share: stars / 10, shelf: 'ratings' } : { shelf: 'seen' }),
        });
      }
      return { service: 'Trakt', entries };
    }
    if (has('rating') && (has('movie') || has('movieid') || has('title') || has('name'))) {
      const stars = rows.map(row => number(get(row, 'rating')));
      const most = Math.max(...stars.filter(Number.isFinite), 0);
      rows.forEach((row, index) => {
        if (!Number.isFinite(stars[index])) return;
        entries.push({
          id: get(row, 'movie', 'movieid') || undefined, title: get(row, 'title', 'name'), year: year(get(row, 'year')),
          on: day(get(row, 'date')), share: stars[index] / (most > scale.maximum ? most : scale.maximum), shelf: 'ratings',
        });
      });
      return { service: marqueeText("import.table"), entries };
    }
    throw new Error(marqueeText("import.unknown", { file: name }));
  }

  /** @param {string} name @param {string} text @returns {Finding & {diary?: any}} */
  function fromJSON(name, text) {
    let value;
    try {
      value = JSON.parse(text);
    } catch {
      throw new Error(marqueeText("import.unknown", { file: name }));
    }
    if (value?.marquee === 'diary') {
      const diary = marquee.diary.checked(value);
      if (diary) return { service: marqueeText("import.diary"), entries: [], diary };
    }
    if (Array.isArray(value)) {
      /** @type {Entry[]} */
      const entries = [];
      for (const item of value) {
        const movie = item?.movie;
        if (typeof movie?.title !== 'string') continue;
        const rating = Number(item.rating);
        entries.push({
          title: movie.title, year: Number.isInteger(movie.year) ? movie.year : undefined,
          on: day(item.rated_at ?? item.last_watched_at ?? item.watched_at ?? item.listed_at),
          ...(rating > 0 ? { share: rating / 10, shelf: 'ratings' } : { shelf: item.listed_at ? 'watchlist' : 'seen' }),
        });
      }
      if (entries.length > 0 || value.length === 0 || value.every(item => item?.show)) return { service: 'Trakt', entries };
    }
    throw new Error(marqueeText("import.unknown", { file: name }));
  }

  /**
   * The words of a title, so that the same film meets itself: accents, articles and punctuation do not count.
   * @param {string} title
   */
  function key(title) {
    return title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/&/g, ' and ')
      .replace(/^(.*), (the|a|an|le|la|les|l'|der|die|das|el|il|lo|los)$/, '$2 $1')
      .replace(/['’`]/g, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim().replace(/^(the|a|an) (?=.)/, '');
  }

  /** The names of a film of the catalogue: "Amélie (Fabuleux destin, Le)" has two. @param {string} title */
  function keys(title) {
    const names = [title, title.replace(/\s*\([^)]*\)/g, '')];
    for (const [, inner] of title.matchAll(/\(([^)]+)\)/g)) names.push(inner.replace(/^a\.?k\.?a\.? /i, ''));
    return new Set(names.map(key).filter(name => name !== ''));
  }

  /** @param {Finding[]} findings @param {any[]} cards The catalogue, best known first. */
  function matched(findings, cards) {
    /** @type {Map<string, any[]>} */
    const byTitle = new Map();
    const byID = new Map(cards.map(card => [card.id, card]));
    for (const card of cards) {
      for (const name of keys(card.title)) {
        const same = byTitle.get(name);
        if (same) same.push(card);
        else byTitle.set(name, [card]);
      }
    }
    const found = [];
    /** @type {Entry[]} */
    const unmatched = [];
    for (const { entries } of findings) {
      for (const entry of entries) {
        const same = byTitle.get(key(entry.title)) ?? [];
        const { year } = entry;
        // Services disagree about a year when a film opened at a festival.
        const card = (entry.id !== undefined && byID.get(entry.id))
          || (year === undefined ? same[0] : same.find(one => one.year === year) ?? same.find(one => !one.year || Math.abs(one.year - year) <= 1));
        if (card) found.push({ entry, card });
        else if (entry.title || entry.id) unmatched.push(entry);
      }
    }
    return { found, unmatched };
  }

  marquee.imports = {
    /**
     * Reads files of a visitor's.
     * @param {File[]} files @param {{minimum: number, maximum: number, step: number}} scale
     * @returns {Promise<{services: string[], diaries: any[], findings: Finding[], refused: string[]}>}
     */
    async read(files, scale) {
      const result = { services: /** @type {string[]} */ ([]), diaries: /** @type {any[]} */ ([]), findings: /** @type {Finding[]} */ ([]), refused: /** @type {string[]} */ ([]) };
      for (const file of files) {
        if (file.size > mostBytes) {
          result.refused.push(marqueeText("import.large"));
          continue;
        }
        const bytes = new Uint8Array(await file.arrayBuffer());
        const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
        try {
          const parts = isZip ? await unzipped(bytes) : [{ name: file.name, bytes }];
          let read = 0;
          for (const part of parts) {
            const text = decoded(part.bytes);
            try {
              const finding = /^\s*[[{]/.test(text.replace(/^\uFEFF/, '')) ? fromJSON(part.name, text) : fromTable(part.name, text, scale);
              if (finding.diary) result.diaries.push(finding.diary);
              result.findings.push(finding);
              if (!result.services.includes(finding.service)) result.services.push(finding.service);
              read += 1;
            } catch (error) {
              // An archive holds much that is not about films: profile, comments.
              if (!isZip) throw error;
            }
          }
          if (read === 0) throw new Error(marqueeText("import.unknown", { file: file.name }));
        } catch (error) {
          result.refused.push(error instanceof Error ? error.message : String(error));
        }
      }
      return result;
    },
    matched,
    /** The stars of this site for a share of the best rating. @param {number} share @param {{minimum: number, maximum: number, step: number}} scale */
    stars(share, scale) {
      const level = Math.round((share * scale.maximum - scale.minimum) / scale.step);
      const stars = scale.minimum + Math.max(0, level) * scale.step;
      return Math.min(scale.maximum, Math.round(stars * 1000) / 1000);
    },
    key,
  };
})();
