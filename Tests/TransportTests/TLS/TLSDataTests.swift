import TestSupport
import Testing

@testable import Transport

@Suite("TLS: data")
struct TLSDataTests {
    @Test(
        "comes out as it went in, both ways", arguments: TLSVersion.allCases, [0, 1, 16_384, 16_385, 1 << 20])
    func isIntact(version: TLSVersion, count: Int) throws {
        let pair = try TLSPair.connected(TLSContexts(newestVersion: version))
        let (question, answer) = (PatternBytes(count: count, seed: 1).array, PatternBytes(count: count, seed: 2).array)
        #expect(try pair.pass(question, from: pair.client, to: pair.server) == question)
        #expect(try pair.pass(answer, from: pair.server, to: pair.client) == answer)
    }

    @Test("byte by byte", arguments: TLSVersion.allCases, [0, 1, 16_385])
    func byteByByte(version: TLSVersion, count: Int) throws {
        let pair = try TLSPair.connected(TLSContexts(newestVersion: version), pieceBytes: 1)
        let bytes = PatternBytes(count: count).array
        #expect(try pair.pass(bytes, from: pair.client, to: pair.server) == bytes)
        #expect(try pair.pass(bytes, from: pair.server, to: pair.client) == bytes)
    }

    @Test("nothing written is nothing sent")
    func nothing() throws {
        let pair = try TLSPair.connected(TLSContexts())
        try pair.server.write([])
        #expect(pair.server.outgoing.isEmpty)
    }

    @Test("a record carries up to 16,384 bytes (RFC 8446 §5.1)", arguments: TLSVersion.allCases)
    func records(version: TLSVersion) throws {
        let pair = try TLSPair.connected(TLSContexts(newestVersion: version))
        for (count, records) in [(1, 1), (16_384, 1), (16_385, 2), (40_000, 3)] {
            try pair.server.write([UInt8](repeating: 7, count: count))
            let bytes = pair.server.takeOutgoing()
            var (start, found) = (0, 0)
            while start + 5 <= bytes.count {
                // The type application data (23), then the version, then the length.
                #expect(bytes[start] == 23)
                start += 5 + Int(bytes[start + 3]) << 8 + Int(bytes[start + 4])
                found += 1
            }
            #expect(start == bytes.count)
            #expect(found == records)
        }
    }

    @Test("is not to be read on the way")
    func isEncrypted() throws {
        let pair = try TLSPair.connected(TLSContexts())
        try pair.client.write([UInt8](repeating: 0x41, count: 1_000))
        let ciphertext = pair.client.takeOutgoing()
        #expect(ciphertext.count > 1_000)
        #expect(ciphertext.filter { $0 == 0x41 }.count < 100)
    }

    @Test("fits through small buffers", arguments: [1, 3, 100])
    func smallBuffers(capacity: Int) throws {
        let pair = try TLSPair.connected(TLSContexts())
        let bytes = PatternBytes(count: 1_000).array
        try pair.client.write(bytes)
        pair.server.receive(pair.client.takeOutgoing())
        let first = try pair.server.readOnce(capacity: capacity)
        #expect(first.result == .bytes(capacity))
        #expect(try first.bytes + pair.server.readAll(capacity: capacity) == bytes)
        #expect(try pair.server.readOnce().result == .needsMore)
    }

    @Test("what was written is sent in any portions, and more may be written meanwhile")
    func portions() throws {
        let pair = try TLSPair.connected(TLSContexts())
        var generator = SplitMix64(seed: 3)
        var (expected, received): ([UInt8], [UInt8]) = ([], [])
        for round in 0..<200 as Range<UInt8> {
            let bytes = [UInt8](repeating: round, count: Int.random(in: 0...3_000, using: &generator))
            try pair.server.write(bytes)
            expected += bytes
            let count = Int.random(in: 0...pair.server.outgoing.count, using: &generator)
            pair.client.receive(Array(pair.server.outgoing[..<count]))
            pair.server.consumeOutgoing(count)
            received += try pair.client.readAll()
        }
        pair.client.receive(pair.server.takeOutgoing())
        received += try pair.client.readAll()
        #expect(received == expected)
    }

    @Test("both sides may send at the same time")
    func crossing() throws {
        let pair = try TLSPair.connected(TLSContexts())
        try pair.client.write([1])
        try pair.server.write([2])
        let (fromClient, fromServer) = (pair.client.takeOutgoing(), pair.server.takeOutgoing())
        pair.client.receive(fromServer)
        pair.server.receive(fromClient)
        #expect(try pair.client.readAll() == [2])
        #expect(try pair.server.readAll() == [1])
    }
}
