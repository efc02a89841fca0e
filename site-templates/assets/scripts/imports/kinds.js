// @ts-check
/** What a file is that holds no ratings as text, by its first bytes; and the sentence that says so, with the way on. */
(() => {
  'use strict';

  const marquee = (globalThis.marquee ??= {});
  const importing = (marquee.importing ??= {});

  /** @param {Uint8Array} bytes @param {string} text @param {number} [at] */
  const begins = (bytes, text, at = 0) => [...text].every((letter, index) => bytes[at + index] === letter.charCodeAt(0));

  /** @type {[string, (bytes: Uint8Array) => boolean][]} */
  const kinds = [
    ['zip', bytes => begins(bytes, 'PK\x03\x04') || begins(bytes, 'PK\x05\x06')],
    ['gzip', bytes => begins(bytes, '\x1f\x8b')],
    ['workbook', bytes => begins(bytes, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')],
    ['parquet', bytes => begins(bytes, 'PAR1')],
    ['sqlite', bytes => begins(bytes, 'SQLite format 3\0')],
    ['7z', bytes => begins(bytes, '7z\xbc\xaf\x27\x1c')],
    ['rar', bytes => begins(bytes, 'Rar!\x1a\x07')],
    ['tar', bytes => begins(bytes, 'ustar', 257)],
    ['bzip2', bytes => begins(bytes, 'BZh')],
    ['xz', bytes => begins(bytes, '\xfd7zXZ\0')],
    ['zstd', bytes => begins(bytes, '\x28\xb5\x2f\xfd')],
    ['split', bytes => begins(bytes, 'PK\x07\x08') || begins(bytes, 'PK00PK')],
    ['pdf', bytes => begins(bytes, '%PDF')],
    ['picture', bytes => begins(bytes, '\x89PNG') || begins(bytes, '\xff\xd8\xff') || begins(bytes, 'GIF8') || begins(bytes, 'RIFF')],
    ['program', bytes => begins(bytes, 'MZ') || begins(bytes, '\x7fELF')],
  ];

  /** What the bytes at the start of a file say; empty for text. @param {Uint8Array} bytes */
  const kindOf = bytes => kinds.find(([, isKind]) => isKind(bytes))?.[0] ?? '';

  /** What a text is that holds no table; empty for anything else. @param {string} text */
  function kindOfText(text) {
    const start = text.slice(0, 2000).replace(/^\uFEFF/, '').trimStart();
    if (start === '') return 'empty';
    if (start.startsWith('version https://git-lfs')) return 'lfs';
    if (/^<(!doctype html|html|head|body)\b/i.test(start)) return 'page';
    if (start.startsWith('<')) return 'xml';
    return start.includes('\0') ? 'binary' : '';
  }

  /** What a zip is that is a document of another program; empty for an archive of files. @param {string[]} names */
  function kindOfArchive(names) {
    if (names.includes('[Content_Types].xml') || names.some(name => name.startsWith('xl/'))) {
      return names.some(name => /^(word|ppt|visio)\//.test(name)) ? 'document' : 'workbook';
    }
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
      case '7z': case 'rar': case 'tar': case 'bzip2': case 'xz': case 'zstd': return marqueeText("import.packed", { ...at, kind: reason });
      case 'lfs': return marqueeText("import.lfs", at);
      case 'page': return marqueeText("import.page", at);
      case 'empty': return marqueeText("import.empty", at);
      case 'json': return marqueeText("import.json", at);
      default: return marqueeText("import.unknown", at);
    }
  }

  Object.assign(importing, { kindOf, kindOfText, kindOfArchive, isolated, said });
})();
