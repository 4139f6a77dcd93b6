/// An optional that is encoded as null where Swift's synthesized coding would leave the key out.
///
/// A key that is missing when decoding reads as nil too, so that results of older versions stay readable.
@propertyWrapper
package struct ExplicitNull<Wrapped: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
    package var wrappedValue: Wrapped?

    package init(wrappedValue: Wrapped?) {
        self.wrappedValue = wrappedValue
    }

    package init(from decoder: any Decoder) throws {
        wrappedValue = try decoder.singleValueContainer().decode(Wrapped?.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue)
    }
}

extension KeyedDecodingContainer {
    /// Chosen by synthesized coding over the standard method, which refuses a missing key.
    package func decode<Wrapped>(
        _ type: ExplicitNull<Wrapped>.Type, forKey key: Key
    ) throws -> ExplicitNull<Wrapped> {
        try decodeIfPresent(type, forKey: key) ?? ExplicitNull(wrappedValue: nil)
    }
}
