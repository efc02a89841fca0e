// Unsafe: activations of a batch live in scratch memory for BLAS.

import LinearAlgebra

/// The activations of up to `capacity` pairs of taste and movie, and the way forward and back through the layers.
struct Batch: ~Copyable {
  let shape: NetworkShape
  let capacity: Int
  private let memory: UnsafeMutablePointer<Float>
  /// capacity x inputs: tastes, movies, products; `fillProducts` makes the last from the others.
  let inputs: UnsafeMutablePointer<Float>
  private let hidden1: UnsafeMutablePointer<Float>
  private let hidden2: UnsafeMutablePointer<Float>
  let outputs: UnsafeMutablePointer<Float>
  private let delta1: UnsafeMutablePointer<Float>
  private let delta2: UnsafeMutablePointer<Float>
  /// capacity x inputs, after `backward`: the derivative by tastes and movies.
  let inputDeltas: UnsafeMutablePointer<Float>

  init(_ shape: NetworkShape, capacity: Int) {
    self.shape = shape
    self.capacity = capacity
    let count = capacity * (2 * shape.inputs + 2 * shape.hidden1 + 2 * shape.hidden2 + 1)
    memory = .allocate(capacity: max(1, count))
    memory.initialize(repeating: 0, count: max(1, count))
    inputs = memory
    inputDeltas = inputs + capacity * shape.inputs
    hidden1 = inputDeltas + capacity * shape.inputs
    delta1 = hidden1 + capacity * shape.hidden1
    hidden2 = delta1 + capacity * shape.hidden1
    delta2 = hidden2 + capacity * shape.hidden2
    outputs = delta2 + capacity * shape.hidden2
  }

  deinit { memory.deallocate() }

  /// From tastes and movies of the first `count` rows to `outputs`, without the movies' biases.
  func forward(_ weights: UnsafePointer<Float>, count: Int) {
    let width = shape.width
    for row in 0..<count {
      let base = inputs + row * shape.inputs
      for place in 0..<width { base[2 * width + place] = base[place] * base[width + place] }
    }
    layer(inputs, shape.inputs, weights + shape.weights1, weights + shape.bias1, into: hidden1, shape.hidden1, count)
    layer(hidden1, shape.hidden1, weights + shape.weights2, weights + shape.bias2, into: hidden2, shape.hidden2, count)
    for row in 0..<count {
      outputs[row] =
        FloatKernels.dot(hidden2 + row * shape.hidden2, weights + shape.weights3, count: shape.hidden2)
        + FloatKernels.dot(inputs + row * shape.inputs + 2 * width, weights + shape.products, count: width)
    }
  }

  /// max(0, A W + b), row by row.
  private func layer(
    _ from: UnsafePointer<Float>, _ fromWidth: Int, _ weights: UnsafePointer<Float>, _ bias: UnsafePointer<Float>,
    into target: UnsafeMutablePointer<Float>, _ width: Int, _ count: Int
  ) {
    for row in 0..<count { (target + row * width).update(from: bias, count: width) }
    BLAS.multiply(
      BLAS.Operand(from, stride: fromWidth), by: BLAS.Operand(weights, stride: width), into: target, stride: width,
      rows: count, columns: width, depth: fromWidth, beta: 1)
    for place in 0..<count * width { target[place] = max(0, target[place]) }
  }

  /// From the errors in `outputs` (half the derivative of the squared error) to the gradient of the weights, which is
  /// overwritten, and to `inputDeltas`.
  func backward(_ weights: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>, count: Int) {
    let width = shape.width
    gradient.update(repeating: 0, count: shape.count)
    for row in 0..<count {
      let error = outputs[row]
      let hidden = hidden2 + row * shape.hidden2
      let delta = delta2 + row * shape.hidden2
      FloatKernels.add(error, times: hidden, to: gradient + shape.weights3, count: shape.hidden2)
      FloatKernels.add(
        error, times: inputs + row * shape.inputs + 2 * width, to: gradient + shape.products, count: width)
      for place in 0..<shape.hidden2 { delta[place] = hidden[place] > 0 ? error * weights[shape.weights3 + place] : 0 }
      FloatKernels.add(delta, to: gradient + shape.bias2, count: shape.hidden2)
    }
    BLAS.multiply(
      BLAS.Operand(hidden1, stride: shape.hidden1, transposed: true), by: BLAS.Operand(delta2, stride: shape.hidden2),
      into: gradient + shape.weights2, stride: shape.hidden2, rows: shape.hidden1, columns: shape.hidden2, depth: count)
    BLAS.multiply(
      BLAS.Operand(delta2, stride: shape.hidden2),
      by: BLAS.Operand(weights + shape.weights2, stride: shape.hidden2, transposed: true), into: delta1,
      stride: shape.hidden1, rows: count, columns: shape.hidden1, depth: shape.hidden2)
    for row in 0..<count {
      let delta = delta1 + row * shape.hidden1
      let hidden = hidden1 + row * shape.hidden1
      for place in 0..<shape.hidden1 where !(hidden[place] > 0) { delta[place] = 0 }
      FloatKernels.add(delta, to: gradient + shape.bias1, count: shape.hidden1)
    }
    BLAS.multiply(
      BLAS.Operand(inputs, stride: shape.inputs, transposed: true), by: BLAS.Operand(delta1, stride: shape.hidden1),
      into: gradient + shape.weights1, stride: shape.hidden1, rows: shape.inputs, columns: shape.hidden1, depth: count)
    BLAS.multiply(
      BLAS.Operand(delta1, stride: shape.hidden1),
      by: BLAS.Operand(weights + shape.weights1, stride: shape.hidden1, transposed: true), into: inputDeltas,
      stride: shape.inputs, rows: count, columns: shape.inputs, depth: shape.hidden1)
    for row in 0..<count {
      let input = inputs + row * shape.inputs
      let delta = inputDeltas + row * shape.inputs
      let error = outputs[row]
      for place in 0..<width {
        let product = delta[2 * width + place] + error * weights[shape.products + place]
        delta[place] += product * input[width + place]
        delta[width + place] += product * input[place]
      }
    }
  }
}
