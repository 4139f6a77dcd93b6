import Glibc

/// The regularized incomplete beta function: the probability that a beta variable is at most `argument`. The tails of
/// Student's t and of the binomial distribution are values of it.
///
/// Its relative error is some 1e-13 for shapes of hundreds and 1e-9 for a million, in the far tail too: nothing small
/// is computed as a difference of large numbers. Cost: a few tens of terms, and for large shapes some multiple of the
/// square root of the larger.
///
/// Source: Press et al., "Numerical Recipes", third edition, section 6.4: the continued fraction of DLMF 8.17.22 by the
/// method of Lentz.
enum IncompleteBeta {
    /// - Parameters:
    ///   - argument: 0...1.
    ///   - complement: one minus the argument, which the caller may know to more digits than the difference has.
    ///   - first: the shape that belongs to the argument, above 0.
    ///   - second: the shape that belongs to the complement, above 0.
    static func regularized(_ argument: Double, complement: Double, first: Double, second: Double) -> Double {
        precondition(first > 0 && second > 0)
        guard argument > 0 else { return 0 }
        guard complement > 0 else { return 1 }
        // The fraction converges quickly below the mean; beyond it the mirror image does.
        guard argument < (first + 1) / (first + second + 2) else {
            return 1 - lowerPart(complement, complement: argument, first: second, second: first)
        }
        return lowerPart(argument, complement: complement, first: first, second: second)
    }

    private static func lowerPart(_ argument: Double, complement: Double, first: Double, second: Double) -> Double {
        let logFactor =
            first * logarithm(argument, complement: complement) + second * logarithm(complement, complement: argument)
            - (logGamma(first) + logGamma(second) - logGamma(first + second))
        return exp(logFactor) / first * continuedFraction(argument, first: first, second: second)
    }

    /// Of a number near 1 the complement has more digits to say.
    private static func logarithm(_ value: Double, complement: Double) -> Double {
        value > 0.5 ? log1p(-complement) : log(value)
    }

    private static func logGamma(_ value: Double) -> Double {
        // `lgamma` would write the sign to a global variable.
        var sign: Int32 = 0
        return lgamma_r(value, &sign)
    }

    private static func continuedFraction(_ argument: Double, first: Double, second: Double) -> Double {
        var numerator = 1.0
        var denominator = 1 / awayFromZero(1 - (first + second) * argument / (first + 1))
        var fraction = denominator
        // Many times what it takes.
        let limit = 1_000 + Int(20 * max(first, second).squareRoot())
        for index in 1...limit {
            let term = Double(index)
            let place = first + 2 * term
            let even = term * (second - term) * argument / ((place - 1) * place)
            denominator = 1 / awayFromZero(1 + even * denominator)
            numerator = awayFromZero(1 + even / numerator)
            fraction *= denominator * numerator
            let odd = -(first + term) * (first + second + term) * argument / (place * (place + 1))
            denominator = 1 / awayFromZero(1 + odd * denominator)
            numerator = awayFromZero(1 + odd / numerator)
            let change = denominator * numerator
            fraction *= change
            if abs(change - 1) <= .ulpOfOne { break }
        }
        return fraction
    }

    private static func awayFromZero(_ value: Double) -> Double {
        abs(value) < 1e-300 ? 1e-300 : value
    }
}
