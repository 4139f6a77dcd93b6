extension HTTPHeaders {
    /// Appends the fields' lines and the empty line that ends a head.
    ///
    /// Control characters in names and values become spaces, so that no value can add a line.
    func append(to bytes: inout [UInt8]) {
        let printable = { (byte: UInt8) in HTTPGrammar.isFieldValueByte(byte) ? byte : HTTPGrammar.space }
        for field in self {
            bytes.append(contentsOf: field.name.utf8.lazy.map(printable))
            bytes.append(contentsOf: ": ".utf8)
            bytes.append(contentsOf: field.value.utf8.lazy.map(printable))
            bytes.append(contentsOf: "\r\n".utf8)
        }
        bytes.append(contentsOf: "\r\n".utf8)
    }
}
