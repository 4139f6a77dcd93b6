/// Cores as people write them: `1`, `0-3`, `1,3`.
package struct CoreList: Equatable, Sendable {
    package let cores: [Int]

    /// - Parameter usable: those that there are.
    package init(parsing text: String, usable: [Int]) throws(CoreListError) {
        var cores: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last,
                first >= 0, last < 65_536
            else { throw .malformed(text) }
            cores.formUnion(first...last)
        }
        if let missing = cores.subtracting(usable).min() { throw .notUsable(missing, usable) }
        self.cores = cores.sorted()
    }
}
