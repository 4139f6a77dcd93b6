/// What a message carries to be recognised by every client that gets it: whose it is, which one, and when it
/// was sent.
///
/// In a payload a stamp is 48 ASCII characters, six groups of eight, each readable with one load:
///
///     ~bs~rrrr ppppppss ssssssss iiiiiiii iiiinnnn nnnnnnnn      (without the spaces)
///
/// a fixed mark, then lower-case hexadecimal digits: run tag (4), publisher (6), sequence (10), intended (12)
/// and actual (12) send time. All characters may stand unescaped in a JSON string and in a URL.
///
/// Bounds: those of the fields; values outside them are programmer errors. A decoded stamp is within them,
/// whatever the peer sent. Cost: encoding and decoding about ten nanoseconds each, no allocation.
package struct Stamp: Equatable, Sendable {
    /// Which message a stamp names: all that is needed for a message whose times this process has kept.
    package struct Identity: Equatable, Sendable {
        /// Drawn for each run, so that messages of another run on the same server are not mistaken for this
        /// one's.
        package let runTag: UInt16
        /// Below `Stamp.publisherLimit`.
        package let publisher: UInt32
        /// Counts a publisher's messages from 0; below `Stamp.sequenceLimit`.
        package let sequence: UInt64

        package init(runTag: UInt16, publisher: UInt32, sequence: UInt64) {
            precondition(publisher < Stamp.publisherLimit && sequence < Stamp.sequenceLimit)
            self.runTag = runTag
            self.publisher = publisher
            self.sequence = sequence
        }
    }

    /// The length of every stamp in a payload.
    package static let encodedBytes = 48
    package static let publisherLimit: UInt32 = 1 << 20
    package static let sequenceLimit: UInt64 = 1 << 40
    /// 78 hours of nanoseconds.
    package static let nanosecondsLimit: UInt64 = 1 << 48

    package let identity: Identity
    /// When the message should have been sent, since the run's start; below `nanosecondsLimit`.
    package let intendedNanoseconds: UInt64
    /// When the message was sent, since the run's start; below `nanosecondsLimit`.
    package let sentNanoseconds: UInt64

    package init(identity: Identity, intendedNanoseconds: UInt64, sentNanoseconds: UInt64) {
        precondition(max(intendedNanoseconds, sentNanoseconds) < Self.nanosecondsLimit)
        self.identity = identity
        self.intendedNanoseconds = intendedNanoseconds
        self.sentNanoseconds = sentNanoseconds
    }
}
