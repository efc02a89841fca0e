#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Natural logarithm.
func logarithm(_ x: Double) -> Double { log(x) }

/// Logarithm to base 2.
func binaryLogarithm(_ x: Double) -> Double { log2(x) }

/// e to the power of `x`.
func exponential(_ x: Double) -> Double { exp(x) }
