namespace OnnxChat.Training.Prepare.Reading;

/// <summary>One record of an input file.</summary>
/// <param name="Number">Its line, or where a format has none, which record it is; from 1.</param>
/// <param name="Values">Its columns that hold something, as text; lists and objects as their JSON.</param>
internal sealed record InputRow(long Number, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Why it could not be read; null where it could.</summary>
    public string? Fault { get; init; }

    public static InputRow Broken(long number, string fault) => new(number, new Dictionary<string, string>()) { Fault = fault };
}
