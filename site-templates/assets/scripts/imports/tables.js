// @ts-check
/**
 * Text between separators as rows.
 *
 * @typedef {object} Row
 * @property {number} line Where it begins, from 1.
 * @property {string[]} fields Without marks and white space around them.
 * @property {boolean} [isOpen] Whether a quotation mark opens in it that closes nowhere, or in the midst of something else:
 *   the row is this line alone, and nobody knows what its fields are.
 *
 * @typedef {object} Source Rows, the first ones before it is known what they mean.
 * @property {Row[]} head
 * @property {(from: number, isUsable: (fields: string[], isLong: (place: number) => boolean) => boolean) => Row[]} rows
 *   All behind number `from` of `head`. A row over several lines that cannot be used loses its first line only.
 */
(() => {
  'use strict';

  const marquee = (globalThis.marquee ??= {});
  const importing = (marquee.importing ??= {});

  /** A field beyond this is one whose quotation mark was never closed. */
  const mostLetters = 64 * 1024;
  /** Quotation marks that took lines along by mistake; beyond that they are no marks of fields. */
  const mostMistakes = 1000;
  const mostHead = 20;
  const separators = [',', ';', '\t', '|', '::', ' '];

  /** @param {string} line @param {string} separator Naively: what is asked is only how many there are. */
  const split = (line, separator) =>
    (separator === ' ' ? line.trim().split(/\s+/) : line.split(separator)).map(field => field.trim().replace(/^"(.*)"$/, '$1').trim());

  /** What stands between the fields: what gives the names of columns most meaning, or else the first line most fields. @param {string[]} lines @param {any} [formats] */
  function separatorOf(lines, formats) {
    for (const line of formats ? lines : []) {
      let [best, known] = ['', 1];
      for (const one of separators) {
        const count = importing.meanings(split(line, one), formats);
        if (count > known) [best, known] = [one, count];
      }
      if (best) return best;
    }
    const [first = ''] = lines;
    const bare = first.replace(/"[^"]*"/g, '');
    const best = separators.slice(0, -1).reduce((best, one) => (bare.split(one).length > bare.split(best).length ? one : best));
    if (bare.includes(best)) return best;
    const counts = new Set(lines.map(line => split(line, ' ').length));
    return counts.size === 1 && [...counts][0] >= 3 ? ' ' : ',';
  }

  /** A table whose columns may be those of an export. @param {string} text @param {any} [formats] @returns {Source} */
  function source(text, formats) {
    // Carriage returns alone end lines only where nothing else does.
    const end = text.includes('\n') ? '\n' : '\r';
    let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
    let line = 1;
    const lines = text.slice(start, start + 40_000).split(end);
    let separator = '';
    const named = /^"?sep=(.|\\t)"?\s*$/i.exec(lines[0]);
    if (named) {
      separator = named[1] === '\\t' ? '\t' : named[1];
      start += lines[0].length + 1;
      line = 2;
      lines.shift();
    }
    const first = lines.filter(line => line.trim() !== '').slice(0, mostHead);
    separator ||= separatorOf(first, formats);
    const reader = new Reader(text, end, separator, first);
    /** @type {(Row & {next: number, nextLine: number})[]} */
    const head = [];
    for (let [at, number] = [start, line]; at < text.length && head.length < mostHead;) {
      const row = reader.row(at, number);
      if (row.fields.length > 1 || row.fields[0] !== '') head.push({ line: number, ...row });
      [at, number] = [row.next, row.nextLine];
    }
    return {
      head,
      rows(from, isUsable) {
        if (from > 0) [start, line] = [head[from - 1].next, head[from - 1].nextLine];
        return reader.rows(start, line, isUsable);
      },
    };
  }

  /** The rows of any table. @param {string} text */
  const table = text => ({ rows: source(text).rows(0, () => true) });

  /** Rows that are there already. @param {Row[]} rows @returns {Source} */
  const listed = rows => ({ head: rows.slice(0, mostHead), rows: from => rows.slice(from) });

  class Reader {
    /** @param {string} text @param {string} end @param {string} separator @param {string[]} first Lines. */
    constructor(text, end, separator, first) {
      this.text = text;
      this.end = end;
      this.separator = separator;
      [this.searched, this.found] = [0, -1];
      /** Fields between tabs and bars have no lines in them. */
      this.spans = separator === ',' || separator === ';';
      this.escapes = false;
      if (first.some(line => line.includes('\\"'))) {
        // Spark and MySQL write a backslash before a mark, others double it: what gives more lines as many fields as the first
        // has, each with both of its marks.
        const whole = (/** @type {boolean} */ escapes) => {
          this.escapes = escapes;
          const rows = first.map(line => new Reader(line, end, separator, []).like(this).row(0, 1));
          return rows.filter(({ fields, isLoose }) => fields.length === rows[0].fields.length && !isLoose).length;
        };
        const doubled = whole(false);
        this.escapes = whole(true) > doubled;
      }
    }

    /** @param {Reader} other */
    like({ escapes }) {
      this.escapes = escapes;
      return this;
    }

    /** @param {number} start @param {number} line @param {Parameters<Source['rows']>[1]} isUsable */
    rows(start, line, isUsable) {
      /** @type {Row[]} */
      const rows = [];
      let mistakes = 0;
      while (start < this.text.length) {
        const row = this.row(start, line);
        if (row.isLong && !isUsable(row.fields, row.isLong)) {
          rows.push({ line, fields: [], isOpen: true });
          if ((mistakes += 1) > mostMistakes) this.spans = false;
          [start, line] = [row.firstEnd, line + 1];
          continue;
        }
        if (row.fields.length > 1 || row.fields[0] !== '') rows.push(row.isOpen ? { line, fields: row.fields, isOpen: true } : { line, fields: row.fields });
        [start, line] = [row.next, row.nextLine];
      }
      return rows;
    }

    /**
     * @param {number} start @param {number} line
     * @returns {{fields: string[], next: number, nextLine: number, firstEnd: number, isOpen?: boolean, isLoose?: boolean, isLong?: (place: number) => boolean}}
     *   `isLoose`: a field begins with a mark that is none of its two.
     */
    row(start, line) {
      const { text, end, separator } = this;
      const found = text.indexOf(end, start);
      const stop = found < 0 ? text.length : found;
      const plain = text.slice(start, stop);
      const place = { next: stop + 1, nextLine: line + 1, firstEnd: stop + 1 };
      if (separator === ' ') return { fields: plain.trim().split(/\s+/), ...place };
      if (plain.includes('"')) return this.quoted(start, stop, line);
      const fields = plain.split(separator);
      for (let at = 0; at < fields.length; at++) fields[at] = fields[at].trim();
      return { fields, ...place };
    }

    /** @param {number} start @param {number} stop @param {number} line */
    quoted(start, stop, line) {
      const { text, end, separator } = this;
      /** @type {string[]} */
      const fields = [];
      /** @type {Set<number>} */
      const long = new Set();
      let [at, last, isOpen, isLoose] = [start, stop, false, false];
      for (;;) {
        let from = at;
        while (from < last && text[from] === ' ') from += 1;
        const field = text[from] === '"' && from < last ? this.field(from, this.spans ? Math.min(text.length, from + mostLetters) : last) : undefined;
        if (field?.isClosed) {
          if (field.next > last) long.add(fields.length);
          fields.push(field.text);
          at = field.next;
          if (at > last) {
            const found = text.indexOf(end, at);
            last = found < 0 ? text.length : found;
          }
        } else {
          isOpen ||= field?.isLost ?? false;
          isLoose ||= field !== undefined;
          const to = Math.min(this.separatorFrom(at), last);
          fields.push(text.slice(at, to).trim());
          at = to;
        }
        if (at >= last) break;
        at += separator.length;
      }
      let lines = 1;
      for (let next = text.indexOf(end, start); next >= 0 && next < last; next = text.indexOf(end, next + 1)) lines += 1;
      return {
        fields, isOpen, isLoose, next: last + 1, nextLine: line + lines, firstEnd: stop + 1,
        ...(long.size > 0 ? { isLong: (/** @type {number} */ place) => long.has(place) } : {}),
      };
    }

    /** Where the next separator stands; beyond the text where none does. What was looked for once is not again. @param {number} at */
    separatorFrom(at) {
      if (at < this.searched || at > this.found) {
        this.searched = at;
        const found = this.text.indexOf(this.separator, at);
        this.found = found < 0 ? Infinity : found;
      }
      return this.found;
    }

    /**
     * A field in quotation marks: closed where a separator or the end of the line follows. A mark that anything else
     * follows belongs to the text, and so does the first one then.
     * @param {number} start @param {number} most
     */
    field(start, most) {
      const { text, end, separator, escapes } = this;
      let value = '';
      let from = start + 1;
      for (let at = from; at < most; at++) {
        const letter = text[at];
        if (letter === '\\' && escapes) {
          value += text.slice(from, at) + (text[at + 1] ?? '');
          from = (at += 1) + 1;
        } else if (letter === '"') {
          if (text[at + 1] === '"' && !escapes) {
            value += text.slice(from, at + 1);
            from = (at += 1) + 1;
            continue;
          }
          let next = at + 1;
          while (text[next] === ' ' || (text[next] === '\r' && end === '\n')) next += 1;
          const isClosed = next >= text.length || text.startsWith(end, next) || text.startsWith(separator, next);
          return { text: isClosed ? (value + text.slice(from, at)).trim() : '', isClosed, next, isLost: false };
        }
      }
      // Nothing closes it: within one line it is a mark of the text, over lines it may have taken some along.
      return { text: '', isClosed: false, next: start, isLost: this.spans };
    }
  }

  Object.assign(importing, { source, table, listed });
})();
