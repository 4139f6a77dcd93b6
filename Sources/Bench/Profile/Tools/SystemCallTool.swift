/// The tools that count system calls, the better one first.
enum SystemCallTool: CaseIterable {
    case perfStat, strace

    /// Counts from now on with the first tool that is there and may.
    ///
    /// - Throws: `ToolFailure` that says why each of them did not.
    static func begin(pids: [Int32], folder: TemporaryFolder) throws(ToolFailure) -> any SystemCallCounter {
        var reasons: [String] = []
        for tool in allCases {
            do throws(ToolFailure) {
                let counter = try tool.counter(pids, folder)
                try counter.begin()
                return counter
            } catch {
                reasons.append(error.description)
            }
        }
        throw ToolFailure(description: reasons.joined(separator: "; "))
    }

    private func counter(_ pids: [Int32], _ folder: TemporaryFolder) throws(ToolFailure) -> any SystemCallCounter {
        switch self {
        case .perfStat: try PerfStat(pids: pids, folder: folder)
        case .strace: try Strace(pids: pids, folder: folder)
        }
    }
}
