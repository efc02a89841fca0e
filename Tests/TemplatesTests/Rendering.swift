import Templates
import Testing

/// Renders the template `page` with templates of other names beside it, written out as one list and call by call, which must
/// be the same.
func rendered(
  _ page: String, _ model: TemplateObject, beside others: [String: String] = [:]
) throws(TemplateError) -> String {
  var bytes: [UInt8] = []
  var slowly: [UInt8] = []
  let library = try library(page, beside: others)
  library.render("page", model, into: &bytes)
  library.render("page", value: .object(model), callByCall: true, into: &slowly)
  #expect(bytes == slowly)
  return String(decoding: bytes, as: UTF8.self)
}

/// The template `page` and others, each read from `<name>.mustache`.
func library(_ page: String, beside others: [String: String] = [:]) throws(TemplateError) -> TemplateLibrary {
  try TemplateLibrary(
    [TemplateSource(name: "page", path: "page.mustache", text: page)]
      + others.sorted { $0.key < $1.key }.map {
        TemplateSource(name: $0.key, path: "\($0.key).mustache", text: $0.value)
      })
}

extension TemplateLibrary {
  /// Renders values under names that no page model declares.
  func render(_ template: String, _ object: TemplateObject, into bytes: inout [UInt8]) {
    render(template, value: .object(object), into: &bytes)
  }
}
