extension Texts {
  /// A title for a place without markup, such as the browser's tab: where it holds letters of the other direction it stands
  /// between the marks that keep its own marks with it, as `<bdi>` does in a page.
  func isolated(_ title: String) -> String {
    let isOther = title.unicodeScalars.contains { scalar in
      direction == "rtl" ? !Self.isRightToLeft(scalar) && scalar.properties.isAlphabetic : Self.isRightToLeft(scalar)
    }
    return isOther ? "\u{2068}\(title)\u{2069}" : title
  }

  /// Hebrew, Arabic, Syriac, Thaana, N'Ko and their kin.
  private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x590...0x8ff, 0xfb1d...0xfdff, 0xfe70...0xfeff, 0x10800...0x10fff, 0x1e800...0x1efff:
      scalar.properties.isAlphabetic
    default: false
    }
  }
}
