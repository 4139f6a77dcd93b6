/// How log lines look (`--log-format`).
package enum LogFormat: String, CaseIterable, Sendable {
    case text
    case json
}
