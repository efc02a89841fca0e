// Unsafe: hands out the tables as pointers for the kernels.

extension StepRates {
  struct Pointers {
    let user: UnsafePointer<Float>
    let userPull: UnsafePointer<Float>
    let movie: UnsafePointer<Float>
    let moviePull: UnsafePointer<Float>
  }

  func withPointers<Result>(_ body: (Pointers) -> Result) -> Result {
    user.withUnsafeBufferPointer { user in
      userPull.withUnsafeBufferPointer { userPull in
        movie.withUnsafeBufferPointer { movie in
          moviePull.withUnsafeBufferPointer { moviePull in
            body(
              Pointers(
                user: user.baseAddress.unsafelyUnwrapped, userPull: userPull.baseAddress.unsafelyUnwrapped,
                movie: movie.baseAddress.unsafelyUnwrapped, moviePull: moviePull.baseAddress.unsafelyUnwrapped))
          }
        }
      }
    }
  }
}
