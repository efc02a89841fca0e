/// Tags of the community, each with films that it fits.
extension SampleCommunity {
  package static let tagWords: [(word: String, titles: [String])] = [
    ("alien invasion", ["The Day the Earth Stood Still", "Invasion of the Body Snatchers", "Arrival"]),
    (
      "anti-war",
      ["All Quiet on the Western Front", "Grand Illusion", "Paths of Glory", "Come and See", "Waltz with Bashir"]
    ),
    ("berlin", ["Wings of Desire", "Run Lola Run", "Cabaret", "The Lives of Others"]),
    (
      "black comedy",
      [
        "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb", "Kind Hearts and Coronets", "Fargo",
        "Parasite",
      ]
    ),
    ("christmas", ["It's a Wonderful Life", "Die Hard", "Home Alone", "The Nightmare Before Christmas"]),
    ("city symphony", ["Man with a Movie Camera"]),
    (
      "coming of age",
      [
        "The 400 Blows", "Pather Panchali", "Lady Bird", "Moonlight", "Whale Rider", "Persepolis", "Cinema Paradiso",
        "Wadjda",
      ]
    ),
    ("cooking", ["Babette's Feast", "Ratatouille"]),
    ("courtroom", ["12 Angry Men", "To Kill a Mockingbird", "Anatomy of a Fall"]),
    ("cyberpunk", ["Blade Runner", "Akira", "Ghost in the Shell", "The Matrix"]),
    ("dreamlike", ["8½", "Mulholland Drive", "The Spirit of the Beehive", "Picnic at Hanging Rock", "Spirited Away"]),
    ("dystopia", ["Metropolis", "A Clockwork Orange", "Blade Runner", "Children of Men", "Mad Max: Fury Road"]),
    ("expressionism", ["The Cabinet of Dr. Caligari", "Nosferatu", "Metropolis", "M"]),
    ("femme fatale", ["Double Indemnity", "The Maltese Falcon", "Out of the Past"]),
    ("found footage", ["The Blair Witch Project"]),
    ("french new wave", ["The 400 Blows", "Breathless", "Cléo from 5 to 7"]),
    ("gangsters", ["The Godfather", "The Godfather Part II", "Goodfellas", "City of God"]),
    ("giant monster", ["King Kong", "Godzilla", "Godzilla Minus One"]),
    ("great soundtrack", ["Pulp Fiction", "The Good, the Bad and the Ugly", "The Graduate", "Stop Making Sense"]),
    ("haunted hotel", ["The Shining"]),
    ("heist", ["Ocean's Eleven", "Inception"]),
    ("memory", ["Memento", "Eternal Sunshine of the Spotless Mind", "Waltz with Bashir", "Coco"]),
    ("mockumentary", ["What We Do in the Shadows"]),
    (
      "musical numbers",
      ["Singin' in the Rain", "The Umbrellas of Cherbourg", "West Side Story", "La La Land", "Sholay"]
    ),
    ("neorealism", ["Bicycle Thieves", "Rome, Open City"]),
    (
      "one long day",
      ["Do the Right Thing", "Before Sunrise", "Cléo from 5 to 7", "La Haine", "The Breakfast Club", "12 Angry Men"]
    ),
    ("paranoia", ["The Thing", "Rosemary's Baby", "Invasion of the Body Snatchers"]),
    ("pixar", ["Toy Story", "Finding Nemo", "The Incredibles", "Ratatouille", "WALL·E", "Up", "Inside Out", "Coco"]),
    (
      "quotable",
      ["Casablanca", "Airplane!", "The Princess Bride", "The Big Lebowski", "Monty Python and the Holy Grail"]
    ),
    ("road movie", ["It Happened One Night", "Paris, Texas", "Thelma & Louise", "Central Station", "Nomadland"]),
    ("robots", ["Metropolis", "The Iron Giant", "WALL·E", "The Terminator"]),
    ("samurai", ["Seven Samurai", "Yojimbo", "Ran"]),
    ("screwball", ["It Happened One Night", "His Girl Friday"]),
    (
      "silent",
      [
        "The Kid", "Sherlock Jr.", "The General", "The Gold Rush", "The Passion of Joan of Arc",
        "Sunrise: A Song of Two Humans", "City Lights", "Safety Last!",
      ]
    ),
    ("slow burn", ["Stalker", "Solaris", "Memories of Murder", "There Will Be Blood", "Picnic at Hanging Rock"]),
    ("spaghetti western", ["The Good, the Bad and the Ugly", "Once Upon a Time in the West"]),
    ("stop motion", ["King Kong", "The Nightmare Before Christmas"]),
    ("studio ghibli", ["My Neighbor Totoro", "Grave of the Fireflies", "Princess Mononoke", "Spirited Away"]),
    ("submarine", ["Das Boot"]),
    ("tearjerker", ["Grave of the Fireflies", "Up", "Titanic", "Past Lives", "Cinema Paradiso"]),
    ("time travel", ["The Terminator", "Back to the Future", "Terminator 2: Judgment Day"]),
    ("same day again", ["Groundhog Day", "Run Lola Run"]),
    ("twist ending", ["Psycho", "Planet of the Apes", "The Sixth Sense", "Fight Club", "Oldboy"]),
    ("unreliable narrator", ["Rashomon", "Memento", "Fight Club"]),
    ("unrequited", ["In the Mood for Love", "Lost in Translation", "Casablanca", "Brokeback Mountain", "Past Lives"]),
    ("vampires", ["Nosferatu", "Let the Right One In", "What We Do in the Shadows"]),
    ("voyeurism", ["Rear Window", "Blue Velvet", "The Lives of Others"]),
    ("whodunit", ["Knives Out", "The Big Sleep"]),
    ("zombies", ["Night of the Living Dead", "Shaun of the Dead", "Train to Busan"]),
  ]
}
