import Deployment
import Markdown
import Publishing
import Ratings
import Site
import Yams

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension SiteSetting {
  /// Every setting, in the order in which the reference shows them.
  package static let all: [SiteSetting] = words + data + training + pages + members + publishing

  private static let words: [SiteSetting] = [
    .text(
      "title", \.site.title, "The name of the site: in the header of every page, in the browser's tab, in the feed."),
    .text(
      "description", \.site.description, "One sentence about the site, for search engines, feeds and previews of links."
    ),
    SiteSetting(
      name: "url", takes: "an address such as https://example.org/films/", standard: SiteConfiguration().url,
      meaning: "Where the site will live. Sitemap, feed and canonical links begin with it.",
      read: { $0.site.url = try $2.address($1) }),
    .text(
      "language", \.site.language,
      "The language of the pages, as a BCP 47 tag. Texts are there in en, de and he; others come from "
        + "site-templates/texts/ of the site."),
    .text("author", \.site.author, standard: "the title", "Who writes the site: the author that the feed names."),
  ]

  private static let data: [SiteSetting] = [
    SiteSetting(
      name: "data", takes: "one or a list of paths, beginning at content/; path: and user: for one person's export",
      standard: "none: it is needed, here or as --data",
      meaning: "The ratings to build from: files, folders, archives, databases. Several are put together.",
      read: { settings, node, place in
        for (path, user) in try place.dataEntries(node) {
          let full = URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: place.content + "/"))
            .standardizedFileURL.path
          settings.data.append(full)
          if let user { settings.dataUsers[full] = user }
        }
      })
  ]

  private static let training: [SiteSetting] = [
    .choice(
      "quality", [("quick", Quality.quick), ("best", .best)], \.quality,
      "How hard to try: quick trains small models, best takes its time."),
    SiteSetting(
      name: "models", takes: "a list of names of models", standard: "those that suit the quality",
      meaning: "The models to train.", read: { $0.models = try $2.texts($1) }),
    .choice(
      "rebuild", [("exact", Rebuild.exact), ("quick", .quick)], \.rebuild,
      "What a build does when ratings changed: train again, or fold few changes into the models of the last training."),
    .number(
      "seed", in: 0...Int.max, \.seed,
      "Fixes everything random in the training: the same seed and ratings give the same site."),
    .choice(
      "seen-movies", [("hide", false), ("show", true)], \.includesSeen,
      "Whether a member's list may have films that the member has rated."),
    .choice(
      "discovery", [("on", true), ("off", false)], standard: "on for best, off for quick",
      "Whether lists mix in films that fewer people get."
    ) { $0.discovery = $1 },
    SiteSetting(
      name: "gates", takes: "names of figures, each with a margin", standard: "none",
      meaning:
        "Figures that may not become worse by more than the margin from one published build to the next; otherwise "
        + "the build fails and the site stays.", read: { $0.gates = try $2.gates($1) }),
  ]

  private static let pages: [SiteSetting] = [
    .choice(
      "links", [("files", SiteConfiguration.LinkStyle.files), ("folders", .folders)], \.site.linkStyle,
      "How links within the site end: movies/1-metropolis/index.html opens from a disk, movies/1-metropolis/ needs a "
        + "web server."),
    .number("per-page", in: 10...1000, \.site.moviesPerPage, "Films on one page of a genre, decade, mood or tag."),
    SiteSetting(
      name: "film-links",
      takes: "a list of \(FilmLink.allCases.map(\.rawValue).joined(separator: ", ")), or none", standard: "all",
      meaning: "Services that pages of films link to, in this order.",
      read: { $0.site.filmLinks = try $2.filmLinks($1) }),
    SiteSetting(
      name: "scale", takes: "thumbs, likes, or minimum, maximum, step, best-is-low and unrated",
      standard: "judged by the ratings",
      meaning: "The scale of the ratings, if it cannot be detected.",
      read: {
        $0.scale = try $2.scale($1)
        $0.site.bestWasLow = $0.scale?.isBestLow ?? false
      }),
    .choice(
      "film-json", [("each", true), ("absent", false)], \.site.writesFilmJSON,
      "Whether each film has its file under api/movies/; without them a site has fewer files."),
    .choice(
      "raw-html", [("none", MarkdownDocument.RawHTML.none), ("safe", .safe)], \.rawHTML,
      "What becomes of HTML in the owner's texts: left out, or kept where it can do no harm."),
    .choice(
      "future", [("hold", false), ("show", true)], \.showsFuture,
      "Whether texts are shown whose date is still to come."),
  ]

  private static let members: [SiteSetting] = [
    .choice(
      "members",
      [
        ("public", SiteConfiguration.Members.shown), ("packed", .packed), ("unlisted", .unlisted), ("absent", .absent),
      ],
      \.site.members,
      "Who sees the members' pages: everybody; everybody, in few files; who knows the address; nobody, for there are none."
    ),
    .choice(
      "same-taste", [("show", true), ("absent", false)], \.site.showsPeople,
      "Whether members' pages show who has the same taste, for which a build compares everybody with everybody."),
    .text(
      "member-secret", \.site.memberSecret,
      "What the addresses of unlisted members are made from: 16 bytes or more that you keep to yourself."),
    SiteSetting(
      name: "endpoint", takes: "/ or an address", standard: "none",
      meaning: "Where accounts and ratings are taken: / where marquee serve serves the site, else its address.",
      read: { $0.site.endpoint = try $2.endpoint($1) }),
    SiteSetting(
      name: "serve", takes: "settings of its own, below", standard: "none", meaning: "How marquee serve works.",
      read: { settings, node, place in
        for (name, text, place) in try place.pairs(node) {
          do {
            try settings.serve.set(name, to: text)
          } catch let error as ServeSettingError {
            throw place.error(error.problem, error.advice)
          }
        }
      }),
  ]

  private static let publishing: [SiteSetting] = [
    SiteSetting(
      name: "deploy", takes: "a list of targets, below", standard: "none",
      meaning: "Where marquee deploy sends the site.", read: { $0.deployment = try $2.deploymentTargets($1) }),
    SiteSetting(
      name: "compress", takes: "a list of \(Compression.allCases.map(\.rawValue).joined(separator: ", "))",
      standard: "none; gzip where there is an endpoint",
      meaning: "Compressed copies next to pages, style sheets, scripts and data, for hosts that send them instead.",
      read: { $0.compression = try $2.compression($1) }),
  ]
}
