import Platform
import Ratings
package import Templates

/// Every text of the interface in the site's language, with its numbers and dates.
///
/// A text is a line of `texts/<language>.yaml` under a dotted name, `members.title`. It may hold `{names}`, which are
/// replaced by values, and may come in the plural forms of the language. A name that the language lacks is English.
/// Templates include a text as the partial `text/<name>`; page models ask for it by `TextName`; scripts get all below
/// `script`.
package struct Texts: Sendable {
  /// A text in one form: words, and names of values between them.
  enum Part: Sendable, Equatable {
    case words(String)
    case value(String)
  }

  struct Entry: Sendable {
    var forms: [PluralCategory: [Part]]
    var isPlural: Bool
    /// Where it was read, for messages.
    var path: String
    var line: Int

    var names: Set<String> {
      var names: Set<String> = []
      for parts in forms.values { for case .value(let name) in parts { names.insert(name) } }
      return names
    }
  }

  /// The BCP 47 tag of the site.
  package let language: String
  /// By dotted name.
  let entries: [String: Entry]
  private let named: [Entry]
  /// Whether ratings are likes: then what is said of stars is said in other words, and numbers are shares.
  package let speaksOfLikes: Bool
  let decimalPoint: String
  let thousands: String
  private let months: [String]
  /// For 0 to 100 percent, and at the end for less than one.
  private let percents: [String]
  /// 0.0 to 10.0.
  private let tenths: [String]
  /// For counts below 1100; from 1000 on the last two digits decide.
  private let categories: [PluralCategory]

  init(language: String, entries: [String: Entry], speaksOfLikes: Bool = false) throws(SiteError) {
    self.language = language
    self.speaksOfLikes = speaksOfLikes
    self.entries = entries
    var named: [Entry] = []
    for name in TextName.allCases {
      guard let entry = entries[name.rawValue] else { throw .textMissing(name: name.rawValue) }
      named.append(entry)
    }
    self.named = named
    func plain(_ name: TextName) -> String { Self.joined(named[name.index].forms[.other] ?? [], [:]) }
    let point = plain(.languageDecimal)
    decimalPoint = point
    tenths = (0...100).map { "\($0 / 10)\(point)\($0 % 10)" }
    thousands = plain(.languageThousands)
    months = plain(.languageMonths).split(separator: ",").map { $0.trimmed }
    percents =
      (0...100).map { Self.joined(named[TextName.percent.index].forms[.other] ?? [], ["value": String($0)]) } + [
        plain(.percentUnderOne)
      ]
    categories = (0..<1100).map { .of($0, language: language) }
  }

  /// "ltr" or "rtl".
  package var direction: String { self(.languageDirection) == "rtl" ? "rtl" : "ltr" }

  /// The text of this name with its values; one that is counted has its general form.
  package func callAsFunction(_ name: TextName, _ values: KeyValuePairs<String, String> = [:]) -> String {
    Self.joined(named[name.index].forms[.other] ?? [], values)
  }

  /// The text in the form that fits `count`, which stands under `{count}` with its thousands set apart: "1,204 films".
  package func count(_ name: TextName, _ count: Int, _ values: KeyValuePairs<String, String> = [:]) -> String {
    let entry = named[name.index]
    let size = count.magnitude
    let category = categories[Int(size < 1000 ? size : 1000 + size % 100)]
    let form = entry.forms[category] ?? entry.forms[.other] ?? []
    return Self.joined(form, values, count: number(count))
  }

  /// A text that only some languages have: the name of a genre of the data, the purpose of a model.
  package func optional(_ name: String) -> String? {
    entries[name].map { Self.joined($0.forms[.other] ?? [], [:]) }
  }

  /// A genre of the data as the language calls it.
  package func genre(_ name: String) -> String { optional("genre." + Slug.of(name)) ?? name }

  private static func joined(
    _ parts: [Part], _ values: KeyValuePairs<String, String>, count: String? = nil
  ) -> String {
    var text = ""
    for part in parts {
      switch part {
      case .words(let words): text += words
      case .value(let name):
        text += values.first { $0.key == name }?.value ?? (name == "count" ? count : nil) ?? ""
      }
    }
    return text
  }
}

extension Texts {
  /// A date such as "2026-03-01" as people write it; the text itself where it is none.
  package func date(_ date: String) -> String {
    let parts = date.split(separator: "-")
    guard parts.count == 3, let month = Int(parts[1]), let day = Int(parts[2]), (1...months.count).contains(month)
    else { return date }
    return self(.languageDate, ["day": String(day), "month": months[month - 1], "year": String(parts[0])])
  }

  /// A count with its thousands set apart: "12,345".
  package func number(_ value: Int) -> String {
    let digits = Array(String(value.magnitude).utf8)
    guard digits.count > 3 || value < 0 else { return String(value) }
    var text = value < 0 ? "-" : ""
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position) % 3 == 0 { text += thousands }
      text.unicodeScalars.append(UnicodeScalar(digit))
    }
    return text
  }

  /// `value` with exactly `places` decimals: "4.1".
  package func decimal(_ value: Double, places: Int) -> String {
    guard places == 1, value >= 0, value < 10 else { return localized(Numerals.decimal(value, places: places)) }
    return tenths[Int((value * 10).rounded())]
  }

  /// `value` with as many as `places` decimals: "0.5", "3".
  package func short(_ value: Double, places: Int = 2) -> String { localized(Numerals.short(value, places: places)) }

  /// A mean or predicted rating: "4.1", or the share of those who like the film.
  package func rating(_ value: Double) -> String { speaksOfLikes ? percent(value) : decimal(value, places: 1) }

  /// A rating as somebody gave it: "4.5", "liked".
  package func given(_ value: Double) -> String {
    speaksOfLikes ? self(value > 0.5 ? .liked : .notLiked) : short(value, places: 1)
  }

  /// By how much one mean is above another: "0.4", or a share.
  package func ratingDifference(_ value: Double) -> String {
    speaksOfLikes ? percent(value) : decimal(value, places: 1)
  }

  /// A share of one as whole percent; never 0 for a positive share: "31 %".
  package func percent(_ share: Double) -> String {
    Self.percentPlace(share).map { percents[$0] } ?? ""
  }

  /// How many texts of percents there are.
  static let percentPlaces = 102

  /// Which of them says a share; nil for a share that is not a number.
  static func percentPlace(_ share: Double) -> Int? {
    guard share.isFinite else { return nil }
    let whole = Int((min(max(share, 0), 1) * 100).rounded())
    return whole == 0 && share > 0 ? 101 : whole
  }

  /// The text of such a place.
  func percent(atPlace place: Int) -> String { percents[place] }

  private func localized(_ number: String) -> String {
    decimalPoint == "." ? number : number.replacing(".", with: decimalPoint, maxReplacements: 1)
  }
}

extension Texts {
  /// The texts without plural forms as templates: `{{> text/nav.films}}`, in which `{name}` is a name of the page model.
  package var templates: [TemplateSource] {
    entries.filter { !$0.value.isPlural }.sorted { $0.key < $1.key }.map { name, entry in
      var source: [UInt8] = []
      for part in entry.forms[.other] ?? [] {
        switch part {
        case .words(let words): source.append(xml: words)
        case .value(let value): source.append("{{\(value)}}")
        }
      }
      return TemplateSource(
        name: "text/" + name, path: entry.path, text: String(decoding: source, as: UTF8.self), firstLine: entry.line)
    }
  }
}

extension StringProtocol {
  /// Without white space at its ends.
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return String(text)
  }
}
