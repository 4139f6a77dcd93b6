/// Inflates messages of permessage-deflate (RFC 7692 §7.2.2), each with an empty window to begin with (no context
/// takeover): one inflater serves all connections of a thread.
///
/// - A message is whole when its data and the four bytes that were left out of it end with an empty stored block, as
///   §7.2.1 has it, or when its data ends with a final block (§7.2.3.4). Behind a final block further data may
///   follow, which begins with an empty window.
/// - Output grows by doubling and never past the limit and one byte, which tells a message that is too large.
///   So a small message that inflates to gigabytes costs no more than the limit's worth of time and memory.
/// - Whatever a peer sends, it traps on nothing.
///
/// Owned by one thread. Holds 10 KiB, and a window of 32 KiB from the first message on.
package final class Inflater {
    /// The first room for a message that gives no measure, in bytes.
    private static let leastRoomBytes = 64
    /// The first room, by the size of the compressed message: about what text is compressed by.
    private static let expectedExpansion = 4

    private let stream = ZlibStream(.decompressing, windowBits: DeflateParameters.largestWindowBits)

    package init() {}

    /// Appends the inflated message. After a failure `output` is as it was, but for its capacity.
    ///
    /// - Parameters:
    ///   - message: the payload of all its frames.
    ///   - limitBytes: the largest inflated message, 0 or more; not counting what `output` holds already.
    package func inflate(
        _ message: UnsafeRawBufferPointer, limitBytes: Int, into output: inout [UInt8]
    ) throws(InflateFailure) {
        precondition(limitBytes >= 0)
        let start = output.count
        do throws(InflateFailure) {
            try append(message, limitBytes: limitBytes, from: start, to: &output)
        } catch {
            output.removeLast(output.count - start)
            throw error
        }
    }

    private func append(
        _ message: UnsafeRawBufferPointer, limitBytes: Int, from start: Int, to output: inout [UInt8]
    ) throws(InflateFailure) {
        stream.reset()
        var rest = message
        while try advance(through: &rest, limitBytes: limitBytes, from: start, to: &output) {
            if rest.isEmpty { return }
            stream.reset()
        }
        let inflatedBytes = output.count
        let flushTail = ZlibStream.flushTail
        let isWhole = try flushTail.span.withUnsafeBytes { tail throws(InflateFailure) -> Bool in
            var rest = tail
            let hasEnded = try advance(through: &rest, limitBytes: limitBytes, from: start, to: &output)
            return rest.isEmpty && (hasEnded || stream.isBetweenBlocks)
        }
        // Content made of the tail would belong to a block that was cut off.
        guard isWhole, output.count == inflatedBytes else { throw .damaged }
    }

    /// Inflates from the front of `rest`, which it cuts off. Returns whether a final block has ended, which leaves in
    /// `rest` what follows it; otherwise `rest` is used up.
    private func advance(
        through rest: inout UnsafeRawBufferPointer, limitBytes: Int, from start: Int, to output: inout [UInt8]
    ) throws(InflateFailure) -> Bool {
        while true {
            let roomBytes = roomBytes(for: rest, limitBytes: limitBytes, from: start, in: output)
            let progress = stream.advance(through: &rest, appendingTo: &output, roomBytes: roomBytes)
            guard output.count - start <= limitBytes else { throw .tooLarge(limitBytes: limitBytes) }
            switch progress {
            case .unfinished: continue
            case .inputUsedUp: return false
            case .ended: return true
            case .damaged: throw .damaged
            }
        }
    }

    /// Room for the next step: capacity that is there already, otherwise as much again as the message has by now; up to
    /// one byte beyond the limit.
    private func roomBytes(
        for rest: UnsafeRawBufferPointer, limitBytes: Int, from start: Int, in output: [UInt8]
    ) -> Int {
        let inflatedBytes = output.count - start
        let allowedBytes = limitBytes - inflatedBytes
        let spareBytes = output.capacity - output.count
        let wantedBytes =
            spareBytes > 0
            ? spareBytes : max(Self.leastRoomBytes, inflatedBytes, Self.expectedExpansion * rest.count)
        // In this order, since a limit of `Int.max` has no next number.
        return wantedBytes > allowedBytes ? allowedBytes + 1 : wantedBytes
    }
}
