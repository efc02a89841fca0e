// The shell from the first visit on, pages and data once they were seen. Assets have names that change with their bytes,
// so the kept one serves; everything else comes from the network while there is one.

const scope = self.registration.scope;
const shellCache = `marquee ${scope} shell ${version}`;
const seenCache = `marquee ${scope} seen`;
/** What kept pages were made with: style sheets and scripts of earlier versions, as long as a kept page names them. */
const assetCache = `marquee ${scope} assets`;
/** What predicts: as much as the site has of it, until a build makes it anew. */
const tasteCache = `marquee ${scope} taste`;
const mostSeen = 400;
const patience = 4000;

self.addEventListener('install', (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(shellCache);
    await cache.addAll(shell.map((path) => new Request(new URL(path, scope), { cache: 'reload' })));
    await self.skipWaiting();
  })());
});

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    // The shell's own pages are newer than what was kept of them.
    const seen = await caches.open(seenCache);
    for (const request of await (await caches.open(shellCache)).keys()) {
      for (const name of names(new URL(request.url))) await seen.delete(name);
    }
    await keepAssets().catch(() => {});
    for (const name of await caches.keys()) {
      if (name.startsWith(`marquee ${scope} shell `) && name !== shellCache) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

/** Keeps of earlier versions the assets that kept pages name, so that no page is ever shown without its style, and no others. */
const keepAssets = async () => {
  const [seen, assets] = [await caches.open(seenCache), await caches.open(assetCache)];
  const named = new Set();
  for (const request of await seen.keys()) {
    const answer = await seen.match(request);
    if (!answer?.headers.get('Content-Type')?.startsWith('text/html')) continue;
    for (const [path] of (await answer.text()).matchAll(/assets\/[\w./-]+/g)) named.add(new URL(path, scope).href);
  }
  for (const name of await caches.keys()) {
    if (!name.startsWith(`marquee ${scope} shell `) || name === shellCache) continue;
    const shellFiles = await caches.open(name);
    for (const request of await shellFiles.keys()) {
      const answer = named.has(request.url) ? await shellFiles.match(request) : undefined;
      if (answer) await assets.put(request.url, answer);
    }
  }
  for (const request of await assets.keys()) if (!named.has(request.url)) await assets.delete(request);
};

/** Both names of a folder's page. */
const names = (url) => {
  const bare = url.origin + url.pathname;
  if (bare.endsWith('/index.html')) return [bare, bare.slice(0, -'index.html'.length)];
  return bare.endsWith('/') ? [bare, `${bare}index.html`] : [bare];
};

const kept = async (url) => {
  const shellFiles = await caches.open(shellCache);
  const seen = await caches.open(isTaste(url) ? tasteCache : isAsset(url) ? assetCache : seenCache);
  for (const name of names(url)) {
    const answer = (await seen.match(name)) ?? (await shellFiles.match(name));
    if (answer) return answer;
  }
  return undefined;
};

/** Keeps a part of the model. Its index names the files of one build: with another, those of the last are let go. */
const keepTaste = async (url, answer) => {
  if (url.pathname.endsWith('/index.json')) {
    const before = await (await caches.open(tasteCache)).match(url.href);
    if (before && (await before.text()) !== (await answer.clone().text())) await caches.delete(tasteCache);
  }
  await (await caches.open(tasteCache)).put(url.href, answer);
};

const keep = async (url, answer) => {
  if (isTaste(url)) return keepTaste(url, answer);
  const name = url.origin + url.pathname;
  if (isAsset(url)) return (await caches.open(assetCache)).put(name, answer);
  const cache = await caches.open(seenCache);
  await cache.delete(name);
  await cache.put(name, answer);
  const keys = await cache.keys();
  for (const key of keys.slice(0, Math.max(0, keys.length - mostSeen))) await cache.delete(key);
};

/** Files of the site; what a server works out for a visitor stays out. */
const isFile = (url) => /(\/|\.(html|json|bin|xml|svg|png|jpe?g|webp|css|js|webmanifest))$/.test(url.pathname);
const isAsset = (url) => url.href.startsWith(`${scope}assets/`);
const isTaste = (url) => url.href.startsWith(`${scope}taste/`);

/** Whether the visitor asks for the page anew: then it is waited for, however slow the network is. */
const isReload = (request) => request.isReloadNavigation || request.cache === 'reload' || request.cache === 'no-cache';

const answer = async (event, url) => {
  const isForever = isAsset(url) || (isTaste(url) && !url.pathname.endsWith('/index.json'));
  const copy = await kept(url);
  if (isForever && copy) return copy;
  const fresh = fetch(event.request).then((found) => {
    const isPrivate = /no-store|private/.test(found.headers.get('Cache-Control') ?? '');
    if (found.ok && found.type === 'basic' && !found.redirected && !isPrivate) {
      event.waitUntil(keep(url, found.clone()).catch(() => {}));
    }
    return found;
  });
  try {
    if (!copy || (event.request.mode === 'navigate' && isReload(event.request))) return await fresh;
    const slow = new Promise((resolve) => { setTimeout(() => resolve(copy), patience); });
    return await Promise.race([fresh, slow]);
  } catch (error) {
    if (copy) return copy;
    const page = event.request.mode === 'navigate' ? await kept(new URL(offline, scope)) : undefined;
    if (page) return page;
    throw error;
  }
};

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || !url.href.startsWith(scope) || !isFile(url)) return;
  if (event.request.headers.has('range') || event.request.headers.has('authorization')) return;
  event.respondWith(answer(event, url));
});
