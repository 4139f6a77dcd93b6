/// One sample of a profiler: what a thread was doing at one moment.
struct PerfSample: Equatable {
    struct Frame: Hashable {
        /// As the linker knows it, without an offset; nil where the profiler found none.
        let symbol: String?
        /// The file that holds the code, or a name in brackets, such as `[kernel.kallsyms]`.
        let object: String
    }

    let thread: String
    /// The innermost first.
    let frames: [Frame]
}
