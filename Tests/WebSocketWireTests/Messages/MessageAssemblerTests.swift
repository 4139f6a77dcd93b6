import Testing
import WebSocketWire

@Suite("MessageAssembler")
struct MessageAssemblerTests {
    private func append(_ bytes: [UInt8], to assembler: inout MessageAssembler) {
        bytes.withUnsafeBytes { assembler.append($0) }
    }

    private func message(of assembler: borrowing MessageAssembler) -> [UInt8] {
        assembler.withMessage { Array($0) }
    }

    @Test("parts are put together in order")
    func order() {
        var assembler = MessageAssembler(maximumMessageBytes: 100)
        #expect(assembler.capacityBytes == 0)
        append([1, 2], to: &assembler)
        append([], to: &assembler)
        append([3], to: &assembler)
        #expect(message(of: assembler) == [1, 2, 3])
        #expect(assembler.byteCount == 3)
    }

    @Test("many small parts up to the limit hold little more memory than the limit")
    func growth() {
        let limitBytes = 100_000
        var assembler = MessageAssembler(maximumMessageBytes: limitBytes)
        for _ in 0..<limitBytes / 10 { append([UInt8](repeating: 5, count: 10), to: &assembler) }
        #expect(message(of: assembler) == [UInt8](repeating: 5, count: limitBytes))
        // The allocator rounds up.
        #expect(assembler.capacityBytes < limitBytes + 32768)
    }

    @Test("reset keeps a small buffer and gives back a large one")
    func reset() {
        var assembler = MessageAssembler(maximumMessageBytes: 100_000)
        append([1, 2, 3], to: &assembler)
        let capacityBytes = assembler.capacityBytes
        assembler.reset(keepingCapacityUpTo: 4096)
        #expect(assembler.byteCount == 0)
        #expect(assembler.capacityBytes == capacityBytes)
        append([UInt8](repeating: 1, count: 50_000), to: &assembler)
        assembler.reset(keepingCapacityUpTo: 4096)
        #expect(assembler.byteCount == 0)
        #expect(assembler.capacityBytes == 0)
    }
}
