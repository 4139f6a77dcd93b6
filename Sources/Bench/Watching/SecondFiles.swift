import LoadGen
import Recording
import Transport

/// The files that grow by each second of a run: rows for spreadsheets, histograms for HdrHistogram's tools.
///
/// Each second is with the kernel before the next one is looked at, so that what a run had measured survives its end,
/// whatever ends it.
struct SecondFiles {
    private let csvFile: String?
    private let histogramLog: String?
    /// When the log begins, in milliseconds since 1970.
    private let startMilliseconds: Int64

    /// Begins the files anew.
    ///
    /// - Throws: `SystemError` where one cannot be written.
    init(csvFile: String?, histogramLog: String?, startMilliseconds: Int64) throws(SystemError) {
        self.csvFile = csvFile
        self.histogramLog = histogramLog
        self.startMilliseconds = startMilliseconds
        if let csvFile { try OutputFile.write(Array(IntervalTable.header().utf8), to: csvFile) }
        if let histogramLog {
            let header = HistogramLog.header(startMilliseconds: startMilliseconds)
            try OutputFile.write(Array(header.utf8), to: histogramLog)
        }
    }

    /// Whether there is one at all.
    var areWanted: Bool { csvFile != nil || histogramLog != nil }

    func add(_ second: CompletedSecond) throws(SystemError) {
        if let csvFile { try OutputFile.append(Array(IntervalTable.row(second.record).utf8), to: csvFile) }
        guard let histogramLog else { return }
        let offset = second.startedAtMilliseconds - startMilliseconds
        let length = Int64(second.record.durationNanoseconds ?? 0) / 1_000_000
        let lines =
            HistogramLog.line(
                tag: "latency", offsetMilliseconds: offset, lengthMilliseconds: length, second.histograms.latency)
            + HistogramLog.line(
                tag: "scheduleLag", offsetMilliseconds: offset, lengthMilliseconds: length,
                second.histograms.scheduleLag)
        try OutputFile.append(Array(lines.utf8), to: histogramLog)
    }
}
