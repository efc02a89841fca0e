// @ts-check
// The build puts the texts below `script` of texts/<language>.yaml in front of this file, as `marqueeTexts`.
(() => {
  /** @type {{language: string, texts: Record<string, string | Record<string, string>>}} */
  const { language, texts } = globalThis.marqueeTexts;
  const plural = new Intl.PluralRules(language);
  const number = new Intl.NumberFormat(language);

  /**
   * The text of this name in the site's language. `{names}` become `values`, numbers as the language writes them; a
   * text with plural forms takes the one that fits `values.count`.
   * @param {string} name
   * @param {Record<string, string | number>} [values]
   * @returns {string}
   */
  globalThis.marqueeText = (name, values = {}) => {
    const entry = texts[name] ?? name;
    const form = typeof entry === "string" ? entry : entry[plural.select(Number(values.count))] ?? entry.other;
    return form.replace(/\{([A-Za-z0-9.]+)\}/g, (_, key) => {
      const value = values[key] ?? "";
      return typeof value === "number" ? number.format(value) : value;
    });
  };
})();
