/// Where each function's box stands: as wide as its share of the samples, above the one that called it.
///
/// Pure layout in samples and levels; `FlameGraphSVG` draws it. Boxes of one level do not overlap, and those above a box
/// take at most its width: the rest is the function itself.
struct FlameGraph {
    struct Box: Equatable {
        let frame: FlameFrame
        /// In samples, from the left.
        let start: Int
        let count: Int
        /// 0 is the box of all samples.
        let level: Int

        var end: Int { start + count }
    }

    let sampleCount: Int
    /// From the bottom up, each level from left to right.
    let boxes: [Box]
    let levelCount: Int

    init(_ stacks: FoldedStacks) {
        sampleCount = stacks.sampleCount
        let entries = stacks.counts.map { Entry(stack: $0.key[...], count: $0.value) }
        var boxes: [Box] = []
        let all = FlameFrame(name: "all", label: "all", kind: .thread)
        Self.place(all, entries, start: 0, level: 0, into: &boxes)
        boxes.sort { ($0.level, $0.start) < ($1.level, $1.start) }
        self.boxes = boxes
        levelCount = (boxes.last?.level ?? -1) + 1
    }

    private struct Entry {
        let stack: ArraySlice<FlameFrame>
        let count: Int
    }

    /// Same functions stand side by side: callees are ordered by name, which says nothing about time.
    private static func place(
        _ frame: FlameFrame, _ entries: [Entry], start: Int, level: Int, into boxes: inout [Box]
    ) {
        let count = entries.reduce(0) { $0 + $1.count }
        boxes.append(Box(frame: frame, start: start, count: count, level: level))
        var callees: [FlameFrame: [Entry]] = [:]
        for entry in entries {
            guard let callee = entry.stack.first else { continue }
            callees[callee, default: []].append(Entry(stack: entry.stack.dropFirst(), count: entry.count))
        }
        var position = start
        for (callee, entries) in callees.sorted(by: {
            ($0.key.name, $0.key.kind.rawValue) < ($1.key.name, $1.key.kind.rawValue)
        }) {
            place(callee, entries, start: position, level: level + 1, into: &boxes)
            position += entries.reduce(0) { $0 + $1.count }
        }
    }
}
