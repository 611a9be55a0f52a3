namespace OnnxChat.Streaming.Sources;

/// <summary>What whoever asked waited for.</summary>
/// <param name="First">Until the first of the reply was there.</param>
/// <param name="Whole">Until all of it was.</param>
internal sealed record ReplyTiming(TimeSpan First, TimeSpan Whole);
