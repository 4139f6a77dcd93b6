/// How much a slow reader may read now: bytes that come at a steady rate and are spent by reading.
///
/// A read may bring more than is there, since its size is the kernel's choice; the debt is then waited off, so that the
/// average is right. Pure; time is an argument. Bounds: what is not used is kept for a tenth of a second.
struct ReadAllowance {
    private static let keptSeconds = 0.1

    private let bytesPerSecond: Double
    private var bytes = 0.0
    private var refilledAtNanoseconds: UInt64

    /// - Parameter bytesPerSecond: at least 1.
    init(bytesPerSecond: Int, atNanoseconds now: UInt64) {
        self.bytesPerSecond = Double(bytesPerSecond)
        refilledAtNanoseconds = now
    }

    var mayRead: Bool { bytes >= 1 }

    /// - Parameter now: not before the last call's.
    mutating func refill(atNanoseconds now: UInt64) {
        let seconds = Double(now - min(now, refilledAtNanoseconds)) / 1e9
        refilledAtNanoseconds = now
        bytes = min(bytes + seconds * bytesPerSecond, max(1, bytesPerSecond * Self.keptSeconds))
    }

    mutating func spend(_ count: Int) { bytes -= Double(count) }
}
