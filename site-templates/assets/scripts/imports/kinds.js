// @ts-check
/** What a file is that holds no ratings as text, by its first bytes; and the sentence that says so, with the way on. */
(() => {
  'use strict';

  const marquee = (globalThis.marquee ??= {});
  const importing = (marquee.importing ??= {});

  /** @param {Uint8Array} bytes @param {string} digits Hexadecimal. @param {number} at */
  function begins(bytes, digits, at) {
    for (let place = 0; place < digits.length; place += 2) {
      if (bytes[at + place / 2] !== parseInt(digits.slice(place, place + 2), 16)) return false;
    }
    return true;
  }

  /** What the bytes at the start of a file say; empty for text. @param {Uint8Array} bytes @param {any} formats */
  function kindOf(bytes, formats) {
    const found = formats.signatures.find((/** @type {any} */ { begins: some, at = 0 }) => some.some((/** @type {string} */ digits) => begins(bytes, digits, at)));
    return found?.is ?? (bytes.length > 0 && bytes.subarray(0, 64).every(byte => byte === 0) ? 'zeros' : '');
  }

  /** What a text is that holds no table; empty for anything else. @param {string} text @param {any} formats */
  function kindOfText(text, formats) {
    let start = text.slice(0, 2000).replace(/^\uFEFF+/, '').trimStart().toLowerCase();
    if (start === '') return 'empty';
    while (start.startsWith('<!--') && start.includes('-->')) start = start.slice(start.indexOf('-->') + 3).trimStart();
    while (start.startsWith('--\n')) start = start.slice(3);
    if (start.startsWith('<?xml') && start.includes('<html')) return 'page';
    const found = formats.texts.find((/** @type {any} */ { begins: some }) => some.some((/** @type {string} */ words) => start.startsWith(words)));
    if (found) return found.is;
    if (!start.includes('\0')) return '';
    return /\0$/.test(text) ? 'zeros' : 'binary';
  }

  /** Whether a file's name is that of a download which is not complete. @param {string} name @param {any} formats */
  const isUnfinished = (name, formats) => name.includes('.') && formats.unfinished.includes((name.split('.').pop() ?? '').toLowerCase());

  /** What a zip is that is a document of another program; empty for an archive of files. @param {string[]} names */
  function kindOfArchive(names) {
    if (names.includes('[Content_Types].xml') || names.some(name => name.startsWith('xl/'))) {
      return names.some(name => /^(word|ppt|visio)\//.test(name)) ? 'document' : 'workbook';
    }
    if (names.includes('Index/Document.iwa')) return 'workbook';
    if (names.includes('mimetype') && names.includes('content.xml')) return 'workbook';
    return '';
  }

  /** A name of a file or a column, which may run in the other direction than the sentence. @param {string} text */
  const isolated = text => `\u2068${text}\u2069`;

  /** @param {any} refusal A `Refusal` @param {string} file */
  function said({ reason, facts }, file) {
    const at = Object.fromEntries(Object.entries({ file, ...facts }).map(([name, value]) => [name, typeof value === 'string' ? isolated(value) : value]));
    switch (reason) {
      case 'columns': return marqueeText("import.columns", at);
      case 'headless': return marqueeText("import.headless", at);
      case 'password': return marqueeText("import.password", at);
      case 'method': return marqueeText("import.method", at);
      case 'split': return marqueeText("import.split", at);
      case 'unreadable': return marqueeText("import.unreadable", at);
      case 'damaged': return marqueeText("import.zip", at);
      case 'large': return marqueeText("import.large", at);
      case 'nothing': return marqueeText("import.nothing", at);
      case 'no-films': return marqueeText("import.no-films", at);
      case 'workbook': return marqueeText("import.workbook", at);
      case 'parquet': return marqueeText("import.parquet", at);
      case 'sqlite': return marqueeText("import.sqlite", at);
      case '7z': case 'rar': case 'bzip2': case 'xz': case 'zstd': return marqueeText("import.packed", { ...at, kind: reason });
      case 'lfs': return marqueeText("import.lfs", at);
      case 'page': return marqueeText("import.page", at);
      case 'empty': return marqueeText("import.empty", at);
      case 'json': return marqueeText("import.json", at);
      case 'unfinished': return marqueeText("import.unfinished", at);
      case 'zeros': return marqueeText("import.zeros", at);
      case 'piece': return marqueeText("import.piece", at);
      case 'xml': return marqueeText("import.xml", at);
      case 'sql': return marqueeText("import.sql", at);
      case 'utf32': return marqueeText("import.utf32", at);
      case 'pdf': case 'document': return marqueeText("import.document", at);
      case 'HDF5': case 'NumPy': case 'pickle': case 'Feather (Arrow)': case 'ORC': case 'Avro': case 'R': case 'MATLAB': case 'property list': case 'rtf':
        return marqueeText("import.other", { ...at, kind: reason });
      default: return marqueeText("import.unknown", at);
    }
  }

  Object.assign(importing, { kindOf, kindOfText, kindOfArchive, isUnfinished, isolated, said });
})();
