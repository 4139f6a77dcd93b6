/// How many messages a schedule has up to any time: the integral of a rate that is made of straight pieces, and its
/// inverse, both in closed form.
///
/// A whole number of messages that falls on a piece's end belongs to the next piece that has any: what would be sent at
/// the beginning of a pause is sent at its end.
///
/// Bounds: times are exact to the nanosecond for runs of a day (`Double` then resolves 1/60 ns). Cost: a look at each
/// piece before the one in question, a division and a square root; no state.
package struct RateProfile: Sendable {
    private struct Piece: Sendable {
        let beginNanoseconds: UInt64
        let durationNanoseconds: UInt64
        let startPerSecond: Double
        /// The rate's change in a second.
        let slope: Double
        let messagesBefore: Double
        let messagesAfter: Double

        /// How long after the piece's begin it has had so many messages: t in start * t + slope * t^2 / 2.
        ///
        /// Of the two ways to write the root the one that takes no difference of nearly equal numbers, whether the
        /// rate rises or falls.
        func offsetNanoseconds(ofMessages messages: Double) -> UInt64 {
            guard messages > 0 else { return 0 }
            let rate = max(0, startPerSecond * startPerSecond + 2 * slope * messages).squareRoot()
            let nanoseconds = (2 * messages / (startPerSecond + rate) * 1e9).rounded()
            return nanoseconds < Double(durationNanoseconds) ? UInt64(nanoseconds) : durationNanoseconds
        }

        func messages(atOffsetNanoseconds offset: UInt64) -> Double {
            let seconds = Double(min(offset, durationNanoseconds)) / 1e9
            return (startPerSecond + slope * seconds / 2) * seconds
        }
    }

    private let pieces: [Piece]

    /// One same rate without an end.
    ///
    /// - Parameter ratePerSecond: within `ConstantPacer.allowedRatesPerSecond`.
    package init(ratePerSecond: Double) {
        precondition(ConstantPacer.allowedRatesPerSecond.contains(ratePerSecond), "rate out of range")
        pieces = [
            Piece(
                beginNanoseconds: 0, durationNanoseconds: .max, startPerSecond: ratePerSecond, slope: 0,
                messagesBefore: 0, messagesAfter: .infinity)
        ]
    }

    /// The stages one after the other, and before them a warm-up at the rate with which the first begins.
    package init(warmupNanoseconds: UInt64, stages: [RateStage]) {
        var pieces: [Piece] = []
        var beginNanoseconds: UInt64 = 0
        var messages = 0.0
        func append(_ durationNanoseconds: UInt64, from startPerSecond: Double, to endPerSecond: Double) {
            guard durationNanoseconds > 0 else { return }
            let seconds = Double(durationNanoseconds) / 1e9
            let after = Self.onWholeNumber(messages + (startPerSecond + endPerSecond) / 2 * seconds)
            pieces.append(
                Piece(
                    beginNanoseconds: beginNanoseconds, durationNanoseconds: durationNanoseconds,
                    startPerSecond: startPerSecond, slope: (endPerSecond - startPerSecond) / seconds,
                    messagesBefore: messages, messagesAfter: after))
            beginNanoseconds += durationNanoseconds
            messages = after
        }
        let warmupPerSecond = stages.first?.startPerSecond ?? 0
        append(warmupNanoseconds, from: warmupPerSecond, to: warmupPerSecond)
        for stage in stages {
            append(stage.durationNanoseconds, from: stage.startPerSecond, to: stage.endPerSecond)
        }
        self.pieces = pieces
    }

    /// When the integral passes a number of messages, in nanoseconds since the begin; `UInt64.max` for never.
    package func nanoseconds(ofMessages messages: Double) -> UInt64 {
        guard let piece = pieces.first(where: { messages < $0.messagesAfter }) else { return .max }
        return piece.beginNanoseconds + piece.offsetNanoseconds(ofMessages: messages - piece.messagesBefore)
    }

    /// The integral of the rate from the begin on.
    package func messages(atNanoseconds nanoseconds: UInt64) -> Double {
        guard let piece = pieces.last(where: { $0.beginNanoseconds <= nanoseconds }) else { return 0 }
        let within = piece.messages(atOffsetNanoseconds: nanoseconds - piece.beginNanoseconds)
        return min(piece.messagesBefore + within, piece.messagesAfter)
    }

    /// Three tenths and seven tenths are to make one message, and not a little more or less: which piece a message is
    /// of depends on it.
    private static func onWholeNumber(_ messages: Double) -> Double {
        let whole = messages.rounded()
        return abs(messages - whole) <= max(1e-9, messages * 1e-14) ? whole : messages
    }
}
