// @ts-check
/** Times as services, spreadsheets and people write them; the whole column says what its numbers mean. */
(() => {
  'use strict';

  const marquee = (globalThis.marquee ??= {});
  const importing = (marquee.importing ??= {});

  const dayLength = 86_400;
  /** 1970 to 2106, what 32 bits of seconds hold. @param {number} seconds */
  const sound = seconds => (seconds >= 0 && seconds < 2 ** 32 ? Math.floor(seconds) : undefined);

  /** @param {number} year @param {number} month @param {number} day */
  function days(year, month, day) {
    if (year < 100) year += year < 70 ? 2000 : 1900;
    const date = new Date(Date.UTC(year, month - 1, day));
    if (year < 1000 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
    return date.getTime() / 1000;
  }

  /** Seconds of a time of day with its offset, as in "10:10:38 AM", "T20:05:52.000Z", "+02:00"; nothing is midnight. @param {string} text */
  function clock(text) {
    if (text.trim() === '') return 0;
    const found = /^[T, ]*(\d{1,2}):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*([ap])?\.?m?\.?\s*(?:(?:GMT|UTC|Z)?\s*([+-])(\d\d):?(\d\d)?|Z|UTC|GMT)?(?:\s*\([^)]*\))?$/i.exec(text.trim());
    if (!found) return undefined;
    const [, hour, minute, second = '0', half, sign, hours = '0', minutes = '0'] = found;
    let h = Number(hour);
    if (half) h = (h % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
    if (h > 24 || Number(minute) > 59 || Number(second) > 60) return undefined;
    const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
    return h * 3600 + Number(minute) * 60 + Number(second) - offset;
  }

  /** @param {number | undefined} start @param {string} rest */
  function moment(start, rest) {
    const seconds = clock(rest);
    return start === undefined || seconds === undefined ? undefined : sound(start + seconds);
  }

  /** A date with the year in front, in words, or as a program writes it. @param {string} text @param {Record<string, number>} months By name. */
  function written(text, months) {
    const month = (/** @type {string} */ name) =>
      [name.toLowerCase(), name.toLowerCase().replace(/^ב/, '')].filter(one => Object.hasOwn(months, one)).map(one => months[one])[0] ?? 0;
    let found = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d])(.*)$/.exec(text);
    if (found) return moment(days(Number(found[1]), Number(found[3]), Number(found[4])), found[5]);
    found = /^(\d{4})(\d\d)(\d\d)(?:T?(\d{6}|\d{4}))?(Z?)$/.exec(text);
    if (found && Number(found[2]) <= 12) return moment(days(Number(found[1]), Number(found[2]), Number(found[3])), (found[4] ?? '') + (found[4] ? found[5] : ''));
    // "Thu, 12 Oct 2023 10:10:38 +0000", "12. Oktober 2023"
    found = /^(?:[^\d\s,]+,?\s+)?(\d{1,2})\.?[ -]+(\p{L}{3,})\.?,?[ -]+(\d{4}|\d\d)(?!\d)(.*)$/u.exec(text);
    if (found) return moment(days(Number(found[3]), month(found[2]), Number(found[1])), found[4]);
    // "Thu Oct 12 2023 10:10:38 GMT+0000 (Coordinated Universal Time)", "October 12, 2023"
    found = /^(?:\p{L}+\.?,?\s+)?(\p{L}{3,})\.?\s+(\d{1,2}),?\s+(\d{4})(?!\d)(.*)$/u.exec(text);
    if (found) return moment(days(Number(found[3]), month(found[1]), Number(found[2])), found[4]);
    // "Wed Jan 13 00:00:00 2021", as C writes it
    found = /^\p{L}+ (\p{L}{3}) +(\d{1,2}) (\d\d:\d\d:\d\d)(?: \p{L}+)? (\d{4})$/u.exec(text);
    return found ? moment(days(Number(found[4]), month(found[1]), Number(found[2])), found[3]) : undefined;
  }

  const local = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)(?!\d)(.*)$/;
  const numeric = /^\d+(?:[.,]\d+)?(?:e\+?\d+)?$/i;
  /** From 1970 to 2105, as spreadsheets count days. */
  const isSpreadsheetDay = (/** @type {number} */ value) => value >= 25_570 && value <= 75_000;

  /** Seconds, or what their size tells: milli-, micro-, nanoseconds. @param {number} value */
  const bySize = value => (value >= 197_001_010_000 && value < 210_100_000_000 ? undefined // `202009131226`
    : sound(value / (value < 1e11 ? 1 : value < 1e14 ? 1e3 : value < 1e17 ? 1e6 : 1e9)));

  /** What a column of numbers that are small for seconds counts instead; nothing where they are seconds. @param {number[]} values */
  function unitOf(values) {
    const given = values.filter(value => value > 0);
    const [lowest, highest] = given.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, 0]);
    const hasFractions = given.some(value => value % 1 !== 0 && isSpreadsheetDay(value));
    if (given.length === 0 || (!hasFractions && highest > 21_001_231)) return undefined;
    if (hasFractions || (isSpreadsheetDay(lowest) && isSpreadsheetDay(highest))) {
      return (/** @type {number} */ value) => (isSpreadsheetDay(value) ? Math.round((value - 25_569) * dayLength) : undefined);
    }
    if (lowest >= 1870 && highest <= 2105) return (/** @type {number} */ value) => days(value, 1, 1);
    if (lowest < 19_700_101) return undefined;
    return (/** @type {number} */ value) => days(Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100);
  }

  /** Which of day and month stands first in a column, where a date does not say so by itself: by those that do, or by its marks. @param {string[]} texts */
  function orderOf(texts) {
    const shown = new Set();
    let customary = '';
    for (const text of texts) {
      const found = local.exec(text);
      if (!found) continue;
      const [first, mark, second, rest] = [Number(found[1]), found[2], Number(found[3]), found[5]];
      if (mark === '.' || first > 12) shown.add('day');
      else if (second > 12) shown.add('month');
      else if (first !== second) customary ||= /[ap]\.?m/i.test(rest) ? 'month' : mark === '-' ? 'day' : 'unknown';
    }
    return shown.size === 1 ? [...shown][0] : shown.size === 0 ? customary : 'unknown';
  }

  /** @param {RegExpExecArray} found Of `local`. @param {string} order */
  function localTime(found, order) {
    const [first, mark, second, year, rest] = [Number(found[1]), found[2], Number(found[3]), Number(found[4]), found[5]];
    if (mark === '.' || first > 12) return moment(days(year, second, first), rest);
    if (second > 12 || first === second) return moment(days(year, first, second), rest);
    if (order === 'unknown') return undefined;
    return order === 'day' ? moment(days(year, second, first), rest) : moment(days(year, first, second), rest);
  }

  /**
   * Seconds since 1970 for each of a column's texts: null where none stands, nothing where it cannot be read.
   * @param {string[]} texts @param {(text: string) => boolean} isNone @param {Record<string, number>} months By name.
   * @returns {(number | null | undefined)[]}
   */
  function times(texts, isNone, months) {
    const short = texts.map(text => (text.length > 100 ? '?'.repeat(9) : text));
    const number = (/** @type {string} */ text) => Number(text.replace(',', '.'));
    const unit = unitOf(short.filter(text => numeric.test(text) && !isNone(text)).map(number));
    const order = orderOf(short);
    return short.map(text => {
      if (isNone(text)) return null;
      if (numeric.test(text)) {
        const time = unit ? unit(number(text)) : bySize(number(text));
        return time !== undefined || (text.length !== 14 && text.length !== 12) ? time : written(text, months);
      }
      const found = local.exec(text);
      return found ? localTime(found, order) : written(text, months);
    });
  }

  /** The day of a time, as the diary writes it; empty where there is none. @param {number | null | undefined} seconds */
  const dayOf = seconds => (typeof seconds === 'number' && seconds > 0 ? new Date(seconds * 1000).toISOString().slice(0, 10) : '');

  Object.assign(importing, { times, dayOf });
})();
