import FoundationEssentials

extension LatencyHistogram {
    /// The histogram as text that all HdrHistogram implementations read: base64 of the V2 compressed
    /// encoding.
    ///
    /// A header of cookie and length, then, deflated, the header of `HistogramHeaderV2` and the counts as
    /// ZigZag LEB128 numbers, a run of zeros as its negative length (HdrHistogram,
    /// `AbstractHistogram.encodeIntoCompressedByteBuffer`).
    package func encodedV2() -> String {
        let compressed = Zlib.deflated(uncompressedV2())
        var bytes: [UInt8] = []
        bytes.append(bigEndian: HistogramHeaderV2.compressedCookie)
        bytes.append(bigEndian: UInt32(compressed.count))
        return Data(bytes + compressed).base64EncodedString()
    }

    /// The V2 encoding before it is deflated.
    func uncompressedV2() -> [UInt8] {
        let counts = encodedCounts()
        return HistogramHeaderV2.bytes(countsBytes: UInt32(counts.count)) + counts
    }

    private func encodedCounts() -> [UInt8] {
        var bytes: [UInt8] = []
        var zeros: Int64 = 0
        for index in 0..<usedLength {
            if counts[index] == 0 {
                zeros += 1
                continue
            }
            if zeros > 0 {
                ZigZagLEB128.append(-zeros, to: &bytes)
                zeros = 0
            }
            ZigZagLEB128.append(Int64(clamping: counts[index]), to: &bytes)
        }
        return bytes
    }
}
