import Testing
import WebSocketWire

@testable import Server

@Suite("Batch: compressed messages")
struct CompressedBatchTests {
    private static let windows = [9, 15].map { FrameCoding(windowBits: $0) }

    private static func text(_ number: Int) -> String { String(repeating: "message \(number), ", count: 20) }

    private func compressor(_ codings: [FrameCoding]) -> MessageCompressor {
        let set = codings.reduce(into: CodingSet()) { $0.formUnion(CodingSet($1)) }
        return MessageCompressor { set }
    }

    private func runs(_ batch: Batch) -> [Batch.Run] {
        batch.items.compactMap { if case .messages(let run) = $0 { run } else { nil } }
    }

    private func read(_ batch: Batch, _ run: Batch.Run, _ coding: FrameCoding) throws -> [CodedMessage] {
        var bytes: [UInt8] = []
        batch.withFrames(of: run, coded: coding) { frames, _ in bytes = Array(frames) }
        return try CodedMessage.read(bytes)
    }

    @Test("each message is compressed once for each window, and each run has its own messages in each coding")
    func everyRun() throws {
        let compressor = compressor(Self.windows)
        let batch = Batch(loopIndex: 0, compressor: compressor)
        for number in 0..<3 { batch.add(Self.text(number), to: .relay) }
        for number in 3..<5 { batch.add(Self.text(number), to: .everySubscription) }
        batch.endRun()
        #expect(compressor.compressionCount == 5 * Self.windows.count)
        #expect(batch.serializationCount == 5)
        let runs = runs(batch)
        #expect(runs.map(\.frameCount) == [3, 2])
        for (run, numbers) in zip(runs, [0..<3, 3..<5]) {
            for coding in Self.windows + [.plain, FrameCoding(windowBits: 12)] {
                let messages = try read(batch, run, coding)
                #expect(messages.map(\.text) == numbers.map(Self.text))
                // For a window that nobody had the plain ones do.
                #expect(messages.allSatisfy { $0.isCompressed == Self.windows.contains(coding) })
            }
        }
    }

    @Test("the newest frame of a run is told in each coding", arguments: [0, 9, 15])
    func newestFrame(windowBits: Int) throws {
        let coding = windowBits == 0 ? FrameCoding.plain : FrameCoding(windowBits: windowBits)
        let batch = Batch(loopIndex: 0, compressor: compressor(Self.windows))
        batch.add("of another run", to: .everySubscription)
        for number in 0..<3 { batch.add(Self.text(number), to: .relay) }
        batch.endRun()
        let run = try #require(runs(batch).last)
        var newest: [UInt8] = []
        batch.withFrames(of: run, coded: coding) { frames, offset in newest = Array(frames[offset...]) }
        #expect(try CodedMessage.read(newest).map(\.text) == [Self.text(2)])
    }

    @Test("a change of stream ends a run, compressed as well, and a message with an answer stands alone")
    func boundaries() throws {
        let compressor = compressor([FrameCoding(windowBits: 15)])
        let batch = Batch(loopIndex: 0, compressor: compressor)
        batch.add(Self.text(0), to: .relay)
        batch.add(Batch.Transition(connection: .forTest(), from: nil, to: .relay, answer: []))
        batch.add(Self.text(1), to: .relay)
        let answer = PendingAnswer(connection: .forTest(), prefix: [], suffix: nil)
        Array(Self.text(2).utf8).withUnsafeBytes { batch.addMessage(.text, $0, to: .relay, answer: answer) }
        batch.add(Self.text(3), to: .relay)
        batch.endRun()
        let texts = try runs(batch).map { try read(batch, $0, FrameCoding(windowBits: 15)).map(\.text) }
        #expect(texts == (0..<4).map { [Self.text($0)] })
        #expect(compressor.compressionCount == 4)
    }

    @Test("what is ended twice is compressed once")
    func endedTwice() {
        let compressor = compressor(Self.windows)
        let batch = Batch(loopIndex: 0, compressor: compressor)
        batch.add(Self.text(0), to: .relay)
        batch.endRun()
        batch.endRun()
        #expect(batch.items.count == 1)
        #expect(compressor.compressionCount == Self.windows.count)
    }

    @Test("a batch that is used again holds nothing of before")
    func reuse() throws {
        let batch = Batch(loopIndex: 0, compressor: compressor(Self.windows))
        batch.add(Self.text(0), to: .relay)
        batch.endRun()
        batch.clear()
        batch.add(Self.text(1), to: .relay)
        batch.endRun()
        #expect(batch.items.count == 1)
        let run = try #require(runs(batch).first)
        for coding in Self.windows { #expect(try read(batch, run, coding).map(\.text) == [Self.text(1)]) }
    }

    @Test("where nobody has a window nothing is compressed")
    func nobody() throws {
        let compressor = compressor([])
        let batch = Batch(loopIndex: 0, compressor: compressor)
        batch.add(Self.text(0), to: .relay)
        batch.endRun()
        #expect(compressor.compressionCount == 0)
        let run = try #require(runs(batch).first)
        #expect(try read(batch, run, FrameCoding(windowBits: 15)).map(\.isCompressed) == [false])
    }
}
