// @ts-check
/** Finds a member where all share few files (PackedMembers.swift). */
(() => {
  'use strict';

  const marquee = (globalThis.marquee ??= {});

  /** The shard of a member: CRC-32 of the name. @param {string} name @param {number} count */
  const shardOf = (name, count) => {
    let rest = -1;
    for (const byte of new TextEncoder().encode(name)) {
      rest ^= byte;
      for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
    }
    return (~rest >>> 0) % count;
  };

  /** @param {string} address @param {RequestCache} [cache] @returns {Promise<any>} */
  const load = async (address, cache = 'default') => {
    const answer = await fetch(address, { cache });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  };

  /**
   * The theme's part and the shard of a member. Where a new version of the members came in between, both are read again.
   * @param {string} from @param {string} name @returns {Promise<any[]>}
   */
  marquee.packedMember = async (from, name, again = true) => {
    const common = await load(`${from}template.json`, again ? 'default' : 'reload');
    try {
      return [common, await load(`${from}${common.folder}${shardOf(name, common.shards)}.json`)];
    } catch (error) {
      if (!again) throw error;
      return marquee.packedMember(from, name, false);
    }
  };
})();
