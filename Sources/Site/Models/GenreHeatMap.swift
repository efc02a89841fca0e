import Precompute
import Templates

/// The similarity of genres as a table whose cells are tinted.
enum GenreHeatMap {
  private static let nameSchema = TemplateSchema("genre name", [.text("name")])
  private static let cellSchema = TemplateSchema("heat", [.text("value"), .text("tint")])
  static let rowSchema = TemplateSchema("heat row", [.text("name"), .list("cells", cellSchema)])

  static let fields: [TemplateField] = [
    .list("heatGenres", nameSchema), .list("heatRows", rowSchema), .flag("hasHeat"),
  ]

  static func values(_ similarity: GenreSimilarity, texts: Texts) -> [TemplateValue] {
    let genres = similarity.genres
    return [
      .list(genres.map { .object(TemplateObject(nameSchema, [.text(texts.genre($0))])) }),
      .list(
        genres.indices.map { row in
          let cells = genres.indices.map { column -> TemplateValue in
            let value = similarity[row, column]
            return .object(
              TemplateObject(
                cellSchema,
                [
                  .text(value.isNaN ? "–" : texts.decimal(Double(value), places: 2)),
                  .text(row == column ? "same" : tint(value)),
                ]))
          }
          return .object(TemplateObject(rowSchema, [.text(texts.genre(genres[row])), .list(cells)]))
        }), .flag(genres.count > 2),
    ]
  }

  /// "h1" to "h5" for likeness, "c1" to "c5" for its opposite, "h0" for neither.
  private static func tint(_ value: Float) -> String {
    guard !value.isNaN else { return "h0" }
    let step = min(5, Int((abs(value) * 10).rounded()))
    return (value < 0 && step > 0 ? "c" : "h") + "\(step)"
  }
}
