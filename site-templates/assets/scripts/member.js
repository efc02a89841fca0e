// @ts-check
/**
 * Draws the member that the address names, `?id=17`, where members share one page: their values come from a shard of
 * about two hundred members, the theme's own template says how they look.
 */
(() => {
  'use strict';

  /** Values by name, or a text, or a list of them. @typedef {any} Value */
  /** @typedef {{ schemas: string[][], texts: string[] }} Tables */

  /** A value as the build wrote it (PackedMembers.swift). @param {Value} value @param {Tables} tables @returns {Value} */
  const unpack = (value, tables) => {
    if (typeof value === 'number') return tables.texts[value];
    if (!Array.isArray(value)) return value;
    const [kind, ...items] = value;
    const unpacked = items.map((item) => unpack(item, tables));
    return kind < 0 ? unpacked : Object.fromEntries(tables.schemas[kind].map((name, at) => [name, unpacked[at]]));
  };

  // Mustache as far as the template of a member goes: names, sections, partials, all of them escaped.

  /** @typedef {{ kind: string, name: string, nodes: (Node | string)[] }} Node */

  /** @param {string} text @returns {Node} */
  const parse = (text) => {
    const open = [{ kind: '', name: '', nodes: /** @type {(Node | string)[]} */ ([]) }];
    let at = 0;
    for (const tag of text.matchAll(/\{\{\s*([#^/>!]?)\s*([^}]*?)\s*\}\}/g)) {
      open[open.length - 1].nodes.push(text.slice(at, tag.index));
      at = tag.index + tag[0].length;
      const node = { kind: tag[1], name: tag[2], nodes: [] };
      if (node.kind === '/') open.pop();
      else if (node.kind !== '!') open[open.length - 1].nodes.push(node);
      if (node.kind === '#' || node.kind === '^') open.push(node);
    }
    open[0].nodes.push(text.slice(at));
    return open[0];
  };

  /** @type {Record<string, string>} */
  const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

  /** @param {Value} value */
  const escaped = (value) => String(value ?? '').replace(/[&<>"']/g, (letter) => entities[letter]);

  /** What a name stands for, the innermost first. @param {string} path @param {Value[]} scopes @returns {Value} */
  const look = (path, scopes) => {
    if (path === '.') return scopes[scopes.length - 1];
    const [first, ...rest] = path.split('.');
    const scope = scopes.findLast((scope) => scope && typeof scope === 'object' && Object.hasOwn(scope, first));
    return rest.reduce((value, name) => value?.[name], scope?.[first]);
  };

  /** @param {Node} node @param {Value[]} scopes @param {Map<string, Node>} templates @returns {string} */
  const draw = (node, scopes, templates) => node.nodes.map((part) => {
    if (typeof part === 'string') return part;
    if (part.kind === '>') {
      const template = templates.get(part.name);
      return template ? draw(template, scopes, templates) : '';
    }
    const value = look(part.name, scopes);
    if (part.kind === '') return escaped(value);
    const isThere = Array.isArray(value) ? value.length > 0 : Boolean(value);
    if (part.kind === '^') return isThere ? '' : draw(part, scopes, templates);
    if (!isThere) return '';
    return (Array.isArray(value) ? value : [value])
      .map((item) => draw(part, item === true ? scopes : [...scopes, item], templates)).join('');
  }).join('');

  /** @param {HTMLElement} place */
  const show = async (place) => {
    const name = new URLSearchParams(location.search).get('id') ?? '';
    const status = /** @type {HTMLElement} */ (place.querySelector('[role="status"]'));
    try {
      const [{ main, templates, frame }, shard] = await globalThis.marquee.packedMember(place.dataset.from ?? '', name);
      if (!Object.hasOwn(shard.members, name)) {
        status.textContent = marqueeText("member-unknown");
        return;
      }
      const member = unpack(shard.members[name], shard);
      /** @type {Map<string, Node>} */
      const parsed = new Map();
      // A section alone on its line leaves no line behind.
      for (const [key, text] of Object.entries(templates)) {
        parsed.set(key, parse(text.replace(/^[ \t]*(\{\{[#^/!][^}]*\}\})[ \t]*\n/gm, '$1')));
      }
      document.title = member.title;
      // Every text in it was escaped above.
      place.innerHTML = draw({ kind: '', name: '', nodes: [{ kind: '>', name: main, nodes: [] }] },
        [unpack(frame.value, frame), member], parsed);
      if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
      document.dispatchEvent(new CustomEvent('marquee:member'));
    } catch {
      status.textContent = marqueeText("member-trouble");
    }
  };

  const place = document.getElementById('Member');
  if (place) void show(place);

  // The address that the member would have alone.
  const moved = document.getElementById('Moved');
  const alone = moved && location.pathname.match(/\/users\/([A-Za-z0-9_-]+)\/(index\.html)?$/);
  if (alone) location.replace(`${moved.dataset.to}?id=${alone[1]}`);
})();
