// Unsafe: runs over rows and ratings behind pointers.

import LinearAlgebra
import Ratings

extension GibbsSampler {
  /// Ratings or rows that one thread takes at once.
  private static var blockSize: Int { 32 }

  /// p · q + a + b and the effect of the date, for every rating.
  func predict() {
    let factorCount = users.factorCount
    let stride = users.stride
    let bias = users.biasPlace
    threads.forEachBlock(of: users.rowCount, blockSize: Self.blockSize) { [users, movies, predictions, offsets] block in
      users.others.withUnsafeBufferPointer { others in
        for user in block {
          let own = users.rows.base + user * stride
          for position in users.offsets[user]..<users.offsets[user + 1] {
            let other = movies.rows.base + Int(others[position]) * stride
            predictions.base[position] =
              FloatKernels.dot(own, other, count: factorCount) + own[bias] + other[bias]
              + offsets.base[position]
          }
        }
      }
    }
  }

  /// Σ (latent − prediction)².
  func squaredErrors() -> Double {
    let blocks = threads.map((ratingCount + 8191) / 8192) { [ratingCount, latents, predictions] block in
      var sum = 0.0
      for position in block * 8192..<min(ratingCount, (block + 1) * 8192) {
        let error = Double(latents.base[position] - predictions.base[position])
        sum += error * error
      }
      return sum
    }
    return blocks.reduce(0, +)
  }
}
