#if Trees
  import CXGBoost
#endif

/// The library that grows trees. It is loaded when the first tree is grown, and a machine may lack it.
public enum TreeLibrary {
  /// Whether trees can be grown here; false as well in a program without the package trait `Trees`.
  public static var isInstalled: Bool {
    #if Trees
      marquee_xgboost_is_there() != 0
    #else
      false
    #endif
  }
}
