/// How well known and how highly regarded the films of the sample are.
///
/// Films in none of these lists are moderately known and regarded.
extension SampleCommunity {
  /// Films that nearly everyone has seen.
  package static let householdNames: Set<String> = [
    "Aladdin", "Alien", "Amélie", "Back to the Future", "Beauty and the Beast", "Blade Runner", "Casablanca", "Coco",
    "Die Hard", "E.T. the Extra-Terrestrial", "Eternal Sunshine of the Spotless Mind",
    "Everything Everywhere All at Once",
    "Fargo", "Fight Club", "Finding Nemo", "Forrest Gump", "Frozen", "Get Out", "Ghostbusters", "Goodfellas",
    "Groundhog Day", "Harry Potter and the Philosopher's Stone", "Home Alone", "Inception", "Inside Out",
    "Interstellar",
    "Jaws", "Jurassic Park", "Mad Max: Fury Road", "Oppenheimer", "Parasite", "Psycho", "Pulp Fiction",
    "Raiders of the Lost Ark", "Ratatouille", "Schindler's List", "Seven", "Shrek", "Spirited Away", "Star Wars",
    "Terminator 2: Judgment Day", "The Dark Knight", "The Empire Strikes Back", "The Godfather", "The Incredibles",
    "The Lion King", "The Lord of the Rings: The Fellowship of the Ring",
    "The Lord of the Rings: The Return of the King",
    "The Matrix", "The Princess Bride", "The Shawshank Redemption", "The Shining", "The Silence of the Lambs",
    "The Sixth Sense", "The Truman Show", "The Wizard of Oz", "Titanic", "Toy Story", "Up", "WALL·E",
  ]

  /// Films that regularly top critics' and viewers' polls.
  package static let canon: Set<String> = [
    "12 Angry Men", "2001: A Space Odyssey", "8½", "A Separation", "Aguirre, the Wrath of God", "Alien",
    "Apocalypse Now",
    "Back to the Future", "Battleship Potemkin", "Bicycle Thieves", "Blade Runner", "Breathless", "Casablanca",
    "Chinatown", "Chungking Express", "Citizen Kane", "City Lights", "City of God", "Close-Up", "Come and See",
    "Do the Right Thing", "Double Indemnity", "Eternal Sunshine of the Spotless Mind", "Goodfellas", "Grand Illusion",
    "Grave of the Fireflies", "Ikiru", "In the Mood for Love", "It's a Wonderful Life", "Jaws", "Late Spring",
    "Lawrence of Arabia", "M", "Man with a Movie Camera", "Metropolis", "Modern Times", "Mulholland Drive",
    "My Neighbor Totoro", "North by Northwest", "Notorious", "Once Upon a Time in the West", "Parasite",
    "Pather Panchali", "Paths of Glory", "Persona", "Playtime", "Portrait of a Lady on Fire", "Psycho", "Pulp Fiction",
    "Raiders of the Lost Ark", "Ran", "Rashomon", "Rear Window", "Schindler's List", "Seven Samurai", "Sherlock Jr.",
    "Shoah", "Singin' in the Rain", "Some Like It Hot", "Spirited Away", "Stalker", "Star Wars",
    "Sunrise: A Song of Two Humans", "Sunset Boulevard", "Taxi Driver", "The 400 Blows", "The Apartment",
    "The Battle of Algiers", "The Dark Knight", "The Empire Strikes Back", "The General", "The Godfather",
    "The Godfather Part II", "The Good, the Bad and the Ugly", "The Matrix", "The Passion of Joan of Arc",
    "The Rules of the Game", "The Searchers", "The Shawshank Redemption", "The Silence of the Lambs", "The Third Man",
    "Tokyo Story", "Toy Story", "Vertigo", "Yi Yi",
  ]

  /// Films of the repertory cinema: loved by few, unknown to many.
  package static let repertory: Set<String> = [
    "4 Months, 3 Weeks and 2 Days", "A Matter of Life and Death", "Aguirre, the Wrath of God",
    "Ali: Fear Eats the Soul",
    "Ashes and Diamonds", "Babette's Feast", "Battleship Potemkin", "Bicycle Thieves", "Black Girl",
    "Black God, White Devil", "Breathless", "Central Station", "Children of Heaven", "Chungking Express",
    "Cléo from 5 to 7", "Close-Up", "Come and See", "Drive My Car", "Fantastic Planet", "Farewell My Concubine", "Flee",
    "Grand Illusion", "Hard Boiled", "Hoop Dreams", "Honeyland", "Ikiru", "In the Mood for Love", "La Haine",
    "Late Spring",
    "Man with a Movie Camera", "Nanook of the North", "Paris, Texas", "Pather Panchali", "Persona",
    "Picnic at Hanging Rock", "Playtime", "Raise the Red Lantern", "Ran", "Rashomon", "Rome, Open City", "Shoah",
    "Shoplifters", "Sholay", "Solaris", "Stalker", "Sunrise: A Song of Two Humans", "Suspiria", "The 400 Blows",
    "The Act of Killing", "The Battle of Algiers", "The Official Story", "The Passion of Joan of Arc",
    "The Rules of the Game", "The Spirit of the Beehive", "The Thin Blue Line", "The Umbrellas of Cherbourg",
    "The Wages of Fear", "Three Colours: Blue", "Timbuktu", "Tokyo Story", "Touki Bouki", "Tsotsi", "Wadjda",
    "Wings of Desire", "Yi Yi", "Yojimbo", "8½", "A Separation", "Lagaan: Once Upon a Time in India",
  ]
}
