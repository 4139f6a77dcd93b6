/// The suite was asked to end.
struct SuiteInterruption: Error {}
