/// System calls through `strace -c`, where there is no `perf`: exact, but each call costs the server many times as much.
final class Strace: SystemCallCounter {
    private static let attachNanoseconds: Int64 = 3_000_000_000
    private static let endNanoseconds: Int64 = 10_000_000_000

    let name = "strace"
    private let pids: [Int32]
    private let folder: TemporaryFolder
    private var process: ToolProcess?

    init(pids: [Int32], folder: TemporaryFolder) throws(ToolFailure) {
        guard ToolProcess.isInstalled("strace") else { throw ToolFailure(description: "strace is not installed") }
        self.pids = pids
        self.folder = folder
    }

    func begin() throws(ToolFailure) {
        let process = try ToolProcess(
            ["strace", "-c", "-f", "-o", folder.file("calls")] + pids.flatMap { ["-p", "\($0)"] },
            output: "strace", folder: folder)
        guard process.wait(nanoseconds: Self.attachNanoseconds, until: { process.errorText.contains("attached") })
        else {
            try process.finish(withinNanoseconds: 0)
            throw ToolFailure(description: "strace did not attach")
        }
        self.process = process
    }

    func end() { process?.interrupt() }

    func count() throws(ToolFailure) -> Int {
        try process?.finish(withinNanoseconds: Self.endNanoseconds)
        guard let count = Self.count(in: folder.text("calls")) else {
            throw ToolFailure(description: "strace counted nothing")
        }
        return count
    }

    /// The calls in the line that ends with `total`: `100.00    0.001234           5       230        12 total`.
    static func count(in text: String) -> Int? {
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: " ")
            if fields.last == "total", fields.count >= 5 { return Int(fields[3]) }
        }
        return nil
    }
}
