// @ts-check
/** What an import found, as elements for a page. */
(() => {
  'use strict';

  const marquee = (globalThis.marquee ??= {});
  const { importing, element: el } = marquee;

  /** @param {Record<string, any>} films */
  const count = films => Object.keys(films).length;

  /**
   * @param {any} found What `read` gave.
   * @param {{add: () => void, choose: (whose: {person?: string, everybody?: boolean}) => void, unmatched?: (films: any[]) => Node[]}} actions What the button
   *   does; what choosing one of several people does; how films that were not found are shown, a list if left out.
   * @returns {Node[]}
   */
  function report(found, { add, choose, unmatched = missing }) {
    const { services, people, diary, account, notes, refused } = found;
    const parts = refused.map((/** @type {string} */ reason) => el('p', { class: 'trouble' }, reason));
    if (people.length > 0) parts.push(people.length > mostButtons ? members(people, choose) : household(people, choose, found.mayBeOne));
    if (services.length === 0 || people.length > 0) return parts;
    const [rated, seen, wanted] = [diary.ratings, diary.seen, diary.watchlist].map(count);
    const numbers = [
      ...(rated > 0 || seen + wanted === 0 ? [marqueeText("import.rated", { count: rated })] : []),
      ...(seen > 0 ? [marqueeText("import.seen", { count: seen })] : []), ...(wanted > 0 ? [marqueeText("import.wanted", { count: wanted })] : []),
    ];
    parts.push(el('p', { class: 'found' }, marqueeText("import.found", { services: services.join(', ') }) + ' ' + numbers.join(', ') + '.'));
    if (rated + seen + wanted + count(diary.hidden) + diary.lists.length > 0) {
      const button = el('button', { type: 'button', class: 'button', id: 'Add', onclick: () => {
        const done = el('span', { role: 'status', class: 'added', tabindex: '-1' }, marqueeText("import.added"));
        button.replaceWith(done);
        done.focus({ preventScroll: true });
        add();
      } }, marqueeText("import.add"));
      parts.push(el('p', { class: 'actions' }, button));
    }
    for (const note of notes) parts.push(el('p', { class: 'quiet' }, note));
    if (account.lines > 0) parts.push(sum(account, found.files));
    if (found.unmatched.length > 0) parts.push(...unmatched(found.unmatched));
    return parts;
  }

  /** A button for each of so many people; of more the visitor says who they are. */
  const mostButtons = 12;
  /** As many names as a field offers. */
  const mostOffered = 1000;

  /** @param {{name: string, ratings: number}[]} people @param {(whose: any) => void} choose @param {boolean} mayBeOne Whether all may be the visitor's. */
  function household(people, choose, mayBeOne) {
    return el('div', { class: 'whose', role: 'group', 'aria-label': marqueeText("import.people") }, el('p', {}, marqueeText("import.people")),
      el('div', { class: 'buttons' }, ...people.map(({ name, ratings }) => el('button', { type: 'button', class: 'plain-button', onclick: () => choose({ person: name }) },
        el('bdi', {}, name), ' ', el('span', { class: 'quiet' }, marqueeText("import.rated", { count: ratings })))),
        ...(mayBeOne ? [el('button', { type: 'button', class: 'plain-button', onclick: () => choose({ everybody: true }) }, marqueeText("import.everybody"))] : [])));
  }

  /** A table of many people's ratings, of whom one may be the visitor. @param {{name: string, ratings: number}[]} people @param {(whose: any) => void} choose */
  function members(people, choose) {
    const field = el('input', { id: 'ImportMember', name: 'member', list: 'ImportMembers', autocomplete: 'off', required: true });
    return el('form', { class: 'whose', onsubmit: (/** @type {Event} */ event) => {
      event.preventDefault();
      choose({ person: field.value.trim() });
    } }, el('p', {}, marqueeText("import.members", { count: people.length })), el('label', { for: 'ImportMember' }, marqueeText("import.member")),
    el('datalist', { id: 'ImportMembers' }, ...people.slice(0, mostOffered).map(({ name }) => el('option', { value: name }))),
    el('div', { class: 'buttons' }, field, el('button', { class: 'plain-button' }, marqueeText("import.take"))));
  }

  /** How the lines add up, and in each file where they are several. @param {Record<string, number>} account @param {{file: string, account: Record<string, number>}[]} files */
  function sum(account, files) {
    const number = new Intl.NumberFormat(document.documentElement.lang);
    const rows = (/** @type {[string, number][]} */ ...pairs) => el('dl', { class: 'sum' }, ...pairs.filter(([, count]) => count > 0)
      .map(([name, count]) => el('div', {}, el('dt', {}, name), el('dd', {}, number.format(count)))));
    const table = (/** @type {Record<string, number>} */ account) => [rows([marqueeText("import.account.ratings"), account.ratings], [marqueeText("import.account.unrated"), account.unrated],
        [marqueeText("import.account.not-films"), account.notFilms], [marqueeText("import.account.replaced"), account.replaced],
        [marqueeText("import.account.others"), account.others], [marqueeText("import.account.bad"), account.bad]),
      el('p', {}, marqueeText("import.account.films")),
      rows([marqueeText("import.account.by-id"), account.byID], [marqueeText("import.account.by-title"), account.byTitle],
        [marqueeText("import.account.by-hand"), account.byHand], [marqueeText("import.account.not-found"), account.notFound]),
      el('p', {}, marqueeText("import.account.days")),
      rows([marqueeText("import.account.dated"), account.dated], [marqueeText("import.account.undated"), account.undated],
        [marqueeText("import.account.unreadable"), account.unreadable])];
    const each = files.length > 1 ? files.map(({ file, account }) => el('details', {}, el('summary', {}, el('bdi', {}, file), ' ',
      el('span', { class: 'quiet' }, marqueeText("import.account", { count: account.lines }))), ...table(account))) : [];
    return el('details', { class: 'account' }, el('summary', {}, marqueeText("import.account", { count: account.lines })), ...table(account), ...each);
  }

  /** @param {{title: string, year?: number}[]} films */
  function missing(films) {
    return [el('details', { class: 'unmatched', open: films.length <= 10 }, el('summary', {}, marqueeText("import.unmatched", { count: films.length })),
      el('ul', {}, ...films.map(({ title, year }) => el('li', {}, el('bdi', {}, title), year ? ` (${year})` : ''))))];
  }

  Object.assign(importing, { report });
})();
