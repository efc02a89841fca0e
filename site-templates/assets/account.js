// Members on the pages of the site: who is logged in, stars that save, and "your list is new".
// Everything here is also there without scripts, under account/.
(() => {
  "use strict";
  const script = document.currentScript;
  const endpoint = new URL(script.dataset.endpoint, location.href);
  const isHere = endpoint.origin === location.origin;
  // A visitor who never logged in causes no request. Another host's cookies cannot be seen, so it is asked.
  if (isHere && !/(^|; )marquee-hint=1/.test(document.cookie)) return;

  const ask = (path, options = {}) => fetch(new URL(path, endpoint), { credentials: "include", ...options });
  const say = (place, text) => { if (place) place.textContent = text; };

  const save = async (movie, stars) => {
    const path = "api/ratings/" + encodeURIComponent(movie);
    const answer = stars === null
      ? await ask(path, { method: "DELETE" })
      : await ask(path, {
          method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ stars }),
        });
    if (!answer.ok && !(stars === null && answer.status === 404)) throw Object.assign(new Error(), { status: answer.status });
  };

  // Where the session ended meanwhile, the login leads on to the film, with what was chosen.
  const tell = (place, error, text, movie, stars) => {
    say(place, text);
    if (!place || error.status !== 401) return;
    const rate = new URL("account/rate/", endpoint);
    rate.searchParams.set("movie", movie);
    if (stars !== null) rate.searchParams.set("stars", stars);
    const link = document.createElement("a");
    link.href = new URL("account/login/?next=" + encodeURIComponent(rate.pathname + rate.search), endpoint);
    link.textContent = marqueeText("account.ended");
    place.replaceChildren(link);
  };

  const greet = (me) => {
    const account = document.querySelector("[data-account]");
    if (account) account.textContent = me.name;
    const place = document.querySelector("[data-greeting]");
    if (place) {
      const list = document.createElement("a");
      list.href = new URL(me.page ? me.page + "index.html" : "account/", endpoint);
      list.textContent = me.page ? marqueeText("account.welcome-link") : marqueeText("account.welcome-new-link");
      // Where the link stands in the sentence is the language's choice; no name holds this character.
      const link = "\u0000";
      const values = { name: me.name, link };
      const welcome = me.page ? marqueeText("account.welcome", values) : marqueeText("account.welcome-new", values);
      const [before, after = ""] = welcome.split(link);
      place.replaceChildren(before, list, after);
      place.hidden = false;
    }
  };

  const statusLine = () => document.querySelector("[data-rate] [role=status]");

  // Stars on a film's page take the place of the link to the form.
  const showStars = async (place) => {
    const movie = place.dataset.rate;
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    place.replaceChildren(status);
    const known = await ask("api/ratings?movie=" + encodeURIComponent(movie));
    let stars = known.ok ? (await known.json()).ratings[0]?.stars ?? null : null;
    const own = document.getElementById("Own");
    const diary = globalThis.marquee?.diary;
    if (own && diary) {
      // The page's own stars are the member's: they show what the account knows, and what is given there is saved.
      if (stars !== null && diary.state.ratings[movie]?.stars !== stars) {
        const { title, year, path } = own.dataset;
        diary.change((state) => {
          state.ratings[movie] = { title, year: Number(year) || undefined, path, on: diary.today(), stars };
        });
      }
      return;
    }
    const group = document.createElement("span");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", marqueeText("account.stars"));
    const number = new Intl.NumberFormat(document.documentElement.lang);
    const show = () => group.querySelectorAll("button").forEach((button) => {
      button.setAttribute("aria-pressed", String(Number(button.value) === stars));
    });
    for (let value = Number(place.dataset.low); value <= Number(place.dataset.high); value += Number(place.dataset.step)) {
      const button = document.createElement("button");
      button.type = "button";
      button.value = value;
      button.textContent = document.documentElement.dataset.ratings === "likes" ? marqueeText("stars", { count: value }) : number.format(value);
      button.setAttribute("aria-label", marqueeText("stars", { count: value }));
      button.addEventListener("click", async () => {
        const wanted = stars === value ? null : value;
        try {
          await save(movie, wanted);
          stars = wanted;
          say(status, wanted === null ? marqueeText("account.back") : marqueeText("account.saved"));
        } catch (error) {
          tell(status, error, marqueeText("account.unsaved"), movie, wanted);
        }
        show();
      });
      group.append(button, " ");
    }
    show();
    place.replaceChildren(marqueeText("account.give") + " ", group, status);
  };

  // Other scripts of the site tell of a rating with this event: {movie, stars}, stars null to take it back.
  document.addEventListener("marquee:rating", async (event) => {
    const { movie, stars } = event.detail;
    try {
      await save(movie, stars);
      say(statusLine(), stars === null ? marqueeText("account.removed") : marqueeText("account.kept"));
    } catch (error) {
      tell(statusLine(), error, marqueeText("account.unkept"), movie, stars);
      document.dispatchEvent(new CustomEvent("marquee:unsaved", { detail: event.detail }));
    }
  });

  // One tab of a browser listens and tells the others: browsers have six connections to one host.
  const share = (name, hear) => {
    const others = new BroadcastChannel(name);
    others.addEventListener("message", hear);
    const open = () => {
      const events = new EventSource(new URL("api/events", endpoint), { withCredentials: true });
      events.addEventListener("list", () => { others.postMessage(""); hear(); });
      return events;
    };
    if (navigator.locks) {
      const lead = () => navigator.locks.request(name, () => new Promise((done) => {
        const events = open();
        addEventListener("pagehide", () => { events.close(); done(); }, { once: true });
      }));
      lead();
      addEventListener("pageshow", (event) => { if (event.persisted) lead(); });
    } else {
      // Pages of an address that is not secure know no locks: those that nobody looks at do not listen.
      let events;
      const follow = () => {
        events?.close();
        events = document.hidden ? undefined : open();
      };
      document.addEventListener("visibilitychange", follow);
      follow();
    }
  };

  const listen = (me) => {
    share(`marquee-events-${me.name}`, () => {
      const status = statusLine();
      if (status && status.textContent && me.page) {
        const link = document.createElement("a");
        link.href = new URL(me.page + "index.html", endpoint);
        link.textContent = marqueeText("account.list");
        status.replaceChildren(link);
      }
      document.dispatchEvent(new CustomEvent("marquee:list", { detail: { page: me.page } }));
    });
  };

  ask("api/me").then(async (answer) => {
    if (!answer.ok) return;
    const me = await answer.json();
    greet(me);
    document.querySelectorAll("[data-rate]").forEach(showStars);
    listen(me);
  }).catch(() => { /* Without the endpoint the site is what it is for everybody. */ });
})();
