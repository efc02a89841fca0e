import Platform
import Precompute
import Ratings
@_spi(TrustedHTML) import Templates

/// Facts for search engines as JSON-LD, escaped for a script element.
enum StructuredData {
  /// schema.org/Movie with its aggregate rating.
  static func movie(_ film: ShownFilm, in shared: SharedContext) -> TrustedHTML {
    let (facts, statistics) = (film.facts, film.statistics)
    var bytes: [UInt8] = []
    bytes.append(#"{"@context":"https://schema.org","@type":"Movie","name":"#)
    bytes.append(json: facts.title, inScript: true)
    bytes.append(#","url":"#)
    bytes.append(json: shared.address.canonical(film.folder), inScript: true)
    if let year = facts.year {
      bytes.append(#","dateCreated":""#)
      bytes.append(number: year)
      bytes.append("\"")
    }
    if !facts.genres.isEmpty {
      bytes.append(#","genre":"#)
      bytes.append(jsonList: facts.genres) { $0.append(json: $1, inScript: true) }
    }
    if !facts.directors.isEmpty {
      bytes.append(#","director":"#)
      bytes.append(jsonList: facts.directors) { bytes, director in
        bytes.append(#"{"@type":"Person","name":"#)
        bytes.append(json: director, inScript: true)
        bytes.append("}")
      }
    }
    if let runtime = facts.runtime {
      bytes.append(#","duration":"PT"#)
      bytes.append(number: runtime)
      bytes.append("M\"")
    }
    if let language = facts.language {
      bytes.append(#","inLanguage":"#)
      bytes.append(json: language, inScript: true)
    }
    let links = [FilmLink.imdb, .tmdb].compactMap { $0.address(of: facts, language: "") }
    if !links.isEmpty {
      bytes.append(#","sameAs":"#)
      bytes.append(jsonList: links) { $0.append(json: $1, inScript: true) }
    }
    if statistics.count > 0 {
      bytes.append(#","aggregateRating":{"@type":"AggregateRating","ratingValue":"#)
      bytes.append(json: (Double(statistics.mean) * 100).rounded() / 100)
      bytes.append(#","ratingCount":"#)
      bytes.append(number: statistics.count)
      bytes.append(#","bestRating":"#)
      bytes.append(json: Double(shared.scale.maximum))
      bytes.append(#","worstRating":"#)
      bytes.append(json: Double(shared.scale.minimum))
      bytes.append("}")
    }
    bytes.append("}")
    return TrustedHTML(String(decoding: bytes, as: UTF8.self))
  }

  /// schema.org/WebSite for the home page.
  static func site(_ configuration: SiteConfiguration, address: Address) -> TrustedHTML {
    var bytes: [UInt8] = []
    bytes.append(#"{"@context":"https://schema.org","@type":"WebSite","name":"#)
    bytes.append(json: configuration.title, inScript: true)
    bytes.append(#","url":"#)
    bytes.append(json: address.url, inScript: true)
    bytes.append(#","description":"#)
    bytes.append(json: configuration.description, inScript: true)
    bytes.append("}")
    return TrustedHTML(String(decoding: bytes, as: UTF8.self))
  }
}
