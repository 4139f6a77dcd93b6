/// The parameters of one permessage-deflate element, as they stand in an offer or in an answer (RFC 7692 §7.1).
struct DeflateTerms: Equatable, Sendable {
    /// Names as on the wire; they compare case-sensitively.
    enum Name: String {
        case serverNoContextTakeover = "server_no_context_takeover"
        case clientNoContextTakeover = "client_no_context_takeover"
        case serverMaximumWindowBits = "server_max_window_bits"
        case clientMaximumWindowBits = "client_max_window_bits"
    }

    enum Place {
        /// `client_max_window_bits` may have no value, which means 15 (§7.1.2.2).
        case offer
        /// Window bits always have a value.
        case answer
    }

    private(set) var serverNoContextTakeover = false
    private(set) var clientNoContextTakeover = false
    /// 8...15; nil where the parameter is absent.
    private(set) var serverMaximumWindowBits: Int?
    /// 8...15; nil where the parameter is absent.
    private(set) var clientMaximumWindowBits: Int?

    /// Takes the next parameter; false when it is unknown, was there before, lacks a value or has a wrong one.
    mutating func take(_ parameter: ExtensionElement.Parameter, in place: Place) -> Bool {
        switch (Name(rawValue: parameter.name), parameter.value) {
        case (.serverNoContextTakeover?, nil) where !serverNoContextTakeover:
            serverNoContextTakeover = true
            return true
        case (.clientNoContextTakeover?, nil) where !clientNoContextTakeover:
            clientNoContextTakeover = true
            return true
        case (.serverMaximumWindowBits?, let value?) where serverMaximumWindowBits == nil:
            serverMaximumWindowBits = Self.windowBits(value)
            return serverMaximumWindowBits != nil
        case (.clientMaximumWindowBits?, let value?) where clientMaximumWindowBits == nil:
            clientMaximumWindowBits = Self.windowBits(value)
            return clientMaximumWindowBits != nil
        case (.clientMaximumWindowBits?, nil) where clientMaximumWindowBits == nil && place == .offer:
            clientMaximumWindowBits = DeflateParameters.largestWindowBits
            return true
        default:
            return false
        }
    }

    /// 8...15 in decimal without leading zeros or a sign (§7.1.2); nil for anything else.
    private static func windowBits(_ text: String) -> Int? {
        guard let bits = Int(text), (8...DeflateParameters.largestWindowBits).contains(bits) else { return nil }
        // `Int` also reads "+9" and "09".
        return text == String(bits) ? bits : nil
    }
}
