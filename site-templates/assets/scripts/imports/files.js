// @ts-check
/** From the files that somebody drops to what they say: archives opened, what is no export left out or named. */
(() => {
  'use strict';

  const marquee = (globalThis.marquee ??= {});
  const importing = (marquee.importing ??= {});
  const { Refusal, mostBytes } = importing;

  /** @typedef {any} Packed A file within an archive or a folder, as `archives.js` has it. */

  const table = /\.(csv|tsv|tab|txt|dat|json|jsonl|ndjson|inter)$/i;

  /** @param {string} path */
  const nameOf = path => path.split('/').pop() ?? path;

  /** The name in front of an ending, letters and digits alone. @param {string} path */
  const stem = path => importing.plain(nameOf(path).replace(/\.[^.]*$/, ''));

  /** Whether a file of an archive may say what its owner rated, saw or noted. @param {string} path @param {any} formats */
  function isOwn(path, formats) {
    const folders = path.toLowerCase().split('/').slice(0, -1);
    const name = nameOf(path);
    return table.test(name) && !name.startsWith('.') && !importing.isUnfinished(name, formats) && !folders.includes('__macosx')
      && !folders.some(folder => formats.skippedFolders.includes(folder) && !/watchlist/i.test(name))
      && !besides.includes(stem(path));
  }

  /** Files of an export that are about its owner. */
  const besides = ['comments', 'profile', 'userprofile', 'usersettings'];

  /** @typedef {{readings: any[], diaries: any[], notes: string[], refused: string[]}} Collected */

  /** The path of a file within the folder that was dropped or chosen; its name where it came alone. @type {WeakMap<File, string>} */
  const paths = new WeakMap();
  const pathOf = (/** @type {File} */ file) => paths.get(file) ?? (file.webkitRelativePath || file.name);

  /**
   * The files of a drop, those within folders too: `items` are what `webkitGetAsEntry` gave while the drop was handled,
   * since a browser forgets it afterwards.
   * @param {(any | null)[]} items @param {File[]} plain The files of the drop @returns {Promise<File[]>}
   */
  async function dropped(items, plain) {
    if (!items.some(entry => entry?.isDirectory)) return plain;
    /** @type {File[]} */
    const files = [];
    const walk = async (/** @type {any} */ entry) => {
      if (!entry || files.length > 2000) return;
      if (entry.isFile) {
        const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
        paths.set(file, entry.fullPath.replace(/^\//, ''));
        files.push(file);
        return;
      }
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
        if (some.length === 0) break;
        for (const one of some) await walk(one);
      }
    };
    for (const entry of items) await walk(entry);
    return files;
  }

  /**
   * @param {File[]} files @param {any} formats
   * @returns {Promise<Collected>}
   */
  async function collected(files, formats) {
    /** @type {Collected} */
    const result = { readings: [], diaries: [], notes: [], refused: [] };
    const attempt = async (/** @type {string} */ name, /** @type {() => Promise<void>} */ read) => {
      try {
        await read();
      } catch (error) {
        // The browser cannot open folders, and files that are gone.
        const reason = error instanceof Refusal ? error : new Refusal(error instanceof DOMException ? 'unreadable' : 'unknown');
        result.refused.push(importing.said(reason, name));
        if (error !== reason && reason.reason === 'unknown') console.error(error);
      }
    };
    // An unpacked export is read as its archive is.
    const inFolders = files.filter(file => pathOf(file).includes('/'));
    if (inFolders.length > 0) {
      const folder = pathOf(inFolders[0]).split('/')[0];
      await attempt(folder, () => parts(inFolders.map(file => (
        { name: pathOf(file), size: file.size, bytes: async () => new Uint8Array(await file.arrayBuffer()), blob: file })), folder, formats, result));
    }
    const alone = files.filter(file => !pathOf(file).includes('/'));
    // The pieces of one file, dropped together.
    const pieces = alone.filter(file => wholeOf(file.name) !== undefined);
    if (pieces.length > 1) {
      await attempt(pieces[0].name, () => parts(pieces.map(file => (
        { name: file.name, size: file.size, bytes: async () => new Uint8Array(await file.arrayBuffer()), blob: file })), pieces[0].name, formats, result));
    }
    for (const file of alone) {
      if (pieces.length > 1 && pieces.includes(file)) continue;
      // Of a handful of an export's files those that hold no films need no word.
      if (alone.length > 1 && besides.includes(stem(file.name))) continue;
      await attempt(file.name, () => open(file, file.name, formats, result));
    }
    return result;
  }

  /** @param {Blob} blob @param {string} name @param {any} formats @param {Collected} result @param {number} [depth] How many packings it came out of. @returns {Promise<void>} */
  async function open(blob, name, formats, result, depth = 0) {
    const head = new Uint8Array(await blob.slice(0, 512).arrayBuffer());
    const kind = importing.kindOf(head, formats);
    // What is no archive does not show whether it is whole.
    if (depth === 0 && !['zip', 'gzip', 'tar'].includes(kind) && importing.isUnfinished(name, formats)) throw new Refusal('unfinished');
    if (/\.(z?\d\d\d?|part\d+)$/i.test(name) && kind !== 'gzip' && (kind || head.includes(0))) throw new Refusal('split');
    if (kind === 'gzip' && depth < 3) {
      return open(new Blob([await importing.gunzipped(blob)]), name.replace(/\.tgz$/i, '.tar').replace(/\.gz$/i, ''), formats, result, depth + 1);
    }
    // An archive that unpacks itself has a program in front.
    if (kind === 'zip' || kind === 'program' || (kind === '' && /\.(zip|exe|sfx)$/i.test(name))) return archive(blob, name, formats, result);
    if (kind === 'tar') return parts(await importing.tarred(blob, formats), name, formats, result);
    if (kind) throw new Refusal(kind);
    if (blob.size > mostBytes) throw new Refusal('large', { megabytes: mostBytes >> 20 });
    if (wholeOf(name) && depth === 0 && !isHeaded(new Uint8Array(await blob.slice(0, 1 << 14).arrayBuffer()), name, formats)) throw new Refusal('piece');
    add(new Uint8Array(await blob.arrayBuffer()), name, formats, result, undefined);
  }

  /** @param {Blob} blob @param {string} name @param {any} formats @param {Collected} result */
  async function archive(blob, name, formats, result) {
    const files = await importing.zipped(blob, formats);
    const kind = importing.kindOfArchive(files.map((/** @type {any} */ file) => file.name));
    if (kind) throw new Refusal(kind);
    await parts(files, name, formats, result);
  }

  /** Reads the files of an archive or a folder. @param {any[]} files @param {string} name @param {any} formats @param {Collected} result */
  async function parts(files, name, formats, result) {
    // The ratings first: reports of services hold much else, and large.
    const isFirst = (/** @type {any} */ { name }) => Number(/rating/i.test(nameOf(name)));
    const chosen = joined(files, formats).filter(file => isOwn(file.name, formats)).sort((a, b) => isFirst(b) - isFirst(a));
    const archives = files.filter(({ name, blob }) => blob && /\.(zip|gz|tgz|tar)$/i.test(name));
    const owner = await ownerOf(files, name, formats);
    let isRead = archives.length > 0;
    /** @type {any} What stopped a file that may be the one. */
    let trouble;
    let total = 0;
    for (const file of archives) await open(file.blob, nameOf(file.name), formats, result);
    for (const file of chosen) {
      try {
        if (file.size > mostBytes || (total += file.size) > 4 * mostBytes) throw new Refusal('large', { megabytes: mostBytes >> 20 });
        add(await file.bytes(), file.name, formats, result, owner ?? '');
        isRead = true;
      } catch (error) {
        // It holds much that is not about films; a lock or a damage is about all of it.
        if (!(error instanceof Refusal)) throw error;
        if (!trouble || !idle.includes(error.reason)) trouble = error;
      }
    }
    if (isRead) {
      // What is too large beside the ratings is something else.
      if (trouble && trouble.reason !== 'large' && !idle.includes(trouble.reason)) result.refused.push(importing.said(trouble, name));
      return;
    }
    if (files.length > 0 && files.every(({ name }) => importing.isUnfinished(name, formats))) throw new Refusal('unfinished');
    throw trouble && !idle.includes(trouble.reason) ? trouble : new Refusal('nothing', { files: files.slice(0, 6).map(file => file.name).join(', ') });
  }

  /** The name of the file that was cut, for "ratings.csv.part-aa", "ratings.csv.001", "xab". @param {string} path */
  function wholeOf(path) {
    const name = nameOf(path).toLowerCase();
    if (/^xa[a-z]$/.test(name)) return 'ratings.csv';
    const found = /^(.*?\.(?:csv|tsv|txt|dat|inter|jsonl?|ndjson))[._-]?(?:part)?[._-]?(\d{1,5}|a[a-z]{1,3})$/.exec(name);
    return found?.[1];
  }

  /** Whether names of columns stand at the beginning. @param {Uint8Array} bytes @param {string} name @param {any} formats */
  function isHeaded(bytes, name, formats) {
    try {
      return importing.reading(name, importing.source(importing.decoded(bytes, formats), formats), formats) !== undefined;
    } catch {
      return false;
    }
  }

  /** The files with the pieces of one that was cut put together, where not each of them names its columns. @param {Packed[]} files @param {any} formats @returns {Packed[]} */
  function joined(files, formats) {
    /** @type {Map<string, Packed[]>} */
    const cut = new Map();
    const rest = [];
    for (const file of files) {
      const whole = wholeOf(file.name);
      const path = whole && [...file.name.split('/').slice(0, -1), whole].join('/');
      if (path) cut.set(path, [...(cut.get(path) ?? []), file]);
      else rest.push(file);
    }
    const rank = (/** @type {string} */ name) => Number(/\d+$/.exec(name)?.[0] ?? 0);
    for (const [name, pieces] of cut) {
      pieces.sort((a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1));
      rest.push({ name, size: pieces.reduce((sum, { size }) => sum + size, 0), bytes: () => whole(pieces, formats) });
    }
    return rest;
  }

  /** @param {Packed[]} pieces @param {any} formats */
  async function whole(pieces, formats) {
    const all = await Promise.all(pieces.map(piece => piece.bytes()));
    // Pieces that each begin with the names of the columns are tables of their own: they are said once.
    const firstLine = (/** @type {Uint8Array} */ bytes) => importing.decoded(bytes.subarray(0, (bytes.indexOf(10) + 1) || bytes.length), formats).trim();
    const head = firstLine(all[0]);
    const parts = all.map((bytes, index) => (index > 0 && firstLine(bytes) === head ? bytes.subarray(bytes.indexOf(10) + 1) : bytes));
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  }

  /** The name of whoever a file that came alone is called after: "ann.csv" is ann's, "ratings (1).csv" nobody's. @param {string} file @param {any} formats */
  function nameIn(file, formats) {
    const name = nameOf(file);
    for (const { prefix, endsBefore } of formats.ownersInNames) {
      const end = name.toLowerCase().indexOf(endsBefore, prefix.length);
      if (name.toLowerCase().startsWith(prefix) && end > prefix.length) return name.slice(prefix.length, end);
    }
    const stem = name.replace(/(?!^)\..*$/s, '');
    let words = importing.plain(stem).replace(/\p{N}+$/u, '');
    for (const mark of formats.copyWords) {
      if (words.endsWith(mark)) words = words.slice(0, -mark.length);
      if (words.startsWith(mark)) words = words.slice(mark.length);
    }
    const isCode = /^[\da-f_-]*\d[\da-f_-]*$/i.test(stem);
    return words === '' || isCode || formats.namelessFiles.includes(words) || stem.length > 190 ? undefined : stem;
  }

  /** What is no news of a file among others. */
  const idle = ['columns', 'headless', 'json', 'empty', 'no-films'];

  /** Whose archive it is: by the profile in it, or by its name. @param {any[]} files @param {string} name @param {any} formats */
  async function ownerOf(files, name, formats) {
    for (const owner of formats.owners) {
      const file = files.find(file => nameOf(file.name).toLowerCase() === owner.file && file.name.split('/').length <= 3);
      if (!file || file.size > 1 << 20) continue;
      try {
        const text = importing.decoded(await file.bytes(), formats);
        const found = owner.file.endsWith('.json') ? importing.tableOf([JSON.parse(text)], formats)?.rows : importing.source(text, formats).head;
        const [head, first] = found ?? [];
        const place = head?.fields.findIndex((/** @type {string} */ one) => owner.name.includes(importing.plain(one))) ?? -1;
        if (place >= 0 && first?.fields[place]) return first.fields[place];
      } catch {
        continue;
      }
    }
    for (const { prefix, endsBefore } of formats.ownersInNames) {
      const low = name.toLowerCase();
      const end = low.indexOf(endsBefore, prefix.length);
      if (low.startsWith(prefix) && end > prefix.length) return name.slice(prefix.length, end);
    }
    return undefined;
  }

  /**
   * Reads one file into `result`.
   * @param {Uint8Array} bytes @param {string} file @param {any} formats @param {Collected} result
   * @param {string | undefined} owner Of the archive that it stands in, empty where it does not say; nothing for a file alone.
   */
  function add(bytes, file, formats, result, owner) {
    const text = importing.plainLines(importing.decoded(bytes, formats).replace(/^\uFEFF+/, '').replace(/\x1a\s*$/, ''));
    const kind = importing.kindOfText(text, formats);
    if (kind) throw new Refusal(kind);
    const reading = /^\s*[[{]/.test(text) ? fromJSON(text, file, formats, result, owner !== undefined) : importing.reading(file, importing.source(text, formats), formats);
    if (!reading) return;
    if (reading.role === 'ratings' && !/[\r\n}\]]\s*$/.test(text.slice(-9))) {
      result.notes.push(marqueeText("import.open-end", { file: importing.isolated(file) }));
    }
    reading.owner = owner || (owner === undefined ? nameIn(file, formats) : undefined);
    reading.isNamedByFile = owner === undefined && reading.owner !== undefined;
    if (reading.owner === undefined) delete reading.owner;
    result.readings.push(reading);
  }

  /** @param {string} text @param {string} file @param {any} formats @param {Collected} result @param {boolean} isPart Of an archive. */
  function fromJSON(text, file, formats, result, isPart) {
    const value = importing.parsed(text);
    if (value === undefined) throw new Refusal('json');
    if (value?.marquee === 'diary') {
      const diary = marquee.diary.checked(value);
      if (!diary) throw new Refusal('unknown');
      result.diaries.push(...readingsOf(diary, file));
      return undefined;
    }
    const found = importing.tableOf(value, formats);
    if (!found || (found.rows[0].fields.length === 0 && found.others === 0)) throw new Refusal('json');
    if (found.rows.length === 1) throw new Refusal('no-films');
    const reading = importing.reading(file, importing.listed(found.rows), formats);
    if (isPart && reading.role === 'watchlist' && !/watchlist/i.test(file)) throw new Refusal('no-films');
    reading.lines += found.others + found.bad;
    reading.notFilms += found.others;
    for (let bad = 0; bad < found.bad; bad++) reading.bad.push({ line: 0, reason: 'short', text: '' });
    return reading;
  }

  /** A diary of a site like this one as what it says; ids are those of its own catalogue. @param {any} diary @param {string} file */
  function readingsOf(diary, file) {
    const entries = (/** @type {Record<string, any>} */ films) => Object.entries(films).map(([id, { title, year, on, stars }], index) => ({
      line: index + 1, id, title, year, rating: stars, time: on === '' ? null : Date.parse(on) / 1000,
    }));
    return ['ratings', 'seen', 'watchlist', 'hidden'].map(role => {
      const shelf = entries(diary[role]);
      return {
        service: 'marquee', label: '', file, role, entries: shelf, lines: shelf.length, notFilms: 0, bad: [], best: 0, isOwn: () => true,
        lists: role === 'ratings' ? diary.lists.map((/** @type {any} */ { name, films }) => ({ name, entries: entries(films) })) : [],
      };
    });
  }

  Object.assign(importing, { collected, dropped });
})();
