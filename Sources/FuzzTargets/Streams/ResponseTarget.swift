import WebSocketWire

/// HTTP responses, each held against the upgrade that a client of ours asked for. Bit 0 of the first setting chooses
/// small limits.
enum ResponseTarget {
    /// The key is RFC 6455's own (§1.3), so that a corpus can have its answer.
    private static let upgrade = ClientUpgrade(
        host: "example.com", path: "/chat", key: "dGhlIHNhbXBsZSBub25jZQ==", subprotocols: ["chat", "superchat"],
        extensions: DeflateOffer.clientHeaderValue)
    private static let acceptKey = "s3pPLBMiTxaQ9kYGzzhZRbK+xOo="
    private static let windowBits = 8...15

    static func check(_ input: FuzzInput) throws(FuzzFinding) {
        let limits = HTTPLimits(fuzzChoice: input.setting(0))
        let transcript = try Splits.check(input) { pieces throws(FuzzFinding) in
            try HTTPTranscript<HTTPResponseParser>(pieces, limits: limits)
        }
        for response in transcript.messages { try check(response) }
    }

    private static func check(_ response: HTTPClientResponse) throws(FuzzFinding) {
        let accepted = response.status == 101 && response.headers.first("Sec-WebSocket-Accept") == acceptKey
        guard accepted || !isValid(response) else {
            throw FuzzFinding("expected to be accepted only what answers the key with 101, found \(response)")
        }
        let elements = response.headers.elements(of: "Sec-WebSocket-Extensions")
        guard let parameters = try? DeflateAgreement.agreed(inAnswer: elements) else { return }
        guard windowBits.contains(parameters.serverMaximumWindowBits),
            windowBits.contains(parameters.clientMaximumWindowBits), parameters.serverNoContextTakeover
        else {
            throw FuzzFinding("expected windows of \(windowBits) bits and none kept, found \(parameters)")
        }
    }

    private static func isValid(_ response: HTTPClientResponse) -> Bool {
        do throws(UpgradeFailure) {
            _ = try upgrade.validate(response)
            return true
        } catch {
            return false
        }
    }
}
