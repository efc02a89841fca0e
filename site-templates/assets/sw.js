// The shell from the first visit on, pages and data once they were seen. Assets have names that change with their bytes,
// so the kept one serves; everything else comes from the network while there is one.

const scope = self.registration.scope;
const shellCache = `marquee ${scope} shell ${version}`;
const seenCache = `marquee ${scope} seen`;
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
    for (const name of await caches.keys()) {
      if (name.startsWith(`marquee ${scope} shell `) && name !== shellCache) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

/** Both names of a folder's page. */
const names = (url) => {
  const bare = url.origin + url.pathname;
  if (bare.endsWith('/index.html')) return [bare, bare.slice(0, -'index.html'.length)];
  return bare.endsWith('/') ? [bare, `${bare}index.html`] : [bare];
};

const kept = async (url) => {
  const shellFiles = await caches.open(shellCache);
  const seen = await caches.open(isTaste(url) ? tasteCache : seenCache);
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
  const cache = await caches.open(seenCache);
  const name = url.origin + url.pathname;
  await cache.delete(name);
  await cache.put(name, answer);
  const keys = await cache.keys();
  for (const key of keys.slice(0, Math.max(0, keys.length - mostSeen))) await cache.delete(key);
};

/** Files of the site; what a server works out for a visitor stays out. */
const isFile = (url) => /(\/|\.(html|json|bin|xml|svg|png|jpe?g|webp|css|js|webmanifest))$/.test(url.pathname);
const isTaste = (url) => url.href.startsWith(`${scope}taste/`);

const answer = async (event, url) => {
  const isAsset = url.href.startsWith(`${scope}assets/`) || (isTaste(url) && !url.pathname.endsWith('/index.json'));
  const copy = await kept(url);
  if (isAsset && copy) return copy;
  const fresh = fetch(event.request).then((found) => {
    const isPrivate = /no-store|private/.test(found.headers.get('Cache-Control') ?? '');
    if (found.ok && found.type === 'basic' && !found.redirected && !isPrivate) {
      event.waitUntil(keep(url, found.clone()).catch(() => {}));
    }
    return found;
  });
  try {
    if (!copy) return await fresh;
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
