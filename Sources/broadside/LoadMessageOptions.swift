import ArgumentParser
import LoadGen
import Transport
import WebSocketWire

/// What the clients of `broadside load` send, and how they subscribe and publish: for any server's own protocol.
struct LoadMessageOptions: ParsableArguments {
    /// Of a template or of data.
    private static let fileLimitBytes = 256 << 20

    @Option(
        help: """
            What is published: text with {{stamp}}, {{client}}, {{sequence}}, {{random}}, {{random:N}} and columns of \
            --data. (default: bytes of the generator's own)
            """)
    var message: String?

    @Option(help: "The same from a file.")
    var messageFile: String?

    @Option(help: "A CSV file whose first line names its columns; each client takes its rows in turn.")
    var data: String?

    @Flag(inversion: .prefixedNo, help: "Publish text frames. (default: with --message or --message-file)")
    var text: Bool?

    @Flag(help: "The server puts messages into others: look for the stamp in all that comes, and at nothing else.")
    var wrapped = false

    @Option(help: "A text message to send on each connection, as --message without {{stamp}}; repeatable.")
    var subscribe: [String] = []

    @Option(help: "What a message says that has to come before a client counts as connected.")
    var subscribed: String?

    @Option(help: "on or off: whether the server sends a message to its sender too.")
    var senderReceives = Switch.on

    @Option(help: "http://… or https://…: publish by POST, on connections besides the clients'.")
    var publishUrl: String?

    @Option(help: "A header of those requests, 'K: V'; repeatable. (default: Content-Type: application/json)")
    var publishHeader: [String] = []

    /// How many publishers there may be: clients that publish, or connections that post.
    func publisherLimit(clients: Int) -> Int { publishUrl == nil ? clients : 10_000 }

    /// - Parameter tls: whom to trust where messages are posted to https.
    func apply(to plan: inout LoadPlan, tls: () throws -> TLSClientContext) throws {
        var messages = MessagePlan()
        messages.data = try dataTable()
        let columns = messages.data?.columns ?? []
        messages.template = try template(columns, isPublished: plan.mode == .broadcast || plan.mode == .echo)
        messages.subscriptions = try subscribe.map { try subscription($0, columns) }
        messages.confirmation = try confirmation()
        messages.isWrapped = wrapped
        messages.kind = text ?? (messages.template != nil) ? .text : .binary
        if let table = messages.data { try check(table, messages) }
        if let template = messages.template {
            try checkUTF8(template.text, messages)
            let first = MessageValues(stamp: nil, client: 0, sequence: 0, row: 0)
            plan.messageBytes = template.byteCount(first, messages.data)
            try require("--message", plan.messageBytes, in: 0...(1 << 30))
        }
        messages.senderReceives = try receivesOwn(plan)
        messages.posting = try posting(plan, hasTemplate: messages.template != nil, tls: tls)
        plan.messages = messages
    }

    private func dataTable() throws -> DataTable? {
        guard let data else { return nil }
        let bytes = try file("--data", data)
        return try parsed("--data \(data)") { () throws(DataTableError) in try DataTable(parsing: bytes) }
    }

    private func template(_ columns: [String], isPublished: Bool) throws -> MessageTemplate? {
        guard message == nil || messageFile == nil else {
            throw ValidationError("--message and --message-file: expected one of them, found both")
        }
        let flag: String
        let text: [UInt8]
        if let message {
            (flag, text) = ("--message", Array(message.utf8))
        } else if let messageFile {
            (flag, text) = ("--message-file \(messageFile)", try file("--message-file", messageFile))
        } else {
            return nil
        }
        return try parsed(flag) { () throws(MessageTemplateError) -> MessageTemplate in
            let template = try MessageTemplate(parsing: text, columns: columns)
            if isPublished { try template.checkPublishable() }
            return template
        }
    }

    private func subscription(_ text: String, _ columns: [String]) throws -> MessageTemplate {
        try parsed("--subscribe") { () throws(MessageTemplateError) -> MessageTemplate in
            let template = try MessageTemplate(parsing: Array(text.utf8), columns: columns)
            try template.checkUnpublished()
            return template
        }
    }

    private func confirmation() throws -> ByteNeedle? {
        guard let subscribed else { return nil }
        guard let needle = ByteNeedle(subscribed) else {
            throw ValidationError("--subscribed: expected a part of the message that confirms, found nothing")
        }
        return needle
    }

    private func check(_ table: DataTable, _ messages: MessagePlan) throws {
        let templates = messages.subscriptions + (messages.template.map { [$0] } ?? [])
        guard templates.contains(where: \.hasColumns) else {
            throw ValidationError("--data: expected a placeholder for one of its columns in --message or --subscribe")
        }
        guard messages.kind == .binary && messages.subscriptions.isEmpty || table.isUTF8 else {
            throw ValidationError("--data: expected UTF-8, as text messages have to be")
        }
    }

    private func checkUTF8(_ template: [UInt8], _ messages: MessagePlan) throws {
        guard messages.kind == .binary || String(validating: template, as: UTF8.self) != nil else {
            throw ValidationError("--message-file: expected UTF-8, as text messages have to be, or --no-text")
        }
    }

    private func receivesOwn(_ plan: LoadPlan) throws -> Bool {
        guard senderReceives == .off else { return true }
        guard plan.mode == .broadcast, publishUrl == nil, plan.clients > 1 else {
            throw ValidationError(
                "--sender-receives off: expected --mode broadcast, no --publish-url, and more than one client")
        }
        return false
    }

    private func posting(
        _ plan: LoadPlan, hasTemplate: Bool, tls: () throws -> TLSClientContext
    ) throws -> PostPlan? {
        guard let publishUrl else {
            if !publishHeader.isEmpty { throw ValidationError("--publish-header needs --publish-url") }
            return nil
        }
        guard plan.mode == .broadcast, hasTemplate else {
            throw ValidationError(
                "--publish-url: expected --mode broadcast, and --message or --message-file for the body")
        }
        let url = try parsed("--publish-url") { () throws(PublishURLError) in try PublishURL(publishUrl) }
        let headers = try publishHeader.map { try parsedHeader("--publish-header", $0) }
        for (name, _) in headers where PostPlan.isReserved(name) {
            throw ValidationError("--publish-header: \(name) follows from the message and cannot be given")
        }
        return PostPlan(url: url, headers: headers, tls: url.isSecure ? try tls() : nil)
    }

    private func file(_ flag: String, _ path: String) throws -> [UInt8] {
        let bytes = try failing { try InputFile.read(path, limitBytes: Self.fileLimitBytes + 1) }
        guard bytes.count <= Self.fileLimitBytes else {
            throw ValidationError("\(flag) \(path): expected at most 256 MiB")
        }
        return bytes
    }
}
