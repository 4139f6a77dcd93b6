/// Why a stored baseline cannot be used, in one line.
package struct BaselineFailure: Error, CustomStringConvertible {
    package let description: String
}
