/// An address of an AI service that is none.
package struct AIServiceURLError: Error, CustomStringConvertible {
    let found: String

    package var description: String {
        "expected http://HOST[:PORT] of an Ollama server, found \"\(found.prefix(200))\""
    }
}
