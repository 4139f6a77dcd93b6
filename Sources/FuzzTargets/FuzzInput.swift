/// An input as most targets read it: a few bytes of settings, then the content.
///
/// Settings stand in front, where a corpus file is easily written by hand, and any byte is a setting. Of streams the
/// first one chooses what the target says it does, and the others are the lengths of the pieces in which the content
/// arrives.
struct FuzzInput {
    /// At most so many as were asked for; an input may end before.
    private let settings: [UInt8]
    let content: [UInt8]

    init(_ bytes: UnsafeRawBufferPointer, settingsBytes: Int) {
        settings = Array(bytes.prefix(settingsBytes))
        content = Array(bytes.dropFirst(settingsBytes))
    }

    /// 0...255; 0 where the input ends before.
    func setting(_ index: Int) -> Int {
        settings.indices.contains(index) ? Int(settings[index]) : 0
    }

    /// The content in pieces whose lengths the settings behind the first one give in turn, empty ones among them; in
    /// single bytes where no length is above 0.
    var pieces: [[UInt8]] {
        let lengths = settings.dropFirst().map { Int($0) }
        guard lengths.contains(where: { $0 > 0 }) else { return singleBytes }
        var pieces: [[UInt8]] = []
        var rest = content[...]
        while !rest.isEmpty {
            let piece = rest.prefix(lengths[pieces.count % lengths.count])
            pieces.append(Array(piece))
            rest = rest.dropFirst(piece.count)
        }
        return pieces
    }

    var singleBytes: [[UInt8]] { content.map { [$0] } }
}
