/// One name and its value in a JSON object. Points into the bytes of that object.
struct JSONMember {
    let name: JSONText
    /// Without white space around it; never empty.
    let value: UnsafeRawBufferPointer
}
