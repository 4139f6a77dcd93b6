/// Frames read by either end, with and without compression, under limits that are reached.
///
/// Of the first setting bit 0 means that we are the client, bit 1 allows compression, and bits 2 and 3 choose the
/// limit.
enum FrameTarget {
    private static let messageLimitsBytes = [4_096, 125, 0, 1 << 20]

    static func check(_ input: FuzzInput) throws(FuzzFinding) {
        let choice = input.setting(0)
        let limitBytes = messageLimitsBytes[choice >> 2 & 3]
        _ = try Splits.check(input) { pieces throws(FuzzFinding) in
            try FrameTranscript(
                pieces, role: choice & 1 == 0 ? .server : .client, maximumMessageBytes: limitBytes,
                allowsCompression: choice & 2 != 0)
        }
    }
}
