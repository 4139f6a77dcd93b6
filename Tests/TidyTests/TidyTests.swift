import Foundation
import Testing

/// Rules of the project that no compiler checks, held against the sources themselves.
@Suite("Tidy")
struct TidyTests {
    private struct Source {
        let path: String
        let module: String
        let lines: [Substring]
    }

    /// The most lines that a source file may have.
    private static let lineLimit = 400

    /// What each module may import of the project: arrows point one way.
    private static let allowedImports: [String: Set<String>] = [
        "WebSocketWire": ["COpenSSL", "CZlib"],
        "Recording": ["CJemalloc", "CZlib"],
        "Transport": ["WebSocketWire", "Recording", "CLiburing", "COpenSSL", "CSystem"],
        "Server": ["Transport", "WebSocketWire", "Recording", "CSystem", "COpenSSL"],
        "LoadGen": ["Transport", "WebSocketWire", "Recording", "CSystem"],
        "FuzzTargets": ["Server", "Transport", "WebSocketWire"],
        "Bench": ["Server", "LoadGen", "Transport", "WebSocketWire", "Recording", "CSystem"],
        "broadside": ["Bench", "Server", "LoadGen", "Transport", "WebSocketWire", "Recording", "CSystem"],
    ]

    private static let ownModules = Set(allowedImports.keys).union([
        "CJemalloc", "CZlib", "COpenSSL", "CLiburing", "CSystem",
    ])

    private static let sources: [Source] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources")
        let files = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
        return files.filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
            guard let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8) else { return nil }
            let module = path.split(separator: "/").first.map(String.init) ?? ""
            return Source(
                path: path, module: module, lines: text.split(separator: "\n", omittingEmptySubsequences: false))
        }
    }()

    @Test("the sources are found at all")
    func sourcesAreFound() {
        #expect(Self.sources.count > 100)
        #expect(Set(Self.sources.map(\.module)) == Set(Self.allowedImports.keys))
    }

    @Test("imports point one way")
    func imports() {
        for source in Self.sources {
            for line in source.lines where line.hasPrefix("import ") {
                let module = String(line.dropFirst("import ".count))
                guard Self.ownModules.contains(module) else { continue }
                #expect(
                    Self.allowedImports[source.module]?.contains(module) == true,
                    "\(source.path) must not import \(module)")
            }
        }
    }

    @Test("a file holds one idea")
    func fileSizes() {
        for source in Self.sources {
            #expect(source.lines.count <= Self.lineLimit, "\(source.path) has \(source.lines.count) lines")
        }
    }

    @Test(
        "nothing stands in the sources that does not belong there",
        arguments: [
            "try!", "as!", "TODO", "FIXME", "XXX", "DispatchQueue", " Task {",
        ])
    func bannedWords(word: String) {
        for source in Self.sources {
            for (index, line) in source.lines.enumerated() where line.contains(word) {
                Issue.record("\(source.path):\(index + 1) has \(word)")
            }
        }
    }

    /// A package of its own can reach nothing else. `package` is what other modules of this one need.
    @Test("nothing is public but what the fuzzer's package calls")
    func publicDeclarations() {
        let allowed: Set = ["FuzzTargets/FuzzTarget.swift", "FuzzTargets/FuzzFinding.swift"]
        let found = Self.sources.filter { source in source.lines.contains { $0.contains("public ") } }
        #expect(Set(found.map(\.path)) == allowed)
    }

    @Test("each declaration that the compiler does not check says why it is right")
    func uncheckedDeclarationsHaveReasons() {
        for source in Self.sources {
            for (index, line) in source.lines.enumerated() where line.contains("@unchecked Sendable") {
                guard !line.trimmingPrefix(while: \.isWhitespace).hasPrefix("//") else { continue }
                let around = source.lines[max(0, index - 25)...min(source.lines.count - 1, index + 4)]
                let hasReason = around.contains { $0.contains("//") && $0.contains("@unchecked Sendable`") }
                #expect(hasReason, "\(source.path):\(index + 1)")
            }
        }
    }

    @Test("only Transport and the programs that it starts talk to the network")
    func networkCalls() {
        let calls = ["recv(", "accept4(", "epoll_", "io_uring_", "getaddrinfo("]
        for source in Self.sources where source.module != "Transport" {
            for (index, line) in source.lines.enumerated() {
                for call in calls where line.contains(" \(call)") || line.contains("= \(call)") {
                    Issue.record("\(source.path):\(index + 1) calls \(call))")
                }
            }
        }
    }
}
