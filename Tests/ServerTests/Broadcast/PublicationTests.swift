import Synchronization
import Testing

@testable import Server

@Suite("Publication")
struct PublicationTests {
    private static let all = StreamMask(rawValue: (1 << UInt128(StreamID.count)) - 1)

    private func logs() -> [BroadcastLog] { (0..<StreamID.count).map { _ in BroadcastLog() } }

    @Test("a reader sees what was published, once")
    func reading() {
        let publication = Publication()
        var picture = StreamPicture()
        #expect(publication.read(into: &picture) == .unchanged)
        var logs = logs()
        logs[4].append(text: "one")
        logs[4].append(text: "two")
        publication.publish(logs, changed: StreamMask(4))
        #expect(publication.read(into: &picture) == .new)
        #expect(picture.ends[4] == Publication.StreamEnd(position: 10, newestFrameStart: 5, frameCount: 2))
        #expect(picture.ends[3] == Publication.StreamEnd())
        #expect(publication.read(into: &picture) == .unchanged)
    }

    @Test("streams that did not change keep their ends")
    func unchanged() {
        let publication = Publication()
        var logs = logs()
        logs[1].append(text: "one")
        publication.publish(logs, changed: Self.all)
        logs[1].append(text: "not yet")
        logs[2].append(text: "two")
        publication.publish(logs, changed: StreamMask(2))
        var picture = StreamPicture()
        #expect(publication.read(into: &picture) == .new)
        #expect(picture.ends[1].frameCount == 1)
        #expect(picture.ends[2].frameCount == 1)
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
            var picture = StreamPicture()
            var cursor = cursors[thread]
            var frames: UInt64 = 0
            while true {
                let isLast = isDone.load(ordering: .acquiring)
                if publication.read(into: &picture) == .new {
                    guard picture.ends.allSatisfy({ $0 == picture.ends[0] }), picture.ends[0].frameCount > frames,
                        picture.ends[0].position == 3 * picture.ends[0].frameCount,
                        picture.ends[0].newestFrameStart == picture.ends[0].position - 3
                    else { throw TestFailure("a torn picture: \(picture.ends)") }
                    for text in cursor.readPayloads(upTo: picture.ends[0].position) {
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
