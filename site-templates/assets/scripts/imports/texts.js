// @ts-check
/** What a file is, by its first bytes, and its bytes as text. */
(() => {
  'use strict';

  const marquee = (globalThis.marquee ??= {});
  const importing = (marquee.importing ??= {});

  /** How much of a file shows how it is written. */
  const headLength = 1 << 14;
  const [lineFeed, carriageReturn] = [10, 13];

  /**
   * The bytes as text: by their mark, as UTF-16 where every other byte is zero, as UTF-8, or in the code of one byte a letter
   * that gives them most sense. A text of both has lines of each: files that were put together by hand.
   * @param {Uint8Array} bytes @param {any} formats @returns {string}
   */
  function decoded(bytes, formats) {
    const kind = utf16(bytes);
    if (kind) return new TextDecoder(kind).decode(bytes);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      return mixed(bytes, pageOf(bytes.subarray(0, headLength), formats));
    }
  }

  /** Each line, its end included. @param {Uint8Array} bytes @param {(line: Uint8Array) => void} take */
  function forEachLine(bytes, take) {
    for (let start = 0; start < bytes.length;) {
      let end = start;
      while (end < bytes.length && bytes[end] !== lineFeed && bytes[end] !== carriageReturn) end += 1;
      take(bytes.subarray(start, Math.min(end + 1, bytes.length)));
      start = end + 1;
    }
  }

  /** Whether it is no UTF-8. @param {Uint8Array} bytes */
  function isOther(bytes) {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      return false;
    } catch {
      return true;
    }
  }

  /** @typedef {{letters: string[], script: string, kinds: string[]}} Page A code of one byte a letter, from 128 on. */

  /** @type {Page[] | undefined} */
  let pages;

  /** @param {any} formats @returns {Page[]} */
  function pagesOf(formats) {
    return (pages ??= /** @type {Page[]} */ (formats.codePages.map((/** @type {any} */ { letters, script }) => ({
      script, letters: [...letters], kinds: [...letters].map(letter => letter === '\uFFFD' ? 'nothing' : letter === '\u2019' ? 'apostrophe'
        : /\p{Ll}/u.test(letter) ? 'lower' : /\p{Lu}/u.test(letter) ? 'upper' : /\p{Lo}/u.test(letter) ? 'other' : 'mark'),
    }))));
  }

  /** The code that gives the bytes of a text most sense: that of Windows where none is better. @param {Uint8Array} head @param {any} formats */
  function pageOf(head, formats) {
    /** @type {number[]} */
    const bytes = [];
    forEachLine(head, line => {
      if (line.some(byte => byte >= 0x80) && isOther(line)) bytes.push(...line);
    });
    const pages = pagesOf(formats);
    let [best, most] = [pages[0], score(bytes, pages[0])];
    for (const page of pages.slice(1)) {
      const count = score(bytes, page);
      if (count > most) [best, most] = [page, count];
    }
    return best;
  }

  const isLetter = (/** @type {number} */ byte) => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
  const isSmall = (/** @type {number} */ byte) => byte >= 0x61 && byte <= 0x7a;
  const isOfWord = (/** @type {number} */ byte) => byte >= 0x80 || isLetter(byte);

  /**
   * How much the bytes look like words: a letter that stands where one can stand counts for the code, and a mark within a word,
   * a capital behind a small letter, or an accent beside an accent against it. `CodePage` in the sources counts alike.
   * @param {number[]} bytes @param {Page} page
   */
  function score(bytes, { script, kinds }) {
    let sum = 0;
    bytes.forEach((byte, index) => {
      if (byte < 0x80) return;
      const [before, after] = [bytes[index - 1] ?? 0x20, bytes[index + 1] ?? 0x20];
      const kind = kinds[byte - 0x80];
      if (kind === 'nothing') sum -= 4;
      else if (kind === 'apostrophe') return;
      else if (kind === 'mark') sum -= isOfWord(before) && isOfWord(after) ? 1 : 0;
      else if (script === 'other') sum += isLetter(before) || isLetter(after) ? -2 : 1;
      else if (kind === 'upper') sum += before >= 0x80 || isSmall(before) ? -1 : 1;
      else sum += before >= 0x80 ? -1 : 1;
    });
    return sum;
  }

  /** Each line as UTF-8 where it is, and in the other code where it is not. @param {Uint8Array} bytes @param {Page} page */
  function mixed(bytes, page) {
    const strict = new TextDecoder('utf-8', { fatal: true });
    /** @type {string[]} */
    const lines = [];
    forEachLine(bytes, line => {
      try {
        lines.push(strict.decode(line));
      } catch {
        lines.push(Array.from(line, byte => (byte < 0x80 ? String.fromCharCode(byte) : page.letters[byte - 0x80])).join(''));
      }
    });
    return lines.join('');
  }

  /**
   * A text without what stands around its lines: the marks of a table that was pasted into one column, carriage returns as the
   * ends of lines.
   * @param {string} text
   */
  function plainLines(text) {
    const end = text.indexOf('\n');
    const first = (end < 0 ? text : text.slice(0, end)).replace(/\r+$/, '');
    if (end >= 0 && first.includes('\r') && !first.includes('"')) text = text.replace(/\r\n?/g, '\n');
    const lines = text.slice(0, headLength).split(/[\r\n]+/).filter(line => line !== '');
    const whole = (lines.length > 1 ? lines.slice(0, -1) : lines).slice(0, 20);
    const isWrapped = (/** @type {string} */ line) => /^".*[,;\t].*"$/.test(line) && !/"/.test(line.slice(1, -1).replaceAll('""', ''));
    if (whole.length === 0 || !whole.every(isWrapped)) return text;
    return text.replace(/^"(.*)"(\r?)$/gm, (_, /** @type {string} */ inner, /** @type {string} */ end) => inner.replaceAll('""', '"') + end);
  }

  /** @param {Uint8Array} bytes @returns {'utf-16le' | 'utf-16be' | undefined} */
  function utf16(bytes) {
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
    const length = Math.min(bytes.length, 1024) & ~1;
    if (length < 4) return undefined;
    let [even, odd] = [0, 0];
    for (let at = 0; at < length; at += 2) {
      if (bytes[at] === 0) even += 1;
      if (bytes[at + 1] === 0) odd += 1;
    }
    if (odd > length / 4 && even === 0) return 'utf-16le';
    return even > length / 4 && odd === 0 ? 'utf-16be' : undefined;
  }

  Object.assign(importing, { decoded, plainLines });
})();
