import Precompute
import Templates

/// The similarity of genres as a table whose cells are tinted.
struct GenreHeatMap {
  let similarity: GenreSimilarity
  let texts: Texts

  static let model = PageModel<GenreHeatMap>("genre heat map") {
    List("heatGenres", "The genres, heading the columns.", of: Name.model) { map in
      map.similarity.genres.lazy.map { Name(name: map.texts.genre($0)) }
    }
    List("heatRows", "A row for each genre.", of: Row.model) { map in
      map.similarity.genres.indices.lazy.map { Row(map: map, row: $0) }
    }
    Flag("hasHeat", "Whether there are enough genres for a map.") { $0.similarity.genres.count > 2 }
  }

  private struct Name {
    let name: String

    static let model = PageModel<Name>("genre name") { Text("name", "The genre in the site's language.") { $0.name } }
  }

  private struct Row {
    let map: GenreHeatMap
    let row: Int

    static let model = PageModel<Row>("heat row") {
      Text("name", "The genre in the site's language.") { $0.map.texts.genre($0.map.similarity.genres[$0.row]) }
      List("cells", "How alike it is to each genre, in the order of the columns.", of: Cell.model) { row in
        row.map.similarity.genres.indices.lazy.map { column in
          Cell(value: row.map.similarity[row.row, column], isSame: column == row.row, texts: row.map.texts)
        }
      }
    }
  }

  private struct Cell {
    let value: Float
    let isSame: Bool
    let texts: Texts

    static let model = PageModel<Cell>("heat") {
      Text("value", "How alike the two genres are, from −1 to 1; a dash where that is not known.") {
        $0.value.isNaN ? "–" : $0.texts.decimal(Double($0.value), places: 2)
      }
      Text("tint", "A class: `h0` to `h5` for likeness, `c1` to `c5` for its opposite, `same` for a genre with itself.")
      { $0.isSame ? "same" : tint($0.value) }
    }

    /// "h1" to "h5" for likeness, "c1" to "c5" for its opposite, "h0" for neither.
    private static func tint(_ value: Float) -> String {
      guard !value.isNaN else { return "h0" }
      let step = min(5, Int((abs(value) * 10).rounded()))
      return (value < 0 && step > 0 ? "c" : "h") + "\(step)"
    }
  }
}
