import Glibc

/// The machine and the build that a result comes from: figures compare only where these agree.
package struct MachineDescription: Codable, Equatable, Sendable {
    /// The processor's model name.
    package var cpu: String
    /// Cores that this process may run on.
    package var cores: Int
    /// The kernel's name and release.
    package var kernel: String
    package var distribution: String
    /// The Swift compiler that built this program.
    package var compiler: String
    /// The revision that was built; nil where it is not known.
    @ExplicitNull package var commit: String?
    /// The I/O driver in use: `uring` or `epoll`.
    package var io: String
    package var memoryBytes: UInt64
    package var descriptorLimit: Int
    @ExplicitNull package var loopbackMTU: Int?

    package init(
        cpu: String, cores: Int, kernel: String, distribution: String, compiler: String, commit: String?,
        io: String, memoryBytes: UInt64, descriptorLimit: Int, loopbackMTU: Int?
    ) {
        self.cpu = cpu
        self.cores = cores
        self.kernel = kernel
        self.distribution = distribution
        self.compiler = compiler
        self.commit = commit
        self.io = io
        self.memoryBytes = memoryBytes
        self.descriptorLimit = descriptorLimit
        self.loopbackMTU = loopbackMTU
    }
}
