import WebSocketWire

/// Any payload, compressed with any window and level, inflates to itself, and a peer with our own bound takes it. The
/// settings choose the window and the level.
enum DeflateTarget {
    private static let windowBits = [15, 14, 13, 12, 11, 10, 9]
    private static let levels = [1, 0, 2, 3, 4, 5, 6, 7, 8, 9]

    static func check(_ input: FuzzInput) throws(FuzzFinding) {
        let bits = windowBits[input.setting(0) % windowBits.count]
        let level = levels[input.setting(1) % levels.count]
        let deflater = Deflater(windowBits: bits, level: level)
        let message = compress(input.content, by: deflater)
        guard compress(input.content, by: deflater) == message else {
            throw FuzzFinding("expected the same message when it is compressed again")
        }
        let boundBytes = DeflateBound.compressedBytes(ofMessageBytes: input.content.count)
        guard message.count <= boundBytes else {
            throw FuzzFinding("expected at most \(boundBytes) bytes, found \(message.count)")
        }
        let inflated = inflate(message, limitBytes: input.content.count)
        guard inflated == input.content else {
            throw FuzzFinding("expected \(input.content), found \(String(describing: inflated))")
        }
    }

    private static func compress(_ payload: [UInt8], by deflater: Deflater) -> [UInt8] {
        var output: [UInt8] = []
        ExactMemory.withCopy(of: payload) { deflater.compress(UnsafeRawBufferPointer($0), into: &output) }
        return output
    }

    /// Nil where the message is refused.
    private static func inflate(_ message: [UInt8], limitBytes: Int) -> [UInt8]? {
        let inflater = Inflater()
        var output: [UInt8] = []
        return ExactMemory.withCopy(of: message) { bytes in
            do throws(InflateFailure) {
                try inflater.inflate(UnsafeRawBufferPointer(bytes), limitBytes: limitBytes, into: &output)
                return output
            } catch {
                return nil
            }
        }
    }
}
