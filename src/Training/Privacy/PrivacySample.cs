namespace OnnxChat.Training.Privacy;

/// <summary>A replaced value.</summary>
/// <param name="Kind">What it told, and whether in an answer.</param>
/// <param name="Masked">The value with stars for all letters and digits but the first.</param>
internal sealed record PrivacySample(string Kind, string Masked);
