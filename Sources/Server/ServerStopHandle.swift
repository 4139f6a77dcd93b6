/// Lets any thread end a server.
package struct ServerStopHandle: Sendable {
    let loops: [UncheckedLoop]

    package func stop() {
        for loop in loops { loop.drain() }
    }
}
