/// How closely a client looks at what it receives (`--payload`).
package enum PayloadCheck: String, CaseIterable, Sendable, Codable {
    /// Every byte is compared with what was sent.
    case content
    /// The stamp is read, and the kernel drops the rest uncopied: for messages so large that comparing them would cost
    /// more than sending them. Needs epoll.
    case stamp
}
