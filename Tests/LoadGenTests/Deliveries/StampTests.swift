import LoadGen
import Testing

@Suite("Stamp")
struct StampTests {
    private static func stamp(
        tag: UInt16, publisher: UInt32, sequence: UInt64, intended: UInt64, sent: UInt64
    ) -> Stamp {
        Stamp(
            identity: Stamp.Identity(runTag: tag, publisher: publisher, sequence: sequence),
            intendedNanoseconds: intended, sentNanoseconds: sent)
    }

    private static let example = stamp(
        tag: 0xbeef, publisher: 0x12345, sequence: 0x67_89ab_cdef, intended: 0x0123_4567_89ab,
        sent: 0xfedc_ba98_7654)
    private static let exampleText = "~bs~beef0123456789abcdef0123456789abfedcba987654"

    private func encoded(_ stamp: Stamp) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Stamp.encodedBytes)
        bytes.withUnsafeMutableBytes { stamp.encode(into: $0) }
        return bytes
    }

    private func decode(_ bytes: [UInt8], at offset: Int = 0) -> Stamp? {
        bytes.withUnsafeBytes { Stamp.decode($0, at: offset) }
    }

    private func identity(_ bytes: [UInt8], at offset: Int = 0) -> Stamp.Identity? {
        bytes.withUnsafeBytes { Stamp.decodeIdentity($0, at: offset) }
    }

    @Test("the text is the documented one")
    func text() {
        #expect(String(decoding: encoded(Self.example), as: UTF8.self) == Self.exampleText)
    }

    @Test(
        "a stamp comes back, at the bounds of its fields too",
        arguments: [
            example, stamp(tag: 0, publisher: 0, sequence: 0, intended: 0, sent: 0),
            stamp(
                tag: .max, publisher: Stamp.publisherLimit - 1, sequence: Stamp.sequenceLimit - 1,
                intended: Stamp.nanosecondsLimit - 1, sent: Stamp.nanosecondsLimit - 1),
        ])
    func roundTrip(stamp: Stamp) {
        #expect(decode(encoded(stamp)) == stamp)
        #expect(identity(encoded(stamp)) == stamp.identity)
    }

    @Test("random stamps come back, at any alignment")
    func randomRoundTrips() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<5_000 {
            let stamp = Self.stamp(
                tag: .random(in: 0 ... .max, using: &generator),
                publisher: .random(in: 0..<Stamp.publisherLimit, using: &generator),
                sequence: .random(in: 0..<Stamp.sequenceLimit, using: &generator),
                intended: .random(in: 0..<Stamp.nanosecondsLimit, using: &generator),
                sent: .random(in: 0..<Stamp.nanosecondsLimit, using: &generator))
            let offset = Int.random(in: 0...16, using: &generator)
            var bytes = [UInt8](repeating: 0x2e, count: 64)
            bytes.withUnsafeMutableBytes { stamp.encode(into: $0, at: offset) }
            #expect(decode(bytes, at: offset) == stamp)
            #expect(bytes.filter { $0 == 0x2e }.count == 16)
            #expect(bytes.withUnsafeBytes(Stamp.find(in:)) == offset)
        }
    }

    @Test("a changed byte is either another valid digit or makes the stamp malformed")
    func everyChangedByte() {
        let original = encoded(Self.example)
        for place in original.indices {
            for byte in UInt8.min...UInt8.max where byte != original[place] {
                var bytes = original
                bytes[place] = byte
                guard let stamp = decode(bytes) else { continue }
                #expect(place >= 4 && encoded(stamp) == bytes, "byte \(byte) at \(place)")
            }
        }
    }

    @Test(
        "what is no stamp is not read as one",
        arguments: [
            "", "~bs~", String(exampleText.dropLast()), String(exampleText.dropFirst()),
            exampleText.replacing("~bs~", with: "~bs-"), exampleText.uppercased(),
            exampleText.replacing("beef", with: "bee "),
            exampleText.replacing("012345", with: "100000"), exampleText.replacing("012345", with: "ffffff"),
            exampleText.replacing("abcdef", with: "abcdeg"), exampleText.replacing("7654", with: "765:"),
        ])
    func malformed(text: String) {
        #expect(decode(Array(text.utf8)) == nil)
        #expect(Array(text.utf8).withUnsafeBytes(Stamp.find(in:)) == nil)
    }

    @Test("malformed times leave the identity readable, a malformed identity leaves nothing")
    func halves() {
        let badTimes = Array(Self.exampleText.replacing("fedc", with: "FEDC").utf8)
        #expect(decode(badTimes) == nil)
        #expect(identity(badTimes) == Self.example.identity)
        let badIdentity = Array(Self.exampleText.replacing("beef", with: "bee!").utf8)
        #expect(identity(badIdentity) == nil)
    }

    @Test("an offset without room for a stamp gives none", arguments: [Int.min, -1, 1, 47, 48, 49, Int.max])
    func offsets(offset: Int) {
        #expect(decode(encoded(Self.example), at: offset) == nil)
        #expect(identity(encoded(Self.example), at: offset) == nil)
    }

    @Test(
        "a stamp is found behind other text, false marks included",
        arguments: [
            "", "{\"data\":\"", "~", "~~bs", "~bs~", "~bs~beef", String(repeating: "~bs~", count: 40),
        ])
    func find(prefix: String) {
        let bytes = Array((prefix + Self.exampleText + "\"}").utf8)
        let found = bytes.withUnsafeBytes(Stamp.find(in:))
        #expect(found == prefix.utf8.count)
        #expect(found.flatMap { decode(bytes, at: $0) } == Self.example)
    }

    @Test("nothing is found in an empty buffer")
    func findInNothing() {
        #expect(Stamp.find(in: UnsafeRawBufferPointer(start: nil, count: 0)) == nil)
    }

    @Test("all characters may stand in a JSON string and in a URL")
    func characters() {
        let unreserved = Set("abcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        #expect(encoded(Self.example).allSatisfy(unreserved.contains))
    }

    @Test("random bytes never trap")
    func randomBytes() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<5_000 {
            let bytes =
                Array("~bs~".utf8) + (0..<60).map { _ in UInt8.random(in: 0...255, using: &generator) }
            #expect(decode(bytes) == nil)
        }
    }

    @Test("values that do not fit, and buffers without room, are programmer errors")
    func programmerErrors() async {
        await #expect(processExitsWith: .failure) {
            _ = Stamp.Identity(runTag: 0, publisher: Stamp.publisherLimit, sequence: 0)
        }
        await #expect(processExitsWith: .failure) {
            _ = Stamp.Identity(runTag: 0, publisher: 0, sequence: Stamp.sequenceLimit)
        }
        await #expect(processExitsWith: .failure) {
            let identity = Stamp.Identity(runTag: 0, publisher: 0, sequence: 0)
            let stamp = Stamp(identity: identity, intendedNanoseconds: 0, sentNanoseconds: 0)
            withUnsafeTemporaryAllocation(byteCount: 47, alignment: 1) { stamp.encode(into: $0) }
        }
    }
}
