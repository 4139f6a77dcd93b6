/// Why a self-test cannot be, in one line.
package struct SelfTestFailure: Error, CustomStringConvertible {
    package let description: String
}
