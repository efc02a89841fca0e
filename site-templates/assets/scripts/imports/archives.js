// @ts-check
/**
 * Zip and tar archives and gzip files, read as far as they are needed: the list of a zip first, then single files of it.
 *
 * @typedef {object} Packed A file within an archive.
 * @property {string} name With slashes, whatever the system that packed it.
 * @property {number} size In bytes, unpacked.
 * @property {() => Promise<Uint8Array>} bytes
 */
(() => {
  'use strict';

  const marquee = (globalThis.marquee ??= {});
  const importing = (marquee.importing ??= {});

  /** More than any export; less than what would choke a phone. */
  const mostBytes = 64 * 1024 * 1024;
  const mostFiles = 20_000;

  /** Why a file is not read, as a fact; `imports.js` puts it into words. */
  class Refusal extends Error {
    /** @param {string} reason @param {Record<string, any>} [facts] */
    constructor(reason, facts = {}) {
      super(reason);
      this.reason = reason;
      this.facts = facts;
    }
  }

  /** @param {Blob} blob @param {number} start @param {number} end */
  const part = async (blob, start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer());

  const signature = { file: 0x04034b50, entry: 0x02014b50, end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50 };
  /** The ways of packing that zip files name by number. */
  const methods = /** @type {Record<number, string>} */ ({
    1: 'shrink', 6: 'implode', 9: 'deflate64', 12: 'bzip2', 14: 'LZMA', 93: 'zstd', 95: 'xz', 98: 'PPMd', 99: 'AES',
  });

  /**
   * The files of a zip archive. What stands before the archive, as in one that unpacks itself, does not count.
   * @param {Blob} blob @param {any} formats @returns {Promise<Packed[]>}
   */
  async function zipped(blob, formats) {
    const tailStart = Math.max(0, blob.size - 22 - 0xffff - 20);
    const tail = await part(blob, tailStart, blob.size);
    const view = new DataView(tail.buffer);
    let at = tail.length - 22;
    while (at >= 0 && view.getUint32(at, true) !== signature.end) at -= 1;
    if (at < 0) throw new Refusal('damaged');
    if (view.getUint16(at + 4, true) !== 0 && view.getUint16(at + 4, true) !== 0xffff) throw new Refusal('split');
    let [count, length, start] = [view.getUint16(at + 10, true), view.getUint32(at + 12, true), view.getUint32(at + 16, true)];
    let end = tailStart + at;
    if (at >= 20 && view.getUint32(at - 20, true) === signature.locator64) {
      // Zip64: the end that counts stands before this one, 56 bytes of it.
      const other = await part(blob, end - 20 - 56, end - 20);
      const wide = new DataView(other.buffer);
      if (other.length === 56 && wide.getUint32(0, true) === signature.end64) {
        [count, length, start] = [wide.getBigUint64(32, true), wide.getBigUint64(40, true), wide.getBigUint64(48, true)].map(Number);
        end -= 20 + 56;
      }
    }
    // Where something stands before the archive, its addresses count from behind that.
    const shift = Math.max(0, end - length - start);
    const list = await part(blob, start + shift, end);
    return entries(blob, list, count, shift, formats);
  }

  /** @param {Blob} blob @param {Uint8Array} list @param {number} count @param {number} shift @param {any} formats */
  function entries(blob, list, count, shift, formats) {
    const view = new DataView(list.buffer);
    /** @type {Packed[]} */
    const files = [];
    for (let at = 0, entry = 0; entry < Math.min(count, mostFiles) && at + 46 <= list.length; entry++) {
      if (view.getUint32(at, true) !== signature.entry) break;
      const [flags, method, packed, size] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true), view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
      const [nameLength, extra, comment] = [28, 30, 32].map(offset => view.getUint16(at + offset, true));
      const start = view.getUint32(at + 42, true) + shift;
      const name = importing.decoded(list.subarray(at + 46, at + 46 + nameLength), formats).replace(/\\/g, '/');
      at += 46 + nameLength + extra + comment;
      if (name.endsWith('/')) continue;
      files.push({ name, size, bytes: () => unpacked(blob, { flags, method, packed, start }) });
    }
    return files;
  }

  /** @param {Blob} blob @param {{flags: number, method: number, packed: number, start: number}} entry */
  async function unpacked(blob, { flags, method, packed, start }) {
    if (flags & 1) throw new Refusal('password');
    const head = await part(blob, start, start + 30);
    const view = new DataView(head.buffer);
    if (head.length < 30 || view.getUint32(0, true) !== signature.file) throw new Refusal('damaged');
    const body = start + 30 + view.getUint16(26, true) + view.getUint16(28, true);
    const raw = blob.slice(body, body + packed);
    if (raw.size < packed) throw new Refusal('damaged');
    if (packed > mostBytes) throw new Refusal('large', { megabytes: mostBytes >> 20 });
    if (method === 0) return part(raw, 0, packed);
    if (method !== 8) throw new Refusal('method', { method: methods[method] ?? String(method) });
    return inflated(raw, 'deflate-raw');
  }

  /** @param {Blob} blob @param {'deflate-raw' | 'gzip'} format @returns {Promise<Uint8Array>} */
  async function inflated(blob, format) {
    let packing;
    try {
      packing = new DecompressionStream(format);
    } catch {
      // Browsers of before 2023 have none, or not of this kind.
      throw new Refusal('method', { method: format.split('-')[0] });
    }
    const reader = blob.stream().pipeThrough(packing).getReader();
    const parts = [];
    let length = 0;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        length += value.length;
        if (length > mostBytes) throw new Refusal('large', { megabytes: mostBytes >> 20 });
        parts.push(value);
      }
    } catch (error) {
      reader.cancel().catch(() => {});
      throw error instanceof Refusal ? error : new Refusal('damaged');
    }
    return joined(parts, length);
  }

  /** @param {Uint8Array[]} parts @param {number} length */
  function joined(parts, length) {
    const result = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
      result.set(part, at);
      at += part.length;
    }
    return result;
  }

  /**
   * A gzip file, of several members too: browsers read the first and take the rest for damage.
   * @param {Blob} blob @returns {Promise<Uint8Array>}
   */
  async function gunzipped(blob) {
    if (blob.size > mostBytes) throw new Refusal('large', { megabytes: mostBytes >> 20 });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const parts = [];
    let [start, length, tries] = [0, 0, 0];
    while (start < bytes.length) {
      let [part, end] = [await inflated(blob.slice(start), 'gzip').catch(whole), bytes.length];
      for (let at = start + 18; !part && (at = bytes.indexOf(0x1f, at)) >= 0 && tries < 100; at += 1) {
        // Where a member may begin, the one before it may end.
        if (bytes[at + 1] !== 0x8b || bytes[at + 2] !== 8 || bytes[at + 3] > 31) continue;
        tries += 1;
        [part, end] = [await inflated(blob.slice(start, at), 'gzip').catch(whole), at];
      }
      if (!part) throw new Refusal('damaged');
      if ((length += part.length) > mostBytes) throw new Refusal('large', { megabytes: mostBytes >> 20 });
      parts.push(part);
      start = end;
    }
    return joined(parts, length);
  }

  /** Nothing where it was no whole member. @param {any} refusal */
  function whole(refusal) {
    if (refusal.reason !== 'damaged') throw refusal;
    return undefined;
  }

  /**
   * The files of a tar archive.
   * @param {Blob} blob @param {any} formats @returns {Promise<Packed[]>}
   */
  async function tarred(blob, formats) {
    /** @type {Packed[]} */
    const files = [];
    let long = '';
    for (let at = 0; at + 512 <= blob.size && files.length < mostFiles;) {
      const head = await part(blob, at, at + 512);
      if (head[0] === 0) return files;
      const text = (/** @type {number} */ from, /** @type {number} */ length) => importing.decoded(head.subarray(from, from + length), formats).replace(/\0.*$/s, '');
      const size = parseInt(text(124, 12).trim(), 8) || 0;
      const [start, kind] = [at + 512, text(156, 1)];
      if (start + size > blob.size) throw new Refusal('damaged');
      // Names that are longer than their field stand in an entry before it, in one way or the other.
      if (kind === 'L') long = importing.decoded(await part(blob, start, start + Math.min(size, 4096)), formats).replace(/\0.*$/s, '');
      else if (kind === 'x') long = /\d+ path=([^\n]*)\n/.exec(importing.decoded(await part(blob, start, start + Math.min(size, 65536)), formats))?.[1] ?? long;
      else {
        const prefix = text(257, 6).startsWith('ustar') ? text(345, 155) : '';
        const name = long || (prefix ? `${prefix}/` : '') + text(0, 100);
        if (kind === '' || kind === '0') files.push({ name: name.replace(/^\.\//, ''), size, bytes: () => part(blob, start, start + size) });
        long = '';
      }
      at = start + Math.ceil(size / 512) * 512;
    }
    return files;
  }

  Object.assign(importing, { Refusal, mostBytes, zipped, tarred, gunzipped });
})();
