/// What the front matter of the owner's texts may name.
package enum PageSetting: String, CaseIterable, Sendable {
  case title, description, date, navigation, order, draft, published, sample
  /// Of lists alone.
  case films

  /// What it takes, in words.
  package var takes: String {
    switch self {
    case .title, .description: "a text"
    case .date: "a day such as 2026-03-01"
    case .navigation, .draft, .published, .sample: "true or false"
    case .order: "a whole number"
    case .films: "a list of films: title, title and year, or id; or film: and note:"
    }
  }

  /// What it does.
  package var meaning: String {
    switch self {
    case .title: "The title; without it the first heading, else the file's name."
    case .description: "One sentence for search engines; without it the beginning of the text."
    case .date:
      "The day of a post; before it the text is held back. Without it the day that the file's name begins with."
    case .navigation: "false keeps a page out of the menu."
    case .order: "Its place in the menu; pages without one come last, by name."
    case .draft: "true leaves the text out."
    case .published: "false leaves the text out."
    case .sample: "true leaves the text out where the site shows other data than the sample."
    case .films: "Of a file in lists/: what is on the list."
    }
  }
}
