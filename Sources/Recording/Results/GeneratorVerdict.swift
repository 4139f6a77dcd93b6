/// Whether the load generator kept up with its plan; where it did not, the run says little about the server.
package enum GeneratorVerdict: String, Codable, Sendable {
    case ok
    case saturated
}
