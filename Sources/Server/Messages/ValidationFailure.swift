/// A message or body that does not say what it should, for the one who sent it: the path of the field, what was
/// expected there and what was found.
package struct ValidationFailure: Error, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
