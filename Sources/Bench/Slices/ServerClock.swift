import Glibc
import Recording

/// Reads what a server's processes have used so far, at a moment when they are asleep.
///
/// A slice is over for its clients when the last delivery is in; the server may still be acknowledging, collecting
/// garbage, or on its way back into its wait. So the clock is read until it stands still. Bounded: a server that never
/// sleeps is read as it runs.
struct ServerClock {
    private static let pauseMicroseconds: UInt32 = 100
    private static let readLimit = 50

    let figures: ProcessFigures

    /// Nanoseconds of processor time, for when the server has been at rest for a while; nil where it is gone.
    func cpuNanoseconds() -> UInt64? { figures.cpuNanoseconds() }

    /// The same after a slice.
    func settledCPUNanoseconds() -> UInt64? {
        // Which processes there are is asked once here and once at the end: it takes ten times as long as their clocks.
        let processes = figures.processes()
        var last = ProcessFigures.cpuNanoseconds(of: processes)
        for _ in 0..<Self.readLimit {
            usleep(Self.pauseMicroseconds)
            let next = ProcessFigures.cpuNanoseconds(of: processes)
            if next == last { break }
            last = next
        }
        return figures.cpuNanoseconds()
    }
}
