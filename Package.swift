// swift-tools-version: 6.3
import PackageDescription

// The sanitizer that `scripts/sanitize` and `scripts/fuzz` build with: "address" or "thread". Sanitizers bring an
// allocator of their own, so jemalloc is left out.
let sanitizer = Context.environment["BROADSIDE_SANITIZER"]
let isSanitized = sanitizer != nil

let package = Package(
    name: "Broadside",
    products: [
        .executable(name: "broadside", targets: ["broadside"]),
        // For the package in `fuzz`, which links it with libFuzzer.
        .library(name: "FuzzTargets", targets: ["FuzzTargets"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(name: "CLiburing", pkgConfig: "liburing", providers: [.apt(["liburing-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CJemalloc", pkgConfig: "jemalloc", providers: [.apt(["libjemalloc-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CSystem"),

        .target(name: "WebSocketWire", dependencies: ["COpenSSL", "CZlib"]),
        .target(name: "Recording", dependencies: ["CZlib"] + (isSanitized ? [] : ["CJemalloc"])),
        .target(
            name: "Transport",
            dependencies: [
                "WebSocketWire", "Recording", "CSystem", "CLiburing", "COpenSSL",
                .product(name: "HeapModule", package: "swift-collections"),
            ]),
        .target(
            name: "Server",
            dependencies: [
                "Transport", "WebSocketWire", "Recording", "CSystem", "COpenSSL",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "DequeModule", package: "swift-collections"),
            ]),
        .target(
            name: "LoadGen",
            dependencies: [
                "Transport", "WebSocketWire", "Recording", "CSystem", .product(name: "Yams", package: "Yams"),
            ]),
        .target(
            name: "Bench", dependencies: ["Server", "LoadGen", "Transport", "WebSocketWire", "Recording", "CSystem"]),
        .executableTarget(
            name: "broadside",
            dependencies: [
                "Bench", "Server", "LoadGen", "Transport", "Recording", "CSystem",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        // What is fuzzed. An ordinary build has it as well: its tests replay the inputs in `fuzz/corpus`.
        .target(name: "FuzzTargets", dependencies: ["Server", "Transport", "WebSocketWire"]),
        // Not a product: what the tests of several modules need.
        .target(
            name: "TestSupport", dependencies: ["WebSocketWire", "Transport", "CSystem"], path: "Tests/TestSupport"),

        .testTarget(name: "WebSocketWireTests", dependencies: ["TestSupport", "WebSocketWire"]),
        .testTarget(name: "RecordingTests", dependencies: ["Recording"]),
        .testTarget(name: "TransportTests", dependencies: ["TestSupport", "Transport", "Recording", "CSystem"]),
        .testTarget(
            name: "ServerTests", dependencies: ["TestSupport", "Server", "Transport", "WebSocketWire", "Recording"]),
        .testTarget(name: "LoadGenTests", dependencies: ["LoadGen", "Transport", "WebSocketWire", "Recording"]),
        .testTarget(name: "FuzzTests", dependencies: ["FuzzTargets", "Server", "WebSocketWire"]),
        .testTarget(name: "TidyTests"),
        .testTarget(
            name: "BenchTests", dependencies: ["Bench", "Server", "LoadGen", "Transport", "WebSocketWire", "Recording"]),
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "TestSupport", "broadside", "Server", "LoadGen", "Transport", "WebSocketWire", "Recording", "CSystem",
            ]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system && target.name != "CSystem" {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .treatAllWarnings(as: .error),
        // Exclusive access to the properties of classes is otherwise checked while the program runs: 70 checks in a
        // round of sends, a third of all instructions outside the kernel. Debug builds, and with them the tests, keep it.
        .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
    ]
    if isSanitized {
        target.swiftSettings?.append(.define("NO_JEMALLOC"))
    }
}

// The compiler (6.3.1) crashes when it instruments LoadGen for the thread sanitizer ("Invalid bitcast"), so that build
// goes without it and what imports it. What many threads share is in Server, Transport and Recording.
if sanitizer == "thread" {
    let leftOut: Set = ["LoadGen", "Bench", "broadside", "LoadGenTests", "BenchTests", "IntegrationTests"]
    package.targets.removeAll { leftOut.contains($0.name) }
    package.products.removeAll { leftOut.contains($0.name) }
}
