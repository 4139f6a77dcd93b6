import Recording
import Testing

@testable import Bench

@Suite("GateVerdict")
struct GateVerdictTests {
    private static func verdict(_ decisions: MetricDecision..., isInvalid: Bool = false) -> GateVerdict {
        GateVerdict(decisions.map { SampleGate.metric("cpu", $0) }, isInvalid: isInvalid)
    }

    @Test("the first that fits: invalid, regression, inconclusive, improvement, pass")
    func precedence() {
        #expect(Self.verdict(.regression, .pass, isInvalid: true) == .invalid)
        #expect(Self.verdict(.pass, .inconclusive, .improvement, .regression, .incomparable) == .regression)
        #expect(Self.verdict(.pass, .inconclusive, .improvement) == .inconclusive)
        #expect(Self.verdict(.pass, .improvement) == .improvement)
        #expect(Self.verdict(.pass, .pass) == .pass)
    }

    @Test("incomparable only where nothing that decides could be compared")
    func incomparable() {
        #expect(Self.verdict(.incomparable, .incomparable) == .incomparable)
        #expect(Self.verdict(.incomparable, .undecided) == .incomparable)
        #expect(Self.verdict(.incomparable, .pass) == .pass)
        #expect(Self.verdict(.incomparable, .improvement) == .improvement)
        #expect(Self.verdict(.incomparable, .inconclusive) == .inconclusive)
    }

    @Test("what does not decide changes nothing")
    func shown() {
        let shown = SampleGate.metric("completion", .regression, isDeciding: false)
        let open = SampleGate.metric("memory", .inconclusive, isRequired: true, isDeciding: false)
        #expect(GateVerdict([SampleGate.metric("cpu", .pass), shown, open], isInvalid: false) == .pass)
    }

    @Test("with nothing that decides, or nothing of it decided, it is inconclusive and no pass")
    func nothing() {
        #expect(GateVerdict([], isInvalid: false) == .inconclusive)
        #expect(GateVerdict([SampleGate.metric("a", .pass, isDeciding: false)], isInvalid: false) == .inconclusive)
        #expect(Self.verdict(.undecided) == .inconclusive)
    }

    @Test("what is required and undecided leaves it open; what was only asked for does not")
    func required() {
        let pass = SampleGate.metric("cpu", .pass)
        let required = SampleGate.metric("required", .undecided, isRequired: true)
        let asked = SampleGate.metric("asked", .undecided, kind: .shown)
        #expect(GateVerdict([pass, required], isInvalid: false) == .inconclusive)
        #expect(GateVerdict([pass, asked], isInvalid: false) == .pass)
    }

    @Test("exit codes are those of the contract")
    func exits() {
        let codes = GateVerdict.allCases.map { $0.toolExit(inconclusivePasses: false).rawValue }
        #expect(codes == [0, 0, 2, 3, 4, 5])
        let lenient = GateVerdict.allCases.map { $0.toolExit(inconclusivePasses: true).rawValue }
        #expect(lenient == [0, 0, 2, 0, 4, 5])
    }
}
