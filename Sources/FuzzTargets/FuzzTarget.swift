/// What is fuzzed: each target hands arbitrary bytes to one reader of what peers send, and holds the outcome against
/// the promises of that reader.
///
/// The raw values name the folders of `fuzz/corpus`. These two types are public since the fuzzer's executable is a
/// package of its own (`fuzz/`): linked with libFuzzer, it has no `main` of ours.
public enum FuzzTarget: String, CaseIterable, Sendable {
    /// Permessage-deflate, from a payload to its compressed form and back.
    case deflate
    /// WebSocket frames, read by either end.
    case frames
    /// Compressed messages.
    case inflate
    /// JSON that clients and publishers send.
    case messages
    /// HTTP requests.
    case requests
    /// HTTP responses, as answers to an upgrade.
    case responses
    /// UTF-8.
    case text
    /// TLS records, before and after a handshake.
    case tls
    /// Requests for WebSocket, and who is let in.
    case upgrade

    /// Runs the target on one input. Any bytes are an input; what refuses them has kept its promise.
    ///
    /// - Throws: `FuzzFinding` where a promise is not kept.
    public func check(_ input: UnsafeRawBufferPointer) throws(FuzzFinding) {
        switch self {
        case .deflate: try DeflateTarget.check(FuzzInput(input, settingsBytes: 2))
        case .frames: try FrameTarget.check(FuzzInput(input, settingsBytes: 4))
        case .inflate: try InflateTarget.check(FuzzInput(input, settingsBytes: 1))
        case .messages: try MessageTarget.check(FuzzInput(input, settingsBytes: 0).content)
        case .requests: try RequestTarget.check(FuzzInput(input, settingsBytes: 4))
        case .responses: try ResponseTarget.check(FuzzInput(input, settingsBytes: 4))
        case .text: try TextTarget.check(FuzzInput(input, settingsBytes: 4))
        case .tls: try TLSTarget.check(FuzzInput(input, settingsBytes: 4))
        case .upgrade: try UpgradeTarget.check(FuzzInput(input, settingsBytes: 0).content)
        }
    }
}
