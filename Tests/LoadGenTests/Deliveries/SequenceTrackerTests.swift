import LoadGen
import Testing

@Suite("SequenceTracker")
struct SequenceTrackerTests {
    typealias Outcome = SequenceTracker.Outcome

    struct Scenario: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let firstExpected: UInt64
        let arrivals: [(UInt64, Outcome)]
        let outstanding: [Range<UInt64>]
    }

    static let scenarios = [
        Scenario(
            testDescription: "in order", firstExpected: 0,
            arrivals: [(0, .inOrder), (1, .inOrder), (2, .inOrder)],
            outstanding: [3..<10]),
        Scenario(
            testDescription: "nothing has arrived", firstExpected: 4, arrivals: [], outstanding: [4..<10]),
        Scenario(
            testDescription: "the first are missing", firstExpected: 3,
            arrivals: [(6, .afterGap(missed: 3)), (7, .inOrder)],
            outstanding: [3..<6, 8..<10]),
        Scenario(
            testDescription: "a gap is filled from its start", firstExpected: 0,
            arrivals: [
                (4, .afterGap(missed: 4)), (0, .late), (1, .late), (2, .late), (3, .late), (3, .duplicate),
            ],
            outstanding: [5..<10]),
        Scenario(
            testDescription: "a gap is filled from its end", firstExpected: 0,
            arrivals: [(3, .afterGap(missed: 3)), (2, .late), (1, .late), (2, .duplicate)],
            outstanding: [0..<1, 4..<10]),
        Scenario(
            testDescription: "a gap is split", firstExpected: 0,
            arrivals: [(5, .afterGap(missed: 5)), (2, .late)],
            outstanding: [0..<2, 3..<5, 6..<10]),
        Scenario(
            testDescription: "two gaps", firstExpected: 0,
            arrivals: [
                (1, .afterGap(missed: 1)), (2, .inOrder), (9, .afterGap(missed: 6)), (5, .late), (0, .late),
            ],
            outstanding: [3..<5, 6..<9]),
        Scenario(
            testDescription: "copies of what came in order", firstExpected: 0,
            arrivals: [(0, .inOrder), (0, .duplicate), (1, .inOrder), (0, .duplicate), (1, .duplicate)],
            outstanding: [2..<10]),
        Scenario(
            testDescription: "from before joining", firstExpected: 5,
            arrivals: [(0, .early), (4, .early), (5, .inOrder), (4, .early)], outstanding: [6..<10]),
        Scenario(
            testDescription: "numbers at the end of the range", firstExpected: 5,
            arrivals: [
                (.max, .early), (.max - 1, .afterGap(missed: .max - 6)), (.max, .early),
                (.max - 1, .duplicate), (9, .late),
            ], outstanding: [5..<9, 10..<(.max - 1)]),
    ]

    @Test("arrivals are told apart, and what is outstanding is known", arguments: scenarios)
    func scenario(scenario: Scenario) {
        var tracker = SequenceTracker(firstExpected: scenario.firstExpected)
        for (sequence, expected) in scenario.arrivals {
            let outcome = tracker.receive(sequence)
            #expect(outcome == expected, "sequence \(sequence)")
        }
        #expect(tracker.outstanding(below: 10) == scenario.outstanding)
        for sequence in UInt64(0)..<10 {
            let isOutstanding = scenario.outstanding.contains { $0.contains(sequence) }
            #expect(tracker.isOutstanding(sequence) == isOutstanding, "sequence \(sequence)")
        }
    }

    @Test("any order of arrivals is told as a set and a maximum tell it", arguments: UInt64(0)..<20)
    func againstSet(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let firstExpected = UInt64.random(in: 0..<50, using: &generator)
        var tracker = SequenceTracker(firstExpected: firstExpected)
        var seen: Set<UInt64> = []
        for _ in 0..<1_000 {
            let sequence = UInt64.random(in: 0..<400, using: &generator)
            let outcome = tracker.receive(sequence)
            let next = seen.max().map { $0 + 1 } ?? firstExpected
            let expected: Outcome =
                if sequence < firstExpected { .early } else if seen.contains(sequence) {
                    .duplicate
                } else if sequence < next { .late } else if sequence == next { .inOrder } else {
                    .afterGap(missed: sequence - next)
                }
            #expect(outcome == expected)
            if expected != .early { seen.insert(sequence) }
        }
        let outstanding = tracker.outstanding(below: 450).flatMap(Array.init)
        #expect(outstanding == (firstExpected..<450).filter { !seen.contains($0) })
    }

    @Test("a tracker is small")
    func size() {
        #expect(MemoryLayout<SequenceTracker>.size <= 32)
    }
}
