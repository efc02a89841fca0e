import HTTPTypes
import Hummingbird

/// A route of the endpoint.
struct Route: Sendable {
  typealias Handler = @Sendable (Endpoint) -> @Sendable (EndpointRequest) async throws -> Response

  let method: HTTPRequest.Method
  /// Such as `/api/ratings/{movie}`; a part in braces matches any one part.
  let path: String
  /// The description for the API; nil for the pages of members, which are for people.
  let operation: Operation?
  let handler: Handler

  /// A page for people.
  init(page path: String, method: HTTPRequest.Method = .get, use handler: @escaping Handler) {
    self.init(method, path, nil, handler)
  }

  private init(_ method: HTTPRequest.Method, _ path: String, _ operation: Operation?, _ handler: @escaping Handler) {
    (self.method, self.path, self.operation, self.handler) = (method, path, operation, handler)
  }

  /// - Parameter use: makes the complete response; the operation describes bodies.
  init(_ method: HTTPRequest.Method, _ path: String, _ operation: Operation, use handler: @escaping Handler) {
    self.init(method, path, Optional(operation), handler)
  }

  /// A route that returns JSON.
  init<Given: InterfaceBody & Encodable>(
    _ method: HTTPRequest.Method, _ path: String, _ operation: Operation,
    use handler: @escaping @Sendable (Endpoint) -> @Sendable (EndpointRequest) async throws -> Answer<Given>
  ) {
    var operation = operation
    operation.gives.insert(.json(Given.self), at: 0)
    let status = operation.status
    self.init(method, path, operation) { endpoint in
      { request in try await handler(endpoint)(request).response(status) }
    }
  }

  /// A route that accepts and returns JSON.
  init<Taken: InterfaceBody, Given: InterfaceBody & Encodable>(
    _ method: HTTPRequest.Method, _ path: String, _ operation: Operation,
    use handler:
      @escaping @Sendable (Endpoint) -> @Sendable (EndpointRequest, Unread<Taken>) async throws -> Answer<Given>
  ) {
    var operation = operation
    operation.takes = [.json(Taken.self)]
    operation.gives = [.json(Given.self)]
    let status = operation.status
    self.init(method, path, operation) { endpoint in
      { request in try await handler(endpoint)(request, Unread(request)).response(status) }
    }
  }

  /// A route that accepts JSON and returns nothing.
  init<Taken: InterfaceBody>(
    _ method: HTTPRequest.Method, _ path: String, _ operation: Operation,
    use handler: @escaping @Sendable (Endpoint) -> @Sendable (EndpointRequest, Unread<Taken>) async throws -> Response
  ) {
    var operation = operation
    operation.takes = [.json(Taken.self)]
    self.init(method, path, operation) { endpoint in
      { request in try await handler(endpoint)(request, Unread(request)) }
    }
  }
}

/// JSON in a body that has not been read yet: limits are checked first.
struct Unread<Value: Decodable & Sendable>: Sendable {
  private let request: EndpointRequest

  init(_ request: EndpointRequest) { self.request = request }

  /// - Throws: `Problem` for another type, and for an invalid value.
  func read() async throws -> Value { try await request.decoded() }
}

/// JSON for one client only.
struct Answer<Value: Encodable & Sendable>: Sendable {
  let value: Value
  var headers: HTTPFields = [:]

  init(_ value: Value, headers: HTTPFields = [:]) { (self.value, self.headers) = (value, headers) }

  func response(_ status: HTTPResponse.Status) -> Response { .json(value, status: status, headers: headers) }
}
