import CSystem
import Glibc
import Recording
import Synchronization

/// The nice value of this process's session.
///
/// Where the kernel groups threads by session (autogroups, sched(7)), a thread's own nice value orders it among those of
/// its session only; sessions share the cores by theirs. A program of another terminal or CI job took half a core from
/// one at nice -20 until its session had that, too.
enum SessionPriority {
    /// A shell that waits for our end of a pipe to be closed, which the end of this process does as well, however it comes.
    private struct Guardian {
        let pid: Int32
        let pipeEnd: Int32
    }

    private static let file = "/proc/self/autogroup"
    private static let guardian = Mutex<Guardian?>(nil)

    /// Until `restore`, or until this process ends. True also where the kernel has no group for it.
    static func raise(to niceness: Int) -> Bool {
        guard let present = ProcFile.text(file).flatMap(niceness(in:)) else { return true }
        return guardian.withLock { guardian in
            if guardian == nil { guardian = startGuardian(raisingTo: niceness, restoring: present) }
            return guardian != nil
        }
    }

    /// Back to what it was before it was raised.
    static func restore() {
        let raised = guardian.withLock { guardian in
            defer { guardian = nil }
            return guardian
        }
        guard let raised else { return }
        close(raised.pipeEnd)
        var status: Int32 = 0
        while waitpid(raised.pid, &status, 0) < 0 && errno == EINTR {}
    }

    /// From `/autogroup-68 nice 0`.
    static func niceness(in text: String) -> Int? {
        text.split(whereSeparator: \.isWhitespace).last.flatMap { Int($0) }
    }

    /// The guardian raises it itself, when it can no longer be ended together with us. Nil where it may not.
    private static func startGuardian(raisingTo niceness: Int, restoring before: Int) -> Guardian? {
        var ends: [Int32] = [-1, -1]
        var answers: [Int32] = [-1, -1]
        guard system_pipe(&ends) == 0 else { return nil }
        defer { close(ends[0]) }
        guard system_pipe(&answers) == 0 else {
            close(ends[1])
            return nil
        }
        defer { close(answers[0]) }
        // Children are told to end with us; this one has something left to do.
        let script =
            "trap '' INT TERM HUP; echo \(niceness) 2>/dev/null >\(file) && echo raised; exec >&-; "
            + "read -r _; echo \(before) 2>/dev/null >\(file)"
        let arguments: [String] = ["sh", "-c", script]
        var words = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        let pid = system_spawn("/bin/sh", &words, nil, nil, ends[0], answers[1], -1, nil, 0)
        close(answers[1])
        var answer: UInt8 = 0
        let isRaised = pid > 0 && read(answers[0], &answer, 1) == 1
        guard isRaised else {
            close(ends[1])
            if pid > 0 { waitpid(pid, nil, 0) }
            return nil
        }
        return Guardian(pid: pid, pipeEnd: ends[1])
    }
}
