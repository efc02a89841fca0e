import Artwork
import Platform
import Ratings
import Testing

@Suite struct `Drawn posters` {
  @Test func `the same film always has the same poster`() {
    let alien = Movie(id: .number(111), title: "Alien", year: 1979, genres: ["Horror", "Sci-Fi"])
    #expect(PosterArt.classes(of: alien) == "poster p30 m-horror v3 t1")
    #expect(PosterArt.motif(of: ["Drama", "Western"]) == "western")
    #expect(PosterArt.tellingFirst(["Action", "Odd", "Sci-Fi"]) == ["Sci-Fi", "Action", "Odd"])
  }

  @Test func `an image belongs to the film with its id or its IMDb id, and to no other`() {
    let movies = [
      Movie(id: .number(7), title: "Heat", year: 1995, genres: []),
      Movie(id: .number(8), title: "Alien", year: 1979, genres: [], imdbID: "tt0078748"),
    ]
    let files = ["7", "tt0078748", "9"].map { PosterFile(id: $0, ending: "jpg") { [1] } }
    let images = PosterImages(files, of: movies, names: ["seven", "eight"])
    #expect(images.paths == [0: "posters/seven.jpg", 1: "posters/eight.jpg"])
    #expect(images.files.map(\.id) == ["7", "tt0078748"])
  }
}

@Suite struct `Pictures of shared links` {
  /// The chunks of a PNG by their names, those with a wrong checksum left out.
  private func chunks(of file: [UInt8]) -> [String: [UInt8]] {
    func number(_ place: Int) -> Int { file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    var chunks: [String: [UInt8]] = [:]
    var place = 8
    while place + 12 <= file.count {
      let end = place + 8 + number(place)
      if Int(CRC32.of(file[place + 4..<end])) == number(end) {
        chunks[String(decoding: file[place + 4..<place + 8], as: UTF8.self)] = Array(file[place + 8..<end])
      }
      place = end + 4
    }
    return chunks
  }

  @Test func `differ in their colours alone where they have one motif`() throws {
    let drawings = SharePictureDrawings()
    let inks = PosterInks(styleSheet: Array(".p1 { --g: #010203; --s: #040506 }\n".utf8))
    let files = [0, 1].map { drawings.file(of: SharePicture(palette: $0, motif: "noir"), inks) }
    let (first, second) = (chunks(of: files[0]), chunks(of: files[1]))
    #expect(Set(first.keys) == ["IHDR", "PLTE", "IDAT", "IEND"])
    #expect(first["IDAT"] == second["IDAT"] && first["PLTE"] != second["PLTE"])
    #expect(second["PLTE"]?.prefix(6) == [1, 2, 3, 4, 5, 6])
    // 600 x 315, two bits a pixel, with a palette.
    #expect(first["IHDR"] == [0, 0, 2, 88, 0, 0, 1, 59, 2, 3, 0, 0, 0])
    let other = chunks(of: drawings.file(of: SharePicture(palette: 0, motif: "war"), inks))
    #expect(other["IDAT"] != first["IDAT"])
  }
}
