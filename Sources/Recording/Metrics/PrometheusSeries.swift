/// One series of a metric: its labels and what it reads.
package struct PrometheusSeries<Value> {
    /// In the order they are written; names are the programmer's, values may be anything.
    package let labels: KeyValuePairs<String, String>
    package let value: Value

    package init(_ labels: KeyValuePairs<String, String>, _ value: Value) {
        self.labels = labels
        self.value = value
    }
}
