// @ts-check
/**
 * The stars to click, touch or move through with the arrow keys: a group of radio buttons, one for each rating that can
 * be given, or a slider where the scale has more than ten.
 *
 * @typedef {{minimum: number, maximum: number, step: number}} Scale
 */
(() => {
  'use strict';

  const marquee = (globalThis.marquee ??= {});
  let groups = 0;

  /** "4.5 stars" in the site's language. @param {number} value */
  const words = value => marqueeText("stars", { count: value });

  marquee.stars = {
    /** The scale that an element names. @param {HTMLElement} element @returns {Scale} */
    scaleOf({ dataset }) {
      return { minimum: Number(dataset.minimum), maximum: Number(dataset.maximum), step: Number(dataset.step) };
    },

    /**
     * @param {object} options
     * @param {string} options.title The film's.
     * @param {Scale} options.scale
     * @param {number} options.value 0 where there is no rating.
     * @param {(stars: number) => void} options.rate Called with 0 when the rating is taken away.
     * @returns {{element: HTMLElement, show: (value: number) => void}}
     */
    control({ title, scale, value, rate }) {
      const { element: el } = marquee;
      const levels = Math.round((scale.maximum - scale.minimum) / scale.step) + 1;
      const name = `stars-${(groups += 1)}`;
      const values = Array.from({ length: levels }, (_, level) => Math.round((scale.minimum + level * scale.step) * 1000) / 1000);
      const said = el('output', { class: 'given' });
      const remove = el('button', { type: 'button', class: 'plain-button', hidden: true, onclick: () => {
        const first = element.querySelector('input');
        rate(0);
        show(0);
        first?.focus();
      } }, marqueeText("stars.remove"), el('span', { class: 'hidden' }, ' ' + title));
      /** @type {HTMLElement} */
      let choices;
      /** @type {(value: number) => void} */
      let mark;
      if (levels <= 10) {
        const isHalf = scale.step === 0.5 && scale.minimum === 0.5;
        const inputs = values.map(level => /** @type {HTMLInputElement} */ (el('input', {
          type: 'radio', name, value: String(level), 'aria-label': words(level), title: words(level),
          onchange: () => { rate(level); show(level); },
        })));
        choices = el('span', { class: isHalf ? 'strip halves' : 'strip' },
          ...inputs.map(input => el('label', {}, input, el('span', { 'aria-hidden': 'true' }, '★'))));
        mark = given => { for (const input of inputs) input.checked = Number(input.value) === given; };
      } else {
        const slider = /** @type {HTMLInputElement} */ (el('input', {
          type: 'range', min: String(scale.minimum), max: String(scale.maximum), step: String(scale.step),
          'aria-label': marqueeText("stars.yours", { title }),
          oninput: () => tell(Number(slider.value)),
          onchange: () => { rate(Number(slider.value)); show(Number(slider.value)); },
        }));
        // What the slider stands at, in words, for eyes and for screen readers.
        const tell = (/** @type {number} */ level) => {
          slider.setAttribute('aria-valuetext', words(level));
          said.textContent = words(level);
        };
        choices = slider;
        mark = given => {
          if (given) slider.value = String(given);
          slider.setAttribute('aria-valuetext', given ? words(given) : marqueeText("stars.none"));
        };
      }
      const element = el('fieldset', { class: 'stars' },
        el('legend', { class: 'hidden' }, marqueeText("stars.yours", { title })), choices, said, remove);

      /** @param {number} given */
      function show(given) {
        mark(given);
        said.textContent = given ? words(given) : '';
        remove.hidden = !given;
      }
      show(value);
      return { element, show };
    },
  };
})();
