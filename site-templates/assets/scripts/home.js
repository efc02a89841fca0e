// @ts-check
/** The home page for who comes back: a greeting, a row of their own, and one film for tonight. */
(() => {
  'use strict';

  const marquee = globalThis.marquee;
  const { diary, enough } = marquee;
  const part = /** @type {HTMLElement} */ (document.getElementById('Mine'));
  const invite = /** @type {HTMLAnchorElement} */ (document.getElementById('Invite'));
  const [words, address] = [invite.textContent, invite.href];
  let turn = 0;

  async function show() {
    const count = Object.keys(diary.state.ratings).length;
    const isBack = count >= enough;
    const own = (turn += 1);
    part.hidden = !isBack;
    invite.textContent = isBack ? marqueeText("home.list") : words;
    invite.href = isBack ? part.dataset.you ?? address : address;
    if (!isBack) return;
    /** @type {HTMLElement} */ (document.getElementById('Back')).textContent = marqueeText("home.back", { count });
    try {
      const films = await marquee.recommend(diary.stars(), { count: 14, exclude: diary.known(), tuning: diary.state.tuning });
      const cards = await marquee.films(films.map((/** @type {any} */ { id }) => id));
      if (own !== turn) return;
      document.getElementById('MineRow')?.replaceChildren(...films.flatMap((/** @type {any} */ { id, stars }) => (cards.has(id) ? [marquee.card(cards.get(id), stars)] : [])));
      marquee.tell(document.getElementById('MineTrouble'), films.length > 0 ? '' : marquee.noFilm(diary.state.tuning));
    } catch (error) {
      marquee.tell(document.getElementById('MineTrouble'), marquee.failure(error));
    }
  }

  document.getElementById('Tonight')?.addEventListener('click', async () => {
    try {
      (await marquee.need('tonight')).open();
    } catch (error) {
      marquee.tell(document.getElementById('MineTrouble'), marquee.failure(error));
    }
  });
  diary.listen(show);
  show();
})();
