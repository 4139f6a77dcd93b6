// swift-tools-version:5.3
import PackageDescription

// A package of its own, since its executable has no `main`: libFuzzer brings it. And of this old version of the tools,
// since from 5.5 on an executable is linked with a `main` that stands for its module's, which is not there.
//
// `scripts/fuzz` builds it: it says which sanitizers are needed.
let package = Package(
    name: "Fuzz",
    dependencies: [
        .package(name: "Broadside", path: "..")
    ],
    targets: [
        .target(
            name: "fuzz",
            dependencies: [.product(name: "FuzzTargets", package: "Broadside")],
            swiftSettings: [.unsafeFlags(["-parse-as-library"])])
    ]
)
