import Synchronization
import Testing

@testable import Server

@Suite("Publication")
struct PublicationTests {
    private static let all = StreamSet(rawValue: (1 << UInt16(StreamID.count)) - 1)

    private func logs() -> [BroadcastLog] { (0..<StreamID.count).map { _ in BroadcastLog() } }

    @Test("a reader sees what was published, once")
    func reading() {
        let publication = Publication()
        var ends = [Publication.StreamEnd](repeating: .init(), count: StreamID.count)
        var version: UInt64 = 0
        #expect(publication.read(into: &ends, version: &version) == .unchanged)
        var logs = logs()
        logs[4].append(text: "one")
        logs[4].append(text: "two")
        publication.publish(logs, changed: StreamSet(rawValue: 1 << 4))
        #expect(publication.read(into: &ends, version: &version) == .new)
        #expect(ends[4] == Publication.StreamEnd(position: 10, newestFrameStart: 5, frameCount: 2))
        #expect(ends[3] == Publication.StreamEnd())
        #expect(publication.read(into: &ends, version: &version) == .unchanged)
    }

    @Test("streams that did not change keep their ends")
    func unchanged() {
        let publication = Publication()
        var logs = logs()
        logs[1].append(text: "one")
        publication.publish(logs, changed: Self.all)
        logs[1].append(text: "not yet")
        logs[2].append(text: "two")
        publication.publish(logs, changed: StreamSet(rawValue: 1 << 2))
        var ends = [Publication.StreamEnd](repeating: .init(), count: StreamID.count)
        var version: UInt64 = 0
        #expect(publication.read(into: &ends, version: &version) == .new)
        #expect(ends[1].frameCount == 1)
        #expect(ends[2].frameCount == 1)
    }

    @Test(
        "readers beside a writer see whole pictures only, each newer than the one before, and bytes to match")
    func concurrency() throws {
        let publication = Publication()
        let rounds = 20_000
        let isDone = Atomic<Bool>(false)
        let start = Mutex<[BroadcastLog]>(logs())
        let cursors = start.withLock { $0.map(\.endCursor) }
        try Threads.run(4) { thread in
            if thread == 0 {
                defer { isDone.store(true, ordering: .releasing) }
                start.withLock { logs in
                    for round in 0..<rounds {
                        for stream in 0..<StreamID.count { logs[stream].append(text: "\(round % 10)") }
                        publication.publish(logs, changed: Self.all)
                    }
                }
                return
            }
            var ends = [Publication.StreamEnd](repeating: .init(), count: StreamID.count)
            var version: UInt64 = 0
            var cursor = cursors[thread]
            var frames: UInt64 = 0
            while true {
                let isLast = isDone.load(ordering: .acquiring)
                if publication.read(into: &ends, version: &version) == .new {
                    guard ends.allSatisfy({ $0 == ends[0] }), ends[0].frameCount > frames,
                        ends[0].position == 3 * ends[0].frameCount,
                        ends[0].newestFrameStart == ends[0].position - 3
                    else { throw TestFailure("a torn picture: \(ends)") }
                    for text in cursor.readPayloads(upTo: ends[0].position) {
                        guard text == "\(frames % 10)" else {
                            throw TestFailure("frame \(frames) reads \(text)")
                        }
                        frames += 1
                    }
                }
                if isLast { break }
            }
            guard frames == rounds else { throw TestFailure("\(frames) of \(rounds) frames were seen") }
        }
    }
}
