using System.Diagnostics.CodeAnalysis;
using SharpFuzz;

namespace OnnxChat.Fuzzing;

/// <summary>
/// Gives a target what afl-fuzz sends, in a process of its own that is started anew after a crash or hang. The assemblies
/// have to be instrumented by <c>sharpfuzz</c> before, which <c>eng/fuzz --afl</c> does.
/// </summary>
internal static class AflServer
{
    [SuppressMessage("Usage", "VSTHRD002:Avoid problematic synchronous waits", Justification = "SharpFuzz asks for a method that returns when the input is done with.")]
    public static void Run(IFuzzTarget target) => Fuzzer.OutOfProcess.Run(stream =>
    {
        using var input = new MemoryStream();
        stream.CopyTo(input);
        target.RunAsync(input.ToArray()).AsTask().GetAwaiter().GetResult();
    });
}
