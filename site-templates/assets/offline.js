// @ts-check
/** Keeps the site for times without a network (sw.js), and lists what was kept on the page that says so. */
(() => {
  'use strict';

  const root = new URL('..', /** @type {HTMLScriptElement} */ (document.currentScript).src);
  const isServed = location.protocol === 'https:' || location.protocol === 'http:';
  if (!isServed || !('serviceWorker' in navigator)) return;

  addEventListener('load', () => void navigator.serviceWorker.register(new URL('sw.js', root)).catch(() => {}));

  /** The pages that were opened before, the latest first. @param {HTMLElement} list */
  const showSeen = async (list) => {
    const cache = await caches.open(`marquee ${root.href} seen`);
    const shown = new Set();
    for (const request of (await cache.keys()).reverse()) {
      const answer = await cache.match(request);
      if (!answer?.headers.get('Content-Type')?.startsWith('text/html')) continue;
      const title = new DOMParser().parseFromString(await answer.text(), 'text/html').title;
      if (shown.has(title)) continue;
      shown.add(title);
      const link = document.createElement('a');
      link.href = request.url;
      link.textContent = title;
      const item = document.createElement('li');
      item.append(link);
      list.append(item);
      if (shown.size === 60) break;
    }
  };
  const seen = document.getElementById('Seen');
  if (seen) void showSeen(seen).catch(() => {});
})();
