import SiteCheck
import Testing

@Suite("The XML scanner of the check")
struct XMLScannerTests {
  func isXML(_ text: String) -> Bool { (try? SiteCheck.XMLScanner(Array(text.utf8))) != nil }

  @Test(
    "takes what is well-formed",
    arguments: [
      "<a/>",
      "<?xml version=\"1.0\"?>\n<!-- x --><a b='c' d=\"&lt;e\">f<g:h/>&#233;&#xe9;<![CDATA[<&]]></a>\n<!-- y -->",
      "<!DOCTYPE a>\n<a >x</a >", "\u{FEFF}<é/>",
    ])
  func valid(_ text: String) {
    #expect(isXML(text))
  }

  @Test(
    "refuses what is not",
    arguments: [
      "", "text", "<a>", "</a>", "<a></b>", "<a><b></a></b>", "<a/><b/>", "<a/>x", "<a b></a>", "<a b=c/>",
      "<a b='c'd='e'/>",
      "<a b='1' b='2'/>", "<a>&</a>", "<a>&nbsp;</a>", "<a b='<'/>", "<a><!-- </a>", "<a>\u{1}</a>", "<1/>", "< a/>",
      "<a",
      "<A></a>",
    ])
  func invalid(_ text: String) {
    #expect(!isXML(text))
  }
}
