import Ratings
import Testing

struct SlugTests {
  @Test(arguments: [
    ("Toy Story", "toy-story"), ("Amélie", "amelie"), ("Schindler's List", "schindlers-list"),
    ("Singin’ in the Rain", "singin-in-the-rain"), ("Fast & Furious", "fast-and-furious"), ("WALL·E", "wall-e"),
    ("Æon Flux", "aeon-flux"), ("Straße", "strasse"), ("Đà Nẵng", "da-nang"), ("e\u{301}te\u{301}", "ete"),
    ("となりのトトロ", ""), ("  --  ", ""), ("8½", "8"), ("Łódź", "lodz"), ("", ""), ("Se7en", "se7en"),
    ("Пила", ""), ("<script>alert(1)</script>", "script-alert-1-script"),
  ]) func `a title becomes ASCII words with dashes`(title: String, slug: String) {
    #expect(Slug.of(title) == slug)
  }

  @Test func `a long title is cut between words, a long word inside`() {
    let title = "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb"
    #expect(Slug.of(title) == "dr-strangelove-or-how-i-learned-to-stop-worrying-and-love")
    #expect(Slug.of(String(repeating: "x", count: 500)).utf8.count == Slug.maximumLength)
  }
}
