// Unsafe: writes inputs into batches and reads gradients out of them.

import LinearAlgebra
import Ratings

extension Network {
  /// Outputs for one taste and many movies, their biases included.
  func outputs(taste: [Float], movies chosen: [Int32]) -> [Float] {
    let batch = Batch(shape, capacity: min(512, chosen.count))
    var results: [Float] = []
    results.reserveCapacity(chosen.count)
    weights.withUnsafeBufferPointer { weights in
      movies.values.withUnsafeBufferPointer { rows in
        taste.withUnsafeBufferPointer { taste in
          for start in stride(from: 0, to: chosen.count, by: 512) {
            let part = chosen[start..<min(chosen.count, start + 512)]
            for (row, movie) in part.enumerated() {
              let input = batch.inputs + row * shape.inputs
              input.update(from: taste.baseAddress.unsafelyUnwrapped, count: shape.width)
              (input + shape.width).update(
                from: rows.baseAddress.unsafelyUnwrapped + Int(movie) * shape.width, count: shape.width)
            }
            batch.forward(weights.baseAddress.unsafelyUnwrapped, count: part.count)
            for (row, movie) in part.enumerated() { results.append(batch.outputs[row] + biases[Int(movie)]) }
          }
        }
      }
    }
    return results
  }

  /// Puts the users' ratings into the batch: for each the taste as it would be without it, and the movie.
  ///
  /// The user's bias b_u is a part of all residuals ε, and the rating a part of b_u: without it the others' residuals were
  /// higher by `LeaveOneOutBias.shift`. Otherwise the others' sum would leak the rating.
  func fill(_ batch: borrowing Batch, users: [Int], byUser: SparseRows, userDamping: Float) {
    let width = shape.width
    bag.explicit.values.withUnsafeBufferPointer { x in
      bag.implicit.values.withUnsafeBufferPointer { y in
        movies.values.withUnsafeBufferPointer { q in
          guard let x = x.baseAddress, let y = y.baseAddress, let q = q.baseAddress else { return }
          var row = 0
          for user in users {
            let range = byUser.range(ofRow: user)
            let scale = 1 / Float(range.count).squareRoot()
            let taste = bag.taste(movies: byUser.columns[range], residuals: byUser.values[range])
            let sum = bag.sum(movies: byUser.columns[range])
            let leftOut = LeaveOneOutBias(count: range.count, userDamping: userDamping)
            for position in range {
              let place = Int(byUser.columns[position]) * width
              let input = batch.inputs + row * shape.inputs
              taste.withUnsafeBufferPointer {
                input.update(from: $0.baseAddress.unsafelyUnwrapped, count: width)
              }
              let shift = leftOut.shift(byUser.values[position])
              sum.withUnsafeBufferPointer {
                FloatKernels.add(scale * shift, times: $0.baseAddress.unsafelyUnwrapped, to: input, count: width)
              }
              FloatKernels.add(-scale * (byUser.values[position] + shift), times: x + place, to: input, count: width)
              FloatKernels.add(-scale, times: y + place, to: input, count: width)
              (input + width).update(from: q + place, count: width)
              row += 1
            }
          }
        }
      }
    }
  }

  /// Forward and back through a filled batch; the sum of squared errors.
  func differentiate(
    _ batch: borrowing Batch, users: [Int], byUser: SparseRows, userDamping: Float, count: Int,
    gradients: inout NeuralGradients
  ) -> Double {
    let width = shape.width
    return weights.withUnsafeBufferPointer { weights in
      let weights = weights.baseAddress.unsafelyUnwrapped
      batch.forward(weights, count: count)
      var sum = 0.0
      var row = 0
      let share = 1 / Float(count)
      for user in users {
        let leftOut = LeaveOneOutBias(count: byUser.count(ofRow: user), userDamping: userDamping)
        for position in byUser.range(ofRow: user) {
          let movie = Int(byUser.columns[position])
          let value = byUser.values[position]
          let error = batch.outputs[row] + biases[movie] - value - leftOut.shift(value)
          sum += Double(error * error)
          batch.outputs[row] = error * share
          gradients.touch(movie)
          gradients.biases[movie] += error * share
          row += 1
        }
      }
      batch.backward(weights, gradient: gradients.dense, count: count)
      row = 0
      withUnsafeTemporaryAllocation(of: Float.self, capacity: 3 * width) { scratch in
        let whole = scratch.baseAddress.unsafelyUnwrapped
        // Σ shift · derivative.
        let shifted = whole + width
        let others = shifted + width
        for user in users {
          let range = byUser.range(ofRow: user)
          let scale = 1 / Float(range.count).squareRoot()
          let leftOut = LeaveOneOutBias(count: range.count, userDamping: userDamping)
          scratch.initialize(repeating: 0)
          for (index, position) in range.enumerated() {
            let delta = batch.inputDeltas + (row + index) * shape.inputs
            FloatKernels.add(delta, to: whole, count: width)
            FloatKernels.add(leftOut.shift(byUser.values[position]), times: delta, to: shifted, count: width)
          }
          for position in range {
            let place = Int(byUser.columns[position]) * width
            let delta = batch.inputDeltas + row * shape.inputs
            FloatKernels.add(delta + width, to: gradients.movies + place, count: width)
            others.update(from: whole, count: width)
            FloatKernels.add(-1, times: delta, to: others, count: width)
            FloatKernels.add(
              scale * byUser.values[position], times: others, to: gradients.explicit + place, count: width)
            FloatKernels.add(scale, times: shifted, to: gradients.explicit + place, count: width)
            FloatKernels.add(
              -scale * leftOut.shift(byUser.values[position]), times: delta, to: gradients.explicit + place,
              count: width)
            FloatKernels.add(scale, times: others, to: gradients.implicit + place, count: width)
            row += 1
          }
        }
      }
      return sum
    }
  }
}
