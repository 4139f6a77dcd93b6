/// Names a client for its whole connection and never again: the loop it lives on, its slot there, and the slot's
/// generation.
package struct ClientID: Hashable, Sendable, CustomStringConvertible {
    package let loop: Int
    package let slot: Int
    package let generation: UInt32

    package var description: String {
        "c\(loop)-\(slot)-\(generation)"
    }
}

extension ClientID {
    /// The client that `description` names so. The exact inverse: nothing else is taken, no sign, no leading zero, no
    /// space. Whether there is or ever was such a client is not asked here.
    package init?(parsing text: some StringProtocol) {
        guard text.utf8.first == UInt8(ascii: "c") else { return nil }
        let parts = text.utf8.dropFirst().split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 3, let loop: Int = Self.number(parts[0]), let slot: Int = Self.number(parts[1]),
            let generation: UInt32 = Self.number(parts[2])
        else { return nil }
        self.init(loop: loop, slot: slot, generation: generation)
    }

    /// Decimal digits as a number is written; nil also where it is too large.
    private static func number<Number: FixedWidthInteger>(_ digits: some Collection<UInt8>) -> Number? {
        guard let first = digits.first, first != UInt8(ascii: "0") || digits.count == 1 else { return nil }
        var number: Number = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            let (tens, isTooLarge) = number.multipliedReportingOverflow(by: 10)
            let (sum, isSumTooLarge) = tens.addingReportingOverflow(Number(truncatingIfNeeded: digit & 0x0f))
            guard !isTooLarge, !isSumTooLarge else { return nil }
            number = sum
        }
        return number
    }
}
