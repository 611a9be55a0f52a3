namespace OnnxChat.Fuzzing.Running;

/// <summary>An input that a target did not stand.</summary>
/// <param name="Target">Its name.</param>
/// <param name="Input">The input.</param>
/// <param name="Kind">One word: the exception's type, <c>hang</c>, <c>memory</c> or <c>seed</c>.</param>
/// <param name="Detail">The exception with its stack, or what was measured.</param>
internal sealed record Finding(string Target, byte[] Input, string Kind, string Detail)
{
    private const int FramesCompared = 3;

    /// <summary>What findings of one cause have in common: the kind, and where in our code it came up.</summary>
    public string Cause => string.Join('\n', [Kind, .. Detail.Split('\n').Where(IsOurFrame).Take(FramesCompared)]);

    private static bool IsOurFrame(string line) =>
        line.StartsWith("   at ", StringComparison.Ordinal) && !line.Contains("OnnxChat.Fuzzing", StringComparison.Ordinal)
        && (line.Contains("OnnxChat.", StringComparison.Ordinal) || line.Contains("Microsoft.Bot.", StringComparison.Ordinal));
}
