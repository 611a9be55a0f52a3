namespace OnnxChat.Training.Expand;

/// <summary>One intent, or one group of questions out of scope, in one language.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Path">The file below the folder of all languages, for groups: <c>en/out-of-scope/sports</c>.</param>
/// <param name="Topic">What its answers count as: <c>en/order_status</c>, <c>en/out-of-scope</c>.</param>
/// <param name="Declined">Whether the answers say that the service cannot help.</param>
/// <param name="Answers">The usual answer first.</param>
/// <param name="Patterns">What customers type.</param>
internal sealed record PatternTopic(
    string Name, string Path, string Topic, bool Declined, IReadOnlyList<string> Answers, IReadOnlyList<PatternLine> Patterns);
