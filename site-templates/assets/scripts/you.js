// @ts-check
/** A visitor's own list: picked for them or off the beaten track, of the kind they ask for. */
(() => {
  'use strict';

  const marquee = globalThis.marquee;
  const { diary, enough, element: el } = marquee;
  const at = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
  const page = at('You');
  const scale = marquee.stars.scaleOf(page);
  const form = /** @type {HTMLFormElement} */ (at('Tuning'));
  const pageLength = 20;
  let length = pageLength;
  /** The films of the list, as they are shown. @type {any[]} */
  let listed = [];
  /** Which place of the list gets the focus when it is drawn anew; −1 for none. */
  let focusRank = -1;
  let turn = 0;
  /** The films whose details are open. @type {Set<string>} */
  const opened = new Set();

  const button = (/** @type {string} */ text, /** @type {string} */ title, /** @type {() => void} */ onclick, /** @type {Record<string, any>} */ more = {}) =>
    el('button', { type: 'button', class: 'plain-button', onclick, ...more }, text, el('span', { class: 'hidden' }, ' ' + title));

  /** What can be done with a film besides what its row offers: stars, and the visitor's lists. @param {any} film @param {(action: () => void) => void} act */
  function details(film, act) {
    const { id, title } = film;
    const control = marquee.stars.control({ title, scale, value: null, rate: (/** @type {number} */ stars) => act(() => {
      const undo = diary.undoing(id);
      diary.rate(id, film.kept, stars);
      marquee.notice(marqueeText("said.rated", { title, stars: marqueeText("stars", { count: stars }) }), undo);
    }) });
    const lists = diary.state.lists.map((/** @type {any} */ list, /** @type {number} */ index) =>
      button(marqueeText("onto", { list: list.name }), title, () => {
        diary.change((/** @type {any} */ state) => {
          if (state.lists[index]) state.lists[index].films[id] = { ...film.kept, on: diary.today() };
        });
        marquee.notice(marqueeText("said.list", { title, list: list.name }));
      }));
    return el('div', { class: 'more-of', id: 'More-' + id }, control.element, el('div', { class: 'buttons' }, ...lists));
  }

  /** One film of the list. @param {any} film @param {number} rank */
  function pick(film, rank) {
    const { id, title, year, path } = film;
    film.kept = { title, year, path };
    /** The film leaves the list: the focus goes to the one that takes its place. @param {() => void} action */
    const act = action => {
      focusRank = rank;
      action();
    };
    const shelf = (/** @type {'watchlist' | 'seen' | 'hidden'} */ name, /** @type {string} */ text) =>
      button(text, title, () => act(() => marquee.shelve(name, id, film.kept)), { 'data-shelf': name });
    const item = el('li', { 'data-film': id, 'data-stars': film.stars },
      el('span', { class: 'mini' }, marquee.poster(film, true)),
      el('div', { class: 'what' },
        el('h3', {}, el('span', { class: 'rank' }, String(rank + 1)), ' ', marquee.link(film)),
        el('p', { class: 'quiet facts-line' }, marquee.facts(film)),
        marquee.because(film.because, diary.state.ratings)),
      marquee.guess(film, scale),
      el('button', { type: 'button', class: 'plain-button opener', 'aria-expanded': 'false', 'aria-controls': 'More-' + id, onclick: () => toggle(!opened.has(id)) },
        el('span', { 'aria-hidden': 'true' }, '⋯'), el('span', { class: 'hidden' }, marqueeText("doing", { title }))),
      el('div', { class: 'buttons keep' },
        shelf('watchlist', marqueeText("want")), shelf('seen', marqueeText("seen")), shelf('hidden', marqueeText("hide"))));
    /** @param {boolean} isOpen */
    function toggle(isOpen) {
      if (isOpen) opened.add(id);
      else opened.delete(id);
      item.classList.toggle('open', isOpen);
      item.querySelector('.opener').setAttribute('aria-expanded', String(isOpen));
      item.querySelector('.more-of')?.remove();
      if (isOpen) item.append(details(film, act));
    }
    if (opened.has(id)) toggle(true);
    return item;
  }

  /** What is asked of the list beyond the ratings. */
  const tuning = () => diary.state.tuning;

  async function showList() {
    const own = (turn += 1);
    const count = Object.keys(diary.state.ratings).length;
    at('ListPart').hidden = count < enough;
    if (count < enough) return;
    try {
      const films = await marquee.recommend(diary.stars(), { count: length, exclude: diary.known(), tuning: tuning() });
      const cards = await marquee.films(films.map((/** @type {any} */ { id }) => id));
      if (own !== turn) return;
      listed = films.flatMap((/** @type {any} */ film) => (cards.has(film.id) ? [{ ...cards.get(film.id), ...film }] : []));
    } catch (error) {
      if (own === turn) marquee.tell(at('Trouble'), marquee.failure(error));
      return;
    }
    at('List').replaceChildren(...listed.map(pick));
    marquee.tell(at('NoList'), listed.length > 0 ? '' : marquee.noFilm(tuning()));
    at('More').hidden = listed.length < length;
    if (focusRank >= 0) at('List').children[Math.min(focusRank, listed.length - 1)]?.querySelector('h3 a')?.focus();
    focusRank = -1;
  }

  // What the list should be like.

  /** @param {any} model */
  function offer(model) {
    const years = model.years.filter((/** @type {number} */ year) => year > 0);
    const [first, last] = [Math.min(...years), Math.max(...years)].map(year => 10 * Math.floor(year / 10));
    const decades = years.length > 0 ? Array.from({ length: (last - first) / 10 + 1 }, (_, index) => first + 10 * index) : [];
    for (const name of ['from', 'to']) {
      field(name).replaceChildren(el('option', { value: '' }, marqueeText("tuning.any")), ...decades.map(decade =>
        el('option', { value: name === 'from' ? decade : decade + 9 }, marqueeText("tuning.decade", { decade: String(decade) }))));
    }
    at('Lengths').hidden = model.minutes.length === 0;
    for (const name of ['shortest', 'longest']) {
      field(name).replaceChildren(el('option', { value: '' }, marqueeText("tuning.any")),
        ...(at('Lengths').hidden ? [] : lengths).map(minutes => el('option', { value: minutes }, marquee.length(minutes))));
    }
    const films = (/** @type {number} */ place) => model.spoken.filter((/** @type {number} */ other) => other === place + 1).length;
    const languages = model.languages.map((/** @type {string} */ code, /** @type {number} */ place) => ({ code, count: films(place) }))
      .sort((/** @type {any} */ a, /** @type {any} */ b) => b.count - a.count);
    at('Languages').hidden = languages.length < 2;
    field('language').replaceChildren(el('option', { value: '' }, marqueeText("tuning.any")),
      ...languages.map((/** @type {any} */ { code }) => el('option', { value: code }, marquee.languageName(code))));
    const wishes = [['', marqueeText("tuning.some")], ['1', marqueeText("tuning.more")], ['-1', marqueeText("tuning.less")], ['never', marqueeText("tuning.never")]];
    at('Moods').replaceChildren(...model.genres.map((/** @type {string} */ genre, /** @type {number} */ index) =>
      el('label', {}, model.genreNames[index] + ' ', el('select', { name: 'genre ' + genre }, ...wishes.map(([value, text]) => el('option', { value }, text))))));
    showTuning();
  }

  const field = (/** @type {string} */ name) => /** @type {any} */ (form.elements.namedItem(name));

  /** Minutes that can be asked for. */
  const lengths = [60, 80, 90, 100, 120, 150, 180];

  /** The fields stand where they were left, and a line says what is chosen. */
  function showTuning() {
    const { fame = '', from = '', to = '', shortest = '', longest = '', language = '', genres = {}, unusual } = tuning();
    field('fame').value = fame;
    field('from').value = String(from);
    field('to').value = String(to);
    field('shortest').value = String(shortest);
    field('longest').value = String(longest);
    field('language').value = language;
    for (const select of at('Moods').querySelectorAll('select')) select.value = String(genres[select.name.slice(6)] ?? '');
    for (const input of at('Lists-of').querySelectorAll('input')) input.checked = (input.value === 'unusual') === Boolean(unusual);
    at('UnusualNote').hidden = !unusual;
    const chosen = (/** @type {any} */ input) => (input?.selectedOptions ? input.selectedOptions[0]?.textContent : input?.closest('label')?.textContent.trim());
    const words = [
      ...(fame ? [chosen(form.querySelector('[name=fame]:checked'))] : []),
      ...(from ? [marqueeText("tuning.from", { decade: chosen(field('from')) ?? '' })] : []),
      ...(to ? [marqueeText("tuning.to", { decade: chosen(field('to')) ?? '' })] : []),
      ...(field('shortest').value ? [marqueeText("tuning.least", { minutes: chosen(field('shortest')) ?? '' })] : []),
      ...(field('longest').value ? [marqueeText("tuning.most", { minutes: chosen(field('longest')) ?? '' })] : []),
      ...(field('language').value ? [chosen(field('language'))] : []),
      ...[...at('Moods').querySelectorAll('select')].filter(select => select.value)
        .map(select => `${select.parentElement?.firstChild?.textContent?.trim()}: ${chosen(select)}`),
    ];
    at('TuningSaid').textContent = words.length > 0 ? words.join(' · ') : marqueeText("tuning.open");
  }

  form.addEventListener('change', () => {
    const genres = Object.fromEntries([...at('Moods').querySelectorAll('select')].filter(select => select.value)
      .map(select => [select.name.slice(6), select.value === 'never' ? 'never' : Number(select.value)]));
    const { unusual } = tuning();
    const next = {
      ...(field('fame').value ? { fame: field('fame').value } : {}),
      ...Object.fromEntries(['from', 'to', 'shortest', 'longest'].flatMap(name => (field(name).value ? [[name, Number(field(name).value)]] : []))),
      ...(field('language').value ? { language: field('language').value } : {}),
      ...(Object.keys(genres).length > 0 ? { genres } : {}),
      ...(unusual ? { unusual } : {}),
    };
    length = pageLength;
    diary.change((/** @type {any} */ state) => { state.tuning = next; });
  });
  form.addEventListener('reset', event => {
    event.preventDefault();
    length = pageLength;
    diary.change((/** @type {any} */ state) => { state.tuning = state.tuning.unusual ? { unusual: true } : {}; });
  });
  form.addEventListener('submit', event => event.preventDefault());
  at('Lists-of').addEventListener('change', (/** @type {any} */ event) => {
    length = pageLength;
    diary.change((/** @type {any} */ state) => {
      if (event.target.value === 'unusual') state.tuning.unusual = true;
      else delete state.tuning.unusual;
    });
  });
  at('More').addEventListener('click', () => {
    focusRank = length;
    length += pageLength;
    showList();
  });

  /** The films of the list, for what takes them along. */
  marquee.listed = () => listed;
  at('Copy').addEventListener('click', () => marquee.copy(document.title, listed));
  at('TonightButton').addEventListener('click', async () => {
    try {
      (await marquee.need('tonight')).open();
    } catch (error) {
      marquee.tell(at('Trouble'), marquee.failure(error));
    }
  });

  let isOffered = false;

  function show() {
    const count = Object.keys(diary.state.ratings).length;
    at('Count').textContent = count < enough ? marqueeText("you.left", { count: enough - count }) : marqueeText("you.count", { count });
    marquee.tell(at('Trouble'), marquee.trouble());
    showTuning();
    showList();
    if (count < enough || isOffered) return;
    isOffered = true;
    marquee.model().then(offer).catch((/** @type {unknown} */ error) => {
      isOffered = false;
      marquee.tell(at('Trouble'), marquee.failure(error));
    });
  }

  page.hidden = false;
  diary.listen(show);
  show();
})();
