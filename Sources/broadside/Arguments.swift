import ArgumentParser
import LoadGen
import Logging
import Recording
import Server
import Transport
import WebSocketWire

// How the project's own types are read from the command line.

/// The generator's interface to the kernel: only epoll can leave a payload unread.
func generatorIO(_ io: IOChoice, _ payload: PayloadCheck) throws -> IOChoice {
    guard payload == .stamp else { return io }
    guard io != .uring else { throw ValidationError("--payload stamp: expected --io epoll, found --io uring") }
    return .epoll
}

extension PayloadCheck: ExpressibleByArgument {}

/// What is on or off.
enum Switch: String, ExpressibleByArgument, CaseIterable {
    case on, off
}

extension IOChoice: ExpressibleByArgument {}
extension SlowClientPolicy: ExpressibleByArgument {}
extension LogFormat: ExpressibleByArgument {}
extension Logger.Level: @retroactive ExpressibleByArgument {}

/// Checks a number against its range, naming the flag, the fact and the limit.
func require(_ flag: String, _ value: Int, in range: ClosedRange<Int>) throws {
    guard range.contains(value) else {
        let limit =
            range.upperBound == .max
            ? "at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
        throw ValidationError("\(flag): expected a number \(limit), found \(value)")
    }
}

/// Seconds as nanoseconds; fractions are allowed.
func seconds(_ flag: String, _ value: Double) throws -> UInt64 {
    guard value >= 0.01, value <= 86_400 else {
        throw ValidationError("\(flag): expected seconds from 0.01 to 86400, found \(value)")
    }
    return UInt64(value * 1e9)
}

/// A duration with its unit.
func nanoseconds(_ flag: String, _ text: String, atLeast least: UInt64) throws -> UInt64 {
    let value = try parsed(flag) { () throws(DurationArgumentError) in try DurationArgument(parsing: text) }.nanoseconds
    guard value >= least, value <= 86_400_000_000_000 else {
        throw ValidationError("\(flag): expected \(HumanFormat.nanoseconds(least)) to 24 hours, found \(text)")
    }
    return value
}

/// A rate that a schedule can keep.
func ratePerSecond(_ flag: String, _ value: Double) throws -> Double {
    let allowed = ConstantPacer.allowedRatesPerSecond
    guard allowed.contains(value) else {
        throw ValidationError(
            "\(flag): expected \(allowed.lowerBound) to \(Int(allowed.upperBound)) a second, found \(value)")
    }
    return value
}

/// A header field of a request.
func parsedHeader(_ flag: String, _ text: String) throws -> (String, String) {
    guard let colon = text.firstIndex(of: ":"), HTTPGrammar.isToken(text[..<colon].utf8),
        text.utf8.allSatisfy(HTTPGrammar.isFieldValueByte)
    else { throw ValidationError("\(flag): expected 'Name: value', found '\(text)'") }
    let value = text[text.index(after: colon)...].drop { $0 == " " }
    return (String(text[..<colon]), String(value))
}

/// What was given wrongly is wrong usage, with the parser's own words.
func parsed<Value, Failure: Error>(_ flag: String? = nil, _ parse: () throws(Failure) -> Value) throws -> Value {
    do throws(Failure) {
        return try parse()
    } catch {
        throw ValidationError((flag.map { "\($0): " } ?? "") + String(describing: error))
    }
}

/// What fails while it is carried out ends the command with 1 and one line.
func failing<Value>(_ body: () throws -> Value) throws -> Value {
    do {
        return try body()
    } catch let end as CommandEnd {
        throw end
    } catch {
        throw CommandEnd(.failed, String(describing: error))
    }
}
