/// Bytes on their way to one peer, in order: appended at the end, sent from the front.
///
/// Holds what is private to a connection (answers, control frames, a load client's messages). It owns its memory and
/// gives it back when it runs empty above `keptCapacityBytes`, so that an idle connection holds none to speak of. The
/// memory stays where it is between `append` calls; a send under way must be settled before the next `append`.
/// Owned by one connection, used on its loop's thread only.
package struct OutboundBuffer: ~Copyable {
    private static let keptCapacityBytes = 1024

    private var base: UnsafeMutableRawPointer?
    private var capacity = 0
    private var start = 0
    private var end = 0

    package init() {}

    deinit { base?.deallocate() }

    package var count: Int { end - start }
    package var isEmpty: Bool { start == end }

    /// What is still to be sent. Valid until the next mutation.
    package var bytes: UnsafeRawBufferPointer {
        guard let base else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(start: base + start, count: end - start)
    }

    package mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, bytes.count > 0 else { return }
        append(count: bytes.count) { $0.copyMemory(from: source, byteCount: bytes.count) }
    }

    package mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { append($0) }
    }

    /// Puts bytes before everything else: the rest of a frame that is under way.
    package mutating func prepend(_ bytes: UnsafeRawBufferPointer) {
        var fresh = OutboundBuffer()
        fresh.append(bytes)
        fresh.append(self.bytes)
        self = fresh
    }

    /// Makes room for `count` bytes, which `fill` writes in place.
    package mutating func append(count: Int, _ fill: (UnsafeMutableRawPointer) -> Void) {
        reserve(count)
        guard let base else { return }
        fill(base + end)
        end += count
    }

    /// Drops the first `count` bytes: they are with the kernel.
    package mutating func consume(_ count: Int) {
        precondition(count <= end - start, "more was sent than was there")
        start += count
        guard start == end else { return }
        start = 0
        end = 0
        if capacity > Self.keptCapacityBytes { release() }
    }

    package mutating func removeAll() {
        start = 0
        end = 0
        release()
    }

    private mutating func release() {
        base?.deallocate()
        base = nil
        capacity = 0
    }

    private mutating func reserve(_ count: Int) {
        if capacity - end >= count { return }
        let live = end - start
        if let base, capacity - live >= count, start >= live {
            base.copyMemory(from: base + start, byteCount: live)
        } else {
            let grown = max(256, max(capacity * 2, live + count))
            let fresh = UnsafeMutableRawPointer.allocate(byteCount: grown, alignment: 16)
            if let base { fresh.copyMemory(from: base + start, byteCount: live) }
            base?.deallocate()
            base = fresh
            capacity = grown
        }
        start = 0
        end = live
    }
}
