import Foundation
import Site
import TestSupport

extension Fixture {
  static let themeFolder = SharedData.repository.appendingPathComponent("site-templates").path

  static func texts(_ language: String = "en") throws -> Texts {
    try Texts(defaultTheme().texts, language: language)
  }

  static func defaultTheme() throws -> Theme { try Theme(folders: [themeFolder]) }
}
