package import Members
import Pipeline
import Precompute
import Ratings
import Settings

extension RecommendationAnswer {
  /// The list that the last build of the site made for a user, where it is still the answer: the database is as that build
  /// left it, and the list is long enough. Nil where it has to be made.
  ///
  /// - Complexity: O(users + movies), without reading the data or a model.
  package static func ofLastBuild(site: String, user id: String, model: String?, top: Int) -> RecommendationAnswer? {
    let folder = SiteFolder(site)
    let memory = BuildMemory(readingFrom: folder.memory)
    guard top <= Precomputed.listLength, let database = DatabaseFiles.stamps(folder.database),
      memory.ingested?.database == database,
      let lists = try? StoredLists(contentsOf: folder.precomputed),
      let answer = try? lists.answer(to: SourceID(id), model: model, count: top)
    else { return nil }
    return RecommendationAnswer(
      user: SourceID(id), ratingCount: answer.ratingCount, unmatched: [], list: answer.list, movies: answer.movies,
      scale: lists.scale)
  }
}
