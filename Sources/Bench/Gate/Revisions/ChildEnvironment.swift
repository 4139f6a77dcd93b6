import FoundationEssentials

/// Variables for programs that work in a checkout other than the one that we may have been called from.
enum ChildEnvironment {
    /// What git tells its hooks about the repository at hand. Whoever inherits it takes every folder for that repository.
    private static let repositoryVariables = [
        "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_NAMESPACE",
        "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_IMPLICIT_WORK_TREE",
    ]

    /// Ours without what binds git to a repository.
    static func ofNoRepository() -> [String: String] {
        ofNoRepository(ProcessInfo.processInfo.environment)
    }

    static func ofNoRepository(_ variables: [String: String]) -> [String: String] {
        variables.filter { !repositoryVariables.contains($0.key) }
    }
}
