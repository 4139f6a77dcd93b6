/// Reads what `perf script -F comm,tid,ip,sym,dso` prints.
///
/// A sample is a line `NAME TID` and a line for each frame, `ADDRESS SYMBOL (OBJECT)`, the innermost first; an empty
/// line ends it. Names, symbols and paths may contain spaces and parentheses: the address is the first word and the
/// object stands in the last parentheses. Lines that are neither are left out: the text comes from another program.
enum PerfScript {
    /// The fields to ask `perf script` for.
    static let fields = "comm,tid,ip,sym,dso"

    static func samples(in text: String) -> [PerfSample] {
        var samples: [PerfSample] = []
        var thread: String?
        var frames: [PerfSample.Frame] = []
        func endSample() {
            if let thread, !frames.isEmpty { samples.append(PerfSample(thread: thread, frames: withoutStrays(frames))) }
            thread = nil
            frames = []
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.allSatisfy(\.isWhitespace) {
                endSample()
            } else if line.first?.isWhitespace == true, thread != nil {
                if let frame = frame(in: line) { frames.append(frame) }
            } else {
                endSample()
                thread = threadName(in: line)
            }
        }
        endSample()
        return samples
    }

    /// Without the number at its end.
    private static func threadName(in line: Substring) -> String {
        var words = line.split(separator: " ")
        if words.count > 1, Int(words[words.count - 1]) != nil { words.removeLast() }
        return words.joined(separator: " ")
    }

    private static func frame(in line: Substring) -> PerfSample.Frame? {
        let content = line.drop(while: \.isWhitespace)
        guard let space = content.firstIndex(of: " "), UInt64(content[..<space], radix: 16) != nil,
            content.last == ")", let parenthesis = content.lastIndex(of: "("), space < parenthesis
        else { return nil }
        let object = content[content.index(after: parenthesis)...].dropLast()
        let symbol = content[content.index(after: space)..<parenthesis]
        let name = String(String(symbol.drop(while: \.isWhitespace).reversed()).drop(while: \.isWhitespace).reversed())
        return PerfSample.Frame(symbol: name == "[unknown]" || name.isEmpty ? nil : name, object: String(object))
    }

    /// Where a stack cannot be followed to its end, its outermost frames are addresses in nothing.
    private static func withoutStrays(_ frames: [PerfSample.Frame]) -> [PerfSample.Frame] {
        let end = frames.lastIndex { $0.symbol != nil || $0.object != "[unknown]" }
        return end.map { Array(frames[...$0]) } ?? [frames[0]]
    }
}
