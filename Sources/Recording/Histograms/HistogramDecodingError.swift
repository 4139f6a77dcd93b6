/// Why a text is no histogram that can be read.
package enum HistogramDecodingError: Error, Equatable, CustomStringConvertible {
    case notBase64
    case notCompressedV2
    case damagedCompression
    case notV2
    case otherLayout
    case beyondRange
    case damagedCounts

    package var description: String {
        switch self {
        case .notBase64: "histogram: the text is not base64"
        case .notCompressedV2: "histogram: not an HdrHistogram in V2 compressed encoding"
        case .damagedCompression: "histogram: the compressed part is damaged or too large"
        case .notV2: "histogram: the compressed part is not an HdrHistogram in V2 encoding"
        case .otherLayout: "histogram: only a lowest value of 1 with three significant digits can be read"
        case .beyondRange: "histogram: it holds values above one hour"
        case .damagedCounts: "histogram: the counts are damaged"
        }
    }
}
