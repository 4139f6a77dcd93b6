/// One series of a metric: its labels and what it reads.
struct PrometheusSeries<Value> {
    /// In the order they are written; names are the programmer's, values may be anything.
    let labels: KeyValuePairs<String, String>
    let value: Value

    init(_ labels: KeyValuePairs<String, String>, _ value: Value) {
        self.labels = labels
        self.value = value
    }
}
