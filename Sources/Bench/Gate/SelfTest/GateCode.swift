/// Which code measures and decides: self-tests of different code do not pool.
package enum GateCode {
    /// Of the sources named in `GateCodeTests`, comments and white space aside; that test says what it has to be.
    package static let digest = "2ef542df6ffb96e5"
}
