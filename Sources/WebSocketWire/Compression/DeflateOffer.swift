/// A client's offer of permessage-deflate: one element of its Sec-WebSocket-Extensions (RFC 7692 §7.1).
package struct DeflateOffer: Equatable, Sendable {
    /// What our client offers. It keeps no window from one message to the next and asks the same of the server,
    /// and it can keep to a smaller window.
    package static let clientHeaderValue =
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover; client_max_window_bits"

    let terms: DeflateTerms

    /// Nil for another extension, and for an offer that is to be declined (RFC 7692 §7.1): with a parameter that is
    /// unknown, comes twice, lacks its value or has one that is not allowed.
    ///
    /// - Parameter element: as in `ServerUpgrade.offeredExtensions`.
    package init?(_ element: String) {
        guard let element = ExtensionElement(element),
            element.name.equalsIgnoringASCIICase(DeflateParameters.extensionName)
        else { return nil }
        var terms = DeflateTerms()
        for parameter in element.parameters {
            guard terms.take(parameter, in: .offer) else { return nil }
        }
        self.terms = terms
    }
}
