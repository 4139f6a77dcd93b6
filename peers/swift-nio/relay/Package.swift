// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "SwiftNIORelay",
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", .upToNextMinor(from: "2.101.0"))
    ],
    targets: [
        .executableTarget(
            name: "relay",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
            ],
            path: "Sources/Relay")
    ]
)
