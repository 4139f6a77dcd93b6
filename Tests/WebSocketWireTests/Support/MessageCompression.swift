@testable import WebSocketWire

/// One message, compressed or inflated on its own.
enum MessageCompression {
    static func deflated(_ payload: [UInt8], windowBits: Int = 15, level: Int = 1) -> [UInt8] {
        let deflater = Deflater(windowBits: windowBits, level: level)
        var output: [UInt8] = []
        payload.withUnsafeBytes { deflater.compress($0, into: &output) }
        return output
    }

    static func inflated(
        _ message: [UInt8], limitBytes: Int = 1 << 24, by inflater: Inflater = Inflater()
    ) throws(InflateFailure) -> [UInt8] {
        var output: [UInt8] = []
        try inflate(message, limitBytes: limitBytes, by: inflater, into: &output)
        return output
    }

    static func inflate(
        _ message: [UInt8], limitBytes: Int, by inflater: Inflater, into output: inout [UInt8]
    ) throws(InflateFailure) {
        try message.span.withUnsafeBytes { bytes throws(InflateFailure) -> Void in
            try inflater.inflate(bytes, limitBytes: limitBytes, into: &output)
        }
    }
}
