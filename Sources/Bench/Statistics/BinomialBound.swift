/// What a number of successes says about the probability of success, on one side: 300 trials without a failure leave a
/// failure rate of 1 % possible.
///
/// Exact: the bound holds at least as often as it says, for every true probability. Found by bisection. Cost: about a
/// hundred values of the incomplete beta function, a millisecond where there are a million trials.
///
/// Source: Clopper and Pearson, "The Use of Confidence or Fiducial Limits Illustrated in the Case of the Binomial",
/// Biometrika 26, 1934.
package enum BinomialBound {
    /// The largest probability with which so few successes are not too rare.
    ///
    /// - Parameters:
    ///   - successes: 0...`trials`.
    ///   - confidence: above 0 and below 1.
    /// - Returns: 1 without trials.
    package static func upper(successes: Int, trials: Int, confidence: Double = 0.95) -> Double {
        precondition((0...trials).contains(successes) && confidence > 0 && confidence < 1)
        guard successes < trials else { return 1 }
        return boundary { probability in
            let atMost = IncompleteBeta.regularized(
                1 - probability, complement: probability, first: Double(trials - successes),
                second: Double(successes + 1))
            return atMost > 1 - confidence
        }.above
    }

    /// The smallest probability with which so many successes are not too rare.
    ///
    /// - Parameters:
    ///   - successes: 0...`trials`.
    ///   - confidence: above 0 and below 1.
    /// - Returns: 0 without trials.
    package static func lower(successes: Int, trials: Int, confidence: Double = 0.95) -> Double {
        precondition((0...trials).contains(successes) && confidence > 0 && confidence < 1)
        guard successes > 0 else { return 0 }
        return boundary { probability in
            let atLeast = IncompleteBeta.regularized(
                probability, complement: 1 - probability, first: Double(successes),
                second: Double(trials - successes + 1))
            return atLeast < 1 - confidence
        }.below
    }

    /// Between which two neighbouring numbers something ceases to hold that holds for small probabilities.
    private static func boundary(where isBelow: (Double) -> Bool) -> (below: Double, above: Double) {
        var below = 0.0
        var above = 1.0
        while true {
            let middle = below + (above - below) / 2
            guard below < middle, middle < above else { return (below, above) }
            if isBelow(middle) { below = middle } else { above = middle }
        }
    }
}
