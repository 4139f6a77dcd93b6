extension LoadLoop {
    /// The schedule of a slice, which has one same gap throughout; nil in a closed loop.
    var pacer: ConstantPacer? {
        get {
            guard case .constant(let pacer)? = schedule else { return nil }
            return pacer
        }
        set { schedule = newValue.map { .constant($0) } }
    }
}
