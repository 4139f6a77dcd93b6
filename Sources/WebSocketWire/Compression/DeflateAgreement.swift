/// How client and server come to use permessage-deflate (RFC 7692 §5.1, §7.1): the server takes one of the client's
/// offers, and the client checks the answer.
///
/// Neither end keeps its window from one message to the next. So a message is compressed once for all clients with
/// the same window, and a connection needs no zlib state of its own.
package struct DeflateAgreement: Equatable, Sendable {
    package let parameters: DeflateParameters
    /// The server's Sec-WebSocket-Extensions.
    package let answer: String

    /// The server's side: takes the first offer that it can keep to; nil when there is none, and messages stay
    /// uncompressed.
    ///
    /// - Parameter offers: `ServerUpgrade.offeredExtensions`; other extensions among them are passed over.
    package static func accept(_ offers: [String]) -> DeflateAgreement? {
        for element in offers {
            if let offer = DeflateOffer(element), let agreement = DeflateAgreement(offer) { return agreement }
        }
        return nil
    }

    /// Nil for an offer that asks for a window which zlib cannot keep to.
    private init?(_ offer: DeflateOffer) {
        let terms = offer.terms
        let serverBits = terms.serverMaximumWindowBits ?? DeflateParameters.largestWindowBits
        guard serverBits >= DeflateParameters.smallestDeflaterWindowBits else { return nil }
        parameters = DeflateParameters(
            serverMaximumWindowBits: serverBits,
            clientMaximumWindowBits: terms.clientMaximumWindowBits ?? DeflateParameters.largestWindowBits,
            serverNoContextTakeover: true,
            clientNoContextTakeover: true)
        var pieces = [
            DeflateParameters.extensionName,
            DeflateTerms.Name.serverNoContextTakeover.rawValue,
            DeflateTerms.Name.clientNoContextTakeover.rawValue,
        ]
        if let bits = terms.serverMaximumWindowBits {
            pieces.append("\(DeflateTerms.Name.serverMaximumWindowBits.rawValue)=\(bits)")
        }
        // Only a client that names it can be asked to keep to it (§7.1.2.2).
        if let bits = terms.clientMaximumWindowBits {
            pieces.append("\(DeflateTerms.Name.clientMaximumWindowBits.rawValue)=\(bits)")
        }
        answer = pieces.joined(separator: "; ")
    }

    /// The client's side, after `DeflateOffer.clientHeaderValue` was offered: what the server agreed to, nil when it
    /// declined. An answer that does not fit the offer fails the connection (§5.1, §7.1).
    ///
    /// - Parameter elements: those of the response's Sec-WebSocket-Extensions: `HTTPHeaders.elements`. Other
    ///   extensions among them are left to `ClientUpgrade.validate`.
    package static func agreed(inAnswer elements: [String]) throws(UpgradeFailure) -> DeflateParameters? {
        var agreed: DeflateParameters?
        for text in elements {
            guard let element = ExtensionElement(text) else { throw .malformedExtension(text) }
            guard element.name.equalsIgnoringASCIICase(DeflateParameters.extensionName) else { continue }
            guard agreed == nil else { throw .repeatedExtension(element.name) }
            agreed = try checked(element)
        }
        return agreed
    }

    private static func checked(_ element: ExtensionElement) throws(UpgradeFailure) -> DeflateParameters {
        var terms = DeflateTerms()
        for parameter in element.parameters {
            guard terms.take(parameter, in: .answer) else {
                let text = parameter.value.map { "\(parameter.name)=\($0)" } ?? parameter.name
                throw .invalidExtensionParameter(text, of: element.name)
            }
        }
        // A server that cannot do without it has to decline (§7.1.1.1).
        guard terms.serverNoContextTakeover else {
            throw .missingExtensionParameter(DeflateTerms.Name.serverNoContextTakeover.rawValue, of: element.name)
        }
        return DeflateParameters(
            serverMaximumWindowBits: terms.serverMaximumWindowBits ?? DeflateParameters.largestWindowBits,
            clientMaximumWindowBits: terms.clientMaximumWindowBits ?? DeflateParameters.largestWindowBits,
            serverNoContextTakeover: true,
            clientNoContextTakeover: terms.clientNoContextTakeover)
    }
}
