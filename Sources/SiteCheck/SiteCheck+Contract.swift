extension SiteCheck {
  /// Holds the JSON files against what others were promised of them.
  struct Contract {
    /// A movie that a file names and that must have a file of its own.
    struct Reference {
      var file: Int
      var line: Int
      var words: String
    }

    /// Hashes of the ids of all movies read so far.
    private var movies: Set<UInt64> = []
    /// Movies that were named before their own file was read: the first place of each.
    private var awaited: [UInt64: Reference] = [:]

    private var file = 0
    private var problems: [(line: Int, words: String)] = []

    /// What is wrong in one file, by line.
    mutating func check(_ json: JSONTape, file: Int, path: String) -> [(line: Int, words: String)] {
      self.file = file
      problems = []
      if path.hasPrefix("api/movies/") {
        movie(json, name: Self.name(path))
      } else if path.hasPrefix("api/users/") {
        user(json, name: Self.name(path))
      } else if path == "api/models.json" {
        models(json)
      } else if path == "build.json" {
        build(json)
      }
      return problems
    }

    /// The movies that were named and have no file, once all files are read; none where the site has no such files.
    func missingMovies() -> [Reference] { movies.isEmpty ? [] : Array(awaited.values) }

    private static func name(_ path: String) -> String {
      let last = path.split(separator: "/").last ?? ""
      return String(last.hasSuffix(".json") ? last.dropLast(5) : last)
    }

    // MARK: The files

    private mutating func movie(_ json: JSONTape, name: String) {
      guard expect(json, 0, .object, "the file") else { return }
      if let id = id(json, 0, "") {
        sameName(json, id, name)
        let hash = Bytes.hash(id.text.utf8)
        movies.insert(hash)
        awaited[hash] = nil
      }
      _ = field(json, 0, "title", "", .text)
      if let year = member(json, 0, "year", ""), json.nodes[year].kind != .null { whole(json, year, "year") }
      texts(json, 0, "genres", "")
      if let ratings = field(json, 0, "ratings", "", .object) {
        if let count = member(json, ratings, "count", "ratings.") { whole(json, count, "ratings.count", atLeast: 0) }
        if let mean = member(json, ratings, "mean", "ratings."), json.nodes[mean].kind != .null {
          _ = expect(json, mean, .number, "ratings.mean")
        }
        if let histogram = member(json, ratings, "histogram", "ratings.") {
          numbers(json, histogram, "ratings.histogram", mayBeNull: false)
        }
      }
      for (place, item) in items(json, 0, "similar", "") {
        film(json, item, place)
        _ = field(json, item, "score", place, .number)
        _ = field(json, item, "reason", place, .text)
      }
    }

    private mutating func user(_ json: JSONTape, name: String) {
      guard expect(json, 0, .object, "the file") else { return }
      if let id = id(json, 0, "") { sameName(json, id, name) }
      if let count = member(json, 0, "ratings", "") { whole(json, count, "ratings", atLeast: 0) }
      guard let models = field(json, 0, "models", "", .object) else { return }
      for (key, list) in members(json, models) {
        let model = "models.\(Bytes.shown(json.bytes[json.range(key)]))"
        guard expect(json, list, .list, model) else { continue }
        for (index, item) in json.children(list).enumerated() {
          let place = "\(model)[\(index)]."
          guard expect(json, item, .object, "\(model)[\(index)]") else { continue }
          recommendation(json, item, place)
        }
      }
    }

    private mutating func recommendation(_ json: JSONTape, _ item: Int, _ place: String) {
      film(json, item, place)
      _ = field(json, item, "score", place, .number)
      let stars = field(json, item, "stars", place, .number).flatMap(json.number)
      let low = field(json, item, "low", place, .number).flatMap(json.number)
      let high = field(json, item, "high", place, .number).flatMap(json.number)
      if let stars, let low, let high, !(low <= stars && stars <= high) {
        add(
          json, item, "\(place)stars is \(stars), which is not from low (\(low)) to high (\(high)); fix the interval")
      }
      var sum = 0.0
      for (place, reason) in items(json, item, "because", place) {
        film(json, reason, place)
        guard let node = field(json, reason, "weight", place, .number), let weight = json.number(node) else { continue }
        if !(0...1).contains(weight) { add(json, node, "\(place)weight is \(weight); it must be from 0 to 1") }
        sum += weight
      }
      if sum > 1.001 { add(json, item, "the weights of \(place)because add up to \(sum); they may reach 1") }
    }

    private mutating func models(_ json: JSONTape) {
      guard expect(json, 0, .object, "the file") else { return }
      for (place, model) in items(json, 0, "models", "") {
        _ = field(json, model, "name", place, .text)
        _ = field(json, model, "family", place, .text)
        _ = field(json, model, "settings", place, .object)
        if let metrics = field(json, model, "metrics", place, .object) {
          numbers(json, metrics, "\(place)metrics", mayBeNull: true)
        }
        if let protocolNode = member(json, model, "protocol", place) {
          let kind = json.nodes[protocolNode].kind
          if kind != .text, kind != .object { wrong(json, protocolNode, "\(place)protocol", "a text or an object") }
        }
      }
    }

    private mutating func build(_ json: JSONTape) {
      guard expect(json, 0, .object, "the file") else { return }
      _ = field(json, 0, "version", "", .text)
      _ = field(json, 0, "quality", "", .text)
      if let counts = field(json, 0, "counts", "", .object) { numbers(json, counts, "counts", mayBeNull: false) }
      _ = field(json, 0, "fingerprints", "", .object)
    }

    /// An id and a title, of a movie that has a file.
    private mutating func film(_ json: JSONTape, _ item: Int, _ place: String) {
      _ = field(json, item, "title", place, .text)
      guard let id = id(json, item, place) else { return }
      let hash = Bytes.hash(id.text.utf8)
      if !movies.contains(hash), awaited[hash] == nil {
        let line = Bytes.line(of: json.offset(id.node), in: json.bytes)
        awaited[hash] = Reference(
          file: file, line: line,
          words: "\(place)id names the movie \(id.text), which has no file in api/movies; write that or take it out")
      }
    }

    // MARK: Kinds of values

    private mutating func add(_ json: JSONTape, _ node: Int, _ words: String) {
      problems.append((Bytes.line(of: json.offset(node), in: json.bytes), words))
    }

    private static func words(_ kind: JSONTape.Kind) -> String {
      switch kind {
      case .null: "null"
      case .flag: "true or false"
      case .number: "a number"
      case .text: "a text"
      case .list: "a list"
      case .object: "an object"
      }
    }

    private mutating func wrong(_ json: JSONTape, _ node: Int, _ place: String, _ expected: String) {
      add(json, node, "\(place) is \(Self.words(json.nodes[node].kind)), but the contract says \(expected)")
    }

    private mutating func expect(_ json: JSONTape, _ node: Int, _ kind: JSONTape.Kind, _ place: String) -> Bool {
      if json.nodes[node].kind == kind { return true }
      wrong(json, node, place, Self.words(kind))
      return false
    }

    private mutating func member(_ json: JSONTape, _ node: Int, _ key: StaticString, _ place: String) -> Int? {
      if let member = json.member(key, of: node) { return member }
      add(json, node, "\(place)\(key) is missing; the contract promises it")
      return nil
    }

    private mutating func field(
      _ json: JSONTape, _ node: Int, _ key: StaticString, _ place: String, _ kind: JSONTape.Kind
    ) -> Int? {
      guard let member = member(json, node, key, place), json.nodes[member].kind != kind else {
        return json.member(key, of: node)
      }
      wrong(json, member, "\(place)\(key)", Self.words(kind))
      return nil
    }

    private mutating func whole(_ json: JSONTape, _ node: Int, _ place: String, atLeast least: Double = -.infinity) {
      guard let number = json.number(node), number == number.rounded(), number >= least else {
        if json.nodes[node].kind == .number {
          add(
            json, node, "\(place) is \(Bytes.shown(json.bytes[json.range(node)])), but the contract says a whole number"
          )
        } else {
          wrong(json, node, place, "a whole number")
        }
        return
      }
    }

    private mutating func texts(_ json: JSONTape, _ node: Int, _ key: StaticString, _ place: String) {
      guard let list = field(json, node, key, place, .list) else { return }
      for (index, item) in json.children(list).enumerated() {
        _ = expect(json, item, .text, "\(place)\(key)[\(index)]")
      }
    }

    /// A list or an object of numbers.
    private mutating func numbers(_ json: JSONTape, _ node: Int, _ place: String, mayBeNull: Bool) {
      let values: [Int]
      switch json.nodes[node].kind {
      case .list: values = json.children(node)
      case .object: values = members(json, node).map(\.value)
      default: return wrong(json, node, place, "a list or an object of numbers")
      }
      for (index, value) in values.enumerated() where !(mayBeNull && json.nodes[value].kind == .null) {
        _ = expect(json, value, .number, "\(place)[\(index)]")
      }
    }

    /// The objects in a list, each with what its fields are called.
    private mutating func items(
      _ json: JSONTape, _ node: Int, _ key: StaticString, _ place: String
    ) -> [(place: String, node: Int)] {
      guard let list = field(json, node, key, place, .list) else { return [] }
      var items: [(String, Int)] = []
      for (index, item) in json.children(list).enumerated()
      where expect(json, item, .object, "\(place)\(key)[\(index)]") {
        items.append(("\(place)\(key)[\(index)].", item))
      }
      return items
    }

    private func members(_ json: JSONTape, _ node: Int) -> [(key: Int, value: Int)] {
      let children = json.children(node)
      return stride(from: 0, to: children.count - 1, by: 2).map { (children[$0], children[$0 + 1]) }
    }

    /// A number or a text.
    private mutating func id(_ json: JSONTape, _ node: Int, _ place: String) -> (node: Int, text: String)? {
      guard let member = member(json, node, "id", place) else { return nil }
      if let text = json.text(member) { return (member, text) }
      if json.nodes[member].kind == .number { return (member, Bytes.string(json.bytes[json.range(member)])) }
      wrong(json, member, "\(place)id", "a number or a text")
      return nil
    }

    /// The file is called by the id, if the id can be a file's name as it is; where another file has that name in
    /// other case, or the system reserves it, a hash follows (`UniqueNames`).
    private mutating func sameName(_ json: JSONTape, _ id: (node: Int, text: String), _ name: String) {
      let isPlain = id.text.utf8.allSatisfy { Bytes.isLetter($0) || ($0 >= 0x30 && $0 <= 0x39) }
      let (expected, given) = (id.text.lowercased(), name.lowercased())
      let isHashed =
        given.hasPrefix(expected + "-")
        && given.dropFirst(expected.count + 1).split(separator: "-").allSatisfy { $0.allSatisfy(\.isHexDigit) }
      if isPlain, id.text.utf8.count <= 100, expected != given, !isHashed {
        add(json, id.node, "id is \(id.text), but the file is called \(name).json; call it \(id.text).json")
      }
    }
  }
}
