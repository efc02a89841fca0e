import BinaryFiles
import Models
import Ratings

extension Precomputed {
  /// The version of the file's layout; it rises with every change to what is written here.
  static let layout: UInt32 = 10
  static let kind = "precomputed pages"

  /// Writes the artefact atomically.
  ///
  /// - Parameter dataset: the fingerprint of its data.
  public func write(to path: String, dataset: UInt64) throws {
    var writer = BinaryWriter()
    for number in [scale.minimum, scale.maximum, scale.step] { writer.write(number) }
    writer.write(UInt64(ratingCount))
    writer.write(UInt64(users.count))
    for user in users { writer.write(user) }
    writer.write(UInt64(movies.count))
    for movie in movies { writer.write(movie) }
    writer.write(movieStatistics)
    writer.write(userStatistics)
    for tags in movieTags { writer.write(tags) }
    writer.write(favourites)
    writer.write(similarUsers)
    writer.write(peopleSimilarities)
    writer.write(tastes.genreNames)
    writer.write(tastes.genres)
    writer.write(tastes.decades)
    writer.write(tastes.mainstream)
    writer.write(tastes.history)
    writer.write(UInt64(lists.count))
    for list in lists { writer.write(list) }
    writer.write(unusual != nil)
    if let unusual { writer.write(unusual) }
    writer.write(similar)
    writer.write(similarMeasure.rawValue)
    writer.write(alsoSimilar)
    writer.write(kin)
    writer.write(UInt64(charts.count))
    for chart in charts { writer.write(chart) }
    writer.write(UInt64(models.count))
    for model in models { writer.write(model) }
    writer.write(interval)
    writer.write(tasteMap.movies)
    writer.write(tasteMap.x)
    writer.write(tasteMap.y)
    writer.write(genreSimilarity.genres)
    writer.write(genreSimilarity.values)
    writer.write(UInt64(discoveries.count))
    for (model, discovery) in discoveries.sorted(by: { $0.key < $1.key }) {
      writer.write(model)
      writer.write(discovery.commonness)
      let weights = discovery.weights
      for weight in [weights.repetition, weights.genres, weights.fame] { writer.write(weight) }
    }
    writer.write(browser != nil)
    browser?.save(to: &writer)
    writer.write(membersApart)
    try BinaryFile.write(writer, kind: Self.kind, version: Self.layout, dataset: dataset, to: path)
  }

  /// Reads the artefact.
  ///
  /// - Parameter isMapped: whether the file is mapped while it is read, and shared with other processes.
  /// - Throws: `BinaryFileError` if the file is missing, damaged, of another version or of other data.
  public init(contentsOf path: String, dataset: UInt64? = nil, isMapped: Bool = false) throws {
    var reader = try BinaryFile.read(
      kind: Self.kind, version: Self.layout, dataset: dataset, from: path, isMapped: isMapped)
    let scale = RatingScale(minimum: try reader.read(), maximum: try reader.read(), step: try reader.read())
    let ratingCount = try Int(reader.read(UInt64.self))
    let users = try reader.readEach { reader throws(BinaryFileError) in try User(from: &reader) }
    let movies = try reader.readEach { reader throws(BinaryFileError) in try Movie(from: &reader) }
    self.init(scale: scale, users: users, movies: movies)
    self.ratingCount = ratingCount
    movieStatistics = try reader.readStatistics(levels: scale.levelCount)
    userStatistics = try reader.readStatistics(levels: scale.levelCount)
    movieTags = []
    for _ in movies { movieTags.append(try reader.read([String].self)) }
    favourites = try reader.readRagged()
    similarUsers = try reader.readRagged()
    peopleSimilarities = try reader.readRagged()
    tastes.genreNames = try reader.read()
    tastes.genres = try reader.readRagged()
    tastes.decades = try reader.readRagged()
    tastes.mainstream = try reader.read()
    tastes.history = try reader.readRagged()
    lists = try reader.readEach { reader throws(BinaryFileError) in try RecommendationList(from: &reader) }
    unusual = try reader.read(Bool.self) ? try RecommendationList(from: &reader) : nil
    similar = try reader.readRagged()
    guard let measure = SimilarityMeasure(rawValue: try reader.read()) else { throw BinaryFileError.damaged }
    similarMeasure = measure
    alsoSimilar = try reader.readRagged()
    kin = try reader.readRagged()
    charts = try reader.readEach { reader throws(BinaryFileError) in try Chart(from: &reader) }
    models = try reader.readEach { reader throws(BinaryFileError) in try ModelReport(from: &reader) }
    interval = try reader.readInterval()
    tasteMap = TasteMap(movies: try reader.read(), x: try reader.read(), y: try reader.read())
    genreSimilarity = GenreSimilarity(genres: try reader.read(), values: try reader.read())
    guard tasteMap.x.count == tasteMap.movies.count, tasteMap.y.count == tasteMap.movies.count,
      tasteMap.movies.allSatisfy({ movies.indices.contains(Int($0)) }),
      genreSimilarity.values.count == genreSimilarity.genres.count * genreSimilarity.genres.count
    else { throw BinaryFileError.damaged }
    for _ in 0..<(try reader.read(UInt64.self)) {
      let model = try reader.read(String.self)
      let commonness = try reader.read([Float].self)
      guard commonness.count == movies.count else { throw BinaryFileError.damaged }
      let weights = ListDiscovery.Weights(
        repetition: try reader.read(), genres: try reader.read(), fame: try reader.read())
      discoveries[model] = ListDiscovery(
        commonness: commonness, movies: movies, ratingCounts: movieStatistics.map(\.count), scale: scale,
        weights: weights)
    }
    browser = try reader.read(Bool.self) ? try BrowserModel(from: &reader) : nil
    membersApart = try reader.readOptionalNumber()
    guard browser?.movies.allSatisfy({ movies.indices.contains(Int($0)) }) ?? true else {
      throw BinaryFileError.damaged
    }
  }
}
