/// Which part of an authority is wrong.
package enum HTTPAuthorityError: Error, Equatable {
    case badHost
    /// No number from 1 to 65535.
    case badPort
}
