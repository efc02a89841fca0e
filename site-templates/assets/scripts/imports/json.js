// @ts-check
/** JSON as tables: Trakt, Simkl and programs write a film an object; what stands in objects within becomes a column. */
(() => {
  'use strict';

  const marquee = (globalThis.marquee ??= {});
  const importing = (marquee.importing ??= {});

  const isRecord = (/** @type {unknown} */ value) => typeof value === 'object' && value !== null && !Array.isArray(value);

  /**
   * What a file of JSON, or of a line of JSON each, holds; of a damaged one the objects that are whole, and null for each other.
   * Nothing where there are no objects.
   * @param {string} text
   */
  function parsed(text) {
    try {
      return JSON.parse(text);
    } catch {
      // One object a line, or a list that is not whole.
    }
    const parts = /^\s*\{/.test(text) ? text.split('\n').filter(line => line.trim() !== '') : elements(text);
    const values = parts.map(part => {
      try {
        const value = JSON.parse(part);
        return isRecord(value) ? value : null;
      } catch {
        return null;
      }
    });
    return values.length > 1 && values.some(value => value !== null) ? values : undefined;
  }

  /** The objects of a list, as far as they go. `JSONObjects` in the sources takes them apart alike. @param {string} text */
  function elements(text) {
    const parts = [];
    let [depth, start, isText] = [0, 0, false];
    for (let at = 0; at < text.length; at++) {
      const letter = text[at];
      if (isText) {
        if (letter === '\\') at += 1;
        else if (letter === '"') isText = false;
      } else if (letter === '"') isText = true;
      else if (letter === '{') {
        if (depth === 0) start = at;
        depth += 1;
      } else if (letter === '}') {
        depth -= 1;
        if (depth === 0) parts.push(text.slice(start, at + 1));
        depth = Math.max(0, depth);
      }
    }
    if (depth > 0) parts.push(text.slice(start));
    return parts;
  }

  /**
   * The names and values within an object: "movie": {"ids": {"imdb": …}} is a column "imdb". The outer ones come first.
   * @param {Record<string, any>} item @param {Map<string, string>} into @param {number} depth
   */
  function flatten(item, into, depth = 0) {
    const inner = [];
    for (const [name, value] of Object.entries(item)) {
      if (isRecord(value)) inner.push(value);
      else if (value !== null && !Array.isArray(value) && !into.has(name)) into.set(name, String(value));
    }
    if (depth < 3) for (const value of inner) flatten(value, into, depth + 1);
    return into;
  }

  /**
   * The films of a value as rows, the names of the columns first; `others` are entries of series, people, lists.
   * @param {any} value @param {any} formats
   * @returns {{rows: {fields: string[], line: number}[], others: number, bad: number} | undefined}
   */
  function tableOf(value, formats) {
    let items = value;
    let others = 0;
    if (isRecord(value)) {
      items = [];
      for (const [name, list] of Object.entries(value)) {
        if (!Array.isArray(list)) continue;
        if (formats.jsonLists.includes(importing.plain(name))) items.push(...list);
        else others += list.filter(isRecord).length;
      }
    }
    if (!Array.isArray(items)) return undefined;
    const maps = [];
    let bad = 0;
    for (const [index, item] of items.entries()) {
      if (!isRecord(item)) {
        bad += 1;
        continue;
      }
      const isFilm = formats.filmObjects.some((/** @type {string} */ name) => isRecord(item[name]));
      if (!isFilm && formats.notFilmObjects.some((/** @type {string} */ name) => isRecord(item[name]))) others += 1;
      else maps.push({ map: flatten(item, new Map()), line: index + 1 });
    }
    const names = [...new Set(maps.flatMap(({ map }) => [...map.keys()]))].slice(0, 200);
    const rows = [{ fields: names, line: 0 }, ...maps.map(({ map, line }) => ({ fields: names.map(name => (map.get(name) ?? '').trim()), line }))];
    return { rows, others, bad };
  }

  Object.assign(importing, { parsed, tableOf, isRecord });
})();
