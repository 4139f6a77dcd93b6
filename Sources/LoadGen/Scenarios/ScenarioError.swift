/// What is wrong with a scenario file, and where; wrong usage, told in one line.
package struct ScenarioError: Error, Equatable, CustomStringConvertible {
    package let file: String
    /// From 1; nil where it is not about one line.
    package let line: Int?
    package let problem: String

    package init(file: String, line: Int?, problem: String) {
        self.file = file
        self.line = line
        self.problem = problem
    }

    package var description: String {
        line.map { "\(file):\($0): \(problem)" } ?? "\(file): \(problem)"
    }
}
