package import Ratings

/// Titles from word lists, with the commas, quotes and accents that real ones have.
package enum SyntheticTitles {
  private static let adjectives = [
    "Amber", "Bitter", "Borrowed", "Broken", "Burning", "Crimson", "Crooked", "Distant", "Drowned", "Empty", "Faithful",
    "Fallen", "Final", "Forgotten", "Frozen", "Gentle", "Gilded", "Golden", "Hidden", "Hollow", "Idle", "Invisible",
    "Iron", "Last", "Late", "Little", "Lonely", "Long", "Lost", "Lucky", "Midnight", "Narrow", "Nameless", "Northern",
    "Old", "Painted", "Pale", "Paper", "Patient", "Perfect", "Quiet", "Reckless", "Restless", "Salt", "Scarlet",
    "Second", "Secret", "Seventh", "Silent", "Silver", "Slow", "Stolen", "Strange", "Sudden", "Tender", "Thirteenth",
    "Unlikely", "Velvet", "Wandering", "White", "Wild", "Winter", "Wooden", "Yellow",
  ]
  private static let nouns = [
    "Accordion", "Afternoon", "Alibi", "Ambassador", "Anchor", "Archive", "Astronomer", "August", "Balcony", "Baker",
    "Ballroom", "Bicycle", "Border", "Bridge", "Canal", "Captain", "Carousel", "Casino", "Cathedral", "Circus",
    "Clockmaker", "Comet", "Crossing", "Dentist", "Detective", "Doorway", "Eclipse", "Engine", "Ferry", "Fever",
    "Fountain", "Garden", "Gardener", "Ghost", "Harbor", "Highway", "Holiday", "Horizon", "Hotel", "Hour",
    "Inheritance",
    "Island", "Journey", "Kingdom", "Lantern", "Letter", "Library", "Lighthouse", "Machine", "Magician", "Map",
    "Masquerade",
    "Meridian", "Mirror", "Mountain", "Neighbor", "Nightingale", "Ocean", "Orchard", "Orchestra", "Parade", "Passenger",
    "Pianist", "Planet", "Postcard", "Promise", "Railway", "Rain", "Reunion", "River", "Rooftop", "Sailor", "Season",
    "Shadow", "Signal", "Sister", "Snow", "Spy", "Station", "Storm", "Stranger", "Summer", "Tailor", "Telegram",
    "Theater",
    "Tiger", "Tower", "Train", "Tunnel", "Umbrella", "Valley", "Violin", "Voyage", "Waltz", "Wedding", "Widow",
    "Window",
    "Witness",
  ]
  private static let names = [
    "Agnes", "Amélie", "Anton", "Beatriz", "Björn", "Carmen", "Clara", "Dmitri", "Edith", "Émile", "Félix", "Greta",
    "Hugo",
    "Inès", "Ivan", "Jakob", "José", "Karin", "Leopold", "Lucía", "Marguerite", "Nadia", "Noël", "Oskar", "Pavel",
    "Raúl",
    "Renée", "Sofia", "Thérèse", "Ursula", "Viktor", "Zoë",
  ]

  /// A title with its article in front; every letter is in Latin-1.
  package static func title(_ random: inout CounterRandom) -> String {
    func pick(_ words: [String]) -> String { words[random.index(below: words.count)] }
    switch random.index(below: 100) {
    case 0..<34: return "The \(pick(adjectives)) \(pick(nouns))"
    case 34..<50: return "\(pick(adjectives)) \(pick(nouns))"
    case 50..<60: return "The \(pick(nouns)) of \(pick(names))"
    case 60..<68: return "A \(pick(nouns)) for \(pick(names))"
    case 68..<76: return "\(pick(names)) and the \(pick(adjectives)) \(pick(nouns))"
    case 76..<84: return "\(pick(names))'s \(pick(nouns))"
    case 84..<89: return "The \(pick(nouns)), the \(pick(nouns)) and the \(pick(nouns))"
    case 89..<93: return "\(pick(nouns)), \(pick(adjectives)) \(pick(nouns))"
    case 93..<96: return "\(pick(adjectives)) \(pick(nouns)) \(2 + random.index(below: 3))"
    case 96..<98: return "\"\(pick(names))\" and Other \(pick(nouns)) Stories"
    default: return pick(nouns)
    }
  }

  /// MovieLens's way: "Silent Harbor, The".
  package static func articleLast(_ title: String) -> String {
    for article in ["The", "A"] where title.hasPrefix("\(article) ") {
      return "\(title.dropFirst(article.count + 1)), \(article)"
    }
    return title
  }
}
