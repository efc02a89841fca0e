import Templates

/// Renders the template `page` with templates of other names beside it.
func rendered(
  _ page: String, _ model: TemplateObject, beside others: [String: String] = [:]
) throws(TemplateError) -> String {
  var bytes: [UInt8] = []
  try library(page, beside: others).render("page", model, into: &bytes)
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
