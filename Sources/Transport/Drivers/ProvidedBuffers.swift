import CLiburing
import CSystem
import Glibc

/// The receive buffers that the kernel picks from by itself (a buffer ring, `IORING_REGISTER_PBUF_RING`).
///
/// A buffer belongs to the kernel from `recycle` until a completion names it, and to the loop from then until it is
/// recycled: so an idle connection holds no buffer at all. Owned by the driver, used on its thread. Memory:
/// `count` × `bufferBytes`, touched as used.
final class ProvidedBuffers {
    static let group: UInt16 = 0

    private let ring: UnsafeMutablePointer<io_uring_buf_ring>
    private let ringBytes: Int
    private let memory: UnsafeMutableRawPointer
    let bufferBytes: Int
    private let count: Int

    /// - Parameter count: a power of two, at most 32,768.
    init(
        _ uring: UnsafeMutablePointer<io_uring>, count: Int, bufferBytes: Int
    ) throws(UringUnavailable) {
        ringBytes = count * MemoryLayout<io_uring_buf>.stride
        // The ring must begin on a page; mmap(2) gives zeroed pages.
        let pages = mmap(nil, ringBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let pages, pages != MAP_FAILED else { throw UringUnavailable(reason: "no memory for receive buffers") }
        ring = pages.bindMemory(to: io_uring_buf_ring.self, capacity: 1)
        memory = .allocate(byteCount: count * bufferBytes, alignment: 4096)
        self.bufferBytes = bufferBytes
        self.count = count
        var registration = io_uring_buf_reg()
        registration.ring_addr = UInt64(UInt(bitPattern: pages))
        registration.ring_entries = UInt32(count)
        registration.bgid = Self.group
        let status = io_uring_register_buf_ring(uring, &registration, 0)
        guard status == 0 else {
            throw UringUnavailable(reason: "buffer rings: \(String(cString: strerror(-status)))")
        }
        io_uring_buf_ring_init(ring)
        for id in 0..<count {
            io_uring_buf_ring_add(
                ring, memory + id * bufferBytes, UInt32(bufferBytes), UInt16(id), Int32(count - 1), Int32(id))
        }
        io_uring_buf_ring_advance(ring, Int32(count))
    }

    deinit {
        munmap(ring, ringBytes)
        memory.deallocate()
    }

    func bytes(of id: UInt16, count: Int) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(start: memory + Int(id) * bufferBytes, count: count)
    }

    func recycle(_ id: UInt16) {
        let buffer = memory + Int(id) * bufferBytes
        io_uring_buf_ring_add(ring, buffer, UInt32(bufferBytes), id, Int32(count - 1), 0)
        io_uring_buf_ring_advance(ring, 1)
    }
}
