import Ratings

/// tags.csv: occasional tags that fit a genre of the movie.
struct TagFile: ~Copyable {
  private var file: OutputFile
  private let genreSets: [UInt32]
  private let ids: [Int32]
  private let probability: Double
  private var random: CounterRandom

  /// Words for each of the catalogue's genres, in its order.
  private static let words = [
    ["stunts", "car chase"], ["quest", "treasure"], ["hand-drawn", "stop motion"], ["family", "talking animals"],
    ["deadpan", "slapstick"], ["heist", "gangsters"], ["archive footage", "interviews"],
    ["slow burn", "family secrets"],
    ["magic", "fairy tale"], ["femme fatale", "black and white"], ["haunted house", "jump scares"],
    ["great songs", "dancing"], ["whodunit", "twist ending"], ["love triangle", "bittersweet"],
    ["space", "time travel"], ["suspense", "paranoia"], ["anti-war", "trenches"], ["gunfight", "frontier"],
  ]

  init(_ world: TasteWorld, synthesizer: Synthesizer, in folder: String) throws {
    var file = try OutputFile("tags.csv", in: folder)
    file.append("userId,movieId,tag,timestamp")
    try file.endLine()
    self.file = file
    genreSets = world.catalogue.genreSets
    ids = world.catalogue.ids
    // About one per fifty ratings, and at most about twenty thousand.
    probability = min(0.03, 30_000 / Double(synthesizer.ratings))
    random = synthesizer.random(.tags)
  }

  /// Writes a tag, with some probability, for a movie that the user has just rated highly.
  mutating func offer(user: Int, movie: Int, time: Int) throws {
    guard random.uniform() < probability, genreSets[movie] != 0 else { return }
    let genres = Self.words.indices.filter { genreSets[movie] & 1 << $0 != 0 }
    let words = Self.words[genres[random.index(below: genres.count)]]
    file.append("\(user + 1),\(ids[movie]),\(words[random.index(below: words.count)]),\(time + 30)")
    try file.endLine()
  }

  mutating func finish() throws -> SynthesisSummary.File { try file.finish() }
}
