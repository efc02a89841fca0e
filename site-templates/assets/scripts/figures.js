// @ts-check
/** Figures about a visitor's ratings: drawings with a table beside them. */
(() => {
  'use strict';

  const marquee = globalThis.marquee;
  const { element: el, drawing } = marquee;

  /**
   * Bars with their values as a table.
   * @param {string} title @param {{name: string, value: number}[]} bars
   */
  function bars(title, bars) {
    const most = Math.max(1, ...bars.map(({ value }) => value));
    const names = bars.map(({ name }) => name);
    return el('figure', { class: 'histogram' },
      el('figcaption', { class: 'bars-title' }, title),
      drawing('svg', { viewBox: `0 0 ${20 * bars.length} 64`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
        ...bars.map(({ value }, index) => {
          const height = Math.max(value > 0 ? 1 : 0, (62 * value) / most);
          return drawing('rect', { x: 20 * index + 1, y: 64 - height, width: 18, height });
        })),
      el('p', { class: 'ends', 'aria-hidden': 'true' }, el('span', {}, names[0] ?? ''), el('span', {}, names.at(-1) ?? '')),
      el('details', {}, el('summary', {}, marqueeText("figures.table")), el('table', {},
        el('tbody', {}, ...bars.map(({ name, value }) => el('tr', {}, el('th', { scope: 'row' }, name), el('td', {}, new Intl.NumberFormat(document.documentElement.lang).format(value))))))));
  }

  /** @param {number[]} values */
  const mean = values => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

  /** Names and figures. @param {[string, string | Node][]} facts */
  const facts = facts => el('dl', { class: 'facts' }, ...facts.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))));

  /** @param {any} scale @param {number[]} stars */
  function levels(scale, stars) {
    const count = Math.min(40, Math.round((scale.maximum - scale.minimum) / scale.step) + 1);
    const step = (scale.maximum - scale.minimum) / (count - 1);
    return Array.from({ length: count }, (_, index) => {
      const level = scale.minimum + index * step;
      return { name: marquee.areLikes ? marqueeText("stars", { count: level }) : new Intl.NumberFormat(document.documentElement.lang).format(Math.round(level * 100) / 100), value: stars.filter(value => Math.abs(value - level) < step / 2 + 1e-9).length };
    });
  }

  /** Genres of rated films: how many, and how they are rated. @param {any} model @param {[string, any][]} rated */
  function genres(model, rated) {
    /** @type {Map<string, number[]>} */
    const result = new Map();
    for (const [id, { stars }] of rated) {
      const film = model?.places.get(id);
      if (film === undefined) continue;
      for (const name of model.genresOf(film)) result.set(name, [...(result.get(name) ?? []), stars]);
    }
    return [...result].sort((a, b) => b[1].length - a[1].length);
  }

  marquee.figures = {
    bars, facts, mean,
    /** The page of figures. @param {any} model Nothing where it cannot be read. @param {any} diary @param {any} scale */
    overview(model, diary, scale) {
      const rated = /** @type {[string, any][]} */ (Object.entries(diary.ratings));
      const stars = rated.map(([, { stars }]) => stars);
      const known = rated.map(([id, { stars }]) => ({ film: model?.places.get(id), stars })).filter(({ film }) => film !== undefined);
      // As on the pages of members: the visitor's mean beside that of all ratings.
      const habit = mean(stars) - (model?.mean ?? 0);
      const fame = mean(known.map(({ film }) => (model.fame[film] === 'known' ? 1 : 0)));
      const kinds = genres(model, rated);
      const favourite = kinds.filter(([, values]) => values.length >= 3).sort((a, b) => mean(b[1]) - mean(a[1]))[0];
      /** @type {Map<number, number>} */
      const decades = new Map();
      for (const [, { year }] of rated) if (year) decades.set(10 * Math.floor(year / 10), (decades.get(10 * Math.floor(year / 10)) ?? 0) + 1);
      const years = [...decades.keys()].sort((a, b) => a - b);
      const span = years.length ? Array.from({ length: (years[years.length - 1] - years[0]) / 10 + 1 }, (_, index) => years[0] + 10 * index) : [];
      return [
        facts([
          [marqueeText("figures.rated"), String(rated.length)],
          [marqueeText("figures.mean"), marquee.decimal(mean(stars))],
          ...(known.length ? /** @type {[string, string][]} */ ([
            [marqueeText("figures.habit"), Math.abs(habit) < 0.05 ? marqueeText("figures.habit-same")
              : habit > 0 ? marqueeText("figures.habit-generous", { stars: marquee.decimal(habit) }) : marqueeText("figures.habit-strict", { stars: marquee.decimal(-habit) })],
            [marqueeText("figures.fame"), fame > 0.85 ? marqueeText("figures.fame-high") : fame > 0.5 ? marqueeText("figures.fame-middle") : marqueeText("figures.fame-low")],
          ]) : []),
          ...(favourite ? /** @type {[string, string][]} */ ([[marqueeText("figures.favourite"), `${favourite[0]} (${marquee.decimal(mean(favourite[1]))})`]]) : []),
        ]),
        el('div', { class: 'charts' },
          bars(marqueeText("figures.stars"), levels(scale, stars)),
          ...(span.length > 1 ? [bars(marqueeText("figures.decades"), span.map(decade => ({ name: String(decade), value: decades.get(decade) ?? 0 })))] : []),
          ...(kinds.length ? [el('figure', { class: 'kinds' }, el('figcaption', { class: 'bars-title' }, marqueeText("figures.genres")),
            el('table', {}, el('thead', {}, el('tr', {}, ...[marqueeText("figures.genre"), marqueeText("figures.films"), marqueeText("figures.mean")].map(name => el('th', { scope: 'col' }, name)))),
              el('tbody', {}, ...kinds.slice(0, 8).map(([name, values]) => el('tr', {}, el('th', { scope: 'row' }, name), el('td', {}, String(values.length)), el('td', {}, marquee.decimal(mean(values)))))))) ] : [])),
      ];
    },
    /** One year: how much, when, and what was best. @param {any} model @param {any} diary @param {string} year */
    review(model, diary, year) {
      const rated = /** @type {[string, any][]} */ (Object.entries(diary.ratings)).filter(([, { on }]) => on.startsWith(year));
      const seen = /** @type {[string, any][]} */ (Object.entries(diary.seen)).filter(([, { on }]) => on.startsWith(year));
      const months = Array.from({ length: 12 }, (_, month) => ({
        name: new Intl.DateTimeFormat(document.documentElement.lang, { month: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, month, 15))),
        value: [...rated, ...seen].filter(([, { on }]) => Number(on.slice(5, 7)) === month + 1).length,
      }));
      const best = [...rated].sort((a, b) => b[1].stars - a[1].stars || a[1].on.localeCompare(b[1].on)).slice(0, 5);
      const kinds = genres(model, rated);
      return [
        facts([
          [marqueeText("figures.films"), String(rated.length + seen.length)],
          ...(rated.length ? /** @type {[string, string][]} */ ([[marqueeText("figures.mean"), marquee.decimal(mean(rated.map(([, { stars }]) => stars)))]]) : []),
          ...(kinds.length ? /** @type {[string, string][]} */ ([[marqueeText("figures.most"), kinds[0][0]]]) : []),
        ]),
        el('div', { class: 'charts' }, bars(marqueeText("figures.months"), months),
          el('div', {}, el('h3', {}, marqueeText("figures.best")), el('ol', {}, ...best.map(([, film]) =>
            el('li', {}, marquee.link(film), ' ', el('span', { class: 'quiet' }, marqueeText("stars", { count: film.stars }))))))),
      ];
    },
  };
})();
