import Platform
import Precompute
import Ratings
import Templates

/// The members in few files, for hosts that limit their number: one page whose script draws the member named in its
/// address, by the theme's own template, from the shard that the member's name leads to.
///
///     users/member/index.html?id=17
///     users/packed/template.json  {"main", "folder", "shards", "templates": {name: text}, "frame": {"schemas", "texts", "value"}}
///     users/packed/<folder><n>.json  {"schemas": [[names]], "texts": [texts], "members": {"17": value},
///                                     "rated": {"17": [[film, stars, number of the title]]}}
///
/// A member is named by their id. `rated` has what everybody may see of a member's ratings: the last ones and the favourites,
/// for a film for several people. `folder` is empty, or the name of a version of the members with `/` behind it: whoever
/// publishes members separately writes a new version next to the old one, and then `template.json`.
///
/// A value is the number of a text, `true`, `false` or `null`; a list is `[-1, values…]`, an object
/// `[number of its schema, values…]`.
package struct PackedMembers: Sendable {
  static let folder = "users/member/"
  static let dataFolder = "users/packed/"
  /// A shard has about as many members, rarely fewer than 128 or more than 256.
  static let membersPerShard = 192
  /// The template that draws a member, in a page of its own as in the one that all share.
  static let template = "partials/member"

  /// Per shard: its members, rising; empty where they are made apart from the site.
  let shards: [[Int32]]
  /// How many shards there are, here or apart.
  let count: Int
  /// Name and text of the templates that `template` is made of.
  let templates: [(name: String, text: String)]

  /// - Throws: `SiteError.templateNotPacked` where a template has what the script does not know.
  init(_ catalogue: Catalogue, sources: [TemplateSource]) throws(SiteError) {
    count = Self.shardCount(catalogue.precomputed.memberCount)
    if catalogue.precomputed.membersApart == nil {
      var shards = [[Int32]](repeating: [], count: count)
      for (user, name) in catalogue.userNames.enumerated() {
        shards[Self.shard(of: name, count: count)].append(Int32(user))
      }
      self.shards = shards
    } else {
      shards = []
    }
    templates = try Self.parts(of: Self.template, in: sources)
  }

  package static func shardCount(_ members: Int) -> Int { max(1, (members + membersPerShard / 2) / membersPerShard) }

  /// The shard of a member: CRC-32 of the name, as `assets/scripts/packed.js` and Spark's `crc32` have it.
  package static func shard(of name: String, count: Int) -> Int { Int(CRC32.of(name.utf8)) % count }

  /// The template and all that it includes.
  private static func parts(
    of name: String, in sources: [TemplateSource]
  ) throws(SiteError) -> [(name: String, text: String)] {
    // The theme's text of a name is the last one.
    let known = Dictionary(sources.map { ($0.name, $0) }) { _, last in last }
    var parts: [(name: String, text: String)] = []
    var open = [name]
    while let next = open.popLast() {
      guard !parts.contains(where: { $0.name == next }), let source = known[next] else { continue }
      parts.append((next, source.text))
      for piece in source.text.split(separator: "{{", omittingEmptySubsequences: false).dropFirst() {
        let tag = piece.prefix { $0 != "}" }
        switch tag.first {
        case ">":
          let included = String(tag.dropFirst()).trimmed
          guard !included.hasPrefix("*") else { throw .templateNotPacked(path: source.path, tag: "{{\(tag)}}") }
          open.append(included)
        case "<", "$", "{", "&", "=": throw .templateNotPacked(path: source.path, tag: "{{\(tag)}}")
        default: break
        }
      }
    }
    return parts.sorted { $0.name < $1.name }
  }
}

/// The page that all members share.
enum PackedPage: SitePage {
  static let template = "packed-member"
  static let model = PageModel<PageContext>(template) {}

  static func head(_ context: PageContext) -> PageFrame.Page {
    PageFrame.Page(
      folder: PackedMembers.folder, title: context.documentTitle(context.texts(.packedTitle)),
      description: context.texts(.packedTitle), section: .members, isIndexed: false)
  }

  static func files(of site: SiteParts) -> [SiteFile] {
    let context = site.context
    guard site.packed != nil else { return [] }
    return [file(of: site, isIndexed: false, path: { _ in PackedMembers.folder + "index.html" }) { _ in context }]
  }
}

extension PackedMembers {
  /// What the shared page shows of a member: its title and what the member's own page would have.
  private static let model = PageModel<MemberSource>("packed member") {
    Text("title", "The page's title.") { MemberPage.title($0) }
    MemberPage.model.of { $0 }
  }

