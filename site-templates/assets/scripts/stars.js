// @ts-check
/**
 * The stars to click, touch or move through with the arrow keys: a group of radio buttons, one for each rating that can
 * be given, or a slider where the scale has more than ten; two buttons where a film is liked or not.
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
     * @param {number | null} options.value Null where there is no rating.
     * @param {(stars: any) => void} options.rate Called with null when the rating is taken away.
     * @returns {{element: HTMLElement, show: (value: number | null) => void}}
     */
    control({ title, scale, value, rate }) {
      const { element: el } = marquee;
      const levels = Math.round((scale.maximum - scale.minimum) / scale.step) + 1;
      const name = `stars-${(groups += 1)}`;
      const values = Array.from({ length: levels }, (_, level) => Math.round((scale.minimum + level * scale.step) * 1000) / 1000);
      const said = el('output', { class: 'given' });
      const remove = el('button', { type: 'button', class: 'plain-button', hidden: true, onclick: () => {
        const first = element.querySelector('input');
        rate(null);
        show(null);
        first?.focus();
      } }, marqueeText("stars.remove"), el('span', { class: 'hidden' }, ' ' + title));
      /** @type {HTMLElement} */
      let choices;
      /** @type {(value: number | null) => void} */
      let mark;
      if (levels <= 10) {
        const isHalf = scale.step === 0.5 && scale.minimum === 0.5;
        const inputs = values.map(level => /** @type {HTMLInputElement} */ (el('input', {
          type: 'radio', name, value: String(level), 'aria-label': words(level), title: words(level),
          onchange: () => { rate(level); show(level); },
        })));
        choices = marquee.areLikes
          ? el('span', { class: 'thumbs' }, ...inputs.reverse().map(input => el('label', { class: 'plain-button' }, input, words(Number(input.value)))))
          : el('span', { class: isHalf ? 'strip halves' : 'strip' },
            ...inputs.map(input => el('label', {}, input, el('span', { 'aria-hidden': 'true' }, '★'))));
        mark = given => { for (const input of inputs) input.checked = given !== null && Number(input.value) === given; };
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
          if (given !== null) slider.value = String(given);
          slider.setAttribute('aria-valuetext', given === null ? marqueeText("stars.none") : words(given));
        };
      }
      const element = el('fieldset', { class: 'stars' },
        el('legend', { class: 'hidden' }, marqueeText("stars.yours", { title })), choices, said, remove);

      /** @param {number | null} given */
      function show(given) {
        mark(given);
        said.textContent = given === null || marquee.areLikes ? '' : words(given);
        remove.hidden = given === null;
      }
      show(value);
      return { element, show };
    },
  };
})();
