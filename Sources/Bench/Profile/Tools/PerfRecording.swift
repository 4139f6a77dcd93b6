/// `perf record` on a running server, and the stacks that it saw.
///
/// Stacks are unwound by the frame tables of the code and not by frame pointers: liburing and other libraries of the
/// distribution are built without them, so that nine of ten stacks of a server on io_uring would end in the system call.
final class PerfRecording {
    /// A prime, so that the samples do not keep step with timers.
    private static let samplesPerSecond = 997
    /// How much of the stack each sample keeps.
    private static let stackBytes = 4096
    private static let endNanoseconds: Int64 = 20_000_000_000
    private static let scriptNanoseconds: Int64 = 120_000_000_000

    private let folder: TemporaryFolder
    private let process: ToolProcess

    /// Begins to sample all threads of the processes.
    init(pids: [Int32], folder: TemporaryFolder) throws(ToolFailure) {
        self.folder = folder
        process = try ToolProcess(
            [
                "perf", "record", "--quiet", "-F", "\(Self.samplesPerSecond)", "--call-graph",
                "dwarf,\(Self.stackBytes)",
                "-p", pids.map(String.init).joined(separator: ","), "-o", folder.file("perf.data"),
            ], output: "record", folder: folder)
    }

    func stop() { process.interrupt() }

    /// The samples, after `stop`. Takes seconds.
    func samples() throws(ToolFailure) -> [PerfSample] {
        try process.finish(withinNanoseconds: Self.endNanoseconds)
        let script = try ToolProcess(
            ["perf", "script", "--no-inline", "-F", PerfScript.fields, "-i", folder.file("perf.data")],
            output: "script", folder: folder)
        try script.finish(withinNanoseconds: Self.scriptNanoseconds)
        let samples = PerfScript.samples(in: folder.text("script"))
        guard !samples.isEmpty else { throw ToolFailure(description: "perf took no samples: the server was idle") }
        return samples
    }
}
