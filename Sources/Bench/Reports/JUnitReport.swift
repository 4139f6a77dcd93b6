import Recording

/// A gate's verdict as JUnit XML, for the places where CI systems show tests: a case for each metric and one for the
/// verdict.
///
/// A regression is a failure, what is invalid an error, what is open or only shown skipped: so a gate that could not
/// decide is not taken for one that passed. The verdict's own case fails wherever the gate's exit code is not 0.
package struct JUnitReport {
    private let result: GateResult
    private let inconclusivePasses: Bool

    package init(_ result: GateResult, inconclusivePasses: Bool) {
        self.result = result
        self.inconclusivePasses = inconclusivePasses
    }

    package func xml() -> String { Self.xml([self]) }

    /// One document of several verdicts.
    static func xml(_ reports: [JUnitReport]) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites>
        \(reports.map(\.suite).joined(separator: "\n"))
        </testsuites>

        """
    }

    private var suite: String {
        let cases = [verdictCase] + result.metrics.map(Self.metricCase)
        let count = { (kind: String) in cases.filter { $0.kind == kind }.count }
        let seconds = HumanFormat.decimal(Double(result.durationNanoseconds) / 1e9, places: 3)
        let attributes =
            "name=\"broadside gate\" tests=\"\(cases.count)\" failures=\"\(count("failure"))\" errors=\"\(count("error"))\" "
            + "skipped=\"\(count("skipped"))\" time=\"\(seconds)\" timestamp=\"\(XMLText.escaped(result.startedAt))\""
        return """
              <testsuite \(attributes)>
            \(cases.map(Self.element).joined(separator: "\n"))
              </testsuite>
            """
    }

    /// `kind` is the element within the case: `failure`, `error`, `skipped`, or empty for one that passed.
    private typealias Case = (name: String, kind: String, message: String)

    private var verdictCase: Case {
        let exit = result.toolExit(inconclusivePasses: inconclusivePasses)
        let message = "\(result.verdict.rawValue): \(result.reasons.joined(separator: "; "))"
        let kind =
            switch exit {
            case .pass: ""
            case .notMet: "failure"
            case .failed, .inconclusive, .incomparable, .invalid, .wrongUsage: "error"
            }
        return ("verdict", kind, message)
    }

    private static func metricCase(_ metric: MetricResult) -> Case {
        let message = "\(MetricText.change(metric)) (\(MetricText.interval(metric)))"
        guard metric.isDeciding else { return (metric.name, "skipped", "only shown: \(message)") }
        return switch metric.decision {
        case .pass, .improvement: (metric.name, "", message)
        case .regression: (metric.name, "failure", message)
        case .inconclusive, .undecided, .incomparable:
            (metric.name, "skipped", "\(metric.decision.rawValue): \(message)")
        }
    }

    private static func element(_ test: Case) -> String {
        let name = "    <testcase classname=\"broadside.gate\" name=\"\(XMLText.escaped(test.name))\""
        guard !test.kind.isEmpty else {
            return "\(name)><system-out>\(XMLText.escaped(test.message))</system-out></testcase>"
        }
        return "\(name)><\(test.kind) message=\"\(XMLText.escaped(test.message))\"/></testcase>"
    }
}
