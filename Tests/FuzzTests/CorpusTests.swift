import FuzzTargets
import Testing

@Suite("Fuzzing: the corpus")
struct CorpusTests {
    @Test("each target has a corpus, and each corpus a target")
    func targets() throws {
        #expect(try Corpus.targets() == Set(FuzzTarget.allCases.map(\.rawValue)))
    }

    @Test("every input keeps every promise", arguments: FuzzTarget.allCases)
    func replay(target: FuzzTarget) throws {
        let inputs = try Corpus.inputs(of: target)
        #expect(inputs.count >= 10)
        for input in inputs {
            let finding = target.finding(in: input.bytes)
            #expect(finding == nil, "\(target.rawValue)/\(input.name)")
        }
    }

    @Test(
        "so does every input that is cut off, and nothing at all",
        arguments: FuzzTarget.allCases.filter { $0 != .tls })
    func prefixes(target: FuzzTarget) throws {
        for input in try Corpus.inputs(of: target) {
            for count in 0...min(input.bytes.count, 200) {
                let finding = target.finding(in: Array(input.bytes.prefix(count)))
                #expect(finding == nil, "\(target.rawValue)/\(input.name), \(count) bytes of it")
            }
        }
    }
}
