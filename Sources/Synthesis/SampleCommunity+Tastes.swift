/// A taste in films; a member of the community mixes two or three.
struct Taste {
  var genres: [String: Double] = [:]
  var directors: Set<String> = []
  /// The middle of the best-loved years, and its spread in years.
  var era: (middle: Double, width: Double)?
  /// The effect of a film being widely known.
  var household = 0.0
  /// The effect of a film belonging to the repertory cinema.
  var repertory = 0.0

  /// How much this taste likes a film; the community standardizes it over all films.
  func appeal(of film: SampleFilm) -> Double {
    var appeal = film.genres.sorted().reduce(0.0) { $0 + (genres[$1] ?? 0) }
    if !directors.isDisjoint(with: film.directors) { appeal += 1.5 }
    if let era { appeal += 1.5 / (1 + abs(Double(film.year) - era.middle) / era.width) }
    if SampleCommunity.householdNames.contains(film.title) { appeal += household }
    if SampleCommunity.repertory.contains(film.title) { appeal += repertory }
    return appeal
  }

  static let all: [Taste] = [
    // Saturday night: spectacle, and nothing too old.
    Taste(
      genres: ["Action": 1.2, "Adventure": 1, "Sci-Fi": 0.9, "Thriller": 0.4, "Drama": -0.4, "Musical": -0.5],
      directors: ["Steven Spielberg", "James Cameron", "Christopher Nolan", "Ridley Scott", "George Miller"],
      era: (2000, 18), household: 0.8, repertory: -1.4),
    // The repertory cinema: subtitles welcome.
    Taste(
      genres: ["Drama": 0.7, "Documentary": 0.3, "War": 0.2, "Action": -0.7, "Children": -0.8],
      directors: [
        "Andrei Tarkovsky", "Ingmar Bergman", "Yasujirō Ozu", "Abbas Kiarostami", "Wong Kar-wai", "Agnès Varda",
        "Federico Fellini", "Krzysztof Kieślowski",
      ],
      household: -0.6, repertory: 1.6),
    // The studio years.
    Taste(
      genres: ["Film-Noir": 1, "Romance": 0.5, "Comedy": 0.4, "Musical": 0.5, "Sci-Fi": -0.6, "Horror": -0.4],
      directors: [
        "Alfred Hitchcock", "Billy Wilder", "Howard Hawks", "Frank Capra", "Ernst Lubitsch", "Charlie Chaplin",
        "Buster Keaton", "John Huston",
      ],
      era: (1945, 12)),
    // Films for the whole sofa.
    Taste(
      genres: [
        "Children": 1.2, "Animation": 1.2, "Fantasy": 0.5, "Musical": 0.4, "Horror": -1.3, "Crime": -0.7, "War": -0.6,
      ],
      directors: ["Hayao Miyazaki", "Pete Docter", "Brad Bird", "Tomm Moore", "Andrew Stanton"],
      household: 0.5, repertory: -0.8),
    // After midnight.
    Taste(
      genres: ["Horror": 1.8, "Sci-Fi": 0.7, "Thriller": 0.5, "Mystery": 0.4, "Romance": -0.8, "Musical": -0.7],
      directors: ["John Carpenter", "David Lynch", "Stanley Kubrick", "Dario Argento", "Jordan Peele"],
      era: (1980, 20)),
    // Love, letters, weddings.
    Taste(
      genres: [
        "Romance": 1.4, "Comedy": 0.7, "Musical": 0.5, "Drama": 0.2, "War": -0.5, "Horror": -1.2, "Action": -0.6,
      ],
      directors: ["Greta Gerwig", "Richard Linklater", "Ang Lee", "Rob Reiner", "Jane Campion"]),
    // Crime, and who did it.
    Taste(
      genres: ["Crime": 1.3, "Thriller": 0.8, "Mystery": 0.8, "Film-Noir": 0.7, "Children": -1, "Fantasy": -0.7],
      directors: [
        "Martin Scorsese", "Francis Ford Coppola", "Quentin Tarantino", "David Fincher", "Joel Coen", "Bong Joon-ho",
        "Alfred Hitchcock",
      ],
      era: (1985, 25)),
    // The world as it is.
    Taste(
      genres: ["Documentary": 2.2, "War": 0.9, "Drama": 0.5, "Fantasy": -0.8, "Horror": -0.6, "Sci-Fi": -0.5],
      directors: ["Werner Herzog", "Hirokazu Kore-eda", "Asghar Farhadi"],
      era: (2000, 20), household: -0.3, repertory: 0.7),
    // Wide horizons.
    Taste(
      genres: ["Western": 1.8, "War": 0.8, "Adventure": 0.9, "Action": 0.3, "Musical": -0.6, "Animation": -0.5],
      directors: ["Sergio Leone", "John Ford", "Akira Kurosawa", "David Lean", "Clint Eastwood"],
      era: (1962, 16)),
    // Anything for a laugh.
    Taste(
      genres: ["Comedy": 1.6, "Animation": 0.3, "Crime": 0.2, "War": -0.5, "Drama": -0.5, "Horror": -0.2],
      directors: ["Buster Keaton", "Charlie Chaplin", "Mel Brooks", "Wes Anderson", "Edgar Wright", "Taika Waititi"],
      household: 0.2),
  ]
}
