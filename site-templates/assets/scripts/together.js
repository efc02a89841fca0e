// @ts-check
/** A film for several people: their files, members of the site, or a link that somebody sent. */
(() => {
  'use strict';

  const marquee = globalThis.marquee;
  const { diary, enough, element: el } = marquee;
  const at = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
  const part = at('Together');
  const scale = marquee.stars.scaleOf(at('You'));
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const shown = 12;
  /** As many ratings as a link holds. */
  const mostLinked = 300;

  /**
   * @typedef {object} Person
   * @property {string} name
   * @property {Record<string, number>} stars By id of the film.
   * @property {Record<string, {title: string, year?: number, path?: string}>} films What is known of the rated films.
   * @property {string[]} seen Seen, and not rated.
   * @property {string[]} hidden
   */

  /** Everybody but the visitor. @type {Person[]} */
  let others = [];
  let turn = 0;

  const button = (/** @type {string} */ text, /** @type {string} */ name, /** @type {() => void} */ onclick) =>
    el('button', { type: 'button', class: 'plain-button', onclick }, text, el('span', { class: 'hidden' }, ' ' + name));
  const say = (/** @type {string} */ text) => marquee.tell(at('TogetherTrouble'), text);

  /** @param {string} name @param {any} kept A diary. @returns {Person} */
  const person = (name, kept) => ({
    name, films: kept.ratings, stars: Object.fromEntries(Object.entries(kept.ratings).map(([id, { stars }]) => [id, stars])),
    seen: Object.keys(kept.seen), hidden: Object.keys(kept.hidden),
  });

  /** @param {Person} added */
  function add(added) {
    if (Object.keys(added.stars).length === 0) return say(marqueeText("together.no-ratings", { name: added.name }));
    say('');
    const names = new Set(others.map(({ name }) => name));
    let name = added.name;
    for (let count = 2; names.has(name); count += 1) name = `${added.name} ${count}`;
    others.push({ ...added, name });
    void show();
  }

  /** How far the visitor and another agree, in films that both rated. @param {Person} other */
  function agreement(other) {
    const own = diary.state.ratings;
    const near = Math.max(scale.step, (scale.maximum - scale.minimum) / 9) + 1e-9;
    const shared = Object.keys(own).filter(id => id in other.stars).map(id => ({ ...own[id], theirs: other.stars[id] }));
    if (shared.length === 0) return [el('p', { class: 'quiet' }, marqueeText("together.strangers", { name: other.name }))];
    const alike = shared.filter(film => Math.abs(film.stars - film.theirs) <= near).length;
    const good = scale.minimum + 0.75 * (scale.maximum - scale.minimum);
    const loved = shared.filter(film => Math.min(film.stars, film.theirs) >= good).sort((a, b) => b.stars + b.theirs - a.stars - a.theirs).slice(0, 5);
    const apart = shared.filter(film => Math.abs(film.stars - film.theirs) > near)
      .sort((a, b) => Math.abs(b.stars - b.theirs) - Math.abs(a.stars - a.theirs)).slice(0, 5);
    const list = (/** @type {string} */ name, /** @type {string} */ title, /** @type {any[]} */ films) => (films.length ? [el('div', { class: name }, el('h3', {}, title), el('ul', {},
      ...films.map(film => el('li', {}, marquee.link(film), ' ', el('span', { class: 'quiet' }, marqueeText("together.stars", { mine: film.stars, name: other.name, theirs: film.theirs }))))))] : []);
    return [
      el('p', { class: 'match' }, marqueeText("together.agree", { name: other.name, count: shared.length, alike })),
      el('div', { class: 'charts' }, ...list('loved', marqueeText("together.loved"), loved), ...list('apart', marqueeText("together.apart"), apart)),
    ];
  }

  async function show() {
    const own = (turn += 1);
    const me = person(marqueeText("together.you"), diary.state);
    const everybody = [...(Object.keys(me.stars).length > 0 ? [me] : []), ...others];
    at('Party').replaceChildren(...everybody.map(one => el('li', {}, el('b', {}, el('bdi', {}, one.name)), ' ',
      el('span', { class: 'quiet' }, marqueeText("import.rated", { count: Object.keys(one.stars).length })),
      ...(one === me ? [] : [' ', button('×', marqueeText("together.leave", { name: one.name }), () => {
        others = others.filter(other => other !== one);
        void show();
      })]))));
    at('Rules').hidden = everybody.length < 2;
    at('TogetherList').hidden = everybody.length < 2;
    at('Agreement').replaceChildren(...others.flatMap(other => [el('details', { open: others.length === 1 },
      el('summary', {}, marqueeText("together.compare", { name: other.name })), ...agreement(other))]));
    if (everybody.length < 2) return;
    const excludesSeen = at('ExcludeSeen').checked;
    const never = everybody.flatMap(({ hidden }) => hidden);
    try {
      const films = await marquee.recommendTogether(everybody.map(({ stars }) => stars), {
        count: shown, rule: part.querySelector('[name=rule]:checked').value, includeSeen: !excludesSeen,
        exclude: [...never, ...(excludesSeen ? everybody.flatMap(({ seen }) => seen) : [])],
      });
      const cards = await marquee.films(films.map((/** @type {any} */ { id }) => id));
      if (own !== turn) return;
      at('TogetherList').replaceChildren(...films.flatMap((/** @type {any} */ { id, stars }, /** @type {number} */ rank) => {
        const card = cards.get(id);
        if (!card) return [];
        return [el('li', { 'data-film': id }, el('span', { class: 'mini' }, marquee.poster(card, true)),
          el('div', { class: 'what' }, el('h3', {}, el('span', { class: 'rank' }, String(rank + 1)), ' ', marquee.link(card)),
            el('p', { class: 'quiet facts-line' }, marquee.facts(card))),
          el('dl', { class: 'each' }, ...everybody.map((one, place) => {
            const given = one.stars[id];
            return el('div', {}, el('dt', {}, el('bdi', {}, one.name)), el('dd', {}, el('i', { class: 'star' }), ' ' +
              (given === undefined ? marquee.decimal(stars[place]) : marqueeText("together.given", { stars: marquee.areLikes ? marqueeText("stars", { count: given }) : number.format(given) }))));
          })))];
      }));
      say(films.length > 0 ? '' : marqueeText("list.none"));
    } catch (error) {
      if (own === turn) say(marquee.failure(error));
    }
  }

  // Ways in.

  /** More people in a file are a data set and no company. */
  const most = 12;

  at('FriendFiles').addEventListener('change', async () => {
    const field = at('FriendFiles');
    for (const file of field.files) {
      try {
        const name = file.name.replace(/\.[^.]+$/, '').slice(0, 40);
        const { diary: found, people, refused } = await marquee.gather([file]);
        if (refused.length > 0) say(refused[0]);
        else if (people.length > most) say(marqueeText("import.members", { count: people.length }));
        // A file of several people brings them all.
        else if (people.length > 0) for (const one of people) add(person(one.name, (await marquee.gather([file], { person: one.name })).diary));
        else add(person(name, found));
      } catch (error) {
        say(marquee.failure(error));
      }
    }
    field.value = '';
  });

  /** @typedef {{id: string | number, rating: number, title: string}} MemberRating What others may see of a member's ratings. */

  /** @param {string} name @returns {Promise<MemberRating[] | undefined>} */
  async function fromFile(name) {
    const answer = await fetch(`${part.dataset.members}${encodeURIComponent(name)}.json`);
    if (!answer.ok) return undefined;
    const { favourites = [], latest = [] } = await answer.json();
    return [...latest, ...favourites];
  }

  /** The same where members share few files. @param {string} name @returns {Promise<MemberRating[] | undefined>} */
  async function fromShard(name) {
    const [, shard] = await marquee.packedMember(part.dataset.packed, name);
    if (!Object.hasOwn(shard.rated ?? {}, name)) return undefined;
    return shard.rated[name].map((/** @type {any} */ [id, rating, title]) => ({ id, rating, title: shard.texts[title] }));
  }

  at('FriendMember')?.addEventListener('submit', async (/** @type {Event} */ event) => {
    event.preventDefault();
    const field = at('MemberName');
    const name = field.value.trim();
    if (!name) return;
    try {
      const rated = await (part.dataset.packed ? fromShard(name) : fromFile(name));
      if (!rated) return say(marqueeText("together.no-member", { name }));
      add({
        name: marqueeText("together.member", { name }), seen: [], hidden: [],
        stars: Object.fromEntries(rated.map(({ id, rating }) => [String(id), rating])),
        films: Object.fromEntries(rated.flatMap(film => (film.title ? [[String(film.id), film]] : []))),
      });
      field.value = '';
    } catch (error) {
      say(marquee.failure(error));
    }
  });

  // A link holds ratings behind its “#”, which browsers send to nobody.

  /** @param {Uint8Array<ArrayBuffer>} bytes @param {GenericTransformStream} stream */
  const through = async (bytes, stream) => new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());

  async function link() {
    const { ratings, seen, hidden } = diary.state;
    const latest = Object.entries(ratings).sort((a, b) => b[1].on.localeCompare(a[1].on)).slice(0, mostLinked);
    const told = { name: at('LinkName').value.trim().slice(0, 40), ratings: latest.map(([id, { stars }]) => [id, stars]), seen: Object.keys(seen).slice(0, mostLinked), hidden: Object.keys(hidden).slice(0, mostLinked) };
    const packed = await through(new TextEncoder().encode(JSON.stringify(told)), new CompressionStream('deflate-raw'));
    const text = btoa(Array.from(packed, byte => String.fromCharCode(byte)).join('')).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
    return `${location.href.split('#')[0]}#with=${text}`;
  }

  /** @param {string} text */
  async function follow(text) {
    try {
      const packed = Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), letter => letter.charCodeAt(0));
      const told = JSON.parse(new TextDecoder().decode(await through(packed, new DecompressionStream('deflate-raw'))));
      const ids = (/** @type {unknown} */ list) => (Array.isArray(list) ? list.filter(id => typeof id === 'string').slice(0, mostLinked) : []);
      const stars = (Array.isArray(told.ratings) ? told.ratings : []).slice(0, mostLinked)
        .filter((/** @type {any} */ pair) => Array.isArray(pair) && typeof pair[0] === 'string' && pair[1] >= scale.minimum && pair[1] <= scale.maximum);
      const name = typeof told.name === 'string' && told.name.trim() ? told.name.slice(0, 40) : marqueeText("together.friend");
      add({ name, stars: Object.fromEntries(stars), films: {}, seen: ids(told.seen), hidden: ids(told.hidden) });
    } catch {
      say(marqueeText("together.bad-link"));
    }
    history.replaceState(null, '', location.pathname + location.search);
    at('together').focus({ preventScroll: true });
    at('together').scrollIntoView();
  }

  at('FriendLink').addEventListener('submit', async (/** @type {Event} */ event) => {
    event.preventDefault();
    const address = await link();
    try {
      await navigator.clipboard.writeText(address);
      marquee.notice(marqueeText("together.link-copied"));
    } catch {
      marquee.save('marquee-link.txt', 'text/plain', address + '\n');
    }
  });
  at('Rules').addEventListener('change', () => void show());
  diary.listen(() => {
    at('FriendLink').hidden = Object.keys(diary.state.ratings).length < enough;
    void show();
  });
  at('FriendLink').hidden = Object.keys(diary.state.ratings).length < enough;
  /** Takes the people of the address, where a link has brought some. */
  const arrive = () => {
    const given = /^#with=([\w-]{1,20000})$/.exec(location.hash);
    if (given) void follow(given[1]);
    else void show();
  };
  addEventListener('hashchange', arrive);
  arrive();
})();
