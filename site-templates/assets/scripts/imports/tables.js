// @ts-check
/**
 * Text between separators as rows.
 *
 * @typedef {object} Row
 * @property {number} line Where it begins, from 1.
 * @property {string[]} fields Without marks and white space around them.
 * @property {boolean} [isOpen] Whether a quotation mark opened that is never closed: the row is this line alone.
 *
 * @typedef {object} Table
 * @property {Row[]} rows Blank lines are left out.
 * @property {string} separator
 */
(() => {
  'use strict';

  const marquee = (globalThis.marquee ??= {});
  const importing = (marquee.importing ??= {});

  /** A field beyond this is one whose quotation mark was never closed. */
  const mostLetters = 64 * 1024;
  /** What stands between fields; those behind a tab or a bar take their marks off only where both stand in one line. */
  const separators = [',', ';', '\t', '|', '::'];

  /** Where a line ends; carriage returns alone end lines only where nothing else does. @param {string} text */
  const lineEnds = text => (text.includes('\n') ? '\n' : '\r');

  /** The separator of a table: what gives the first line that has any most fields. @param {string[]} lines */
  function separatorOf(lines) {
    const first = lines.filter(line => line.trim() !== '').slice(0, 20);
    for (const line of first) {
      const bare = outside(line);
      const best = separators.reduce((best, one) => (bare.split(one).length > bare.split(best).length ? one : best));
      if (bare.includes(best)) return best;
    }
    const counts = new Set(first.map(line => line.trim().split(/\s+/).length));
    return counts.size === 1 && [...counts][0] >= 3 ? ' ' : ',';
  }

  /** A line without what stands in quotation marks. @param {string} line */
  const outside = line => line.replace(/"[^"]*"/g, '');

  /** @param {string} text @returns {Table} */
  function table(text) {
    const end = lineEnds(text);
    let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
    let line = 1;
    const head = text.slice(start, start + 20_000).split(end);
    let separator = '';
    const named = /^"?sep=(.|\\t)"?\s*$/i.exec(head[0]);
    if (named) {
      separator = named[1] === '\\t' ? '\t' : named[1];
      const next = text.indexOf(end, start);
      start = next < 0 ? text.length : next + 1;
      line = 2;
      head.shift();
    }
    separator ||= separatorOf(head);
    const reader = new Reader(text, end, separator);
    /** @type {Row[]} */
    const rows = [];
    while (start < text.length) {
      const row = reader.row(start, line);
      if (row.fields.length > 1 || row.fields[0] !== '') rows.push({ line, fields: row.fields, ...(row.isOpen ? { isOpen: true } : {}) });
      start = row.next;
      line = row.nextLine;
    }
    return { rows, separator };
  }

  class Reader {
    /** @param {string} text @param {string} end @param {string} separator */
    constructor(text, end, separator) {
      this.text = text;
      this.end = end;
      this.separator = separator;
      /** Fields between tabs and bars have no lines in them. */
      this.spans = separator === ',' || separator === ';';
      /** Writers that escape by backslashes do so before a letter as well, which doubling marks never gives. */
      this.escapes = /(^|[^\\])\\"[^,;\t|"\r\n]/.test(text.slice(0, 1 << 20));
    }

    /** @param {number} start @param {number} line */
    row(start, line) {
      const { text, end, separator } = this;
      const found = text.indexOf(end, start);
      const stop = found < 0 ? text.length : found;
      const plain = text.slice(start, stop);
      if (separator === ' ') return { fields: plain.trim().split(/\s+/), next: stop + 1, nextLine: line + 1 };
      if (!plain.includes('"')) {
        const fields = plain.split(separator);
        for (let at = 0; at < fields.length; at++) fields[at] = fields[at].trim();
        return { fields, next: stop + 1, nextLine: line + 1 };
      }
      return this.quoted(start, stop, line);
    }

    /** @param {number} start @param {number} stop @param {number} line */
    quoted(start, stop, line) {
      const { text, end, separator } = this;
      /** @type {string[]} */
      const fields = [];
      let [at, isOpen] = [start, false];
      let last = stop;
      for (;;) {
        while (at < last && (text[at] === ' ') && separator !== ' ') at += 1;
        const field = text[at] === '"' && at < last ? this.field(at, this.spans ? Math.min(text.length, at + mostLetters) : last) : undefined;
        if (field?.isClosed) {
          fields.push(field.text);
          at = field.next;
          if (at >= last) {
            const found = text.indexOf(end, at);
            last = found < 0 ? text.length : found;
          }
        } else {
          isOpen ||= field?.isLost ?? false;
          const found = text.indexOf(separator, at);
          const to = found < 0 || found > last ? last : found;
          fields.push(text.slice(at, to).trim());
          at = to;
        }
        if (at >= last) break;
        at += separator.length;
      }
      let lines = 1;
      for (let next = text.indexOf(end, start); next >= 0 && next < last; next = text.indexOf(end, next + 1)) lines += 1;
      return { fields, isOpen, next: last + 1, nextLine: line + lines };
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
        if (letter === '\\' && escapes && (text[at + 1] === '"' || text[at + 1] === '\\')) {
          value += text.slice(from, at) + text[at + 1];
          from = (at += 1) + 1;
        } else if (letter === '"') {
          if (text[at + 1] === '"') {
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

  Object.assign(importing, { table });
})();
