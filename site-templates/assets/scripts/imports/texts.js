// @ts-check
/** What a file is, by its first bytes, and its bytes as text. */
(() => {
  'use strict';

  const marquee = (globalThis.marquee ??= {});
  const importing = (marquee.importing ??= {});

  /**
   * The bytes as text: by their mark, as UTF-16 where every other byte is zero, as UTF-8, or what Windows writes. A text
   * of both has lines of each: files that were put together by hand.
   * @param {Uint8Array} bytes @returns {string}
   */
  function decoded(bytes) {
    const kind = utf16(bytes);
    if (kind) return new TextDecoder(kind).decode(bytes);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      return mixed(bytes);
    }
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

  /** Each line as UTF-8 where it is, and as Windows writes the site's language where it is not. @param {Uint8Array} bytes */
  function mixed(bytes) {
    const strict = new TextDecoder('utf-8', { fatal: true });
    const windows = new TextDecoder(document.documentElement.lang.startsWith('he') ? 'windows-1255' : 'windows-1252');
    const lines = [];
    for (let start = 0; start < bytes.length;) {
      const found = bytes.indexOf(10, start);
      const end = found < 0 ? bytes.length : found + 1;
      const line = bytes.subarray(start, end);
      try {
        lines.push(strict.decode(line));
      } catch {
        lines.push(windows.decode(line));
      }
      start = end;
    }
    return lines.join('');
  }

  Object.assign(importing, { decoded });
})();
