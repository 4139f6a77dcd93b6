/// A group of clients as a scenario file has it.
package struct ScenarioGroup: Equatable, Sendable {
    package var name: String
    /// At least 1.
    package var clients: Int
    /// How many of them publish; nil where the file does not say.
    package var publishers: Int?
    /// How many of them do not read.
    package var slowReaders = 0
    package var path: String?
    /// As `Name: value`.
    package var headers: [String] = []
    package var subscribe: [String] = []
    package var line: Int

    package init(name: String, clients: Int, line: Int) {
        self.name = name
        self.clients = clients
        self.line = line
    }
}
