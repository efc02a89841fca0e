import HTTPTypes

extension Endpoint {
  /// The pages of members, as forms that work without scripts.
  static let pageRoutes = [
    Route(page: "/account") { $0.page($0.showAccount) },
    Route(page: "/account/login") { $0.page($0.showLogin) },
    Route(page: "/account/login", method: .post) { endpoint in
      endpoint.form(endpoint.logIn, admitting: { try endpoint.accounts.admitLogin(from: $0.asker) })
    },
    Route(page: "/account/register") { $0.page($0.showRegister) },
    Route(page: "/account/register", method: .post) { $0.form($0.register) },
    Route(page: "/account/logout", method: .post) { $0.form($0.logOut) },
    Route(page: "/account/password", method: .post) { $0.form($0.changePassword) },
    Route(page: "/account/visibility", method: .post) { $0.form($0.changeVisibility) },
    Route(page: "/account/delete", method: .post) { $0.form($0.delete) },
    Route(page: "/account/export") { $0.page($0.export) },
    Route(page: "/account/rate") { $0.page($0.showRate) },
    Route(page: "/account/rate", method: .post) { $0.form($0.rate) },
    Route(page: "/account/refresh", method: .post) { $0.form($0.refresh) },
  ]
}
