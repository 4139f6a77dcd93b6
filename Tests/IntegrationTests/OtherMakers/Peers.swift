import Foundation
import Testing

/// The relays of `peers/` that are installed and ready on this machine (`scripts/peers`).
enum Peers {
    static let absence: Comment = "none of the relays in peers/ is ready: scripts/peers"

    static let ready: [String] = {
        let list = try? ChildProcess.run(root + "/scripts/peers", ["--list"])
        return list?.outputText.split(separator: "\n").map(String.init) ?? []
    }()

    /// The project's own, which have to withstand anything; the others are as their makers made them.
    static let bare = ready.filter { $0.hasPrefix("bare-") }

    /// Starts one of them, which takes connections on the port when this returns.
    static func start(_ name: String, port: UInt16) throws -> ChildProcess {
        let process = try ChildProcess("\(root)/peers/\(name)/run", ["\(port)"])
        let isListening = Deadline.reaches { (try? RawSocket(port: port)) != nil || !process.isRunning }
        try #require(isListening && process.isRunning, "\(name) does not listen: \(process.errorText)")
        return process
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
}
