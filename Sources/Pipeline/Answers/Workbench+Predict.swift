import Evaluation
import Models
import Precompute
import Ratings

extension Workbench {
  /// Predictions for the pairs of a file, one line each in the file's order: `user,movie,prediction`, after a header if
  /// the file has one. Stars for a stars model, the ranking score for a lists model; unknown users and movies get
  /// the model's fallback.
  public func predict(pairs path: String, model name: String) throws -> String {
    let type = try ModelCatalogue.model(named: name)
    let file = try RowFile(path: path, minimumFields: 2) { fields in
      let words = ["user", "userid", "user_id", "movie", "movieid", "movie_id", "item", "itemid", "item_id"]
      return words.contains(fields[0].lowercased()) || words.contains(fields[1].lowercased())
    }
    let model = try model(type)
    let predictions = Prediction.values(
      by: model.model, users: file.rows.map { Int32(dataset.userIndex(of: SourceID($0.fields[0])) ?? -1) },
      movies: file.rows.map { Int32(movie($0.fields[1]) ?? -1) }, training: training, threads: context.threads)
    var output = file.header.map { "\($0[0]),\($0[1]),prediction\n" } ?? ""
    for (row, prediction) in zip(file.rows, predictions) {
      output += "\(Self.quoted(row.fields[0])),\(Self.quoted(row.fields[1])),\(prediction)\n"
    }
    return output
  }

  private static func quoted(_ field: String) -> String {
    field.contains { $0 == "," || $0 == "\"" } ? "\"\(field.replacing("\"", with: "\"\""))\"" : field
  }
}
