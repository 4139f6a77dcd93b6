import Glibc
import Recording

/// Reads what a server's processes have used so far, at a moment when they are asleep.
///
/// A slice is over for its clients when the last delivery is in; the server may still be acknowledging, collecting
/// garbage, or on its way back into its wait. So the clock is waited for until it stands still. Bounded: a server that
/// never sleeps is read as it runs.
///
/// Which processes there are is asked once before a slice and once after it (`SchedulingFigures`): that takes ten times as
/// long as reading their clocks.
enum ServerClock {
    private static let pauseMicroseconds: UInt32 = 100
    private static let readLimit = 50

    /// Returns when the processes' clocks stand still.
    static func settle(_ processes: [Int32]) {
        var last = ProcessFigures.cpuNanoseconds(of: processes)
        for _ in 0..<readLimit {
            usleep(pauseMicroseconds)
            let next = ProcessFigures.cpuNanoseconds(of: processes)
            if next == last { break }
            last = next
        }
    }
}
