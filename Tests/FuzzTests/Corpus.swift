import Foundation
import FuzzTargets

/// The inputs in `fuzz/corpus`, a folder a target.
enum Corpus {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "fuzz/corpus")

    /// The names of its folders.
    static func targets() throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
    }

    /// Name and bytes of each input.
    static func inputs(of target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
        let place = folder.appending(path: target.rawValue)
        let names = try FileManager.default.contentsOfDirectory(atPath: place.path).sorted()
        return try names.map { name in
            let content = try Data(contentsOf: place.appending(path: name))
            return (name: name, bytes: Array(content))
        }
    }
}
