/// What it took an arm to get its clients, all of them at once: a by-product of connecting them for their slices.
package struct ArmConnection: Codable, Sendable {
    package var clients: Int
    /// Index of the arm.
    package var arm: Int
    /// From the first attempt until the last client's upgrade was answered.
    package var elapsedNanoseconds: Int
    /// Of the server's processes, in user space, before and after; nil where they cannot be read.
    package var residentBytesBefore: UInt64?
    package var residentBytesAfter: UInt64?
}
