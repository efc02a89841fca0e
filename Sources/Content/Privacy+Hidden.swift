package import Ratings
package import Site
package import Store

extension Privacy {
  /// Who is left out of everything that a build makes.
  ///
  /// Where members have addresses that nobody can guess, those who may not be seen by others have one, too.
  package func hidden(_ visibility: SiteConfiguration.Members) -> Set<SourceID> {
    switch visibility {
    case .shown, .packed: unlisted.union(removed)
    case .unlisted, .absent: removed
    }
  }
}
