/// A host name that could not be turned into an address.
package struct AddressError: Error, CustomStringConvertible {
    package let host: String
    package let reason: String

    package var description: String { "cannot resolve \(host): \(reason)" }
}
