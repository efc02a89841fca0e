/// The script of pages in watch mode: it reloads a changed page, and shows
/// errors.
enum WatchScript {
  /// A page with the script.
  static func adding(to page: [UInt8], tag: String) -> [UInt8] {
    let element = Array("<script src=\"/_watch/script.js\" data-tag=\"\(tag)\" defer></script>\n".utf8)
    let end = Array("</body>".utf8)
    guard page.count >= end.count,
      let place = (0...(page.count - end.count)).last(where: { page[$0...].starts(with: end) })
    else { return page + element }
    return page[..<place] + element + page[place...]
  }

  /// Styles go in as a constructed sheet: the pages' content security policy allows no inline ones.
  static let text = #"""
    'use strict';

    (() => {
      const tag = document.currentScript.dataset.tag;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`
        section { position: fixed; inset: 0; z-index: 2147483647; overflow: auto; padding: 2rem;
          background: #1b1113f2; color: #f6ecea; font: 1rem/1.5 system-ui, sans-serif; }
        div { max-width: 60rem; margin: 0 auto; }
        h1 { font-size: 1.4rem; margin: 0 0 1.5rem; color: #ff9d8a; }
        article { margin: 0 0 2rem; }
        h2 { font: 600 1rem/1.5 ui-monospace, monospace; margin: 0; color: #f4c95d; overflow-wrap: anywhere; }
        p { margin: .25rem 0 .75rem; overflow-wrap: anywhere; }
        pre { margin: 0; padding: .75rem 1rem; overflow: auto; background: #0006; font: .9rem/1.5 ui-monospace, monospace; }
        b { display: block; background: #ff9d8a33; font-weight: inherit; }
        button { position: absolute; top: 1rem; right: 1rem; padding: .5rem 1rem; font: inherit; color: inherit;
          background: none; border: 1px solid currentColor; border-radius: .25rem; }`);
      let host;

      const element = (name, text = '') => Object.assign(document.createElement(name), { textContent: text });

      const hide = () => { host?.remove(); host = undefined; };
      // A fault that was closed stays closed until it is another one.
      let shown = '';
      let closed = '';
      const close = () => { hide(); closed = shown; };

      const show = (fault) => {
        hide();
        shown = JSON.stringify(fault);
        if (shown === closed) return;
        closed = '';
        host = element('div');
        host.id = 'marquee-fault';
        const root = host.attachShadow({ mode: 'open' });
        root.adoptedStyleSheets = [sheet];
        const section = element('section');
        section.setAttribute('role', 'alert');
        const button = element('button', 'Close');
        button.addEventListener('click', close);
        const box = element('div');
        box.append(element('h1', 'The site cannot be shown as its files are now'));
        for (const entry of fault.entries) {
          const article = element('article');
          if (entry.file) {
            article.append(element('h2', [entry.file, entry.line, entry.column].filter(Boolean).join(':')));
          }
          article.append(element('p', entry.message));
          if (entry.excerpt.length) {
            const lines = element('pre');
            for (const line of entry.excerpt) {
              const text = `${String(line.number).padStart(5)}  ${line.text}\n`;
              lines.append(line.number === entry.line ? element('b', text) : text);
            }
            article.append(lines);
          }
          box.append(article);
        }
        section.append(button, box);
        root.append(section);
        document.documentElement.append(host);
      };

      const look = async () => {
        const answer = await fetch(`/_watch/state?path=${location.pathname}`, { cache: 'no-store' });
        const state = await answer.json();
        if (state.tag !== tag) return location.reload();
        if (state.fault) return show(state.fault);
        hide();
        closed = '';
      };

      document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && host) close(); });
      // One page of a browser listens and tells the others: browsers have six connections to one host.
      const ask = () => { look().catch(() => {}); };
      const others = new BroadcastChannel('marquee-watch');
      others.addEventListener('message', ask);
      const listen = () => {
        const source = new EventSource('/_watch/events');
        const tell = () => { others.postMessage(''); ask(); };
        source.addEventListener('open', tell);
        source.addEventListener('site', tell);
        return source;
      };
      ask();
      if (navigator.locks) {
        navigator.locks.request('marquee-watch', () => new Promise((done) => {
          const source = listen();
          addEventListener('pagehide', () => { source.close(); done(); }, { once: true });
        }));
        addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
      } else {
        // Pages of an address that is not secure know no locks: those that nobody looks at do not listen.
        let source;
        const follow = () => {
          source?.close();
          source = document.hidden ? undefined : listen();
        };
        document.addEventListener('visibilitychange', follow);
        follow();
      }
    })();

    """#
}
