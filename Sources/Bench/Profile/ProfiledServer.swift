import Recording
import WebSocketWire

/// The server that is profiled: one that was there before, or one of our own for the time of the profile.
package struct ProfiledServer {
    let url: WebSocketURL
    /// Nil where it could not be found: then only the load's side and the server's own report are known.
    let pid: Int32?
    private let process: ServerProcess?

    /// A server that is running already.
    ///
    /// - Parameter pid: where it is not found from the port.
    package init(url: WebSocketURL, pid: Int32?) {
        self.url = url
        self.pid = pid ?? ProcessFigures.listening(onPort: url.port)
        process = nil
    }

    /// A server of our own, ended by `stop`.
    package init(_ process: ServerProcess) throws(WebSocketURLError) {
        url = try WebSocketURL(process.url + "/relay")
        pid = process.pid
        self.process = process
    }

    package func stop() {
        if let process, process.isRunning { process.stop() }
    }
}
