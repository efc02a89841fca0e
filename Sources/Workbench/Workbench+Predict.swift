import Evaluation
import Ingest
import Models
import Platform
import Precompute
import Ratings
import Settings

extension Workbench {
  /// Predictions for the pairs of a file, one line each in the file's order: `user,movie,prediction`, after a header if
  /// the file has one. Stars for a stars model, the ranking score for a lists model; unknown users and movies get
  /// the model's fallback. Models that know dates use those of the pairs: the predictions are those that `evaluate` measures.
  ///
  /// - Parameter settings: such as `als.factors=32`.
  package func predict(pairs path: String, model name: String, settings: [String] = []) throws -> String {
    let type = try ModelCatalogue.model(named: name)
    let file = try RowFile(path: path, minimumFields: 2) { fields in
      let words = ["user", "userid", "user_id", "movie", "movieid", "movie_id", "item", "itemid", "item_id"]
      return words.contains(fields[0].lowercased()) || words.contains(fields[1].lowercased())
    }
    let times = try Self.times(of: file, path: path)
    let model = try measuredModel(type, settings: settings, isDated: times.contains { $0 > 0 })
    let predictions = Prediction.values(
      by: model.model, users: file.rows.map { Int32(dataset.userIndex(of: SourceID($0.fields[0])) ?? -1) },
      movies: file.rows.map { Int32(movie($0.fields[1]) ?? -1) }, times: times, training: training,
      threads: context.threads)
    var output = file.header.map { "\($0[0]),\($0[1]),prediction\n" } ?? ""
    for (row, prediction) in zip(file.rows, predictions) {
      output += "\(CSVField.text(row.fields[0])),\(CSVField.text(row.fields[1])),\(prediction)\n"
    }
    return output
  }

  /// The model as `evaluate` fits it; where the last build left one that does as well, that one: it knows no dates.
  private func measuredModel(
    _ type: any Recommender.Type, settings words: [String], isDated: Bool
  ) throws -> NamedModel {
    let descriptor = type.descriptor
    let usesDates = isDated && descriptor.setting(.dates) != nil
    if answersFromBuild, words.isEmpty, !usesDates { return try model(type) }
    let settings = try SettingOverrides(words, models: [descriptor.name]).settings(of: descriptor, on: tuned)
    try checkMemory(for: type)
    return NamedModel(name: descriptor.name, model: try type.fit(training, settings: settings, context: context))
  }

  /// When each rating is given, in seconds since 1970; 0 where nothing is said.
  ///
  /// The date is in the column that the header calls so. Without a header it is the third of three columns, or
  /// the last of four, as in MovieLens' `user movie rating timestamp`.
  private static func times(of file: RowFile, path: String) throws -> [UInt32] {
    let names: Set = ["timestamp", "time", "date", "datetime", "rated_at"]
    let named = file.header.map { header in header.firstIndex { names.contains($0.lowercased()) } }
    return try file.rows.map { line, fields in
      let column = named ?? (fields.count == 3 ? 2 : fields.count >= 4 ? 3 : nil)
      guard let column, column < fields.count else { return 0 }
      let bytes = Array(fields[column].utf8)
      guard let time = Bytes.time(bytes.span, 0..<bytes.count) else {
        throw WorkbenchError.badLine(
          path: path, line: line,
          problem: "“\(fields[column])” is not a date; write seconds since 1970 or a date such as 2005-09-06")
      }
      return time
    }
  }
}
