import Bench

/// One side of a gate, ready to be started.
struct GateArm {
    var arm: SlicePlan.Arm
    /// The commit that it was built from.
    var revision: String?
    /// Its runs of before, where it is not started but was recorded.
    var stored: StoredBaseline?
}

extension SlicePlan.Arm {
    /// Stands for one that is not known yet.
    static var unknown: SlicePlan.Arm { SlicePlan.Arm(name: "", path: "/", command: "", words: { _ in [] }) }
}
