/// Collects a body of known length or in chunks (RFC 9112 §6, §7.1), bounded by `HTTPLimits.bodyBytes`.
struct HTTPBodyReader {
    private enum Phase {
        case contentLength
        case chunkSize
        case chunkData
        case chunkEnd
        case trailers
        case complete
    }

    /// For one chunk's size with its extensions.
    private static let chunkLineBytes = 1024

    private let limits: HTTPLimits
    private var phase: Phase
    /// What is left of the body, or of the chunk under way.
    private var remainingBytes = 0
    private var reader = HTTPLineReader()
    /// Of the CR LF behind a chunk's data the first byte has come.
    private var hasChunkEndCR = false
    private var lineBudgetBytes: Int
    private(set) var body: [UInt8] = []
    private(set) var hasBegun = false

    /// - Throws: `bodyTooLarge` when a given length already says so.
    init(framing: HTTPBodyFraming, limits: HTTPLimits) throws(HTTPViolation) {
        self.limits = limits
        lineBudgetBytes = Self.chunkLineBytes
        switch framing {
        case .absent: phase = .complete
        case .chunked: phase = .chunkSize
        case .length(let length):
            guard length <= limits.bodyBytes else { throw .bodyTooLarge }
            remainingBytes = length
            phase = length == 0 ? .complete : .contentLength
        }
    }

    /// Reads on; true once the body is complete.
    mutating func read(
        in input: UnsafeRawBufferPointer, at offset: inout Int
    ) throws(HTTPViolation) -> Bool {
        while phase != .complete {
            guard offset < input.count else { return false }
            hasBegun = true
            switch phase {
            case .contentLength:
                if takeData(in: input, at: &offset) { phase = .complete }
            case .chunkData:
                if takeData(in: input, at: &offset) { phase = .chunkEnd }
            case .chunkEnd:
                try takeChunkEnd(in: input, at: &offset)
            case .chunkSize, .trailers:
                let isTrailer = phase == .trailers
                let isLine = try reader.readLine(
                    in: input, at: &offset, budgetBytes: &lineBudgetBytes,
                    tooLong: isTrailer ? .headTooLarge : .badRequest("A chunk's size line is too long."))
                if isLine { try acceptLine() }
            case .complete: break
            }
        }
        return true
    }

    /// Takes what the input holds of the piece under way; true when that is complete.
    private mutating func takeData(in input: UnsafeRawBufferPointer, at offset: inout Int) -> Bool {
        let count = min(remainingBytes, input.count - offset)
        body.append(contentsOf: input[offset..<offset + count])
        offset += count
        remainingBytes -= count
        return remainingBytes == 0
    }

    /// The CR LF behind a chunk's data, byte by byte: what else stands there is the same fault however it is cut.
    private mutating func takeChunkEnd(in input: UnsafeRawBufferPointer, at offset: inout Int) throws(HTTPViolation) {
        guard input[offset] == UInt8(ascii: hasChunkEndCR ? "\n" : "\r") else {
            throw .badRequest("A chunk is longer than its size.")
        }
        offset += 1
        hasChunkEndCR.toggle()
        guard !hasChunkEndCR else { return }
        phase = .chunkSize
        lineBudgetBytes = Self.chunkLineBytes
    }

    private mutating func acceptLine() throws(HTTPViolation) {
        switch phase {
        case .chunkSize:
            remainingBytes = try Self.chunkSize(reader.line)
            guard remainingBytes <= limits.bodyBytes - body.count else { throw .bodyTooLarge }
            phase = remainingBytes == 0 ? .trailers : .chunkData
            lineBudgetBytes = remainingBytes == 0 ? limits.headBytes : Self.chunkLineBytes
        case .trailers:
            if reader.line.isEmpty {
                phase = .complete
            } else {
                // Trailers are checked and dropped.
                _ = try HTTPHeadReader.field(reader.line)
            }
        case .contentLength, .chunkData, .chunkEnd, .complete: break
        }
    }

    /// The size in front of a chunk; extensions behind it are ignored.
    private static func chunkSize(_ line: [UInt8]) throws(HTTPViolation) -> Int {
        let digits = line.prefix { HTTPGrammar.hexadecimal(CollectionOfOne($0)) != nil }
        let rest = HTTPGrammar.trimmed(line[digits.endIndex...])
        guard let size = HTTPGrammar.hexadecimal(digits),
            digits.count == line.count || rest.first == UInt8(ascii: ";"),
            rest.allSatisfy(HTTPGrammar.isFieldValueByte)
        else {
            throw .badRequest("A chunk's size is malformed, expected a hexadecimal number.")
        }
        return size
    }
}
