import Testing

@testable import Bench

@Suite("HistoryIndex")
struct HistoryIndexTests {
    @Test("levels add up from commit to commit, errors like those of independent measurements")
    func chain() {
        var index = HistoryIndex()
        index.append(commit: "a", baseline: "0", logRatio: 0.1, standardError: 0.03)
        index.append(commit: "b", baseline: "a", logRatio: -0.2, standardError: 0.04)
        #expect(abs(index.logs[1] + 0.1) < 1e-12)
        #expect(abs((index.standardErrors[1] ?? 0) - 0.05) < 1e-12)
        #expect(index.origin(of: "a") == index.logs[0])
    }

    @Test("commits that have one baseline start from the same level")
    func star() {
        var index = HistoryIndex()
        for commit in ["a", "b", "c"] {
            index.append(commit: commit, baseline: "release", logRatio: 0.1, standardError: 0.01)
        }
        #expect(index.logs == [0.1, 0.1, 0.1])
        let (_, error) = index.difference(of: 2..<3, over: 1..<2)
        #expect(abs(error - 0.01 * 2.0.squareRoot()) < 1e-12)
    }

    @Test("a baseline that is not known is level with the commit before, also for those that follow")
    func unknown() {
        var index = HistoryIndex()
        index.append(commit: "a", baseline: nil, logRatio: 0.1, standardError: 0.01)
        index.append(commit: "b", baseline: "x", logRatio: 0.1, standardError: 0.01)
        index.append(commit: "c", baseline: "x", logRatio: 0.3, standardError: nil)
        #expect(index.logs.map { ($0 * 10).rounded() } == [1, 2, 4])
        #expect(index.standardErrors[2] == nil)
    }

    @Test("neighbours differ by the error of one link, whatever was before")
    func neighbours() {
        var index = HistoryIndex()
        index.append(commit: "a", baseline: nil, logRatio: 0, standardError: nil)
        for commit in ["b", "c", "d"] {
            index.append(commit: commit, baseline: nil, logRatio: 0.5, standardError: 0.01)
        }
        let one = index.difference(of: 3..<4, over: 2..<3)
        #expect(abs(one.mean - 0.5) < 1e-12)
        #expect(abs(one.standardError - 0.01) < 1e-12)
        #expect(index.difference(of: 1..<2, over: 0..<1).standardError == 0.01)
    }
}
