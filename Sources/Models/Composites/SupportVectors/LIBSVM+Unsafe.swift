#if Trees
  // Unsafe: builds the C structures of LIBSVM and copies its model out of them.

  import CLIBSVM

  /// Epsilon support vector regression with the radial kernel, by LIBSVM.
  enum LIBSVM {
    /// LIBSVM's error message.
    struct Failure: Error, CustomStringConvertible {
      let message: String
      var description: String { "libsvm: \(message)" }
    }

    /// Coefficients of the rows that are support vectors, and the constant.
    struct Solution {
      var coefficients: [(row: Int, value: Float)] = []
      var bias: Float = 0
    }

    /// - Parameter rows: `targets.count` x `width`.
    static func regression(
      rows: [Float], targets: [Float], width: Int, cost: Double, tube: Double, gamma: Double
    ) throws(Failure) -> Solution {
      svm_set_print_string_function { _ in }
      var parameters = svm_parameter()
      parameters.svm_type = Int32(EPSILON_SVR)
      parameters.kernel_type = Int32(RBF)
      parameters.gamma = gamma
      parameters.C = cost
      parameters.p = tube
      parameters.eps = 0.01
      parameters.cache_size = 200
      parameters.shrinking = 1

      let count = targets.count
      // Every row ends with the index -1.
      let nodes = UnsafeMutablePointer<svm_node>.allocate(capacity: count * (width + 1))
      let starts = UnsafeMutablePointer<UnsafeMutablePointer<svm_node>?>.allocate(capacity: count)
      let labels = UnsafeMutablePointer<Double>.allocate(capacity: count)
      defer {
        nodes.deallocate()
        starts.deallocate()
        labels.deallocate()
      }
      for row in 0..<count {
        let start = nodes + row * (width + 1)
        for column in 0..<width {
          (start + column).initialize(
            to: svm_node(index: Int32(column + 1), value: Double(rows[row * width + column])))
        }
        (start + width).initialize(to: svm_node(index: -1, value: 0))
        (starts + row).initialize(to: start)
        (labels + row).initialize(to: Double(targets[row]))
      }
      var problem = svm_problem(l: Int32(count), y: labels, x: starts)
      if let refusal = svm_check_parameter(&problem, &parameters) { throw Failure(message: String(cString: refusal)) }
      guard var model: UnsafeMutablePointer<svm_model> = svm_train(&problem, &parameters) else {
        throw Failure(message: "no model")
      }
      var solution = Solution()
      let trained = model.pointee
      if let values = trained.sv_coef?[0], let indices = trained.sv_indices, let rho = trained.rho {
        for place in 0..<Int(trained.l) {
          solution.coefficients.append((row: Int(indices[place]) - 1, value: Float(values[place])))
        }
        solution.bias = Float(-rho[0])
      }
      withUnsafeMutablePointer(to: &model) { pointer in
        pointer.withMemoryRebound(to: UnsafeMutablePointer<svm_model>?.self, capacity: 1) {
          svm_free_and_destroy_model($0)
        }
      }
      return solution
    }
  }
#endif
