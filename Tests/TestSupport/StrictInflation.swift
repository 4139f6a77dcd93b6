import WebSocketWire

/// Inflates a compressed message with the window that was agreed on and no larger one.
package enum StrictInflation {
    /// What is further back than these, zlib knows from its window alone: a match beyond the window is damage.
    private static let stepBytes = 16
    /// The largest message of a test.
    private static let largestBytes = 1 << 20

    /// The message, or nil where it is damaged, not whole, or refers to what the window does not hold.
    ///
    /// - Parameter windowBits: 8...15.
    package static func inflated(_ message: [UInt8], windowBits: Int) -> [UInt8]? {
        var output: [UInt8] = []
        output.reserveCapacity(largestBytes + stepBytes)
        let isSound = (message + ZlibStream.flushTail).withUnsafeBytes { bytes -> Bool in
            let stream = ZlibStream(.decompressing, windowBits: windowBits)
            var rest = bytes
            while output.count <= largestBytes {
                switch stream.advance(through: &rest, appendingTo: &output, roomBytes: stepBytes) {
                case .unfinished: continue
                case .inputUsedUp: return stream.isBetweenBlocks
                case .ended, .damaged: return false
                }
            }
            return false
        }
        return isSound ? output : nil
    }
}
