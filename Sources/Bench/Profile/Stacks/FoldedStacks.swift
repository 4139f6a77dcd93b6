/// Samples gathered by stack: which functions, from the thread down to the innermost, were seen how often.
struct FoldedStacks {
    /// The outermost first; the thread's name is the first frame.
    private(set) var counts: [[FlameFrame]: Int] = [:]
    private(set) var sampleCount = 0

    init() {}

    init(_ samples: [PerfSample]) {
        var demangler = SymbolDemangler()
        var frames: [PerfSample.Frame: FlameFrame] = [:]
        for sample in samples {
            let thread = FlameFrame(name: sample.thread, label: sample.thread, kind: .thread)
            let stack = sample.frames.reversed().map { frame in
                if let known = frames[frame] { return known }
                let new = FlameFrame(frame, demangler: &demangler)
                frames[frame] = new
                return new
            }
            add([thread] + stack)
        }
    }

    mutating func add(_ stack: [FlameFrame], count: Int = 1) {
        counts[stack, default: 0] += count
        sampleCount += count
    }

    /// A line for each stack, as other flame graph tools read it: `outermost;…;innermost COUNT`.
    func text() -> String {
        let lines = counts.map { stack, count in
            stack.map { $0.name.replacing(";", with: ":") }.joined(separator: ";") + " \(count)"
        }
        return lines.sorted().map { $0 + "\n" }.joined()
    }

    /// The share of the samples whose innermost frame is of that kind, 0...1.
    func share(of kind: FlameFrame.Kind) -> Double {
        guard sampleCount > 0 else { return 0 }
        let matching = counts.reduce(0) { $0 + ($1.key.last?.kind == kind ? $1.value : 0) }
        return Double(matching) / Double(sampleCount)
    }
}
