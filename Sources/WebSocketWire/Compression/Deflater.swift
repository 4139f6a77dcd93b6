/// Compresses messages for permessage-deflate (RFC 7692 §7.2.1), each with an empty window to begin with (no context
/// takeover): a message's bytes depend on nothing but itself, the window and the level, and fit every receiver that
/// agreed to this window or a larger one.
///
/// Owned by one thread. Holds 2^(windowBits + 2) bytes for the window and 128 KiB for the hash table and the symbols,
/// 256 KiB with the largest window, from init to deinit. Each message costs the clearing of a hash table of 64 KiB on
/// top of its own bytes.
package final class Deflater {
    /// On top of zlib's bound: a flush ends with up to six bytes more than the end of the data that the bound counts
    /// with, and that some room is left is how zlib tells that it is done.
    private static let flushBytes = 16

    private let stream: ZlibStream

    /// - Parameters:
    ///   - windowBits: 9...15, at most what was agreed on.
    ///   - level: 0 (stored) to 9 (smallest). 1 unless told otherwise: the thread that compresses has messages to pass
    ///     on, and further levels spend their time on longer searches for matches that a short message hardly has.
    package init(windowBits: Int, level: Int = 1) {
        precondition(
            (DeflateParameters.smallestDeflaterWindowBits...DeflateParameters.largestWindowBits).contains(windowBits))
        precondition((0...9).contains(level))
        stream = ZlibStream(.compressing(level: level), windowBits: windowBits)
    }

    /// Appends the compressed payload, 1 byte (0x00) for an empty one. `output` is given capacity for the largest
    /// result: about an eighth more than the payload's size.
    package func compress(_ payload: UnsafeRawBufferPointer, into output: inout [UInt8]) {
        stream.reset()
        let roomBytes = stream.maximumCompressedBytes(of: payload.count) + Self.flushBytes
        var rest = payload
        while true {
            switch stream.advance(through: &rest, appendingTo: &output, roomBytes: roomBytes) {
            case .unfinished:
                continue
            case .inputUsedUp:
                output.removeLast(ZlibStream.flushTail.count)
                return
            case .ended, .damaged:
                // zlib says so only where its own state was written over.
                preconditionFailure("zlib failed to compress")
            }
        }
    }
}
