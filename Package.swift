// swift-tools-version: 6.2
// The house: one target per module, imports run one way (ARCHITECTURE.md draws it).
//
//   rating files ─▶ Ingest ─▶ Store ─▶ Models ─▶ Precompute ─▶ Site ─▶ Publishing ─▶ output/
//
// Leaves (Platform, Ratings, LinearAlgebra) import nothing of ours. Pipeline puts the stages of a build in a row, Members
// makes one member's pages, Workbench answers the command line; Endpoint and Commands are the two ways in. C libraries come
// from the system through the C… module maps, so nothing is vendored.

import PackageDescription

let settings: [SwiftSetting] = [
  // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
  .enableUpcomingFeature("ExistentialAny"),
  // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
  .enableUpcomingFeature("MemberImportVisibility"),
  // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A room of the house: a library target under `Sources/`.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// Gradient boosted trees, forests and support vector machines come from two C libraries that a build can do without:
/// `--disable-default-traits` leaves out those models.
let trees: TargetDependencyCondition? = .when(traits: ["Trees"])

/// The tests of a room, under `Tests/`.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies + ["TestSupport"], swiftSettings: settings)
}

/// An executable under `Sources/`.
func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies + ["CICUData"], swiftSettings: settings,
    linkerSettings: [.unsafeFlags(runtime, .when(platforms: [.linux]))])
}

/// The program carries Swift's libraries in itself: it starts in two thirds of the time, and runs where no Swift is
/// installed. Modules are compiled for the dynamic ones, so what Foundation is made of is named here. Toolchains without
/// static libraries: `MARQUEE_DYNAMIC=1`.
///
/// LLVM's linker is in every toolchain and takes a sixth of the time of GNU's.
let runtime =
  Context.environment["MARQUEE_DYNAMIC"] != nil
  ? []
  : ["-static-stdlib", "-use-ld=lld"]
    + [
      "Foundation", "CoreFoundation", "FoundationInternationalization", "FoundationEssentials", "_FoundationICU",
      "_FoundationCShims", "_FoundationCollections",
    ].map { "-l" + $0 }

