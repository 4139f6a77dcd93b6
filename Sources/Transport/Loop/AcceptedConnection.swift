import CSystem
import Glibc

/// A client's descriptor between accepting it and giving it to a loop; it may cross threads once.
package struct AcceptedConnection: Sendable {
    let descriptor: Int32

    /// Refuses the client: nobody will adopt it.
    package func drop() { close(descriptor) }
}
