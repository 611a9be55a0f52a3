namespace OnnxChat.Load;

/// <summary>What is offered.</summary>
/// <param name="Factor">Times the capacity.</param>
/// <param name="Duration">How long.</param>
/// <param name="Deadline">The host's deadline for an answer.</param>
/// <param name="WhenBusy">The host's policy: Refuse or Reply.</param>
internal sealed record OverloadOptions(double Factor, TimeSpan Duration, TimeSpan Deadline, string WhenBusy);