let package = Package(
  name: "marquee",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "marquee", targets: ["marquee"]),
    // The same without its server, which is half of what there is to compile.
    .executable(name: "marquee-site", targets: ["marquee-site"]),
    // The recommenders, for other programs: Examples/recommender uses them.
    .library(name: "Ratings", targets: ["Ratings"]),
    .library(name: "Models", targets: ["Models"]),
    .library(name: "Evaluation", targets: ["Evaluation"]),
  ],
  traits: [
    .trait(name: "Trees", description: "xgboost, random-forest, decision-tree and svm, from XGBoost and LIBSVM."),
    .default(enabledTraits: ["Trees"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0", traits: []),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.14.0"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.34.1"),
    .package(url: "https://github.com/apple/swift-nio-http2.git", from: "1.45.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.0.0"),
    .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0", traits: []),
    .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.0"),
  ],
  targets: [
    // The system's C libraries.
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
    .systemLibrary(
      name: "CCMarkGFM", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"])]),
    .systemLibrary(name: "CLIBSVM", providers: [.apt(["libsvm-dev"]), .brew(["libsvm"])]),
    .systemLibrary(
      name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
    // libcurl and XGBoost, loaded when they are first needed.
    .target(name: "CCurl", dependencies: ["CPlatform"]),
    .target(name: "CXGBoost", dependencies: ["CPlatform"]),
    // What Swift does not see of the C library, and the loader of other libraries.
    .target(name: "CPlatform"),
    // What is known of people's files, compiled in.
    .target(name: "CFormats"),
    // The job for Apache Spark, compiled in.
    .target(name: "CSparkJob", exclude: ["spark"]),
    // Inner loops compiled for several vector units.
    .target(name: "CFloatKernels"),
    // Empty tables in the place of 34 MB of locales.
    .target(name: "CICUData"),

    // Leaves.
    room("Platform", ["CPlatform"]),
    room("Ratings"),
    room("LinearAlgebra", ["Platform", "CFloatKernels"]),
    room("BinaryFiles", ["Platform"]),
    room("Templates", ["Platform"]),
    room("Digests", ["COpenSSL"]),
    room("Credentials", ["Digests", "COpenSSL"]),
    room("YAML", [.product(name: "Yams", package: "Yams")]),
    room("Markdown", ["Templates", "YAML", "CCMarkGFM", .product(name: "Yams", package: "Yams")]),

    // Ratings in.
    room("Ingest", ["Ratings", "Platform", "CArchive", "CFormats"]),
    room("SQLitePages"),
    room(
      "Store",
      [
        "Ratings", "Platform", "SQLitePages", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    room("Synthesis", ["Ratings", "Platform"]),

    // Other machines.
    room("Web", ["Platform", "Digests", "CCurl"]),
    room("Fetching", ["Ratings", "Platform", "Web"]),
    room("FilmFacts", ["Ratings", "Platform", "Web"]),

    // Models and what is worked out from them.
    room(
      "Models",
      [
        "Ratings", "Platform", "LinearAlgebra", "BinaryFiles", .target(name: "CXGBoost", condition: trees),
        .target(name: "CLIBSVM", condition: trees),
      ]),
    room("Evaluation", ["Ratings", "LinearAlgebra", "Models"]),
    room("Precompute", ["Ratings", "LinearAlgebra", "BinaryFiles", "Models"]),

    // Pages out.
    room("Artwork", ["Ratings", "Platform"]),
    room("Search", ["Ratings", "Platform"]),
    room(
      "Site",
      [
        "Ratings", "Platform", "LinearAlgebra", "Digests", "YAML", "Templates", "Markdown", "Models", "Precompute",
        "Artwork",
        "Search",
        .product(name: "Yams", package: "Yams"),
      ]),
    room("Publishing", ["Platform", "LinearAlgebra", "BinaryFiles"]),
    room("SiteCheck", ["Platform", "Publishing"]),
    room("Deployment", ["Platform", "Digests", "Site", "Publishing", "Web"]),
    room(
      "Settings",
      [
        "Ratings", "Platform", "YAML", "Models", "Markdown", "Site", "Deployment", "Publishing",
        .product(name: "Yams", package: "Yams"),
      ]),
    room(
      "Content",
      [
        "Ratings", "Platform", "LinearAlgebra", "YAML", "Templates", "Markdown", "Store", "Precompute", "Artwork",
        "Site",
        "Web", "Settings",
      ]),

    // What is done with all of it: builds, one member's lists, answers for the command line, the server.
    room(
      "Pipeline",
      [
        "Ratings", "Platform", "LinearAlgebra", "BinaryFiles", "Ingest", "Store", "Models", "Evaluation", "Precompute",
        "Site", "SiteCheck", "Deployment", "Settings", "Publishing", "Content", "CSparkJob",
      ]),
    room(
      "Members",
      [
        "Ratings", "Platform", "LinearAlgebra", "BinaryFiles", "Ingest", "Store", "Models", "Precompute", "Site",
        "Settings", "Publishing", "Content",
      ]),
    room(
      "Workbench",
      [
        "Ratings", "Platform", "LinearAlgebra", "Ingest", "Store", "Models", "Evaluation", "Precompute", "Templates",
        "Markdown", "Site", "SiteCheck", "Web", "FilmFacts", "Deployment", "Settings", "Publishing", "Content",
        "Members",
        "Pipeline",
      ]),
    room(
      "Endpoint",
      [
        "Ratings", "Platform", "Digests", "Ingest", "Credentials", "Store", "Templates", "Site", "Settings",
        "Publishing", "Content", "Members",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTP2", package: "swift-nio-http2"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOTLS", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
        .product(name: "NIOHTTPTypesHTTP2", package: "swift-nio-extras"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    // The two programs.
    room(
      "Commands",
      [
        "Ratings", "Platform", "LinearAlgebra", "BinaryFiles", "Ingest", "Markdown", "Templates", "Models",
        "Evaluation",
        "Precompute", "Synthesis", "Settings", "Publishing", "Members", "Pipeline", "Workbench", "Site",
        "SiteCheck", "Store", "Credentials", "Web", "Fetching", "FilmFacts", "Deployment",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    program("marquee", ["Commands", "Endpoint", "Settings", "Pipeline", "Workbench", "Site"]),
    program("marquee-site", ["Commands"]),

    // Tests. They see `package` members, so they run against the release build without `@testable`.
    .target(name: "TestSupport", dependencies: ["Ratings"], path: "Tests/TestSupport", swiftSettings: settings),
    tests("DigestsTests", ["Digests"]),
    tests("YAMLTests", ["YAML", .product(name: "Yams", package: "Yams")]),
    tests("PlatformTests", ["Platform", "Ratings"]),
    tests("RatingsTests", ["Ratings"]),
    tests("LinearAlgebraTests", ["LinearAlgebra", "Ratings"]),
    tests("BinaryFilesTests", ["BinaryFiles"]),
    tests("TemplatesTests", ["Templates"]),
    tests("MarkdownTests", ["Markdown", "Templates", "YAML"]),
    tests("IngestTests", ["Ingest", "Ratings"]),
    tests("StoreTests", ["Store", "Ratings", .product(name: "GRDB", package: "GRDB.swift")]),
    tests("SQLitePagesTests", ["SQLitePages", .product(name: "GRDB", package: "GRDB.swift")]),
    tests("SynthesisTests", ["Synthesis", "Ratings", "Platform"]),
    tests("ModelsTests", ["Models", "Ratings", "LinearAlgebra", "BinaryFiles", "Platform"]),
    tests("EvaluationTests", ["Evaluation", "Models", "Ratings", "LinearAlgebra", "BinaryFiles"]),
    tests("PrecomputeTests", ["Precompute", "Models", "Ratings", "LinearAlgebra", "BinaryFiles"]),
    .testTarget(
      name: "SiteTests",
      dependencies: [
        "Site", "Artwork", "Models", "Precompute", "Platform", "Ratings", "Templates", "Markdown",
        "TestSupport",
      ],
      exclude: ["Golden"], swiftSettings: settings),
    tests("ArtworkTests", ["Artwork", "Platform", "Ratings"]),
    tests("SearchTests", ["Search", "Ratings"]),
    tests("SiteCheckTests", ["SiteCheck"]),
    tests("WebTests", ["Web", "Fetching", "FilmFacts", "Deployment", "Publishing", "Platform", "Ingest", "Ratings"]),
    tests("PublishingTests", ["Publishing"]),
    tests("SettingsTests", ["Settings", "Platform", "Ratings", "Models"]),
    tests("WorkbenchTests", ["Workbench", "Settings"]),
    // What a small site is built for: the pipeline, and the members, texts and checks of built sites.
    tests(
      "PipelineTests",
      [
        "Pipeline", "Members", "Workbench", "Content", "Settings", "Platform", "Ratings", "Models", "Precompute",
        "BinaryFiles", "LinearAlgebra", "Deployment", "Publishing", "Site", "SiteCheck", "Store",
      ]),
    tests("CredentialsTests", ["Credentials", "Digests"]),
    tests(
      "EndpointTests",
      [
        "Endpoint", "Store", "Credentials", "Ratings", "Settings", "Members", "Pipeline",
        "Site",
      ]),
    tests("CommandTests", ["Ratings"]),
    tests("BrowserTests", ["Site", "Search", "Precompute", "Ratings", "Ingest", "Store"]),
  ],
  swiftLanguageModes: [.v6]
)
