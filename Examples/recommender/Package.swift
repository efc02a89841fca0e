// swift-tools-version: 6.2
import PackageDescription

// From a release: .package(url: "https://…/marquee.git", from: "1.0.0", traits: []), and package: "marquee" below.
let package = Package(
  name: "recommender",
  platforms: [.macOS(.v15)],
  // Without the trait "Trees", XGBoost and LIBSVM are not needed.
  dependencies: [.package(name: "marquee", path: "../..", traits: [])],
  targets: [
    .executableTarget(
      name: "recommender",
      dependencies: [
        .product(name: "Ratings", package: "marquee"),
        .product(name: "Models", package: "marquee"),
        .product(name: "Evaluation", package: "marquee"),
      ])
  ]
)
