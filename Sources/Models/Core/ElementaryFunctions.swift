import Ratings

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// x to the power of `exponent`; 0 for x = 0, whatever the exponent.
package func power(_ x: Double, _ exponent: Double) -> Double { x > 0 ? pow(x, exponent) : 0 }

/// The natural logarithm of a positive number.
func logarithm(_ x: Double) -> Double { log(x) }

/// e to the power of `x`.
func exponential(_ x: Double) -> Double { exp(x) }

/// log(1 + x) for a count or a time x ≥ 0.
func logarithm(ofOnePlus x: Float) -> Float { Float(PlainMath.logarithm(1 + Double(max(0, x)))) }
