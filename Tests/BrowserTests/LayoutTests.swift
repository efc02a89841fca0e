import Foundation
import TestSupport
import Testing

/// What a page looks like that nobody looks at: what can be measured of it, on every type of page.
@Suite(.serialized, .enabled(if: Browser.isExpected, "\(Browser.absence)"))
struct `Every type of page` {
  /// The sample in a language that is written from right to left.
  static let mirrored = Task {
    try await ServedSite.sample { $0.replacing("language: en", with: "language: he") }
  }

  /// A window of 1280 pixels at 400 and 200 percent, a phone, a tablet, a desk (WCAG 2.2, 1.4.10 and 1.4.4).
  private static let widths = [320, 360, 640, 768, 1440]

  /// What reaches beyond the window and cannot be scrolled to by itself.
  private static let overflow = """
    (() => {
      const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
      if (wide <= 0) return [];
      const scrolls = e => { for (let a = e.parentElement; a; a = a.parentElement)
        if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(a).overflowX)) return true; return false; };
      const edge = document.documentElement.clientWidth;
      const out = [...document.body.querySelectorAll('*')].filter(e => {
        const box = e.getBoundingClientRect();
        return box.width > 0 && (box.right > edge + 1 || box.left < -1) && !scrolls(e);
      });
      return [wide + ' px too wide', ...out.slice(0, 4).map(e => e.tagName + '.' + e.className)];
    })()
    """

  @Test(arguments: [false, true]) func `is no wider than its window, at any size and zoom`(isMirrored: Bool)
    async throws
  {
    let site = isMirrored ? try await Self.mirrored.value : try await ServedSite.sample
    try await Browser.visit(site) { page in
      let movie = try await SamplePages.firstMovie(page)
      for path in SamplePages.all.filter({ $0 != SamplePages.movie }) + [movie] {
        try await page.open(path)
        if path.hasPrefix("/search/") { try await page.wait(for: "#Results a") }
        for width in Self.widths {
          try await page.setSize(width: width, height: 800)
          let wide = try await page.evaluate(Self.overflow).strings
          #expect(wide == [], "\(path) at \(width) pixels: \(wide)")
        }
      }
    }
  }

  /// Heads of tables with a word that goes on in another line.
  private static let broken = #"""
    [...document.querySelectorAll('.shares th')].filter(head => {
      const range = document.createRange();
      range.selectNodeContents(head);
      const tops = [...range.getClientRects()].map(box => box.top);
      return !/\s/.test(head.textContent.trim()) && Math.max(...tops) - Math.min(...tops) > 10;
    }).map(head => head.textContent)
    """#

  @Test(arguments: [false, true]) func `breaks no word at the head of a row or column`(isMirrored: Bool) async throws {
    let site = isMirrored ? try await Self.mirrored.value : try await ServedSite.sample
    try await Browser.visit(site) { page in
      try await page.setSize(width: 360, height: 800)
      try await page.open("/users/1/")
      #expect(try await page.count(".shares th") > 8)
      #expect(try await page.evaluate(Self.broken).strings == [])
    }
  }

  /// Goes to the next place with the keyboard; what is wrong with it, or nothing.
  private static let focus = """
    (() => {
      const e = document.activeElement;
      if (!e || e === document.body) return 'end';
      const name = e.tagName + '#' + e.id + '.' + e.className + ' ' + (e.textContent ?? '').trim().slice(0, 20);
      const box = e.getBoundingClientRect();
      const shown = [e, ...e.querySelectorAll('*')].some(part => {
        const style = getComputedStyle(part);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
      });
      if (!shown) return 'no ring: ' + name;
      if (box.width < 1 || box.height < 1) return 'no size: ' + name;
      if (box.right < 0 || box.left > innerWidth || box.bottom < 0 || box.top > innerHeight) return 'out of sight: ' + name;
      return '';
    })()
    """

  @Test func `shows where the keyboard is, and begins with a way past the menu`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.setSize(width: 1280, height: 800)
      let movie = try await SamplePages.firstMovie(page)
      for path in SamplePages.all.filter({ $0 != SamplePages.movie }) + [movie] {
        try await page.open(path)
        try await page.press(.tab)
        #expect(try await page.evaluate("document.activeElement.getAttribute('href')").string?.hasPrefix("#") == true)
        for step in 0..<16 {
          let problem = try await page.evaluate(Self.focus).string ?? "?"
          if problem == "end" { break }
          #expect(problem == "", "\(path) after \(step + 1) steps")
          try await page.press(.tab)
        }
      }
    }
  }

  @Test func `leaves out of print what is useless on paper`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.emulatePrint()
      let movie = try await SamplePages.firstMovie(page)
      for path in ["/", "/genres/comedy/", "/users/1/", "/models/", "/about/", "/lists/one-room/", movie] {
        try await page.open(path)
        #expect(try await page.isVisible("h1"), "\(path)")
        let useless =
          "document.querySelectorAll('nav, form, input, button, select, summary, .mine, .skip, .deck, dialog')"
        #expect(
          try await page.evaluate(
            "[...\(useless)].filter(e => e.checkVisibility()).map(e => e.tagName + '.' + e.className + '#' + e.id)"
          ).strings == [], "\(path)")
        // Ink costs money.
        #expect(
          try await page.evaluate("getComputedStyle(document.body).backgroundImage").string == "none", "\(path)")
      }
    }
  }

  /// The largest paint so far, in milliseconds, and how far things moved.
  private static let vitals = """
    (async () => {
      const seen = type => new Promise(done => {
        const entries = [];
        new PerformanceObserver(list => entries.push(...list.getEntries())).observe({ type, buffered: true });
        setTimeout(() => done(entries), 300);
      });
      const [paints, shifts] = await Promise.all([seen('largest-contentful-paint'), seen('layout-shift')]);
      return { paint: paints.at(-1)?.startTime ?? 99999, moved: shifts.reduce((sum, shift) => sum + shift.value, 0) };
    })()
    """

  @Test(arguments: [360, 1440]) func `is painted within a second on a slow network, and nothing moves`(width: Int)
    async throws
  {
    let site = try await ServedSite.sample
    let movie = try await Browser.visit(site) { try await SamplePages.firstMovie($0) }
    for path in ["/", "/genres/comedy/", "/users/1/", "/rate/", "/models/", "/search/", movie] {
      // A first visit: nothing is kept from the page before.
      try await Browser.visit(site) { page in
        try await page.setSize(width: width, height: 800)
        try await page.setNetwork(.fast3G)
        try await page.open(path)
        try await page.wait(until: "document.readyState === 'complete'")
        let vitals = try await page.evaluate(Self.vitals)
        let (paint, moved) = (try #require(vitals["paint"].number), try #require(vitals["moved"].number))
        #expect(paint < 1000 && moved < 0.01, "\(path): painted after \(paint) ms, moved by \(moved)")
      }
    }
  }
}
