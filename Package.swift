// swift-tools-version: 6.3
import PackageDescription

// Sanitizers bring an allocator of their own: `BROADSIDE_SANITIZER=thread swift test --sanitize thread`.
let usesJemalloc = Context.environment["BROADSIDE_SANITIZER"] == nil

let package = Package(
    name: "Broadside",
    products: [
        .executable(name: "broadside", targets: ["broadside"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    ],
    targets: [
        .systemLibrary(name: "CLiburing", pkgConfig: "liburing", providers: [.apt(["liburing-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CJemalloc", pkgConfig: "jemalloc", providers: [.apt(["libjemalloc-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CSystem"),

        .target(name: "WebSocketWire", dependencies: ["COpenSSL"]),
        .target(name: "Recording", dependencies: ["CZlib"] + (usesJemalloc ? ["CJemalloc"] : [])),
        .target(
            name: "Transport",
            dependencies: [
                "WebSocketWire", "Recording", "CSystem", "CLiburing",
                .product(name: "HeapModule", package: "swift-collections"),
            ]),
        .target(
            name: "Server",
            dependencies: [
                "Transport", "WebSocketWire", "Recording", "CSystem",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .target(name: "LoadGen", dependencies: ["Transport", "WebSocketWire", "Recording", "CSystem"]),
        .target(
            name: "Bench", dependencies: ["Server", "LoadGen", "Transport", "WebSocketWire", "Recording", "CSystem"]),
        .executableTarget(
            name: "broadside",
            dependencies: [
                "Bench", "Server", "LoadGen", "Transport", "Recording", "CSystem",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        .testTarget(name: "WebSocketWireTests", dependencies: ["WebSocketWire"]),
        .testTarget(name: "RecordingTests", dependencies: ["Recording"]),
        .testTarget(name: "TransportTests", dependencies: ["Transport", "Recording", "CSystem"]),
        .testTarget(name: "ServerTests", dependencies: ["Server", "Transport", "WebSocketWire", "Recording"]),
        .testTarget(name: "LoadGenTests", dependencies: ["LoadGen", "Transport", "WebSocketWire", "Recording"]),
        .testTarget(name: "TidyTests"),
        .testTarget(name: "BenchTests", dependencies: ["Bench", "Recording"]),
        .testTarget(
            name: "IntegrationTests",
            dependencies: ["broadside", "Server", "LoadGen", "Transport", "WebSocketWire", "Recording", "CSystem"]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system && target.name != "CSystem" {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .treatAllWarnings(as: .error),
    ]
    if !usesJemalloc {
        target.swiftSettings?.append(.define("NO_JEMALLOC"))
    }
}
