import WebSocketWire

/// Compressed messages of any kind: the output keeps to the limit, and nothing is left over for the next message. The
/// setting chooses the limit.
enum InflateTarget {
    private static let limitsBytes = [65_536, 100, 1, 0]

    static func check(_ input: FuzzInput) throws(FuzzFinding) {
        let limitBytes = limitsBytes[input.setting(0) & 3]
        let inflater = Inflater()
        let first = try inflate(input.content, limitBytes: limitBytes, by: inflater)
        let second = try inflate(input.content, limitBytes: limitBytes, by: inflater)
        guard second == first else { throw FuzzFinding("expected \(first) again, found \(second)") }
        guard case .success(let message) = first else { return }
        let exact = try inflate(input.content, limitBytes: message.count, by: inflater)
        guard exact == first else {
            throw FuzzFinding("expected \(message.count) bytes under a limit of as many, found \(exact)")
        }
        guard !message.isEmpty else { return }
        let tooSmall = message.count - 1
        let refused = try inflate(input.content, limitBytes: tooSmall, by: inflater)
        guard refused == .failure(.tooLarge(limitBytes: tooSmall)) else {
            throw FuzzFinding("expected \(message.count) bytes to be refused under a limit of \(tooSmall)")
        }
    }

    private static func inflate(
        _ message: [UInt8], limitBytes: Int, by inflater: Inflater
    ) throws(FuzzFinding) -> Result<[UInt8], InflateFailure> {
        let kept: [UInt8] = [1, 2, 3]
        var output = kept
        let failure: InflateFailure? = ExactMemory.withCopy(of: message) { bytes in
            do throws(InflateFailure) {
                try inflater.inflate(UnsafeRawBufferPointer(bytes), limitBytes: limitBytes, into: &output)
                return nil
            } catch {
                return error
            }
        }
        guard output.starts(with: kept) else { throw FuzzFinding("expected the output's front to stay as it was") }
        let inflated = Array(output.dropFirst(kept.count))
        if let failure {
            guard inflated.isEmpty else { throw FuzzFinding("expected no output after \(failure), found \(inflated)") }
            return .failure(failure)
        }
        guard inflated.count <= limitBytes else {
            throw FuzzFinding("expected at most \(limitBytes) bytes, found \(inflated.count)")
        }
        return .success(inflated)
    }
}
