/// Student's t distribution: of a mean over its standard error, where that is estimated from the same normal values.
///
/// Tails are computed themselves and never as what is left of 1, so they have some twelve digits however small they
/// are.
///
/// Source: Press et al., "Numerical Recipes", third edition, section 6.14.3; DLMF 8.17.
package enum StudentT {
    /// The probability of a value of at most `t`.
    ///
    /// - Parameter degreesOfFreedom: at least one.
    package static func cumulative(_ t: Double, degreesOfFreedom: Int) -> Double {
        t < 0 ? upperTail(-t, degreesOfFreedom: degreesOfFreedom) : 1 - upperTail(t, degreesOfFreedom: degreesOfFreedom)
    }

    /// The probability of a value above `t`.
    ///
    /// - Parameter degreesOfFreedom: at least one.
    package static func upperTail(_ t: Double, degreesOfFreedom: Int) -> Double {
        precondition(degreesOfFreedom > 0)
        guard t >= 0 else { return 1 - upperTail(-t, degreesOfFreedom: degreesOfFreedom) }
        let freedom = Double(degreesOfFreedom)
        let bothTails = IncompleteBeta.regularized(
            1 / (1 + t * t / freedom), complement: 1 / (1 + freedom / (t * t)), first: freedom / 2, second: 0.5)
        return bothTails / 2
    }

    /// The value that is exceeded with a probability.
    ///
    /// Found by bisection. Cost: some sixty tails, 20 µs in all.
    ///
    /// - Parameters:
    ///   - probability: 0...0.5, and at least 1e-100 where it is not zero.
    ///   - degreesOfFreedom: at least one.
    /// - Returns: infinity for a probability of zero.
    package static func quantile(upperTail probability: Double, degreesOfFreedom: Int) -> Double {
        precondition((0...0.5).contains(probability))
        guard probability > 0 else { return .infinity }
        guard probability < 0.5 else { return 0 }
        var below = 0.0
        var above = 1.0
        while upperTail(above, degreesOfFreedom: degreesOfFreedom) > probability {
            below = above
            above *= 2
        }
        // Enough to come from 1 down to 1e-30, which no probability below one half asks for.
        for _ in 0..<100 {
            let middle = below + (above - below) / 2
            guard below < middle, middle < above else { break }
            let tail = upperTail(middle, degreesOfFreedom: degreesOfFreedom)
            if tail > probability { below = middle } else { above = middle }
        }
        return above
    }
}
