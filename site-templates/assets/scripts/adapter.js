// @ts-check
(() => {
  const marquee = globalThis.marquee;
  const passes = (model, tuning) => {
    const order = [...model.ratingCounts.keys()].sort((a, b) => model.ratingCounts[b] - model.ratingCounts[a]);
    const rank = new Map(order.map((film, place) => [film, place / model.count]));
    return film => {
      const year = model.years[film];
      if (tuning.from && !(year >= tuning.from)) return false;
      if (tuning.to && !(year && year <= tuning.to)) return false;
      const place = rank.get(film);
      if (tuning.fame === 'known' && place > 0.1) return false;
      if (tuning.fame === 'between' && (place <= 0.1 || place > 0.4)) return false;
      if (tuning.fame === 'little' && place <= 0.4) return false;
      for (const [name, wish] of Object.entries(tuning.genres ?? {})) {
        const bit = model.genres.indexOf(name);
        if (wish === 'never' && bit >= 0 && (model.kinds[film] >>> bit) & 1) return false;
      }
      return true;
    };
  };
  marquee.recommend = async (stars, { count = 20, within, exclude = [], tuning = {} } = {}) => {
    const model = await marquee.model();
    const ratings = Object.fromEntries(Object.entries(stars).map(([id, s]) => [id, { stars: s }]));
    const profile = model.foldIn(ratings);
    const inside = within && new Set(within);
    const out = new Set(exclude);
    const fits = passes(model, tuning);
    const old = { fame: tuning.unusual ? -0.5 : 0 };
    for (const [name, wish] of Object.entries(tuning.genres ?? {})) if (wish !== 'never') old['genre ' + name] = wish;
    const films = model.best(profile, film => {
      const id = model.ids[film];
      return id in ratings || out.has(id) || (inside && !inside.has(id)) || !fits(film);
    }, count, old);
    return films.map(film => ({
      id: model.ids[film], ...model.guess(profile, film),
      because: model.reasons(profile, film).parts.filter(p => p.stars > 0.005).slice(0, 3).map(p => ({ id: model.ids[p.film], weight: p.stars })),
    }));
  };
  marquee.recommendTogether = async (people, { count = 20, rule = 'joy', within, exclude = [], excludeSeen = true, tuning = {} } = {}) => {
    const model = await marquee.model();
    const profiles = people.map(stars => model.foldIn(Object.fromEntries(Object.entries(stars).map(([id, s]) => [id, { stars: s }]))));
    const inside = within && new Set(within);
    const out = new Set(exclude);
    const fits = passes(model, tuning);
    const all = profiles.map(profile => model.scores(profile));
    const films = model.ids.map((_, film) => film).filter(film => {
      const id = model.ids[film];
      return !out.has(id) && !(inside && !inside.has(id)) && fits(film) && !(excludeSeen && people.some(stars => id in stars));
    });
    const value = film => {
      const own = all.map(scores => scores[film]);
      return (rule === 'joy' ? own.reduce((a, b) => a + b, 0) / own.length : Math.min(...own)) + 0.12 * model.fame[film];
    };
    return films.sort((a, b) => value(b) - value(a)).slice(0, count)
      .map(film => ({ id: model.ids[film], stars: profiles.map(profile => model.guess(profile, film).stars) }));
  };
})();
