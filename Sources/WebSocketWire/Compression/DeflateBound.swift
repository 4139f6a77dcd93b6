/// How large a compressed message may be that inflates to no more than some size.
package enum DeflateBound {
    /// What cannot be compressed grows a little: deflate's stored blocks take five bytes each (RFC 1951 §3.2.4), and
    /// encoders choose small ones. A message larger than this is refused before it is inflated.
    package static func compressedBytes(ofMessageBytes messageBytes: Int) -> Int {
        let (sum, overflow) = messageBytes.addingReportingOverflow(messageBytes / 16 + 64)
        return overflow ? .max : sum
    }
}
