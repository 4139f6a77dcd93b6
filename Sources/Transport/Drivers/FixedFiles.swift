import CLiburing
import CSystem
import Glibc

/// The ring's own table of sockets: a send that names a place in it spares the kernel to look up and count the file.
///
/// Worth 1 % of the processor time of a delivery with one message in flight and 2.5 % with 16, for one system call when a
/// socket opens and one when it closes. The table keeps a socket open, so it is taken out before it is closed. A place is
/// the socket's index in its loop. Where the kernel grants no table, or the index lies beyond it, sends name descriptors.
/// Not before Linux 6.5: older kernels take a socket out in the background, so that its stream would end later (not tried).
/// The loop's thread only, once the ring is enabled.
struct FixedFiles {
    /// Major version × 1,000 + minor version.
    private static let oldestKernel: Int32 = 6_005

    private let ring: UnsafeMutablePointer<io_uring>
    /// One for each place: whether a socket is in it.
    private var isTaken: [Bool]

    /// - Parameter capacity: how many places to ask for; 0 for no table.
    init(_ ring: UnsafeMutablePointer<io_uring>, capacity: Int) {
        self.ring = ring
        let isGranted =
            capacity > 0 && system_kernel_version() >= Self.oldestKernel
            && io_uring_register_files_sparse(ring, UInt32(capacity)) == 0
        isTaken = [Bool](repeating: false, count: isGranted ? capacity : 0)
    }

    func contains(_ index: Int) -> Bool { index < isTaken.count && isTaken[index] }

    /// Returns whether there is such a place, which takes a system call.
    mutating func insert(_ index: Int, _ descriptor: Int32) -> Bool {
        guard index < isTaken.count else { return false }
        isTaken[index] = update(index, descriptor)
        return true
    }

    /// Returns whether there was something to take out, which takes a system call.
    mutating func remove(_ index: Int, _ descriptor: Int32) -> Bool {
        guard contains(index) else { return false }
        isTaken[index] = false
        // Where the kernel is out of memory the table keeps the socket for now; its peer is still to see the end.
        if !update(index, -1) { shutdown(descriptor, system_shutdown_both) }
        return true
    }

    private func update(_ index: Int, _ descriptor: Int32) -> Bool {
        var descriptor = descriptor
        return io_uring_register_files_update(ring, UInt32(index), &descriptor, 1) == 1
    }
}
