import FoundationEssentials

extension LatencyHistogram {
    /// Reads what `encodedV2()` or another HdrHistogram implementation wrote.
    ///
    /// Accepts every range and count width as long as the layout is ours (lowest value 1, three digits) and
    /// no count stands above an hour. The text may come from another machine: it is never trusted, and takes
    /// at most the memory of one histogram.
    ///
    /// - Throws: `HistogramDecodingError`, which says what part is not as it should be.
    package static func decodedV2(_ text: String) throws(HistogramDecodingError) -> LatencyHistogram {
        guard let data = Data(base64Encoded: text) else { throw .notBase64 }
        let bytes = [UInt8](data)
        guard let cookie = bytes.bigEndian(UInt32.self, at: 0),
            let length = bytes.bigEndian(UInt32.self, at: 4),
            HistogramHeaderV2.isCompressed(cookie: cookie), bytes.count - 8 == Int(length)
        else { throw .notCompressedV2 }
        // A count takes nine bytes at most, so whatever inflates to more is no histogram with this layout.
        let limit = HistogramHeaderV2.byteCount + HistogramLayout.countsLength * ZigZagLEB128.maximumBytes
        guard let payload = Zlib.inflated(bytes[8...], maximumBytes: limit) else { throw .damagedCompression }
        let histogram = LatencyHistogram()
        try histogram.fillCounts(from: HistogramHeaderV2.counts(of: payload))
        return histogram
    }

    private func fillCounts(from encoded: ArraySlice<UInt8>) throws(HistogramDecodingError) {
        var rest = encoded
        var index = 0
        var total: Int64 = 0
        while !rest.isEmpty {
            guard let number = ZigZagLEB128.read(from: &rest) else { throw .damagedCounts }
            if number < 0 {
                guard number.magnitude <= UInt64(HistogramLayout.countsLength - index) else {
                    throw .beyondRange
                }
                index += Int(number.magnitude)
                continue
            }
            let (sum, overflow) = total.addingReportingOverflow(number)
            guard !overflow else { throw .damagedCounts }
            total = sum
            guard index < HistogramLayout.countsLength else { throw .beyondRange }
            counts[index] = UInt64(number)
            index += 1
        }
    }
}