  static func files(of site: SiteParts) -> [SiteFile] {
    guard let packed = site.packed else { return [] }
    let context = site.context
    return [
      SiteFile(dataFolder + "template.json") { packed.appendTemplate(in: context, to: &$0) },
      SiteFile(count: packed.shards.count, path: { dataFolder + "\($0).json" }) { shard, bytes in
        append(packed.shards[shard], in: context, to: &bytes)
      },
    ]
  }

  /// `users/packed/template.json`.
  private func appendTemplate(in context: PageContext, to bytes: inout [UInt8]) {
    var encoder = ValueEncoder()
    var frame: [UInt8] = []
    encoder.append(.object(PackedPage.framedModel(in: context.frame)(context).object), to: &frame)
    bytes.append(#"{"main":"#)
    bytes.append(json: Self.template)
    bytes.append(#","folder":"#)
    bytes.append(json: context.configuration.packedFolder)
    bytes.append(#","shards":"#)
    bytes.append(number: count)
    bytes.append(#","templates":{"#)
    for (position, part) in templates.enumerated() {
      if position > 0 { bytes.append(",") }
      bytes.append(json: part.name)
      bytes.append(":")
      bytes.append(json: part.text)
    }
    bytes.append(#"},"frame":{"#)
    encoder.appendTables(to: &bytes)
    bytes.append(#","value":"#)
    bytes += frame
    bytes.append("}}\n")
  }

  /// `users/packed/<shard>.json`: a shard of these members.
  static func append(_ users: some Sequence<Int32>, in context: PageContext, to bytes: inout [UInt8]) {
    var encoder = ValueEncoder()
    var (members, rated): ([UInt8], [UInt8]) = ([], [])
    var reader = SourceReader.uncounted
    for (position, user) in users.enumerated() {
      let member = MemberSource(Int(user), in: context, &reader)
      if position > 0 { members.append(",") }
      members.append(json: member.name)
      members.append(":")
      encoder.append(.object(model(member).object), to: &members)
      if position > 0 { rated.append(",") }
      rated.append(json: member.name)
      rated.append(":")
      let ratings =
        member.latest.map { (film: $0.film, value: $0.row.value) }
        + member.favourites.map { (film: $0.film, value: $0.row.value) }
      rated.append(jsonList: ratings) { bytes, rating in
        bytes.append("[")
        bytes.append(json: rating.film.facts.id)
        bytes.append(",")
        bytes.append(json: Double(rating.value))
        bytes.append(",")
        encoder.append(.text(rating.film.facts.title), to: &bytes)
        bytes.append("]")
      }
    }
    bytes.append("{")
    encoder.appendTables(to: &bytes)
    bytes.append(#","members":{"#)
    bytes += members
    bytes.append(#"},"rated":{"#)
    bytes += rated
    bytes.append("}}\n")
  }
}

/// Values of page models as JSON in which each text and each list of names occurs once.
private struct ValueEncoder {
  private var texts: [String] = []
  private var numbers: [String: Int] = [:]
  private var schemas: [TemplateSchema] = []
  private var places: [ObjectIdentifier: Int] = [:]

  mutating func append(_ value: TemplateValue, to bytes: inout [UInt8]) {
    switch value {
    case .null: bytes.append("null")
    case .flag(let flag): bytes.append(flag ? "true" : "false")
    case .integer(let number): append(text: String(number), to: &bytes)
    case .number(let number): append(text: Numerals.short(number, places: 6), to: &bytes)
    case .text, .sharedText: append(text: value.text ?? "", to: &bytes)
    case .list(let items): append(items, after: -1, to: &bytes)
    case .object(let object):
      let place = places[ObjectIdentifier(object.schema)] ?? schemas.count
      if place == schemas.count {
        schemas.append(object.schema)
        places[ObjectIdentifier(object.schema)] = place
      }
      append(object.values, after: place, to: &bytes)
    }
  }

  private mutating func append(_ items: TemplateValues, after number: Int, to bytes: inout [UInt8]) {
    bytes.append("[\(number)")
    for item in items {
      bytes.append(",")
      append(item, to: &bytes)
    }
    bytes.append("]")
  }

  private mutating func append(text: String, to bytes: inout [UInt8]) {
    let number = numbers[text] ?? texts.count
    if number == texts.count {
      texts.append(text)
      numbers[text] = number
    }
    bytes.append(number: number)
  }

  /// `"schemas":[[names]],"texts":[…]`.
  func appendTables(to bytes: inout [UInt8]) {
    bytes.append(#""schemas":"#)
    bytes.append(jsonList: schemas) { bytes, schema in
      bytes.append(jsonList: schema.fields) { $0.append(json: $1.name) }
    }
    bytes.append(#","texts":"#)
    bytes.append(jsonList: texts) { $0.append(json: $1) }
  }
}
