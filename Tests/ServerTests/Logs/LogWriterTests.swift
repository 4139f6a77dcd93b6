import Glibc
import Testing
import Transport

@testable import Server

@Suite("LogWriter")
struct LogWriterTests {
    private static let patienceNanoseconds: UInt64 = 20_000_000_000
    /// More than a pipe and the queue hold.
    private static let lineCount = 20_000

    private let source: Int32
    private let target: Int32
    private let received = SharedList<[UInt8]>()

    init() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        (source, target) = (ends[0], ends[1])
    }

    private func writer(limitBytes: Int) throws -> LogWriter {
        try LogWriter(descriptor: target, limitBytes: limitBytes) { Array("dropped \($0)\n".utf8) }
    }

    /// Reads from now on, up to the end.
    private func startReading() throws -> LoopThread {
        let (source, received) = (source, received)
        return try LoopThread {
            var chunk = [UInt8](repeating: 0, count: 65_536)
            while case let count = read(source, &chunk, chunk.count), count > 0 {
                received.append(Array(chunk[..<count]))
            }
        }
    }

    /// The words of all lines that were read.
    private func end(_ reader: LoopThread) -> [[Substring]] {
        close(target)
        reader.join()
        close(source)
        return String(decoding: received.elements.flatMap { $0 }, as: UTF8.self).split(separator: "\n").map {
            $0.split(separator: " ")
        }
    }

    /// How many lines are missing, and said to be where they are.
    private func droppedCount(_ lines: [[Substring]]) throws -> Int {
        var dropped = 0
        var expected = 1
        for words in lines {
            let number = try #require(words.count == 2 ? Int(words[1]) : nil, "\(words)")
            if words[0] == "dropped" {
                dropped += number
                expected += number
            } else {
                try #require(number == expected)
                expected += 1
            }
        }
        try #require(expected == Self.lineCount + 1)
        return dropped
    }

    @Test("while nobody reads nobody waits; the lines that were dropped are counted in their place")
    func unread() throws {
        let writer = try writer(limitBytes: 4096)
        for number in 1...Self.lineCount { writer.write(Array("line \(number)\n".utf8)) }
        let reader = try startReading()
        #expect(writer.close(withinNanoseconds: Self.patienceNanoseconds))
        writer.write(Array("too late\n".utf8))
        let dropped = try droppedCount(end(reader))
        #expect(dropped > 0)
        #expect(dropped < Self.lineCount)
    }

    @Test("closing waits for the reader, but not for ever")
    func boundedClose() throws {
        let writer = try writer(limitBytes: 1 << 20)
        for number in 1...Self.lineCount { writer.write(Array("line \(number)\n".utf8)) }
        #expect(!writer.close(withinNanoseconds: 10_000_000))
        let reader = try startReading()
        #expect(writer.close(withinNanoseconds: Self.patienceNanoseconds))
        #expect(try droppedCount(end(reader)) == 0)
    }

    @Test("lines of several threads stay whole, those of each in their order, long ones as well")
    func threads() throws {
        let writer = try writer(limitBytes: 1 << 24)
        let reader = try startReading()
        let filler = String(repeating: "x", count: 5000)
        try Threads.run(4) { thread in
            for number in 0..<500 {
                writer.write(Array("\(thread) \(number)\(number % 50 == 0 ? " \(filler)" : "")\n".utf8))
            }
        }
        #expect(writer.close(withinNanoseconds: Self.patienceNanoseconds))
        let lines = end(reader)
        for thread in 0..<4 {
            let own = lines.filter { $0[0] == String(thread) }
            #expect(own.compactMap { Int($0[1]) } == Array(0..<500))
            #expect(own.count { $0.count == 3 && $0[2].utf8.count == 5000 } == 10)
        }
        #expect(lines.count == 2000)
    }

    @Test("a descriptor that takes nothing holds nobody up")
    func closedDescriptor() throws {
        let writer = try LogWriter(descriptor: -1, limitBytes: 4096) { _ in [] }
        for _ in 0..<10 { writer.write(Array("line\n".utf8)) }
        #expect(writer.close(withinNanoseconds: Self.patienceNanoseconds))
        for descriptor in [source, target] { close(descriptor) }
    }
}
