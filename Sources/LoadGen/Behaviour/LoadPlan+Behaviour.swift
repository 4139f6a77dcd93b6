/// Which clients behave how, by their numbers.
extension LoadPlan {
    /// The first ones, where messages are not posted by connections of their own.
    package var publishingClients: Int { publishes && messages.posting == nil ? publishers : 0 }

    /// The last ones.
    package var slowReaders: Range<Int> { max(0, clients - behaviour.slowReaders)..<clients }

    /// Those that can be made to leave: no slow readers, and no publishers whose messages others wait for. What such a
    /// one has sent and the server has not read would be missed by everybody, and would look like a loss.
    package var movableClients: Range<Int> {
        let end = slowReaders.lowerBound
        return (fanout == .senderOnly ? 0 : min(publishingClients, end))..<end
    }
}
