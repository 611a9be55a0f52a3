namespace OnnxChat.Load.Measuring;

/// <summary>How the host is at a moment.</summary>
internal sealed record Sample(double Seconds, double ResidentMegabytes, double HeapMegabytes, int Handles, int Threads, double InboxMegabytes, int Waiting);
