// @ts-check
/** A visitor's own page: list, watchlist, diary, figures, comparison, and what comes in and goes out. */
(() => {
  'use strict';

  const marquee = globalThis.marquee;
  const { diary, enough, element: el } = marquee;
  const at = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
  const page = at('You');
  const scale = marquee.stars.scaleOf(page);
  const pageLength = 20;
  let length = pageLength;
  let wholeDiary = false;
  /** The model, once it is there. @type {any} */
  let model;
  /** What draws figures, once it is there. @type {any} */
  let figures;
  /** The films of the list, for copying. @type {any[]} */
  let listed = [];

  const say = (/** @type {string} */ text) => { at('Said').textContent = text; };
  const button = (/** @type {string} */ text, /** @type {string} */ title, /** @type {() => void} */ onclick, /** @type {Record<string, any>} */ more = {}) =>
    el('button', { type: 'button', class: 'plain-button', onclick, ...more }, text, el('span', { class: 'hidden' }, ' ' + title));

  /** One film of the list. @param {any} card @param {number} film @param {number} rank @param {any} profile */
  function pick(card, film, rank, profile) {
    const { id, title, year, path } = card;
    const kept = { title, year, path };
    const control = marquee.stars.control({ title, scale, value: 0, rate: (/** @type {number} */ stars) => act(() => diary.rate(id, kept, stars)) });
    const shelf = (/** @type {'watchlist' | 'seen' | 'hidden'} */ name, /** @type {string} */ text, /** @type {string} */ done) =>
      button(text, title, () => act(() => { diary.toggle(name, id, kept); say(done); }));
    const lists = diary.state.lists.map((/** @type {any} */ list, /** @type {number} */ index) =>
      button(marqueeText("onto", { list: list.name }), title, () => diary.change((/** @type {any} */ state) => {
        if (state.lists[index]) state.lists[index].films[id] = { ...kept, on: diary.today() };
        say(marqueeText("said.list", { title, list: list.name }));
      })));
    /** The film leaves the list: the focus goes to the one that takes its place. @param {() => void} action */
    function act(action) {
      focusRank = rank;
      action();
    }
    return el('li', { 'data-film': id, 'data-stars': model.guess(profile, film).stars },
      el('span', { class: 'mini' }, marquee.poster(card, true)),
      el('div', {},
        el('h3', {}, el('span', { class: 'rank' }, String(rank + 1)), ' ', marquee.link(card), ...(year ? [' ', el('span', { class: 'quiet' }, String(year))] : [])),
        el('p', { class: 'quiet' }, card.genres.join(', ')),
        marquee.because(model, profile, film, diary.state.ratings),
        el('details', { class: 'doing' }, el('summary', {}, marqueeText("doing"), el('span', { class: 'hidden' }, ' ' + title)), control.element,
          el('div', { class: 'buttons' }, ...lists)),
        el('div', { class: 'buttons' },
          shelf('watchlist', marqueeText("want"), marqueeText("said.want", { title })),
          shelf('seen', marqueeText("seen"), marqueeText("said.seen", { title })),
          shelf('hidden', marqueeText("hide"), marqueeText("said.hide", { title })))),
      marquee.guess(model.guess(profile, film), scale));
  }

  /** Which place of the list gets the focus when it is drawn anew; −1 for none. */
  let focusRank = -1;
  let turn = 0;

  async function showList() {
    const { ratings, seen, hidden, watchlist, tuning } = diary.state;
    const own = (turn += 1);
    const isThere = model && Object.keys(ratings).length >= enough;
    at('ListPart').hidden = !isThere;
    if (!isThere) return;
    const profile = model.foldIn(ratings);
    const films = model.best(profile, (/** @type {number} */ film) => {
      const id = model.ids[film];
      return id in ratings || id in seen || id in hidden || id in watchlist;
    }, length, tuning);
    let cards;
    try {
      cards = await model.cards(films);
    } catch (error) {
      marquee.tell(at('Trouble'), marquee.failure(error));
      return;
    }
    if (own !== turn) return;
    listed = cards.map((/** @type {any} */ card, /** @type {number} */ index) => ({ ...card, ...model.guess(profile, films[index]) }));
    at('List').replaceChildren(...cards.map((/** @type {any} */ card, /** @type {number} */ index) => pick(card, films[index], index, profile)));
    at('More').hidden = films.length < length;
    if (focusRank >= 0) at('List').children[Math.min(focusRank, films.length - 1)]?.querySelector('h3 a')?.focus();
    focusRank = -1;
  }

  /** Films on a shelf, with a way off it. @param {string} id @param {[string, any][]} films @param {(id: string, film: any) => void} remove */
  function showShelf(id, films, remove) {
    at(id).replaceChildren(...films.map(([film, kept]) => el('li', { 'data-film': film },
      marquee.link(kept), ...(kept.year ? [' ', el('span', { class: 'quiet' }, String(kept.year))] : []), ' ',
      button(marqueeText("remove"), kept.title, () => remove(film, kept)))));
  }

  function showShelves() {
    const { watchlist, hidden, lists } = diary.state;
    const sorted = (/** @type {Record<string, any>} */ shelf) => Object.entries(shelf).sort((a, b) => b[1].on.localeCompare(a[1].on));
    at('WatchlistPart').hidden = Object.keys(watchlist).length === 0;
    showShelf('Watchlist', sorted(watchlist), (id, film) => diary.toggle('watchlist', id, film));
    at('HiddenPart').hidden = Object.keys(hidden).length === 0;
    showShelf('Hidden', sorted(hidden), (id, film) => diary.toggle('hidden', id, film));
    at('Lists').replaceChildren(...lists.map((/** @type {any} */ list, /** @type {number} */ index) => {
      const films = /** @type {[string, any][]} */ (Object.entries(list.films));
      return el('div', { class: 'own-list' }, el('h3', {}, list.name),
        films.length
          ? el('ul', { class: 'shelf-list plain' }, ...films.map(([id, film]) => el('li', {}, marquee.link(film), ' ',
            button(marqueeText("remove"), film.title, () => diary.change((/** @type {any} */ state) => { delete state.lists[index]?.films[id]; })))))
          : el('p', { class: 'quiet' }, marqueeText("list.empty")),
        el('div', { class: 'buttons' },
          button(marqueeText("list.copy"), list.name, () => copy(list.name, films.map(([, film]) => film))),
          button(marqueeText("list.delete"), list.name, () => diary.change((/** @type {any} */ state) => { state.lists.splice(index, 1); }))));
    }));
  }

  function showDiary() {
    const entries = /** @type {[string, any][]} */ (Object.entries(diary.state.ratings))
      .sort((a, b) => b[1].on.localeCompare(a[1].on) || a[1].title.localeCompare(b[1].title));
    at('DiaryPart').hidden = entries.length === 0;
    const shown = wholeDiary ? entries : entries.slice(0, 20);
    at('AllDiary').hidden = shown.length === entries.length;
    at('Diary').replaceChildren(...shown.map(([id, film]) => {
      const date = el('input', { type: 'date', value: film.on, max: '2999-12-31', 'aria-label': marqueeText("diary.date", { title: film.title }),
        onchange: () => diary.change((/** @type {any} */ state) => { if (state.ratings[id]) state.ratings[id].on = date.value; }) });
      return el('li', { 'data-film': id }, date, el('span', {}, marquee.link(film), ...(film.year ? [' ', el('span', { class: 'quiet' }, String(film.year))] : [])),
        el('span', { class: 'given' }, el('i', { class: 'star' }), ' ' + new Intl.NumberFormat(document.documentElement.lang).format(film.stars)),
        button(marqueeText("remove"), film.title, () => diary.rate(id, film, 0)));
    }));
  }

  function showFigures() {
    const { ratings, seen } = diary.state;
    const isThere = Object.keys(ratings).length > 0;
    at('FiguresPart').hidden = !isThere;
    if (isThere && !figures) {
      marquee.need('figures').then((/** @type {any} */ loaded) => {
        figures = loaded;
        showFigures();
      }).catch((/** @type {unknown} */ error) => marquee.tell(at('Trouble'), marquee.failure(error)));
    }
    if (isThere && figures) at('Figures').replaceChildren(...figures.overview(model, diary.state, scale));
    const years = [...new Set([...Object.values(ratings), ...Object.values(seen)].map((/** @type {any} */ { on }) => on.slice(0, 4)).filter(Boolean))].sort().reverse();
    at('YearPart').hidden = years.length === 0 || !figures;
    if (at('YearPart').hidden) return;
    const chosen = years.includes(at('Year').value) ? at('Year').value : years[0];
    at('Year').replaceChildren(...years.map(year => el('option', { value: year, selected: year === chosen }, year)));
    at('YearReview').replaceChildren(...figures.review(model, diary.state, chosen));
  }

  /** The sliders stand where they were left. */
  function showTuning() {
    const { tuning } = diary.state;
    for (const input of at('Tuning').querySelectorAll('input')) input.value = String(tuning[input.name] ?? 0);
  }

  function show() {
    const count = Object.keys(diary.state.ratings).length;
    at('Count').textContent = count < enough ? marqueeText("you.left", { count: enough - count }) : marqueeText("you.count", { count });
    marquee.tell(at('Trouble'), marquee.trouble());
    if (count > 0 && !model) load();
    showList();
    showShelves();
    showDiary();
    showFigures();
  }

  /** @type {Promise<void> | undefined} */
  let loading;

  function load() {
    loading ??= marquee.model().then((/** @type {any} */ loaded) => {
      model = loaded;
      at('Moods').replaceChildren(...model.genres.map((/** @type {string} */ genre, /** @type {number} */ index) =>
        el('label', {}, model.genreNames[index], el('input', { type: 'range', name: 'genre ' + genre, min: '-1', max: '1', step: '0.5', value: '0' }))));
      showTuning();
      show();
    }).catch((/** @type {unknown} */ error) => {
      loading = undefined;
      marquee.tell(at('Trouble'), marquee.failure(error));
    });
    return loading;
  }

  // A slider that moves draws once a frame, and keeps its place when it is let go.
  let isDrawing = false;
  at('Tuning').addEventListener('input', (/** @type {any} */ event) => {
    const { name, value } = event.target;
    if (Number(value) === 0) delete diary.state.tuning[name];
    else diary.state.tuning[name] = Number(value);
    length = pageLength;
    if (isDrawing) return;
    isDrawing = true;
    requestAnimationFrame(() => {
      isDrawing = false;
      showList();
    });
  });
  at('Tuning').addEventListener('change', (/** @type {any} */ event) => {
    const { name, value } = event.target;
    diary.change((/** @type {any} */ state) => {
      if (Number(value) === 0) delete state.tuning[name];
      else state.tuning[name] = Number(value);
    });
  });
  at('Tuning').addEventListener('reset', () => {
    diary.change((/** @type {any} */ state) => { state.tuning = {}; });
    showTuning();
  });
  at('Tuning').addEventListener('submit', (/** @type {Event} */ event) => event.preventDefault());
  at('More').addEventListener('click', () => {
    focusRank = length;
    length += pageLength;
    showList();
  });
  at('AllDiary').addEventListener('click', () => {
    wholeDiary = true;
    showDiary();
    at('Diary').querySelector('input')?.focus();
  });
  at('Year').addEventListener('change', showFigures);
  at('NewList').addEventListener('submit', (/** @type {any} */ event) => {
    event.preventDefault();
    const name = at('ListName').value.trim();
    if (!name) return;
    diary.change((/** @type {any} */ state) => {
      if (!state.lists.some((/** @type {any} */ list) => list.name === name)) state.lists.push({ name, films: {} });
    });
    at('ListName').value = '';
  });

  /** Films as text for the clipboard, or as a file where there is none. @param {string} name @param {any[]} films */
  async function copy(name, films) {
    const text = films.map(({ title, year, stars }, index) =>
      `${index + 1}. ${title}${year ? ` (${year})` : ''}${stars === undefined ? '' : `, ★ ${marquee.decimal(stars)}`}`).join('\n') + '\n';
    try {
      await navigator.clipboard.writeText(text);
      say(marqueeText("said.copied"));
    } catch {
      marquee.save(`${name.replace(/[^\p{L}\p{N}]+/gu, '-') || 'list'}.txt`, 'text/plain', text);
    }
  }
  at('Copy').addEventListener('click', () => copy(document.title, listed));

  // Out.
  at('Export').addEventListener('click', () => marquee.save('marquee-diary.json', 'application/json', diary.exported()));
  at('ExportCSV').addEventListener('click', () => marquee.save('ratings.csv', 'text/csv', diary.exportedRatings()));
  at('Erase').addEventListener('click', () => at('EraseDialog').showModal());
  for (const button of at('EraseDialog').querySelectorAll('button')) {
    button.addEventListener('click', () => at('EraseDialog').close(button.value));
  }
  at('EraseDialog').addEventListener('close', () => {
    if (at('EraseDialog').returnValue !== 'yes') return;
    diary.erase();
    at('ImportResult').replaceChildren();
    at('FriendResult').replaceChildren();
    say(marqueeText("said.erased"));
  });

  // In.
  /** @param {File[]} files @param {{person?: string}} [options] */
  async function take(files, options = {}) {
    const place = at('ImportResult');
    place.replaceChildren(el('p', {}, marqueeText("loading")));
    try {
      const imports = await marquee.need('imports');
      const found = await imports.read(files, scale, options);
      place.replaceChildren(...imports.report(found, {
        choose: (/** @type {string} */ person) => take(files, { person }),
        add: () => {
          diary.merge(found.diary);
          at('list').scrollIntoView();
        },
      }));
    } catch (error) {
      place.replaceChildren(el('p', { class: 'trouble' }, marquee.failure(error)));
    }
  }

  at('Import').addEventListener('change', () => { take([...at('Import').files]); });
  const drop = at('Drop');
  for (const type of ['dragenter', 'dragover']) {
    drop.addEventListener(type, (/** @type {Event} */ event) => {
      event.preventDefault();
      drop.classList.add('over');
    });
  }
  drop.addEventListener('dragleave', () => drop.classList.remove('over'));
  drop.addEventListener('drop', (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    drop.classList.remove('over');
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) take(files);
  });
  // A file that misses the place must not replace the page.
  for (const type of ['dragover', 'drop']) addEventListener(type, event => event.preventDefault());

  // A friend.
  at('Friend').addEventListener('change', async () => {
    const place = at('FriendResult');
    const imports = await marquee.need('imports');
    figures ??= await marquee.need('figures');
    const { diary: other, refused } = await imports.read([...at('Friend').files], scale);
    if (Object.keys(other.ratings).length === 0) {
      place.replaceChildren(el('p', { class: 'trouble' }, refused[0] ?? marqueeText("friend.wrong")));
      return;
    }
    await load();
    const [mine, theirs] = [diary.state.ratings, other.ratings];
    const { shared, percent } = figures.match(model, mine, theirs);
    const compared = shared.map((/** @type {string} */ id) => ({ ...mine[id], theirs: theirs[id].stars }));
    const apart = [...compared].sort((a, b) => Math.abs(b.stars - b.theirs) - Math.abs(a.stars - a.theirs)).filter(film => film.stars !== film.theirs).slice(0, 5);
    const both = [...compared].sort((a, b) => b.stars + b.theirs - a.stars - a.theirs).slice(0, 5);
    const list = (/** @type {string} */ title, /** @type {any[]} */ films) => el('div', {}, el('h3', {}, title), el('ul', {},
      ...films.map(film => el('li', {}, marquee.link(film), ' ', el('span', { class: 'quiet' }, marqueeText("friend.stars", { mine: film.stars, theirs: film.theirs }))))));
    const parts = [el('p', { class: 'match' }, el('b', {}, marqueeText("friend.match", { percent })), ' ', marqueeText("friend.shared", { count: shared.length }))];
    const columns = el('div', { class: 'charts' });
    if (both.length > 0) columns.append(list(marqueeText("friend.both"), both));
    if (apart.length > 0) columns.append(list(marqueeText("friend.apart"), apart));
    if (model && Object.keys(mine).length >= enough && Object.keys(theirs).length >= enough) {
      // For two: the film that the less pleased of them likes most.
      const [own, other] = [model.scores(model.foldIn(mine)), model.scores(model.foldIn(theirs))];
      const known = new Set([...Object.keys(mine), ...Object.keys(theirs), ...Object.keys(diary.state.hidden)]);
      const films = Array.from({ length: model.count }, (_, film) => film).filter(film => !known.has(model.ids[film]))
        .sort((a, b) => Math.min(own[b], other[b]) + 0.12 * model.fame[b] - Math.min(own[a], other[a]) - 0.12 * model.fame[a]).slice(0, 5);
      columns.append(list(marqueeText("friend.together"), (await model.cards(films)).map((/** @type {any} */ card, /** @type {number} */ index) =>
        ({ ...card, stars: Math.round(own[films[index]] * 10) / 10, theirs: Math.round(other[films[index]] * 10) / 10 }))));
    }
    place.replaceChildren(...parts, columns);
  });

  page.hidden = false;
  diary.listen(() => { show(); showTuning(); });
  show();
})();
