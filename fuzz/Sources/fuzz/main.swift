// That this file is called main.swift makes the target an executable; its `main` is libFuzzer's.
import FuzzTargets
import Glibc

/// Which target is fuzzed.
private let target: FuzzTarget = {
    let name = getenv("BROADSIDE_FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        let names = FuzzTarget.allCases.map { $0.rawValue }.joined(separator: ", ")
        fatalError("BROADSIDE_FUZZ_TARGET: expected one of \(names), found '\(name)'")
    }
    return target
}()

/// Called by libFuzzer for each input. Ends the program where a promise is not kept, which libFuzzer reports with the
/// input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafeRawPointer?, _ count: Int) -> CInt {
    do throws(FuzzFinding) {
        // libFuzzer's memory of that size, valid during this call.
        try target.check(UnsafeRawBufferPointer(start: start, count: count))
    } catch {
        fatalError("\(target.rawValue): \(error)")
    }
    return 0
}
