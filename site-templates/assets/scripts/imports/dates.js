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

  /** What numbers of a column count, by the size of the middle one; days of a spreadsheet count from the end of 1899. @param {number} size */
  function unit(size) {
    if (size >= 1e17) return (/** @type {number} */ value) => value / 1e9;
    if (size >= 1e14) return (/** @type {number} */ value) => value / 1e6;
    if (size >= 1e11) return (/** @type {number} */ value) => value / 1e3;
    if (size >= 1e8) return (/** @type {number} */ value) => value;
    // 25,569 is 1970-01-01, 73,050 the last day of 2099.
    return size >= 25_569 && size < 73_051 ? (/** @type {number} */ value) => Math.round((value - 25_569) * dayLength) : () => NaN;
  }

  /**
   * Seconds since 1970 for each of a column's texts: nothing where none stands, `undefined` where it cannot be read.
   * @param {string[]} texts @param {(text: string) => boolean} isNone @param {Record<string, number>} months By name.
   * @returns {(number | null | undefined)[]}
   */
  function times(texts, isNone, months) {
    const numbers = [];
    let dayFirst = false;
    let monthFirst = false;
    for (const text of texts) {
      if (text.length > 100) continue;
      if (numeric.test(text)) {
        if (!/^(19|20)\d{6}$/.test(text)) numbers.push(Number(text.replace(',', '.')));
        continue;
      }
      const found = local.exec(text);
      if (!found) continue;
      if (found[2] === '.' || Number(found[1]) > 12) dayFirst = true;
      else if (Number(found[3]) > 12) monthFirst = true;
    }
    const seconds = unit(numbers.sort((a, b) => a - b)[numbers.length >> 1] ?? 0);
    return texts.map(text => {
      if (isNone(text) || /^0{4}-00-00/.test(text)) return null;
      if (numeric.test(text) && !/^(19|20)\d{6}$/.test(text)) return sound(seconds(Number(text.replace(',', '.'))));
      if (text.length > 100) return undefined;
      const found = local.exec(text);
      if (!found) return written(text, months);
      const [first, second] = [Number(found[1]), Number(found[3])];
      // A column of both, as a spreadsheet makes it, has each date in the way in which it is one.
      const isDayFirst = first > 12 || (second <= 12 && (dayFirst && !monthFirst));
      return moment(isDayFirst ? days(Number(found[4]), second, first) : days(Number(found[4]), first, second), found[5]);
    });
  }

  /** The day of a time, as the diary writes it; empty where there is none. @param {number | null | undefined} seconds */
  const dayOf = seconds => (typeof seconds === 'number' && seconds > 0 ? new Date(seconds * 1000).toISOString().slice(0, 10) : '');

  Object.assign(importing, { times, dayOf });
})();
