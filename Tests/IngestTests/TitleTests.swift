import Ingest
import Testing

struct TitleTests {
  @Test(
    "A title is taken apart",
    arguments: [
      ("Matrix, The (1999)", "The Matrix", 1999),
      (
        "City of Lost Children, The (Cité des enfants perdus, La) (1995)",
        "The City of Lost Children (La Cité des enfants perdus)", 1995
      ),
      ("Walk in the Clouds, A (1995)", "A Walk in the Clouds", 1995),
      ("Unforgettable Summer, An (Un été inoubliable) (1994)", "An Unforgettable Summer (Un été inoubliable)", 1994),
      ("Misérables, Les (1995)", "Les Misérables", 1995),
      ("Bear, The (Ours, L') (1988)", "The Bear (L'Ours)", 1988),
      ("Boot, Das (Boat, The) (1981)", "Das Boot (The Boat)", 1981),
      ("Tin Drum, The (Blechtrommel, Die) (1979)", "The Tin Drum (Die Blechtrommel)", 1979),
      (
        "Children Are Watching Us, The (Bambini ci guardano, I) (1944)",
        "The Children Are Watching Us (I Bambini ci guardano)", 1944
      ),
      (
        "Good, the Bad and the Ugly, The (Buono, il brutto, il cattivo, Il) (1966)",
        "The Good, the Bad and the Ugly (Il Buono, il brutto, il cattivo)", 1966
      ),
      ("Impossible, The (Imposible, Lo) (2012)", "The Impossible (Lo Imposible)", 2012),
      (
        "City of the Living Dead (a.k.a. Gates of Hell, The) (Paura nella città dei morti viventi) (1980)",
        "City of the Living Dead (a.k.a. The Gates of Hell) (Paura nella città dei morti viventi)", 1980
      ),
      ("Die Hard (1988)", "Die Hard", 1988),
      ("Paris, Texas (1984)", "Paris, Texas", 1984),
      ("I, Robot (2004)", "I, Robot", 2004),
      ("2012 (2009)", "2012", 2009),
      ("(500) Days of Summer (2009)", "(500) Days of Summer", 2009),
      ("Superman/Doomsday (2007) ", "Superman/Doomsday", 2007),
      ("Death Note: Desu nôto (2006–2007)", "Death Note: Desu nôto", 2006),
      ("Big Bang Theory, The (2007-)", "The Big Bang Theory", 2007),
      ("Fargo (2014- )", "Fargo", 2014),
      (
        "Land Before Time III: The Time of the Great Giving (1995) (V)",
        "Land Before Time III: The Time of the Great Giving", 1995
      ),
      ("11'09\"01 - September 11 (2002)", "11'09\"01 - September 11", 2002),
      ("<script>alert(1)</script> & \"co\" (1999)", "<script>alert(1)</script> & \"co\"", 1999),
    ])
  func parses(title: String, text: String, year: Int) {
    let parsed = Title(parsing: title)
    #expect(parsed.text == text)
    #expect(parsed.year == year)
  }

  @Test(
    "A title without a year keeps all it has",
    arguments: [
      "Babylon 5", "Moonlight", "Seven (a.k.a. Se7en)", "Far Future (2150)", "Long Ago (1800)", "Bracket (", "(", ")",
      "()", "(1999", "1999)", "(TV)", ", The", "Movie (19999)", "Movie (1999x)", "Movie (199)", "((((", "A, (", "🎬",
    ])
  func keeps(title: String) {
    let parsed = Title(parsing: title)
    #expect(parsed.text == title)
    #expect(parsed.year == nil)
  }

  @Test func `A title that is only a year is its own title`() {
    #expect(Title(parsing: "(1999)").text == "(1999)")
    #expect(Title(parsing: "").text == "")
    #expect(Title(parsing: "   ").text == "")
  }
}
