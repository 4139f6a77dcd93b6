/// How the frames of a stream carry their messages: as they are, or compressed with a window of one size.
///
/// One byte; as a number 0 is plain, and 1 to 7 are the windows of 9 to 15 bits.
package struct FrameCoding: Hashable, Sendable {
    package static let plain = FrameCoding(index: 0)
    /// All of them.
    static let count = 8
    private static let smallestWindowBits = 9

    private let number: UInt8

    init(index: Int) { number = UInt8(index) }

    /// Compressed for clients that inflate with a window of so many bits: 9 to 15 (RFC 7692 §7.1.2.1).
    package init(windowBits: Int) {
        precondition((9...15).contains(windowBits), "a window has 9 to 15 bits")
        self.init(index: windowBits - Self.smallestWindowBits + 1)
    }

    var index: Int { Int(number) }

    /// Nil where nothing is compressed.
    var windowBits: Int? { number == 0 ? nil : index - 1 + Self.smallestWindowBits }
}
