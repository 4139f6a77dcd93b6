/// Whose certificates a client accepts.
package enum TLSTrust: Equatable, Sendable {
    /// Those that the system's certificate authorities have signed, for the host's name.
    case systemStore
    /// Those that an authority in this file (PEM) has signed, for the host's name.
    case authorities(file: String)
    /// Any, for any name: against servers with a certificate of their own making. No protection from an attacker.
    case anyone
}
