/// What somebody may have meant who wrote a name that does not exist.
package enum NearestNames {
    /// "did you mean …" where some names are like it, else all of them.
    package static func suggestion(for name: String, among names: [String]) -> String {
        let sorted = Set(names).sorted()
        let limit = max(2, name.count / 3)
        let near = sorted.map { (name: $0, distance: distance(name, $0)) }
            .filter { $0.distance <= limit || $0.name.hasPrefix(name) }
            .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
        guard !near.isEmpty else { return "expected one of \(sorted.joined(separator: ", "))" }
        return "did you mean \(near.prefix(3).map { $0.name }.joined(separator: " or "))?"
    }

    /// How many letters have to be inserted, deleted or replaced to make one word of the other (Levenshtein).
    package static func distance(_ first: String, _ second: String) -> Int {
        let second = Array(second.lowercased())
        var row = Array(0...second.count)
        for (index, letter) in first.lowercased().enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in second.indices {
                let replaced = diagonal + (second[column] == letter ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
            }
        }
        return row[second.count]
    }
}
