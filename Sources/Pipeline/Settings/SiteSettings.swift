public import Site

/// What `content/site.yaml` says.
public struct SiteSettings: Sendable {
  /// The part that pages show.
  public var site: SiteConfiguration
  /// Files and folders with ratings, as absolute paths.
  public var data: [String] = []
  public var quality: Quality = .best
  /// Names of the models to train; empty for those of the quality.
  public var models: [String] = []
  /// Seed of everything random.
  public var seed: UInt64 = 1
  /// Settings of models that are not the defaults: those of `content/models.yaml`.
  public var tuned = TunedSettings()
  /// Whether movies that a user rated may be on the user's lists.
  public var includesSeen = false
  /// How `marquee serve` works.
  public var serve = ServeSettings()

  public init(site: SiteConfiguration = SiteConfiguration()) { self.site = site }
}
