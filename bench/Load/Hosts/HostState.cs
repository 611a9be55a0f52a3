namespace OnnxChat.Load.Hosts;

/// <summary>What only the host itself knows.</summary>
/// <param name="HeapBytes">The managed heap after its last collection.</param>
/// <param name="Waiting">Turns that wait or run.</param>
/// <param name="Dead">Dead letters.</param>
internal sealed record HostState(long HeapBytes, int Waiting, int Dead);
