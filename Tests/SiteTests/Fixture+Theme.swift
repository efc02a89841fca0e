import Foundation
import Site
import TestSupport

extension Fixture {
  static let themeFolder = SharedData.repository.appendingPathComponent("site-templates").path

  static func defaultTheme() throws -> Theme { try Theme(folders: [themeFolder]) }
}
