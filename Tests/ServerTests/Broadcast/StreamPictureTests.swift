import Testing

@testable import Server

@Suite("StreamPicture")
struct StreamPictureTests {
    @Test("it begins with nothing read, of as many streams as the server has", arguments: [false, true])
    func beginning(isCompressing: Bool) {
        let streamCount = StreamID.count(isCompressing: isCompressing)
        let picture = StreamPicture(streamCount: streamCount)
        #expect(picture.ends == [Publication.StreamEnd](repeating: .init(), count: streamCount))
        #expect(picture.fresh.count == streamCount)
        #expect(picture.version == 0)
    }

    @Test("the streams of all codings are published and read")
    func allCodings() {
        let streamCount = StreamID.count(isCompressing: true)
        let publication = Publication(streamCount: streamCount)
        var picture = StreamPicture(streamCount: streamCount)
        var logs = (0..<streamCount).map { _ in BroadcastLog() }
        logs[streamCount - 1].append(text: "last")
        logs[StreamID.count].append(text: "first of the second coding")
        publication.publish(logs, changed: [StreamMask(streamCount - 1), StreamMask(StreamID.count)])
        #expect(publication.read(into: &picture) == .new)
        let written = picture.ends.indices.filter { picture.ends[$0].frameCount == 1 }
        #expect(written == [StreamID.count, streamCount - 1])
        #expect(picture.ends[streamCount - 1].position == logs[streamCount - 1].end)
    }
}
