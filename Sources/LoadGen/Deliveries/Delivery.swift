/// A first copy of a message at one of the clients it was meant for.
///
/// Times are nanoseconds since the run's start.
package struct Delivery: Equatable, Sendable {
    /// The arrivals of a message that has reached every client expected at its publication.
    package struct Completion: Equatable, Sendable {
        package let firstArrivalNanoseconds: UInt64
        package let lastArrivalNanoseconds: UInt64

        package init(firstArrivalNanoseconds: UInt64, lastArrivalNanoseconds: UInt64) {
            self.firstArrivalNanoseconds = firstArrivalNanoseconds
            self.lastArrivalNanoseconds = lastArrivalNanoseconds
        }
    }

    package let intendedNanoseconds: UInt64
    package let sentNanoseconds: UInt64
    /// False for a message of the warm-up: it belongs in no count and no histogram.
    package let isCounted: Bool
    /// Whether this was the last delivery that the message had outstanding.
    package let isLast: Bool
    /// Set with the last delivery, unless a client left without having received the message: it then never
    /// completes.
    package let completion: Completion?

    package init(
        intendedNanoseconds: UInt64, sentNanoseconds: UInt64, isCounted: Bool, isLast: Bool,
        completion: Completion?
    ) {
        self.intendedNanoseconds = intendedNanoseconds
        self.sentNanoseconds = sentNanoseconds
        self.isCounted = isCounted
        self.isLast = isLast
        self.completion = completion
    }
}
