import Testing

@testable import Recording

@Suite("MachineDescription")
struct MachineDescriptionTests {
    @Test("this machine is described")
    func current() {
        let machine = MachineDescription.current(io: "epoll", commit: "abc")
        #expect(machine.io == "epoll")
        #expect(machine.commit == "abc")
        #expect(!machine.cpu.isEmpty)
        #expect(machine.cores >= 1)
        #expect(machine.kernel.hasPrefix("Linux "))
        #expect(machine.compiler.hasPrefix("Swift 6."))
        #expect(machine.memoryBytes > 1 << 20)
        #expect(machine.descriptorLimit > 0)
        #expect(machine.loopbackMTU.map { $0 > 0 } ?? true)
    }

    @Test(
        "the processor's name is the first model name",
        arguments: [
            ("processor\t: 0\nmodel name\t: Some CPU @ 2.0GHz\nmodel name\t: Other\n", "Some CPU @ 2.0GHz"),
            ("processor : 0\nBogoMIPS : 50\n", nil), ("model name\t: \n", nil), ("", nil),
        ] as [(String, String?)])
    func modelName(cpuinfo: String, expected: String?) {
        #expect(MachineDescription.modelName(cpuinfo: cpuinfo) == expected)
    }

    @Test(
        "the distribution's name stands with or without quotes",
        arguments: [
            ("NAME=x\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n", "Debian GNU/Linux 12 (bookworm)"),
            ("PRETTY_NAME=Alpine\n", "Alpine"), ("NAME=x\n", nil), ("", nil),
        ] as [(String, String?)])
    func distribution(osRelease: String, expected: String?) {
        #expect(MachineDescription.distributionName(osRelease: osRelease) == expected)
    }

    @Test(
        "core lists are ranges and single numbers",
        arguments: [("0-3,8\n", [0, 1, 2, 3, 8]), ("\t5", [5]), ("", []), ("3-1,x", [])]
            as [(String, Set<Int>)])
    func cores(list: String, expected: Set<Int>) {
        #expect(MachineDescription.cores(inList: list) == expected)
    }

    @Test("the affinity is the list in the status")
    func affinity() {
        let status = "Name:\tx\nCpus_allowed:\t5\nCpus_allowed_list:\t0,2\nMems_allowed:\t1\n"
        #expect(MachineDescription.allowedCores(status: status) == [0, 2])
        #expect(MachineDescription.allowedCores(status: "Name:\tx\n") == nil)
    }
}
