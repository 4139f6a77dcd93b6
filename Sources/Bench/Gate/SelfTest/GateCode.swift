/// Which code measures and decides: self-tests of different code do not pool.
package enum GateCode {
    /// Of the sources named in `GateCodeTests`, comments and white space aside; that test says what it has to be.
    package static let digest = "ec239b31b272354e"
}
