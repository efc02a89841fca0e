// @ts-check
/**
 * The search box of every page: a field that becomes a combobox with a list of films below it. What finds them,
 * `scripts/find.js`, is fetched when the field is first used.
 *
 * @typedef {{id?: string, name: string, title: string, year: number, genres: string[], address: string}} FoundFilm
 */
(() => {
  'use strict';

  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const suggestions = 8;
  /** @type {Promise<any> | undefined} */
  let loading;

  /** What finds films. @returns {Promise<any>} */
  const engine = () => {
    loading ??= new Promise((resolve, reject) => {
      const made = document.createElement('script');
      made.src = script.dataset.find ?? '';
      made.onload = () => resolve(globalThis.marqueeSearch.engine);
      made.onerror = () => {
        loading = undefined;
        reject(new Error('find.js'));
      };
      document.head.append(made);
    });
    return loading;
  };

  /** @param {FoundFilm} film */
  const facts = (film) => [film.year || '', ...film.genres.slice(0, 2)].filter(Boolean).join(' · ');

  /** @param {string} tag @param {Record<string, string>} attributes @param {(Node | string)[]} children */
  const element = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };

  /** @param {number} count */
  const told = (count) => (count === 0 ? marqueeText("search-none") : marqueeText("search-found", { count }));

  /**
   * Makes a plain field a combobox with a list of films.
   * @param {HTMLFormElement} form
   * @param {(film: FoundFilm) => void} [choose] What happens with the film that is chosen; without it, its page opens.
   */
  const makeCombobox = (form, choose) => {
    const input = /** @type {HTMLInputElement} */ (form.elements.namedItem('q'));
    const list = element('div', { role: 'listbox', id: `${input.id}List`, 'aria-label': input.labels?.[0]?.innerText ?? '' });
    const status = element('p', { role: 'status', class: 'hidden' });
    list.hidden = true;
    for (const [name, value] of Object.entries({
      role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id,
      autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false',
    })) input.setAttribute(name, value);
    form.append(list, status);
    let active = -1;
    let asked = 0;

    const options = () => /** @type {HTMLAnchorElement[]} */ ([...list.children]);
    const activate = (/** @type {number} */ next) => {
      active = next;
      options().forEach((option, at) => option.setAttribute('aria-selected', String(at === active)));
      if (active < 0) return input.removeAttribute('aria-activedescendant');
      input.setAttribute('aria-activedescendant', options()[active].id);
      options()[active].scrollIntoView({ block: 'nearest' });
    };
    /** Says something about the list; where there is none, in its place. @param {string} text @param {boolean} isAlone */
    const say = (text, isAlone) => {
      status.textContent = text;
      status.className = isAlone && text ? 'nothing' : 'hidden';
    };
    const close = () => {
      asked += 1;
      list.hidden = true;
      input.setAttribute('aria-expanded', 'false');
      status.className = 'hidden';
      activate(-1);
    };
    const show = (/** @type {HTMLElement[]} */ entries) => {
      list.replaceChildren(...entries.map((entry, at) => {
        entry.id = `${list.id}${at}`;
        entry.setAttribute('role', 'option');
        entry.setAttribute('tabindex', '-1');
        return entry;
      }));
      list.hidden = entries.length === 0;
      input.setAttribute('aria-expanded', String(entries.length > 0));
      activate(-1);
    };
    /** @param {FoundFilm} film */
    const option = (film) => {
      const link = element('a', { href: film.address }, element('b', {}, element('bdi', {}, film.title)), ' ',
        element('span', {}, facts(film)));
      if (choose) {
        link.addEventListener('click', (event) => {
          event.preventDefault();
          input.value = '';
          close();
          say('', false);
          choose(film);
        });
      }
      return link;
    };
    const answer = async () => {
      asked += 1;
      const mine = asked;
      const text = input.value.trim();
      if (!text) {
        say('', false);
        return close();
      }
      try {
        const found = await (await engine()).find(text);
        if (mine !== asked) return;
        const entries = found.slice(0, suggestions).map(option);
        if (found.length > suggestions && !choose) {
          const all = new URL(form.action);
          all.searchParams.set('q', text);
          entries.push(element('a', { href: all.href }, told(found.length)));
        }
        show(entries);
        say(told(found.length), found.length === 0);
      } catch {
        if (mine !== asked) return;
        show(form.dataset.browse ? [element('a', { href: form.dataset.browse }, marqueeText("search-failed"))] : []);
        say(marqueeText("search-failed"), !form.dataset.browse);
      }
    };

    input.addEventListener('focus', () => void engine().then((found) => found.open()).catch(() => {}), { once: true });
    // What an input method is still putting together is no question yet.
    input.addEventListener('input', (event) => {
      if (!(/** @type {InputEvent} */ (event).isComposing)) void answer();
    });
    input.addEventListener('compositionend', () => void answer());
    input.addEventListener('keydown', (event) => {
      // Keys of an input method: the code 229 is Safari's for the one that ends a composition.
      if (event.isComposing || event.keyCode === 229) return;
      const count = list.hidden ? 0 : list.children.length;
      if (event.key === 'ArrowDown' && count === 0) void answer();
      else if (event.key === 'ArrowDown') activate(active + 1 < count ? active + 1 : -1);
      else if (event.key === 'ArrowUp' && count > 0) activate(active < 0 ? count - 1 : active - 1);
      else if (event.key === 'Enter' && active >= 0) options()[active].click();
      else if (event.key === 'Enter' && choose) options()[0]?.click();
      else if (event.key === 'Escape' && (count > 0 || status.className === 'nothing')) close();
      else return;
      event.preventDefault();
    });
    if (choose) form.addEventListener('submit', (event) => event.preventDefault());
    list.addEventListener('pointerdown', (event) => event.preventDefault());
    form.addEventListener('focusout', (event) => {
      if (!form.contains(/** @type {Node | null} */ (event.relatedTarget))) close();
    });
    return input;
  };

  for (const form of document.querySelectorAll('form[data-search="box"]')) {
    const input = makeCombobox(/** @type {HTMLFormElement} */ (form));
    document.addEventListener('keydown', (event) => {
      const target = /** @type {HTMLElement} */ (event.target);
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (target.isContentEditable || target.matches('input, textarea, select')) return;
      event.preventDefault();
      input.focus();
    });
  }

  globalThis.marqueeSearch = { load: engine, combobox: makeCombobox, element, facts, told };
})();
