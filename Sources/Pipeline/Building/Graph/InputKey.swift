/// One thing that a stage's result depends on.
struct InputKey: Hashable, Sendable {
  enum Kind: String, CaseIterable, Sendable {
    /// A file of the data.
    case data
    /// Whose ratings an export is.
    case owner
    case option
    case setting
    /// The ratings that models are fitted to.
    case ratings
    case programVersion
    case kernels
    /// The ratings, users, movies and tags.
    case catalogue
    case model
    case modelOrder
    case foldedMembers
    case membersApart
    /// Film factors that were fitted elsewhere.
    case filmFactors
    /// The training that new ratings are folded into.
    case quickRebuild
    /// The result of the stage before `render`.
    case precompute
    case hiddenMembers
    /// A file of `content/` that is not data.
    case page
    /// A file that goes out as it is.
    case file
    case heldBack
    case danglingLinks
    case theme
    case ownTheme
    /// All files of the data together.
    case allData

    /// Whether every page depends on it, whatever the page shows.
    var isOfEveryPage: Bool {
      switch self {
      case .precompute, .quickRebuild, .hiddenMembers, .page: false
      default: true
      }
    }

    /// Its description in messages.
    var words: String {
      switch self {
      case .data: "data"
      case .owner: "user of"
      case .option: "option"
      case .setting: "setting"
      case .ratings: "ratings"
      case .programVersion: "version"
      case .kernels: "kernels of BLAS"
      case .catalogue: "catalogue and ratings"
      case .model: "model"
      case .modelOrder: "order of the models"
      case .foldedMembers: "members are folded in"
      case .membersApart: "members apart"
      case .filmFactors: "film factors"
      case .quickRebuild: "quick rebuild"
      case .precompute: "precompute"
      case .hiddenMembers: "members who are not shown"
      case .page: "page"
      case .file: "file"
      case .heldBack: "texts held back"
      case .danglingLinks: "links to nothing"
      case .theme: "theme"
      case .ownTheme: "own theme"
      case .allData: "data"
      }
    }
  }

  let kind: Kind
  /// Which of its kind; empty where there is only one.
  let name: String

  init(_ kind: Kind, _ name: String = "") { (self.kind, self.name) = (kind, name) }
}

extension InputKey: CustomStringConvertible {
  var description: String { name.isEmpty ? kind.words : "\(kind.words) \(name)" }
}

extension InputKey: Comparable {
  static func < (first: InputKey, second: InputKey) -> Bool {
    (first.description, first.kind.rawValue) < (second.description, second.kind.rawValue)
  }
}

extension InputKey: CodingKeyRepresentable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  var codingKey: any CodingKey { Key(stringValue: kind.rawValue + ":" + name) }

  init?(codingKey: some CodingKey) {
    let text = codingKey.stringValue
    guard let colon = text.firstIndex(of: ":"), let kind = Kind(rawValue: String(text[..<colon])) else { return nil }
    self.init(kind, String(text[text.index(after: colon)...]))
  }
}

extension InputKey: Codable {
  init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let key = InputKey(codingKey: Key(stringValue: text)) else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no input: \(text)"))
    }
    self = key
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(codingKey.stringValue)
  }
}
